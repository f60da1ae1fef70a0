"""The tree as it would be: with rows about to be written, or without an entry about to go.

An act on units recorded late must not leave a cycle or a dead parent on any later day, and neither
may a reversal. So each unit it touches is followed up to its root, from the act's day to the last
day on which anything on that way changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from giaoban.journal.models import BookRow
from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch
from giaoban.units.errors import Cycle, LaterRows, UnitClosed
from giaoban.units.models import Closing, Founding, Naming, Placement, Succession
from giaoban.units.queries import lives

THIS_ACT = 2**62  # the entry number of rows that are not written yet


class _Placed(NamedTuple):
    from_on: date
    entry: int
    parent: int | None


@dataclass(slots=True)
class _Course:
    """One unit through time: when it opened and closed, and by which entries whom it was under."""

    opened: date | None = None
    closed: tuple[date, int] | None = None
    placed: list[_Placed] = field(default_factory=list)

    def parent(self, day: date) -> _Placed | None:
        """The placement that holds on a day."""
        return max((row for row in self.placed if row.from_on <= day), default=None,
                   key=lambda row: row[:2])  # fmt: skip

    def changes(self) -> list[date]:
        """The days on which the unit's place or life changes."""
        ends = [self.closed[0]] if self.closed else []
        return [row.from_on for row in self.placed] + ends

    def open_on(self, day: date) -> bool:
        """Whether the unit exists at the end of ``day``."""
        return (
            self.opened is not None
            and self.opened <= day
            and (self.closed is None or day < self.closed[0])
        )


class Change:
    """What is known of the tree, plus ``rows`` of an act, minus the entry ``without``."""

    def __init__(
        self, known: int, on: date, rows: Mapping[type[BookRow], Sequence[tuple[Any, ...]]],
        without: int = 0,
    ) -> None:  # fmt: skip
        self.known, self.on, self.without = known, on, without
        self._rows = rows
        self._courses: dict[int, _Course] = {}

    def check(self, units: Iterable[int]) -> None:
        """Refuse if one of ``units`` has no way up to a root on any day from the act's on.

        Raises ``Cycle`` or ``UnitClosed`` for the act's own day, ``LaterRows`` for a later one.
        """
        for unit in units:
            course = self._course(unit)
            day: date | None = max(self.on, course.opened) if course.opened else None
            while day is not None and course.open_on(day):
                above = self._way_up(unit, day)
                later = {one for u in above for one in self._course(u).changes() if one > day}
                day = min(later, default=None)

    def _way_up(self, unit: int, day: date) -> list[int]:
        way = [unit]
        while (placed := self._course(way[-1]).parent(day)) is not None:
            if placed.parent is None:
                return way
            if placed.parent in way:
                self._refuse_cycle(way, placed, day)
            if not self._course(placed.parent).open_on(day):
                self._refuse_closed(placed)
            way.append(placed.parent)
        return way

    def _refuse_cycle(self, way: list[int], last: _Placed, day: date) -> None:
        numbers = [row.entry for u in way if (row := self._course(u).parent(day))]
        written = [number for number in (*numbers, last.entry) if number < THIS_ACT]
        if day > self.on and written:
            raise LaterRows(unit=self._name(way[0]), n=max(written), date=day)
        raise Cycle(target=self._name(way[-1]), unit=self._name(way[0]))

    def _refuse_closed(self, placed: _Placed) -> None:
        assert placed.parent is not None
        closed = self._course(placed.parent).closed
        if closed is not None and closed[1] < THIS_ACT:
            raise LaterRows(unit=self._name(placed.parent), n=closed[1], date=closed[0])
        if closed is None and placed.entry < THIS_ACT:
            raise LaterRows(unit=self._name(placed.parent), n=placed.entry, date=placed.from_on)
        lines = [row for row in self._rows.get(Succession, ()) if row[0] == placed.parent]
        after = [self._name(row[2]) for row in lines]
        raise UnitClosed(unit=self._name(placed.parent), closed=self.on, successors=after or "–")

    def _course(self, unit: int) -> _Course:
        if unit not in self._courses:
            self._courses[unit] = self._read(unit)
        return self._courses[unit]

    def _read(self, unit: int) -> _Course:
        course = _Course()
        for from_on, entry, parent in self._known("units_placement", unit, "x.parent_id"):
            course.placed.append(_Placed(from_on, entry, parent))
        for from_on, _entry, _none in self._known("units_founding", unit):
            course.opened = from_on
        for from_on, entry, _none in self._known("units_closing", unit):
            course.closed = (from_on, entry)
        for row in self._rows.get(Placement, ()):
            if row[0] == unit:
                course.placed.append(_Placed(row[1], THIS_ACT, row[2]))
        if any(row[0] == unit for row in self._rows.get(Founding, ())):
            course.opened = self.on
        if any(row[0] == unit for row in self._rows.get(Closing, ())):
            course.closed = (self.on, THIS_ACT)
        return course

    def _known(self, table: str, unit: int, column: str = "NULL") -> list[tuple[Any, ...]]:
        return fetch(
            f"SELECT x.from_on, x.entry_id, {column} FROM {table} AS x"
            f" WHERE x.unit_id = %(unit)s AND x.entry_id <> %(without)s"
            f" AND {not_reversed('x')} ORDER BY x.from_on, x.entry_id",
            unit=unit,
            without=self.without,
            known=self.known,
        )

    def _name(self, unit: int) -> str:
        fresh = [row[2] for row in self._rows.get(Naming, ()) if row[0] == unit]
        return str(fresh[0]) if fresh else lives([unit], AsOf(self.on, self.known))[unit].name
