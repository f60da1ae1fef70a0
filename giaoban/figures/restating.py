"""Statements restated by the tree of one day. Totals never change.

Each person's figures are followed through the reorganisations (``following.py``), so nobody comes
or leaves with a unit; what can't be attributed stands in a line of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from giaoban.figures import persons
from giaoban.figures.boundaries import changed_units
from giaoban.figures.consolidation import eliminated
from giaoban.figures.errors import TreeEmpty
from giaoban.figures.following import Follower
from giaoban.figures.lines import LINES, Amount, Line, kinds_of
from giaoban.figures.rollup import roll_up
from giaoban.figures.statement import STANDINGS, Stretch, stretch
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf
from giaoban.periods import Span
from giaoban.units.queries import lives, successions, tree_on, units_of_family
from giaoban.units.tree import Tree

Ints = npt.NDArray[np.int64]


class RestatedItem(NamedTuple):
    """One thing behind the restated figures: what it counts, and where in the target tree."""

    line: Line
    standing: int
    position: int
    entry: int
    person: int
    unit: int
    quantity: int
    day: date
    transfer: bool


@dataclass(frozen=True, eq=False)
class Restated:
    """A span's statements by the tree of another day, for what one unit was then.

    ``amounts[line, standing, i]`` is of the unit at position i of ``tree`` with all below it;
    ``unattributed`` has the same shape and holds what stands at that unit itself only because it
    can't be attributed to one below. ``total`` is of the whole scope: of the ``unit`` asked where
    the tree holds it, else of all that it became.
    """

    unit: int
    span: Span
    known: int
    family: str
    tree: Tree
    amounts: Ints
    unattributed: Ints
    items: list[RestatedItem]

    def amount(self, unit: int, line: Line) -> Amount:
        """One cell of a unit of the target tree; zero if it isn't there."""
        at = self.tree.position(unit)
        if at < 0:
            return Amount(0, 0)
        probationary, full = self.amounts[line, :, at]
        return Amount(int(probationary), int(full))

    def loose_below(self, line: Line, unit: int) -> int:
        """How much of a unit's line, with all below it, can't be attributed to a lower unit."""
        at = self.tree.position(unit)
        below = slice(at, at + int(self.tree.size[at]))
        return int(self.unattributed[line, :, below].sum())

    def total(self, line: Line) -> Amount:
        """The line over the whole scope."""
        if self.tree.position(self.unit) >= 0:
            return self.amount(self.unit, line)
        roots = np.flatnonzero(self.tree.parent < 0)
        probationary, full = self.amounts[line][:, roots].sum(axis=1)
        return Amount(int(probationary), int(full))


def target_tree(day: date, known: int) -> Tree:
    """The tree to restate by. Raises ``TreeEmpty``."""
    tree = tree_on(AsOf(day, known))
    if not len(tree):
        raise TreeEmpty(date=day)
    return tree


def restate(unit: int, span: Span, known: int, family: str, day: date) -> Restated:
    """Restate what counted for ``unit`` over a span by the tree at the end of ``day``.

    A unit that the target tree holds is asked as it is there: whoever belongs to it by then. A
    unit that is no more (or not yet) is taken as it was in the span, and distributed.
    """
    target, parts = target_tree(day, known), stretch(span, known)
    scope = _Scope(unit, parts, target, units_of_family(family, known))
    follower = follower_to(target, parts.trees, known, persons.moves_of(known))
    found = _Restating(scope, follower, known)
    found.add_opening(span)
    found.add_movements(span)
    found.add_crossings()
    amounts = found.rolled()
    amounts[Line.CLOSING] = _closing(amounts)
    unattributed = found.unattributed
    unattributed[Line.CLOSING] = _closing(unattributed)
    return Restated(unit, span, known, family, target, amounts, unattributed, found.items)


def restate_line(unit: int, span: Span, known: int, family: str, day: date, line: Line) -> Restated:
    """The same for one line of movements alone: all other lines stay empty.

    Only its movements are read and only its persons followed, so that it costs what the line has,
    not what the organisation has. Balances, and who came or left with their unit, need it all.
    """
    if not (kinds := kinds_of(line)):
        return restate(unit, span, known, family, day)
    target, parts = target_tree(day, known), stretch(span, known)
    scope = _Scope(unit, parts, target, units_of_family(family, known))
    moved = persons.movements(span.start, span.end, known, scope.every, kinds)
    moves = persons.moves_of(known, persons=sorted({m.person for m in moved}))
    found = _Restating(scope, follower_to(target, parts.trees, known, moves), known)
    found.add(moved)
    return Restated(
        unit, span, known, family, target, found.rolled(), found.unattributed, found.items
    )


def _closing(amounts: Ints) -> Ints:
    """Opening and increases less decreases; recognition moves from one standing to the other."""
    closing: Ints = amounts[Line.OPENING] + amounts[Line.RECOGNISED]
    for line in Line:
        closing = closing + line.sign * amounts[line]
    return closing


def follower_to(target: Tree, trees: list[Tree], known: int, moves: list[persons.Move]) -> Follower:
    """A follower from the units of some days to a target tree; ``moves`` of the persons asked."""
    late = max(target.on, trees[-1].on)
    return Follower(
        target=target,
        last_trees=trees,
        lives=lives(None, AsOf(late, known)),
        moves=moves,
        successions=successions(known),
    )


class _Scope:
    """Which books count, in each stretch of the span."""

    def __init__(self, unit: int, parts: Stretch, target: Tree, members: Ints) -> None:
        self.unit, self.parts = unit, parts
        family = set(members.tolist())
        # A unit of the target tree gets whoever is followed into it, from wherever.
        self.whole = target.position(unit) >= 0
        self.units = [
            family & set((tree.ids if self.whole else tree.below(unit)).tolist())
            for tree in parts.trees
        ]

    def holds(self, unit: int, day: date) -> bool:
        """Whether a unit's book counts on a day."""
        return unit in self.units[self.parts.part(unit, day)]

    @property
    def every(self) -> list[int]:
        return sorted(set().union(*self.units))


class _Restating:
    """Own amounts by position of the target tree, filled person by person."""

    def __init__(self, scope: _Scope, follower: Follower, known: int) -> None:
        self.scope, self.follower, self.known = scope, follower, known
        n = len(follower.target)
        self.own = np.zeros((LINES, STANDINGS, n), dtype=np.int64)
        self.unattributed = np.zeros((LINES, STANDINGS, n), dtype=np.int64)
        self.ends: dict[tuple[int, int, int], dict[bool, tuple[int, int]]] = defaultdict(dict)
        self.items: list[RestatedItem] = []

    def _add(self, item: RestatedItem, *, sure: bool) -> None:
        self.items.append(item)
        self.own[item.line, item.standing, item.position] += item.quantity
        if not sure:
            self.unattributed[item.line, item.standing, item.position] += item.quantity

    def add_opening(self, span: Span) -> None:
        """Who stood in the scope before the span."""
        for seat in persons.seats_before(span.start, self.known, sorted(self.scope.units[0])):
            place = self.follower.place(seat.person, seat.unit, span.start)
            item = RestatedItem(Line.OPENING, seat.standing, place.position, seat.entry,
                                seat.person, seat.unit, 1, seat.day, False)  # fmt: skip
            self._add(item, sure=place.sure)

    def add_movements(self, span: Span) -> None:
        """The span's movements; both ends of a transfer are kept for elimination."""
        self.add(persons.movements(span.start, span.end, self.known, self.scope.every))

    def add(self, moved: list[persons.Movement]) -> None:
        """Movements that were read."""
        for m in moved:
            if not self.scope.holds(m.unit, m.day):
                continue
            place = self.follower.place(m.person, m.unit, m.day)
            transfer = m.kind == Kind.TRANSFER
            item = RestatedItem(m.line, m.standing, place.position, m.entry, m.person, m.unit,
                                m.amount, m.day, transfer)  # fmt: skip
            self._add(item, sure=place.sure)
            if transfer:
                self.ends[m.entry, m.person, m.standing][m.inward] = (place.position, m.amount)

    def add_crossings(self) -> None:
        """Who came into the scope or left it with their unit on a day of change."""
        if self.scope.whole:
            return
        trees = self.scope.parts.trees
        for number, day in enumerate(self.scope.parts.cuts):
            old, new = trees[number : number + 2]
            before, after = self.scope.units[number], self.scope.units[number + 1]
            morning = day - timedelta(days=1)
            gone = set()
            for move in persons.moves_of(self.known, day, day + timedelta(days=1)):
                late = move.counts_from_evening(new)
                if not late:
                    gone.add((move.person, move.left))
                left, taken = move.crosses(before, after, new)
                if left != taken:
                    unit = move.left if left else move.taken
                    on = morning if left and not late else day
                    seat = persons.Seat(move.person, unit, move.standing, move.entry, day)
                    self._cross(left, seat, on)
            moved = set(changed_units(old, new).tolist()) & (before ^ after)
            for seat in persons.seats_before(day, self.known, sorted(moved)):
                if (seat.person, seat.unit) not in gone:
                    self._cross(seat.unit in before, seat, day)

    def _cross(self, left: bool, seat: persons.Seat, on: date) -> None:
        line = Line.LEFT_WITH_UNIT if left else Line.CAME_WITH_UNIT
        place = self.follower.place(seat.person, seat.unit, on)
        item = RestatedItem(line, seat.standing, place.position, seat.entry, seat.person,
                            seat.unit, 1, seat.day, False)  # fmt: skip
        self._add(item, sure=place.sure)

    def rolled(self) -> Ints:
        """Everything rolled up, transfers inside the scope eliminated."""
        target = self.follower.target
        amounts = roll_up(target, self.own)
        for standing in range(STANDINGS):
            pairs = [
                (ends[False][0], ends[True][0], ends[True][1])
                for (_, _, of), ends in self.ends.items()
                if of == standing and len(ends) == 2
            ]
            if not pairs:
                continue
            left, taken, count = np.array(pairs, dtype=np.int64).T
            inside = eliminated(target, target.ids[left], target.ids[taken], count)
            amounts[Line.ARRIVED, standing] -= inside
            amounts[Line.DEPARTED, standing] -= inside
        return amounts
