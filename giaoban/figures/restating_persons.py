"""What is behind restated statements, person by person."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from giaoban.figures import persons
from giaoban.figures.boundaries import changed_units
from giaoban.figures.consolidation import eliminated
from giaoban.figures.following import Follower
from giaoban.figures.lines import LINES, Line
from giaoban.figures.own_books import STANDINGS
from giaoban.figures.restating_scope import Ints, Scope
from giaoban.figures.rollup import roll_up_lines
from giaoban.journal.kinds import Kind
from giaoban.periods import Span


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


class ByPerson:
    """Own amounts by position of the target tree, filled person by person; the closing is left
    empty."""

    def __init__(self, scope: Scope, follower: Follower, known: int) -> None:
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
        """Movements that were read: those of books that count on their days."""
        read = [(m.person, m.unit, m.day.toordinal()) for m in moved]
        people, units, days = np.array(read, dtype=np.int64).reshape(-1, 3).T
        cuts = np.array([cut.toordinal() for cut in self.scope.parts.cuts], dtype=np.int64)
        held = self.scope.held(units, np.searchsorted(cuts, days, side="right"))
        places = zip(*self.follower.places(people[held], units[held], days[held]), strict=True)
        mine = [m for m, counts in zip(moved, held.tolist(), strict=True) if counts]
        for m, (position, sure) in zip(mine, places, strict=True):
            transfer = m.kind == Kind.TRANSFER
            item = RestatedItem(m.line, m.standing, int(position), m.entry, m.person, m.unit,
                                m.amount, m.day, transfer)  # fmt: skip
            self._add(item, sure=bool(sure))
            if transfer:
                self.ends[m.entry, m.person, m.standing][m.inward] = (int(position), m.amount)

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
        amounts = roll_up_lines(target, self.own)
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
