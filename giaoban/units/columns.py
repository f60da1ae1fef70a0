"""What is recorded of units, as columns: a nation's tree in hundredths of a second.

The database reads a district's tree at once, but a nation's takes it seconds. A floor above may
keep a copy of the units' rows as arrays (``keep_copy``); where it holds all that is asked about,
trees and days of change are read from it, else from the database. Both give the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from giaoban.units.tree import Ints, Places, Tree, build

Whole = npt.NDArray[np.signedinteger[Any]]
EPOCH = date(1970, 1, 1)


def days_since(day: date) -> int:
    """A day as the columns tell it: days since 1/1/1970."""
    return (day - EPOCH).days


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Dated rows of units by rising unit, day, entry and line; arrays of one length, of whatever
    type of whole numbers holds them.

    ``since`` are days since 1/1/1970. ``reversed_by`` is the entry that took the row back, 0 for
    none. ``other`` is what a row says beyond its unit: the parent of a placement (−1: none), the
    successor of a succession.
    """

    unit: Whole
    since: Whole
    entry: Whole
    reversed_by: Whole
    other: Whole
    position: Whole

    def known(self, known: int) -> npt.NDArray[np.bool_]:
        """Which rows stand by entries up to ``known``."""
        found: npt.NDArray[np.bool_] = (self.entry <= known) & (
            (self.reversed_by == 0) | (self.reversed_by > known)
        )
        return found


@dataclass(frozen=True, eq=False)
class UnitColumns:
    """The identities of all units and every dated row of theirs, by the entries up to ``last``.

    ``ids`` rise; ``code_rank`` is each one's place in the order of codes, ``kind`` and ``sector``
    their codes' places in ``kinds`` and ``sectors`` (−1: no sector).
    """

    last: int
    ids: Ints
    code_rank: Ints
    kind: Whole
    sector: Whole
    kinds: tuple[str, ...]
    sectors: tuple[str, ...]
    placements: Rows
    foundings: Rows
    closings: Rows
    successions: Rows

    def tree(self, on: date, known: int) -> Tree:
        """The tree at the end of a day, by entries up to ``known``. Raises ``BrokenTree``."""
        rows, day = self.placements, days_since(on)
        at = np.flatnonzero(rows.known(known) & (rows.since <= day))
        units = rows.unit[at]
        # The rows lie by unit, then day: the last of each unit is the one in force.
        newest = at[np.append(units[1:] != units[:-1], True)] if len(at) else at
        here = self._places.of(rows.unit[newest])
        exists = self._begun(self.foundings, day, known) & ~self._begun(self.closings, day, known)
        keep = exists[here]
        newest, here = newest[keep], here[keep]
        units, parents, positions = (
            column[newest].astype(np.int64) for column in (rows.unit, rows.other, rows.position)
        )
        order = positions * (len(self.ids) + 1) + self.code_rank[here]
        return build(on, known, units, parents, order)

    def _begun(self, rows: Rows, day: int, known: int) -> npt.NDArray[np.bool_]:
        """For each unit whether one of these rows of it holds at the end of a day."""
        found = np.zeros(len(self.ids), dtype=bool)
        units = rows.unit[rows.known(known) & (rows.since <= day)]
        found[self._places.of(units)] = True
        return found

    def days_of_regrouping(self, start: date, end: date, known: int) -> tuple[date, ...]:
        """The days in [start, end) on which members changed the unit above them, rising."""
        days = []
        for rows in (self.placements, self.closings, self.successions):
            within = (rows.since >= days_since(start)) & (rows.since < days_since(end))
            at = np.flatnonzero(within & rows.known(known))
            if len(at):
                founded = np.isin(self._acts(rows, at), self._founded(rows.entry[at]))
                days.append(rows.since[at[~founded]].astype(np.int64))
        if not days:
            return ()
        return tuple(EPOCH + timedelta(days=int(day)) for day in np.unique(np.concatenate(days)))

    def _founded(self, entries: Whole) -> Ints:
        """The foundings by some entries, and by those between them, as ``_acts``."""
        rows = self.foundings
        near = (rows.entry >= entries.min()) & (rows.entry <= entries.max())
        return self._acts(rows, np.flatnonzero(near))

    def _acts(self, rows: Rows, at: Ints) -> Ints:
        """What tells a unit in an entry, as one number."""
        units: Ints = self._places.of(rows.unit[at])
        return units * (self.last + 1) + rows.entry[at]

    @cached_property
    def _places(self) -> Places:
        return Places(self.ids)


Source = Callable[[int], UnitColumns | None]
_source: list[Source] = []


def keep_copy(source: Source) -> None:
    """Let a floor above answer for the columns: called with an entry, it gives a copy that holds
    every row of units by the entries up to that one, or None."""
    _source[:] = [source]


def copied(last: int) -> UnitColumns | None:
    """A copy that holds all that is recorded of units up to an entry, if anybody keeps one."""
    return _source[0](last) if _source else None
