"""What a page tells about the figures that it cites: a card each, and all of them in a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from giaoban.portal.caching import depends
from giaoban.portal.living.citing import keys_cited
from giaoban.portal.living.keys import figure_key, report_key
from giaoban.portal.living.models import CorrectedSentence, PublicEdition, PublicFigure
from giaoban.portal.living.queries import (
    Fate,
    Since,
    fates,
    figures_of,
    known_since,
    public_issues,
)


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with what has become of its report, and what is known since."""

    figure: PublicFigure
    fate: Fate
    since: Since
    successor: PublicEdition | None

    @property
    def edition(self) -> PublicEdition:
        """The report that issued it."""
        return self.figure.edition

    @property
    def corrected(self) -> CorrectedSentence | None:
        """The correction of it that was published last, where the figure was left as it was."""
        return self.since.correction


def cards_of(figures: Iterable[PublicFigure]) -> list[Card]:
    """The cards of figures whose reports are public."""
    public = public_issues()
    shown = [figure for figure in figures if figure.edition_id in public]
    told = fates({figure.edition_id for figure in shown})
    since = known_since(shown)
    later = {fate.successor.entry for fate in told.values() if fate.successor} & public
    successors = PublicEdition.objects.in_bulk(later)
    return [
        Card(
            figure, told[figure.edition_id], since[figure.pk],
            successors.get(after.entry) if (after := told[figure.edition_id].successor) else None,
        )
        for figure in shown
    ]  # fmt: skip


def cards_in(page: Page, request: HttpRequest | None) -> list[Card]:
    """The cards of the figures that a page cites, in order. The page depends on these and on what
    is said of their reports and of those that stand for them; on no other figure."""
    cited = keys_cited(page)
    found = figures_of(cited)
    cards = cards_of(found.values())
    if request is not None and cited:
        later = (card.fate.successor for card in cards)
        depends(
            request, *(report_key(issue) for issue, _address in cited),
            *(report_key(one.entry) for one in later if one),
            *(figure_key(one.pk) for one in found.values()),
        )  # fmt: skip
    return cards
