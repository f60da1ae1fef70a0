"""The publishers' screens: which reports are public, and which sentences would read otherwise."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from giaoban.journal.errors import RuleBroken
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import Recorder
from giaoban.portal.living.correcting import Outdated, outdated_sentences, publish_correction
from giaoban.portal.living.models import PublicEdition
from giaoban.portal.living.overlapping import Overlap, overlaps
from giaoban.portal.living.publishing import (
    CORRECT,
    PUBLISH,
    publish_report,
    site_unit,
    take_back_report,
)
from giaoban.portal.living.queries import Fate, fates, public_issues
from giaoban.reports.issues import issues
from giaoban.units.queries import lives, tree_on

MOST_REPORTS = 200


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An issued report, whether it is public and ready, and with which public reports small
    numbers follow from it."""

    fate: Fate
    unit: str
    public: bool
    edition: PublicEdition | None
    overlaps: list[Overlap]


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
    beside = overlaps(editions.values())
    return [
        ReportRow(told[one.entry], names[one.unit].name, one.entry in public,
                  editions.get(one.entry), beside.get(one.entry, []))
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OnePage:
    """A page with its outdated sentences, and where numbers of it stand in plain words."""

    page: Page
    sentences: list[tuple[Outdated, list[str]]]


def learned(request: HttpRequest) -> HttpResponse:
    """ "These sentences would now read …"; POST shows the notice, then publishes it."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    told = outdated_sentences()
    chosen = [one for one in told if one.key in request.POST.getlist("sentence")]
    note = request.POST.get("note", "")
    if request.method == "POST" and request.POST.get("act") == "publish":
        done = _publish(request, chosen, note)
        if done is not None:
            return done
    context: dict[str, Any] = {
        "pages": _pages(chosen if request.method == "POST" and chosen else told),
        "sentences": len({(one.page.pk, one.before) for one in told}),
        "page_title": _("Figures known otherwise"), "note": note,
        "previewing": request.method == "POST" and bool(chosen), "header_icon": "history",
        "may_correct": request.user.has_perm(CORRECT),
        "read": any(one.goes_live_at is None for one in chosen or told),
    }  # fmt: skip
    return render(request, "portal/living/editors/learned.html", context)


def _publish(request: HttpRequest, chosen: list[Outdated], note: str) -> HttpResponse | None:
    """Publish the correction; None where it is refused, and the page says why."""
    by = Recorder(request.user.get_username(), timezone.now())
    try:
        publish_correction(sentences={one.key for one in chosen}, note=note, by=by)
    except RuleBroken as refused:
        messages.error(request, str(refused))
        return None
    messages.success(request, _("The correction is published."))
    return redirect("portal_living_learned")


def _pages(told: list[Outdated]) -> list[OnePage]:
    found: dict[Page, list[tuple[Outdated, list[str]]]] = defaultdict(list)
    for one in told:
        found[one.page].append((one, list(_causes(one))))
    return [OnePage(page, sentences) for page, sentences in found.items()]


def _causes(one: Outdated) -> list[str]:
    """The entries behind a change in words, without anybody's name."""
    known = one.since.now
    if known is None:
        return []
    said = _("entry {n}: {kind}, {on}")
    return [
        said.format(
            n=f"{cause['entry']:,}".replace(",", "."), kind=Kind(cause["kind"]).label,
            on=f"{date.fromisoformat(cause['on']):%d/%m/%Y}",
        )
        for cause in known.causes
    ]  # fmt: skip
