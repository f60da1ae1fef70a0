"""The two reports that the demonstration's books hold, made public by a publisher."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken
from giaoban.portal.demonstration.hands import PUBLISHER, by
from giaoban.portal.demonstration.reading import data
from giaoban.portal.living.citing import embed
from giaoban.portal.living.models import PublicEdition, PublicFigure
from giaoban.portal.living.preparing.prepare import prepare
from giaoban.portal.living.publishing import publish_report
from giaoban.portal.living.queries import public_issues
from giaoban.reports.issues import Issued, issues
from giaoban.units.queries import unit_by_code

ROOT, CITED = "HU-THACH-THAT", "46-BC/BTCHU"


class BooksMissing(RuleBroken):
    """The site's numbers come from reports of the demonstration's books."""

    code = "demonstration_books_missing"
    message = _("The demonstration's books are not here. Load them first: giaoban demo --no-serve")


def publish_reports() -> dict[str, Issued]:
    """Make the reports public, on the day of each; by their numbers. Raises ``BooksMissing``."""
    numbers = [paper["report"] for paper in data("papers")["paper"] if "report" in paper]
    found = {one.symbol: one for one in issues() if one.unit == unit_by_code(ROOT)}
    if not set(numbers) <= set(found):
        raise BooksMissing
    public = public_issues()
    for number in numbers:
        issued = found[number]
        if issued.entry not in public:
            at = issued.recorded_at + timedelta(minutes=1)
            publish_report(issue=issued.entry, by=by(PUBLISHER, at))
        # What the queue does at a server that runs; it finds it done.
        prepare(issued.entry, at=timezone.now())
    return {number: found[number] for number in numbers}


def figure(address: str) -> str:
    """A living figure of the report that the article cites, as rich text keeps it."""
    edition = PublicEdition.objects.get(symbol=CITED, unit_id=unit_by_code(ROOT))
    found = PublicFigure.objects.get(edition=edition, address=address)
    return embed((edition.issue, address), found.text)
