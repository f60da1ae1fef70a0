"""An issued report's page: the document, what vouches for it, and what the books say now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.figures.asking import part_of
from giaoban.desk.reports.copies import copies
from giaoban.desk.reports.files import as_file, form_of
from giaoban.desk.reports.sight import READS_ISSUES, reads_members, units_as, units_of_issues
from giaoban.desk.reports.since import changed, entries
from giaoban.desk.reports.sources import Sources
from giaoban.desk.reports.tabs import trail
from giaoban.figures.by_unit import period_title
from giaoban.journal.errors import RuleBroken
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.journal.rights import writers_rights
from giaoban.ledger.entry_book import written
from giaoban.people import scope
from giaoban.reports.corrections import begin_correction, begin_replacement
from giaoban.reports.errors import IssueUnknown
from giaoban.reports.issues import (
    Issued,
    corrections_of,
    forms_of,
    issued_by,
    issued_document,
    reprint,
)
from giaoban.reports.issuing import withdraw_report
from giaoban.reports.models import DraftStep, ReportDraft
from giaoban.reports.rendering.html import fragment
from giaoban.units.queries import UnitLife, lives

_BY: dict[int, str] = {
    DraftStep.What.HANDED_IN: "prepared",
    DraftStep.What.CHECKED: "checked",
    DraftStep.What.ISSUED: "issued",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An issued document with its unit and those that it stands beside."""

    issued: Issued
    unit: UnitLife
    replaces: Issued | None
    replaced_by: Issued | None
    corrects: Issued | None
    corrected_by: list[Issued]
    withdrawn: tuple[str, Any, str] | None

    @property
    def period(self) -> str:
        """The period it reports on, in words."""
        return period_title(self.issued.reporting_period)


def issue_in_sight(request: DeskRequest, number: int) -> Issued:
    """An issue of a unit whose reports are in sight; any other is not found."""
    try:
        found = issued_by(number)
    except IssueUnknown as unknown:
        raise Http404(number) from unknown
    if found.unit not in units_of_issues(request.sitting):
        raise Http404(number)
    return found


@page(*READS_ISSUES)
def issued(request: DeskRequest, number: int) -> HttpResponse:
    """The document as it was issued, and all that is said of it."""
    return shown(request, issue_in_sight(request, number))


def shown(
    request: DeskRequest, found: Issued, *, fault: str = "", asked: str = "",
    copy_fault: str = "",
) -> HttpResponse:  # fmt: skip
    """The page of an issue; ``fault`` is why something ``asked`` was refused."""
    sitting = request.sitting
    reads = found.unit in sitting.units and reads_members(sitting)
    unit = lives([found.unit], AsOf(found.reporting_period.last_day, 2**62))[found.unit]
    decides = found.unit in units_as(sitting, scope.DECIDES)
    sources = Sources(unit.code, found.question)
    document = issued_document(found.entry)
    newest = head()
    changes = changed(found, newest, why=reads)
    context: dict[str, Any] = {
        "one": _beside(found, unit),
        "article": fragment(document, sources.link) if reads else fragment(document),
        "hands": _hands(found),
        "forms": [(form, digest.hex()) for form, digest in forms_of(found.entry)],
        "copies": copies(found.entry),
        "changes": changes,
        "entries": entries(changes),
        "newest": newest,
        "reads": reads,
        "may_prepare": reads and found.unit in units_as(sitting, scope.PROPOSES),
        "may_decide": decides,
        "fault": fault,
        "asked": asked,
        "copy_fault": copy_fault,
        "reason": request.POST.get("reason", ""),
        "key": uuid.uuid4().hex,
        "part": part_of(found.reporting_period),
        "trail": trail((_("Issued"), reverse("desk:reports"))),
    }
    return TemplateResponse(request, "desk/reports/issued.html", context)


def _beside(found: Issued, unit: UnitLife) -> Shown:
    """An issue with those it replaces or corrects, and those that replaced or corrected it."""

    def other(entry: int | None) -> Issued | None:
        return issued_by(entry) if entry is not None else None

    withdrawn = None
    if found.withdrawn_by is not None:
        withdrawn = withdrawal(found.withdrawn_by)
    return Shown(
        found, unit, other(found.replaces), other(found.replaced_by), other(found.corrects),
        corrections_of(found), withdrawn,
    )  # fmt: skip


def withdrawal(entry: int) -> tuple[str, Any, str]:
    """(by whom, when, why) a document was withdrawn."""
    told = Entry.objects.get(pk=entry)
    # Notes are shown with the movements they stand by; this one is of a document in sight.
    with writers_rights():
        return told.by, told.recorded_at, written(entry).note or ""


def _hands(found: Issued) -> dict[str, tuple[str, Any]]:
    """Who prepared, checked and issued it, and when: from the steps of its draft."""
    draft = ReportDraft.objects.filter(entry_number=found.entry).first()
    if draft is None:
        return {"issued": (found.by, found.recorded_at)}
    steps = DraftStep.objects.filter(draft=draft).order_by("pk")
    return {_BY[step.what]: (step.by, step.at) for step in steps if step.what in _BY}


@page(*READS_ISSUES)
def download(request: DeskRequest, number: int, document: str) -> HttpResponse:
    """The very bytes that were handed out."""
    found, wanted = issue_in_sight(request, number), form_of(document)
    name = issued_document(found.entry).name
    return as_file(reprint(found.entry, wanted), wanted, name)


@require_POST
@page(*scope.DECIDES)
def withdraw(request: DeskRequest, number: int) -> HttpResponse:
    """Withdraw an issued document, with a reason; its number stays its own."""
    found = issue_in_sight(request, number)
    reason = request.POST.get("reason", "").strip()[:2000]
    try:
        withdraw_report(
            issue=found.entry, reason=reason, by=request.sitting.by,
            key=request.POST.get("key", "")[:60] or None,
        )  # fmt: skip
    except RuleBroken as refused:
        return shown(request, found, fault=str(refused), asked="withdraw")
    messages.success(request, _("Withdrawn. The number stays its own and is not given again."))
    return redirect("desk:reports-issued", number)


@require_POST
@page(*scope.PROPOSES)
def supersede(request: DeskRequest, number: int) -> HttpResponse:
    """Begin a draft that stands for an issued document once it is issued itself."""
    found = issue_in_sight(request, number)
    try:
        draft = begin_replacement(
            issue=found.entry, reason=request.POST.get("reason", "").strip()[:2000],
            key=request.POST.get("key", "")[:60] or uuid.uuid4().hex, by=request.sitting.by,
        )  # fmt: skip
    except RuleBroken as refused:
        return shown(request, found, fault=str(refused), asked="supersede")
    messages.success(request, _("A draft that supersedes it is begun."))
    return redirect("desk:reports-draft", draft)


@require_POST
@page(*scope.PROPOSES)
def correct(request: DeskRequest, number: int) -> HttpResponse:
    """Draft a notice that tells which figures changed, and why."""
    found = issue_in_sight(request, number)
    try:
        draft = begin_correction(
            issue=found.entry, key=request.POST.get("key", "")[:60] or uuid.uuid4().hex,
            by=request.sitting.by,
        )  # fmt: skip
    except RuleBroken as refused:
        return shown(request, found, fault=str(refused), asked="correct")
    messages.success(request, _("The notice is drafted."))
    return redirect("desk:reports-draft", draft)
