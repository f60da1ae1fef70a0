"""Public reports as the site's search keeps them: found while they are public, by what they say.

What a search tells of a report says what became of it, too. An act at the desk withdraws or
replaces reports and knows nothing of a site, so the queue compares the two each minute.
"""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from giaoban.portal.caching import changed
from giaoban.portal.living.keys import FIGURES, REPORTS, report_key
from giaoban.portal.living.models import PublicEdition
from giaoban.portal.living.queries import Fate, fates, public_editions, public_issues
from giaoban.portal.pages.finding import Findable, forget, keep
from giaoban.portal.pages.models import SearchEntry
from giaoban.reports.documents.walking import lines
from giaoban.reports.issues import Standing
from giaoban.vietnamese import VIETNAM_TIME

LONGEST_PLACE = 200


def of_report(edition: PublicEdition, fate: Fate | None) -> Findable:
    """A public report with all that its public edition says."""
    return Findable(
        key=report_key(edition.issue), kind=SearchEntry.Kind.REPORT,
        address=edition.get_absolute_url(), title=edition.subject, lead=_lead(edition, fate),
        text=" ".join(lines(edition.document)), place=edition.unit_name[:LONGEST_PLACE],
        at=datetime.combine(edition.issued_on, time(), VIETNAM_TIME),
    )  # fmt: skip


def _lead(edition: PublicEdition, fate: Fate | None) -> str:
    """Its number and period, and what became of it, in the report's own language."""
    with override(edition.language):
        said = _("Report {number}, {period}").format(
            number=edition.symbol, period=edition.period_told
        )
        return " ".join(filter(None, (_became(fate), f"{said}.")))


def _became(fate: Fate | None) -> str:
    """That a report is no longer in force; empty where it is."""
    if fate is None or fate.in_force:
        return ""
    if fate.successor is not None:
        return _("Replaced by report {number}.").format(number=fate.successor.symbol)
    return _("Withdrawn.") if fate.standing is Standing.WITHDRAWN else ""


def let_find(issue: int) -> None:
    """Let readers find a report if it is public and prepared; else let them find it no more."""
    edition = PublicEdition.objects.filter(issue=issue).first()
    if edition is None or issue not in public_issues():
        forget(report_key(issue))
    else:
        keep(of_report(edition, fates([issue]).get(issue)))


def hear_of_reports() -> list[int]:
    """The issues that the search told otherwise than they are by now: withdrawn or replaced at the
    desk, or not kept yet. Pages that show them are made anew."""
    editions = list(public_editions())
    became, told = fates(one.issue for one in editions), _told()
    fresh = [
        one
        for one in editions
        if told.get(report_key(one.issue)) != _lead(one, became.get(one.issue))
    ]
    with transaction.atomic():
        for one in fresh:
            keep(of_report(one, became.get(one.issue)))
        if fresh:
            changed(REPORTS, FIGURES, *(report_key(one.issue) for one in fresh))
    return [one.issue for one in fresh]


def _told() -> dict[str, str]:
    found = SearchEntry.objects.filter(kind=SearchEntry.Kind.REPORT)
    return dict(found.values_list("key", "lead"))
