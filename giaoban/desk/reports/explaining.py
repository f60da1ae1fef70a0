"""Signing off a discrepancy of a draft, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.reports.draft import draft_in_sight, read_of, shown
from giaoban.desk.reports.draft_notes import sent_form
from giaoban.journal.errors import RuleBroken
from giaoban.people import scope
from giaoban.reports.explaining import sign_off_discrepancy, take_back_note


@require_POST
@page(*scope.PROPOSES)
def explain(request: DeskRequest, pk: int) -> HttpResponse:
    """Add the note that was typed; a refusal keeps all of it."""
    found = draft_in_sight(request, pk)
    form = sent_form(request.POST, read_of(found)[0])
    if form.is_valid():
        try:
            sign_off_discrepancy(draft=pk, by=request.sitting.by, **form.told())
        except RuleBroken as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The explanation is printed with the report."))
            return redirect("desk:reports-draft", pk)
    return shown(request, found, note=form)


@require_POST
@page(*scope.PROPOSES)
def take_back(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    """Print a note no longer."""
    found = draft_in_sight(request, pk)
    try:
        take_back_note(draft=pk, number=number, by=request.sitting.by)
    except RuleBroken as refused:
        return shown(request, found, fault=str(refused))
    messages.success(request, _("Taken back. It is no longer printed."))
    return redirect("desk:reports-draft", pk)
