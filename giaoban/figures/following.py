"""Following a person to the unit they belong to in the tree of another day.

Whoever went through a reorganisation is followed by their own legs. Who left before a merger is
attributed to what the whole unit became; who left before a split can't be attributed and counts
under the lowest common ancestor of its successors.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from giaoban.figures.persons import Move
from giaoban.units.models import Extent
from giaoban.units.queries import SuccessionLine
from giaoban.units.tree import Tree

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_DAYS = 4_000_000  # more than any day's ordinal


@dataclass(frozen=True, slots=True)
class Place:
    """A position in the target tree; ``sure`` is False for what can't be attributed to a unit."""

    position: int
    sure: bool


class Ways:
    """Moves as arrays, to look up the next or the last one of many persons in a unit at once.

    Answers are places in these arrays, −1 for none; ``on`` is the target's day.
    """

    def __init__(self, moves: Sequence[Move], on: date) -> None:
        rows = [(m.day.toordinal(), m.person, m.left, m.taken) for m in moves]
        self.day, self.person, self.left, self.taken = np.array(rows, dtype=np.int64).reshape(
            -1, 4
        ).T  # fmt: skip
        self._on = on.toordinal()
        self._units = int(max(self.left.max(initial=0), self.taken.max(initial=0))) + 1
        self._by_left, self._by_taken = self._index(self.left), self._index(self.taken)

    def onward(self, people: Ints, units: Ints, days: Ints) -> Ints:
        """The first move out of each unit from a day on, up to the target's day."""
        order, pairs, keys = self._by_left
        place, known = self._rank(pairs, people, units)
        at = np.searchsorted(keys, place * _DAYS + days)
        found = self._at(order, at, known, self.left, people, units)
        return np.where((found >= 0) & (self._day_of(found) <= self._on), found, -1)

    def back(self, people: Ints, units: Ints, days: Ints) -> Ints:
        """The last move into each unit up to a day, after the target's day."""
        order, pairs, keys = self._by_taken
        place, known = self._rank(pairs, people, units)
        at = np.searchsorted(keys, place * _DAYS + days, side="right") - 1
        found = self._at(order, at, known, self.taken, people, units)
        return np.where((found >= 0) & (self._day_of(found) > self._on), found, -1)

    def _index(self, ends: Ints) -> tuple[Ints, Ints, Ints]:
        """Moves by person, unit and day: their order, the distinct pairs, and each one's key."""
        codes = self.person * self._units + ends
        order = np.lexsort((np.arange(len(codes)), self.day, codes))
        pairs, place = np.unique(codes[order], return_inverse=True)
        return order, pairs, place * _DAYS + self.day[order]

    def _rank(self, pairs: Ints, people: Ints, units: Ints) -> tuple[Ints, Flags]:
        wanted = people * self._units + units
        at = np.searchsorted(pairs, wanted)
        known = (at < len(pairs)) & (units < self._units)
        known[known] = pairs[at[known]] == wanted[known]
        return at, known

    def _at(
        self, order: Ints, at: Ints, known: Flags, ends: Ints, people: Ints, units: Ints
    ) -> Ints:
        """The moves at places of an index, as far as they are of the same person and unit."""
        inside = known & (at >= 0) & (at < len(order))
        found = np.full(len(at), -1, dtype=np.int64)
        found[inside] = order[at[inside]]
        same = (self.person[found] == people) & (ends[found] == units) if len(order) else inside
        return np.where(inside & same, found, -1)

    def _day_of(self, found: Ints) -> Ints:
        return self.day[found] if len(self.day) else found


@dataclass
class Follower:
    """Maps (person, unit, day) to a position in the target tree.

    ``closed`` holds the day on which each unit that ended did so.
    """

    target: Tree
    last_trees: Iterable[Tree]
    closed: dict[int, date]
    moves: Sequence[Move]
    successions: Iterable[SuccessionLine]
    _forward: dict[tuple[int, int], list[Move]] = field(init=False)
    _backward: dict[tuple[int, int], list[Move]] = field(init=False)
    _after: dict[int, list[SuccessionLine]] = field(init=False)
    _before: dict[int, list[SuccessionLine]] = field(init=False)
    _fallback: dict[int, Place] = field(init=False)

    def __post_init__(self) -> None:
        self._forward, self._backward = defaultdict(list), defaultdict(list)
        for move in self.moves:
            self._forward[move.person, move.left].append(move)
            self._backward[move.person, move.taken].append(move)
        self._after, self._before = defaultdict(list), defaultdict(list)
        for line in self.successions:
            self._after[line.unit].append(line)
            self._before[line.successor].append(line)
        self._fallback = {}

    def place(self, person: int, unit: int, day: date) -> Place:
        """Where what a person did in ``unit`` on ``day`` belongs in the target tree."""
        while (at := self.target.position(unit)) < 0:
            move = self._next(person, unit, day)
            if move is None:
                return self.unit_place(unit)
            unit, day = (move.taken, move.day) if self._later(unit) else (move.left, move.day)
        return Place(at, True)

    def places(self, people: Ints, units: Ints, days: Ints) -> tuple[Ints, Flags]:
        """The same for many at once: positions, and whether each is sure. ``days`` are ordinals."""
        found = self.target.positions(units)
        sure = np.ones(len(units), dtype=np.bool_)
        unit, day = units.copy(), days.copy()
        going = np.flatnonzero(found < 0)
        while len(going):
            later = np.isin(unit[going], self._ended)
            step = np.where(
                later,
                self._ways.onward(people[going], unit[going], day[going]),
                self._ways.back(people[going], unit[going], day[going]),
            )
            lost = going[step < 0]
            for one in np.unique(unit[lost]).tolist():
                place = self.unit_place(one)
                here = lost[unit[lost] == one]
                found[here], sure[here] = place.position, place.sure
            later, going, step = later[step >= 0], going[step >= 0], step[step >= 0]
            ways = self._ways
            unit[going] = np.where(later, ways.taken[step], ways.left[step])
            day[going] = ways.day[step]
            found[going] = self.target.positions(unit[going])
            going = going[found[going] < 0]
        return found, sure

    @cached_property
    def _ended(self) -> Ints:
        """The units that ended by the target's day."""
        ended = [unit for unit, day in self.closed.items() if day <= self.target.on]
        return np.array(ended, dtype=np.int64)

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self.moves, self.target.on)

    def _later(self, unit: int) -> bool:
        """Whether the target tree is of a day after the unit closed (else: before it opened)."""
        closed = self.closed.get(unit)
        return closed is not None and closed <= self.target.on

    def _next(self, person: int, unit: int, day: date) -> Move | None:
        if self._later(unit):
            moves = self._forward[person, unit]
            at = bisect_left([move.day for move in moves], day)
            return moves[at] if at < len(moves) and moves[at].day <= self.target.on else None
        moves = self._backward[person, unit]
        at = bisect_right([move.day for move in moves], day) - 1
        return moves[at] if at >= 0 and moves[at].day > self.target.on else None

    def unit_place(self, unit: int) -> Place:
        """Where a unit as such belongs: itself, what it wholly became, or their common ancestor."""
        if unit not in self._fallback:
            self._fallback[unit] = Place(0, False)  # against a ring of successions
            self._fallback[unit] = self._unit_place(unit)
        return self._fallback[unit]

    def _unit_place(self, unit: int) -> Place:
        at = self.target.position(unit)
        if at >= 0:
            return Place(at, True)
        if self._later(unit):
            lines = self._after[unit]
            places = [self.unit_place(line.successor) for line in lines]
            sure = len(lines) == 1 and lines[0].extent == Extent.WHOLE
        else:
            lines = self._before[unit]
            places = [self.unit_place(line.unit) for line in lines]
            sure = len(lines) == 1
        if not places:
            return Place(self._nearest(unit), False)
        return Place(self.common([place.position for place in places]), sure and places[0].sure)

    def _nearest(self, unit: int) -> int:
        """The nearest unit above that the target tree holds, or its first root."""
        for tree in self.last_trees:
            for above in tree.ancestors(unit)[1:]:
                at = self.target.position(above)
                if at >= 0:
                    return at
        return 0

    def parts_of(self, unit: int) -> list[int]:
        """The positions that a unit which can't be taken as a whole was divided among."""
        if self.unit_place(unit).sure:
            return []
        lines = self._after[unit] if self._later(unit) else self._before[unit]
        ends = [line.successor if self._later(unit) else line.unit for line in lines]
        return sorted({self.unit_place(end).position for end in ends})

    def common(self, positions: list[int]) -> int:
        """The lowest common ancestor of positions; the first root where there is none."""
        common = positions[0]
        for other in positions[1:]:
            pair = self.target.lowest_common_ancestors(np.array([common]), np.array([other]))
            common = max(int(pair[0]), 0)
        return common
