"""Playing the demonstration into an empty database, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from time import monotonic

from giaoban.cli.demonstration import facts
from giaoban.cli.demonstration.diary import Diary, key
from giaoban.cli.demonstration.errors import DatabaseNotEmpty
from giaoban.cli.demonstration.founding import tell_opening, tell_site
from giaoban.cli.demonstration.movements import pass_through
from giaoban.cli.demonstration.nine_months import BEGIN, tell_nine_months
from giaoban.cli.demonstration.office import Office
from giaoban.cli.demonstration.reform import tell_merger, tell_reform
from giaoban.cli.demonstration.reporting import tell_reports
from giaoban.cli.demonstration.story import Story
from giaoban.cli.demonstration.targets import LAST_KEY, tell_targets_2026, tell_targets_on
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import Progress
from giaoban.ledger.queries import strength
from giaoban.units.queries import tree_on

ENTRIES = 28_181  # how many entries the demonstration records, for a progress bar


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands in the books after playing: open units, members, entries of the journal.

    ``recorded`` entries are of this call; with ``complete_before`` there was nothing to do.
    """

    units: int
    members: int
    entries: int
    recorded: int
    seconds: float
    complete_before: bool

    @property
    def found_before(self) -> int:
        """How many entries were there already."""
        return self.entries - self.recorded


def play(progress: Progress | None = None) -> Summary:
    """Load the demonstration; safe to repeat, also after a run that was killed.

    Every act has an idempotency key: what is recorded already is passed over. ``progress`` is
    told how many entries have been written since its last call (``ENTRIES`` in all). Raises
    ``DatabaseNotEmpty`` when the journal holds other acts than the demonstration's.
    """
    begun, before = monotonic(), head().number
    complete_before = _recorded(LAST_KEY)
    if before and not _recorded(key("thanh-lap", facts.ROOT)):
        raise DatabaseNotEmpty(n=before)
    if not complete_before:
        Office(progress).play(tell())
    return _summary(before, monotonic() - begun, complete_before=complete_before)


def tell() -> Diary:
    """The whole story, told into a diary; the same each time."""
    story = Story()
    tell_opening(story)
    for span in facts.spans():
        if span.from_on == BEGIN:
            tell_nine_months(story, span)
        else:
            _before(story, span.from_on)
            pass_through(story, span)
    tell_site(story)
    tell_targets_2026(story)
    tell_reports(story)
    return story.diary


def _before(story: Story, day: date) -> None:
    """What is done on the threshold of a span: targets, and the rearrangements of 2025."""
    tell_targets_on(story, day)
    if day.year == 2025:
        story.recognise_due(day.replace(day=1))
        (tell_merger if day.month == 1 else tell_reform)(story)


def _recorded(told: str) -> bool:
    return Entry.objects.filter(idempotency_key=told).exists()


def _summary(before: int, seconds: float, *, complete_before: bool) -> Summary:
    last = head()
    today = last.recorded_at.date() if last.recorded_at else date.max
    as_of = AsOf(today, last.number)
    tree = tree_on(as_of)
    members = sum(strength(tree.ids.tolist(), as_of).values())
    return Summary(len(tree), members, last.number, last.number - before, seconds, complete_before)
