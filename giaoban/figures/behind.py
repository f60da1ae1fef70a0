"""What stands behind a cell, as people read it: entry, member, basis, the days, the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.figures.by_unit import Question
from giaoban.figures.trace import Item
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf
from giaoban.journal.writing import VIETNAM
from giaoban.people.queries import Name, names_of
from giaoban.units.queries import UnitLife, lives


@dataclass(frozen=True, slots=True)
class Behind:
    """One item with its entry, the member (None: not told, or about a unit) and the unit."""

    item: Item
    entry: Entry
    name: Name | None
    unit: UnitLife | None

    @property
    def recorded_on(self) -> date:
        """The day of recording in Vietnam."""
        return self.entry.recorded_at.astimezone(VIETNAM).date()

    @property
    def days_late(self) -> int:
        """How many days after the effective day it was recorded."""
        return max((self.recorded_on - self.item.effective_on).days, 0)


def in_order(items: Sequence[Item]) -> list[Item]:
    """Items by effective day, then by entry."""
    return sorted(items, key=lambda item: (item.effective_on, item.entry))


def behind(items: Sequence[Item], question: Question) -> list[Behind]:
    """Items with what is to be said of them. A member whom the asker may not see has no name."""
    known = question.head.number
    entries = Entry.objects.select_related("basis").in_bulk({item.entry for item in items})
    names = names_of({i.person for i in items if i.person is not None}, AsOf(date.max, known))
    on = max((item.effective_on for item in items), default=question.period.last_day)
    units = lives({item.unit for item in items}, AsOf(on, known))
    return [
        Behind(item, entries[item.entry], names.get(item.person or 0), units.get(item.unit))
        for item in items
    ]
