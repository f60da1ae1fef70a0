"""The publishers' screen of reports: which are public."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import Recorder
from giaoban.portal.living.models import PublicEdition
from giaoban.portal.living.overlapping import Overlap, overlaps
from giaoban.portal.living.publishing import (
    PUBLISH,
    publish_report,
    site_unit,
    take_back_report,
)
from giaoban.portal.living.queries import Fate, fates, held_back, public_issues
from giaoban.reports.issues import issues
from giaoban.units.queries import lives, tree_on

MOST_REPORTS = 200


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An issued report, whether it is public and ready, with which public reports small numbers
    follow from it, and how many do from all of them ``together``, if it is held back for that."""

    fate: Fate
    unit: str
    public: bool
    edition: PublicEdition | None
    overlaps: list[Overlap]
    together: int


def public_reports(request: HttpRequest) -> HttpResponse:
    """Issued reports of the site's organisation; POST makes one public, or no longer."""
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    if request.method == "POST":
        return _settle(request)
    return render(
        request, "portal/living/editors/reports.html",
        {"rows": list(_rows()), "page_title": _("Public reports"), "header_icon": "doc-full"},
    )  # fmt: skip


def _settle(request: HttpRequest) -> HttpResponse:
    by = Recorder(request.user.get_username(), timezone.now())
    issue = request.POST.get("issue", "")
    act = publish_report if request.POST.get("act") == "publish" else take_back_report
    try:
        act(issue=int(issue) if issue.isdigit() else 0, by=by)
    except RuleBroken as refused:
        messages.error(request, str(refused))
    else:
        said = _("Made public. Its pages stand as soon as they are prepared.")
        messages.success(
            request, said if act is publish_report else _("The report is public no longer.")
        )
    return redirect("portal_living_reports")


def _rows() -> list[ReportRow]:
    unit = site_unit()
    if unit is None:
        return []
    known = AsOf(timezone.localdate(), head().number)
    tree = tree_on(known)
    below = tree.below(unit).tolist() if tree.position(unit) >= 0 else [unit]
    found = issues("i.unit_id = ANY(%(units)s)", order="i.entry_id DESC", units=below)
    found = found[:MOST_REPORTS]
    told, public = fates(one.entry for one in found), public_issues()
    names = lives({one.unit for one in found}, known)
    editions = PublicEdition.objects.in_bulk([one.entry for one in found])
    beside, held = overlaps(editions.values()), held_back()
    return [
        ReportRow(told[one.entry], names[one.unit].name, one.entry in public,
                  editions.get(one.entry), beside.get(one.entry, []), held.get(one.entry, 0))
        for one in found
    ]  # fmt: skip
