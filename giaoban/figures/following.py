"""Following a person to the unit they belong to in the tree of another day.

Whoever went through a reorganisation is followed by their own legs. Who left before a merger is
attributed to what the whole unit became; who left before a split can't be attributed and counts
under the lowest common ancestor of its successors.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from giaoban.figures.persons import Move
from giaoban.units.models import Extent
from giaoban.units.queries import SuccessionLine, UnitLife
from giaoban.units.tree import Tree


@dataclass(frozen=True, slots=True)
class Place:
    """A position in the target tree; ``sure`` is False for what can't be attributed to a unit."""

    position: int
    sure: bool


@dataclass(slots=True)
class Follower:
    """Maps (person, unit, day) to a position in the target tree."""

    target: Tree
    last_trees: Iterable[Tree]
    lives: dict[int, UnitLife]
    moves: Iterable[Move]
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

    def _later(self, unit: int) -> bool:
        """Whether the target tree is of a day after the unit closed (else: before it opened)."""
        closed = self.lives[unit].closed
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
