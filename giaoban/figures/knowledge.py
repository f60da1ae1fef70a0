"""How a figure changed as the journal went on: one period, more and more of it known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.figures.trace import Item
from giaoban.journal.queries import Head
from giaoban.journal.sql import fetch
from giaoban.journal.writing import VIETNAM


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that changed a figure: by how much, to what, where, and why.

    ``reverses`` is the entry that it takes back, ``note`` what was written beside it.
    """

    entry: int
    recorded_at: datetime
    effective_on: date
    unit: int
    by: int
    to: int
    reverses: int | None
    note: str | None

    @property
    def day(self) -> date:
        """The day of recording in Vietnam."""
        return self.recorded_at.astimezone(VIETNAM).date()


@dataclass(frozen=True, slots=True)
class History:
    """A figure as known after ``first``, and each change of it since, by rising entry number."""

    first: Head
    start: int
    changes: list[Change]

    def at(self, number: int) -> int:
        """The figure as known after an entry, not before the first one looked at."""
        return next((c.to for c in reversed(self.changes) if c.entry <= number), self.start)

    def on(self, day: date) -> int:
        """The figure as known at the end of a day."""
        return next((c.to for c in reversed(self.changes) if c.day <= day), self.start)

    def between(self, low: int, high: int) -> list[Change]:
        """The changes after entry ``low`` up to entry ``high``."""
        return [change for change in self.changes if low < change.entry <= high]


def history(items: Sequence[Item], first: Head) -> History:
    """A cell as known after ``first`` and after each entry since that changed it.

    ``items`` are those behind the cell as it is known now: an act on units that was itself
    recorded since then may make single numbers of the past differ from what was printed.
    """
    late = [item for item in items if item.entry > first.number]
    start = sum(item.quantity for item in items) - sum(item.quantity for item in late)
    return History(first, start, _changes(late, start))


def _changes(items: Iterable[Item], start: int) -> list[Change]:
    by: Counter[int] = Counter()
    unit: dict[int, int] = {}
    for item in items:
        by[item.entry] += item.quantity
        unit[item.entry] = item.unit
    rows = fetch(
        "SELECT e.id, e.recorded_at, e.effective_on, e.reverses_id, n.text FROM journal_entry AS e"
        " LEFT JOIN journal_note AS n ON n.entry_id = e.id"
        " WHERE e.id = ANY(%(entries)s) ORDER BY e.id",
        entries=[entry for entry, n in by.items() if n],
    )
    found, now = [], start
    for entry, recorded_at, effective_on, reverses, note in rows:
        now += by[entry]
        found.append(
            Change(
                entry,
                recorded_at,
                effective_on,
                unit[entry],
                by[entry],
                now,
                reverses,
                note or None,
            )
        )
    return found
