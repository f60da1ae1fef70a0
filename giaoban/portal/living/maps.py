"""Public reports, their figures and corrections in the map of the site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Max
from django.urls import reverse

from giaoban.journal.models import Entry
from giaoban.portal.living.keys import CORRECTIONS, FIGURES, REPORTS
from giaoban.portal.living.models import (
    CorrectedSentence,
    Correction,
    KnownOtherwise,
    PublicEdition,
    PublicFigure,
    PublicReport,
)
from giaoban.portal.living.queries import fates, public_editions, public_issues
from giaoban.portal.pages.maps import Mapped, Part, with_list


class ReportsPart(Part):
    """Public reports, and their list."""

    made_of = (REPORTS,)

    def items(self) -> Sequence[Mapped]:
        """The latest first."""
        editions = public_editions()
        moments = reports_changed_at(editions)
        shown = [Mapped(one.get_absolute_url(), moments[one.issue]) for one in editions]
        return with_list(reverse("portal_living:reports"), shown)


class FiguresPart(Part):
    """The pages of all figures of public reports, those of parts too, and their list."""

    made_of = (REPORTS, FIGURES)

    def items(self) -> Sequence[Mapped]:
        """By report, in the report's order."""
        reports = reports_changed_at(public_editions())
        known = _last(KnownOtherwise, "at")
        corrected = _last(CorrectedSentence, "correction__at")
        found = PublicFigure.objects.filter(edition__in=public_issues()).only("edition", "slug")
        shown = [
            Mapped(one.get_absolute_url(), max(filter(None, (
                reports[one.edition_id], known.get(one.pk), corrected.get(one.pk)))))
            for one in found.order_by("-edition", "line")
        ]  # fmt: skip
        return with_list(reverse("portal_living:figures"), shown)


class CorrectionsPart(Part):
    """The page of all corrections."""

    made_of = (CORRECTIONS,)

    def items(self) -> Sequence[Mapped]:
        """The one page, from the first correction on."""
        last = Correction.objects.aggregate(last=Max("at"))["last"]
        return [Mapped(reverse("portal_living:corrections"), last)] if last else []


def reports_changed_at(editions: Iterable[PublicEdition]) -> dict[int, datetime]:
    """When the page of each report last changed: prepared, made public, withdrawn or replaced."""
    shown = list(editions)
    issues = [one.issue for one in shown]
    said = PublicReport.objects.filter(issue__in=issues).values("issue").annotate(last=Max("at"))
    public = dict(said.values_list("issue", "last"))
    became = {
        issue: fate.issued.withdrawn_by or fate.issued.replaced_by
        for issue, fate in fates(issues).items()
    }
    entries = Entry.objects.filter(pk__in={entry for entry in became.values() if entry})
    at = dict(entries.values_list("pk", "recorded_at"))
    return {
        one.issue: max(filter(None, (
            one.prepared_at, public.get(one.issue), at.get(became.get(one.issue) or 0))))
        for one in shown
    }  # fmt: skip


def _last(model: type[KnownOtherwise | CorrectedSentence], moment: str) -> dict[int, datetime]:
    """The latest moment for each figure."""
    found = model._default_manager.order_by().values("figure").annotate(last=Max(moment))
    return dict(found.values_list("figure", "last"))
