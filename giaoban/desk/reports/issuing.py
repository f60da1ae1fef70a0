"""Issuing a checked draft: what it gets and what follows, looked at first, then done."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.reports.draft import draft_in_sight
from giaoban.desk.reports.drafts import Draft
from giaoban.desk.reports.tabs import trail
from giaoban.journal.errors import RuleBroken
from giaoban.people import scope
from giaoban.reports.forms.official import cited_number, form_in_force, symbol
from giaoban.reports.issues import beside, issued_by
from giaoban.reports.issuing import issue_report
from giaoban.reports.models import State
from giaoban.reports.register import next_number


@page(*scope.DECIDES)
def issue(request: DeskRequest, pk: int) -> HttpResponse:
    """Confirm what issuing does, then issue."""
    found, fault = draft_in_sight(request, pk), ""
    if found.row.state == State.ISSUED:
        return redirect("desk:reports-issued", found.row.entry_number)
    if request.method == "POST":
        key = request.POST.get("key", "")[:60] or None
        try:
            entry = issue_report(draft=pk, by=request.sitting.by, key=key)
        except RuleBroken as refused:
            fault = str(refused)
        else:
            messages.success(request, _("Issued as no. {symbol}.").format(
                symbol=issued_by(entry).symbol
            ))  # fmt: skip
            return redirect("desk:reports-issued", entry)
    context: dict[str, Any] = {
        "one": found,
        "fault": fault,
        "key": request.POST.get("key") or uuid.uuid4().hex,
        "number": _number(found),
        "day": found.row.dated_on or request.sitting.today,
        "replaces": issued_by(found.row.replaces) if found.row.replaces else None,
        "beside": beside(found.row),
        "ready": found.row.state == State.CHECKED,
        "trail": trail(
            (_("Drafts"), reverse("desk:reports-drafts")),
            (found.name, reverse("desk:reports-draft", args=[pk])),
        ),
    }
    return TemplateResponse(request, "desk/reports/issue.html", context)


def _number(found: Draft) -> str:
    """The number and symbol that it would get now; "" without a register."""
    if found.register is None:
        return ""
    register = found.register
    form = form_in_force(register.family, found.row.dated_on or found.today)
    told = symbol(form, kind=register.kind, office=register.symbol)
    return cited_number(form, symbol=told, number=next_number(register))
