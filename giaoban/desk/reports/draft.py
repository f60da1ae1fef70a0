"""A draft's page: the document as it would read, what is typed into it, and its way to issue."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.reports.draft_form import DraftForm
from giaoban.desk.reports.draft_notes import NoteForm, given, note_forms
from giaoban.desk.reports.drafts import Draft, drafted
from giaoban.desk.reports.files import as_file, form_of
from giaoban.desk.reports.sources import Sources
from giaoban.desk.reports.tabs import trail
from giaoban.journal.errors import RuleBroken
from giaoban.people import scope
from giaoban.reports.assembling import WorkedOut
from giaoban.reports.discrepancies import notes_of
from giaoban.reports.drafting import (
    change_report,
    check_report,
    drop_report,
    hand_in_report,
    send_back_report,
)
from giaoban.reports.models import State
from giaoban.reports.rendering.html import fragment
from giaoban.reports.rendering.rendition import render
from giaoban.reports.wording.slots import slot_words

STEP, SAVE, HAND_IN, CHECK, SEND_BACK, DROP = (
    "step", "save", "hand_in", "check", "send_back", "drop",
)  # fmt: skip


def draft_in_sight(request: DeskRequest, pk: int) -> Draft:
    """A draft of a unit in sight; any other is not found."""
    found = drafted(request.sitting, pk)
    if found is None:
        raise Http404(pk)
    return found


@page()
def draft(request: DeskRequest, pk: int) -> HttpResponse:
    """The draft as it reads by the books, or as it was handed in."""
    return shown(request, draft_in_sight(request, pk))


@require_POST
@page(*scope.PROPOSES)
def step(request: DeskRequest, pk: int) -> HttpResponse:
    """One step with a draft: save, hand in, check, send back, drop."""
    found, asked = draft_in_sight(request, pk), request.POST.get(STEP, "")
    if asked in (SAVE, HAND_IN):
        return _written(request, found, hand_in=asked == HAND_IN)
    try:
        said = _done(request, found, asked)
    except RuleBroken as refused:
        return shown(request, found, fault=str(refused), asked=asked)
    messages.success(request, said)
    if asked == DROP:
        return redirect("desk:reports-drafts")
    return redirect("desk:reports-draft", pk)


def _done(request: DeskRequest, found: Draft, asked: str) -> str:
    """Carry a step out and say so; raises what the rules refuse."""
    by, number = request.sitting.by, found.row.pk
    if asked == CHECK:
        check_report(draft=number, seen=request.POST.get("seen", "")[:64], by=by)
        return _("Checked. It can be issued now.")
    if asked == SEND_BACK:
        send_back_report(draft=number, reason=request.POST.get("reason", "")[:2000], by=by)
        return _("Sent back to its authors, who read the reason.")
    if asked == DROP:
        drop_report(draft=number, by=by)
        return _("The draft was dropped.")
    raise Http404(asked)


def _written(request: DeskRequest, found: Draft, *, hand_in: bool) -> HttpResponse:
    """Save what was typed, and hand it in where that was asked; a refusal keeps all of it."""
    form = _form(found, request.POST)
    if not form.is_valid():
        return shown(request, found, form=form)
    by, number = request.sitting.by, found.row.pk
    try:
        change_report(draft=number, by=by, **form.told())
        if hand_in:
            hand_in_report(draft=number, by=by, known_on=form.cleaned_data["known_on"])
    except RuleBroken as refused:
        form.refuse(refused)
        return shown(request, found, form=form)
    said = _("Handed in. A second person checks it now.") if hand_in else _("Saved.")
    messages.success(request, said)
    return redirect("desk:reports-draft", number)


def _form(found: Draft, data: Any = None) -> DraftForm:
    with translation.override(found.row.language):
        words = slot_words(found.question, found.unit)
    return DraftForm(
        data, draft=found.row, definition=found.definition, register=found.register, words=words
    )


def shown(
    request: DeskRequest, found: Draft, *, form: DraftForm | None = None, fault: str = "",
    asked: str = "", note: NoteForm | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of a draft; ``form`` or ``note`` was refused, or a step that was ``asked``."""
    read, hindrance = read_of(found)
    may_write = found.row.unit_id in found.written_by and found.is_open
    sources = Sources(found.unit.code, found.question)
    context = {
        "one": found,
        "article": fragment(read.document, sources.link) if read else "",
        "hindrance": hindrance,
        "form": form or _form(found),
        "refused": bool(form and form.errors),
        "fault": fault or ("" if may_write else _refusal(form or note)),
        "asked": asked,
        "reason": request.POST.get("reason", ""),
        "may_write": may_write,
        "given": given(notes_of(found.row), read),
        "trail": trail((_("Drafts"), reverse("desk:reports-drafts"))),
        **note_forms(read if found.is_open else None, note),
        **_steps_open(found),
    }
    return TemplateResponse(request, "desk/reports/draft.html", context)


def _refusal(form: Form | None) -> str:
    """Why a form was refused that the page no longer shows, as of a draft that was issued
    meanwhile."""
    return " ".join(str(one) for told in form.errors.values() for one in told) if form else ""


def _steps_open(found: Draft) -> dict[str, bool]:
    """Which steps a login may take with a draft as it stands; ``own``: it is an author."""
    may_decide, state = found.row.unit_id in found.decided_by and found.is_open, found.row.state
    return {
        "may_check": may_decide and state == State.TO_CHECK,
        "may_issue": may_decide and state == State.CHECKED,
        "may_send_back": may_decide and state in (State.TO_CHECK, State.CHECKED),
        "own": found.login in found.authors,
    }


def read_of(found: Draft) -> tuple[WorkedOut | None, str]:
    """The draft as it reads, or why there is nothing to read."""
    try:
        return found.read(), ""
    except RuleBroken as refused:
        return None, str(refused)


@page()
def download(request: DeskRequest, pk: int, document: str) -> HttpResponse:
    """A draft as a file; every page of it says that it is one."""
    wanted, found = form_of(document), draft_in_sight(request, pk)
    try:
        made = found.document()
        return as_file(render(made, wanted), wanted, made.name)
    except RuleBroken as refused:
        messages.error(request, str(refused))
        return redirect("desk:reports-draft", pk)
