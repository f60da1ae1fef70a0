"""Restated sums: leaf sums seated in another day's tree, whole units at once.

What stands or moved in a unit that the target tree holds belongs there, whoever it was: a sum is
enough. Only for units that are no more, or were not yet, is each person followed; that is who a
reform divided, a hundredth of a nation.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from giaoban.figures import leaves, persons
from giaoban.figures.boundaries import changed_units
from giaoban.figures.consolidation import eliminated
from giaoban.figures.following import Follower
from giaoban.figures.lines import LINES, Line, lines_of
from giaoban.figures.own_books import STANDINGS
from giaoban.figures.restating_scope import Flags, Ints, Scope
from giaoban.figures.rollup import roll_up_lines
from giaoban.journal.kinds import Kind
from giaoban.periods import Span
from giaoban.units.tree import Tree

_SIGNS = np.array([-1 if line.sign < 0 else 1 for line in Line])


class Sums:
    """Own amounts [line, standing, position of the target tree], and those of them that can't be
    attributed to a unit below; transfers by the positions of both ends."""

    def __init__(self, scope: Scope, follower: Follower, span: Span, known: int) -> None:
        self.scope, self.follower, self.span, self.known = scope, follower, span, known
        self.target: Tree = follower.target
        shape = (LINES, STANDINGS, len(self.target))
        self._own = np.zeros(shape, dtype=np.int64)
        self._loose = np.zeros(shape, dtype=np.int64)
        self._pairs: list[tuple[Ints, Ints, Ints, Ints]] = []  # left, taken, standing, persons
        self._add_opening()
        self._add_flows()
        self._add_transfers()
        if not scope.whole:
            self._add_crossings()

    def rolled(self) -> Ints:
        """Everything rolled up, transfers inside the scope eliminated, with the closing."""
        amounts = roll_up_lines(self.target, self._own)
        for left, taken, standing, count in self._pairs:
            ids = self.target.ids
            for each in range(STANDINGS):
                mine = standing == each
                inside = eliminated(self.target, ids[left[mine]], ids[taken[mine]], count[mine])
                amounts[Line.ARRIVED, each] -= inside
                amounts[Line.DEPARTED, each] -= inside
        return closed(amounts)

    def unattributed(self) -> Ints:
        """What stands at a unit only because it can't be attributed to one below it."""
        return closed(self._loose)

    # Parts ---------------------------------------------------------------------------------

    def _add_opening(self) -> None:
        """Who stood in the scope before the span."""
        unit, standing, members = leaves.stocks_before(
            [self.span.start], self.known, self.scope.asked
        )[0].columns
        mine = np.isin(unit, self.scope.ids[0])
        gone = self._seat(Line.OPENING, unit[mine], standing[mine], members[mine])
        seats = persons.seats_before(self.span.start, self.known, gone)
        self._follow(Line.OPENING, ((s.person, s.unit, self.span.start, s.standing, 1)
                                    for s in seats))  # fmt: skip

    def _add_flows(self) -> None:
        """The span's movements."""
        start, end, cuts = self.span.start, self.span.end, self.scope.parts.cuts
        rows = leaves.flows(start, end, self.known, cuts, self.scope.asked).columns
        held = self.scope.held(rows[1], rows[0])
        _part, unit, kind, inward, standing, quantity = (column[held] for column in rows)
        lines = lines_of(kind, inward)
        gone = set[int]()
        for line in np.unique(lines):
            here = lines == line
            gone |= set(self._seat(Line(line), unit[here], standing[here],
                                   _SIGNS[line] * quantity[here]))  # fmt: skip
        moved = [m for m in persons.movements(start, end, self.known, sorted(gone))
                 if self.scope.holds(m.unit, m.day)]  # fmt: skip
        for which in {m.line for m in moved}:
            self._follow(which, ((m.person, m.unit, m.day, m.standing, m.amount)
                                 for m in moved if m.line == which))  # fmt: skip
        self._add_followed_pairs([m for m in moved if m.kind == Kind.TRANSFER])

    def _add_transfers(self) -> None:
        """Transfers between units that the target tree holds, both ends in the scope."""
        start, end, cuts = self.span.start, self.span.end, self.scope.parts.cuts
        rows = leaves.transfers(start, end, self.known, cuts, self.scope.asked).columns
        part, left, taken, standing, count = rows
        at, to = self.target.positions(left), self.target.positions(taken)
        both = (at >= 0) & (to >= 0)
        both &= self.scope.held(left, part) & self.scope.held(taken, part)
        self._pairs.append((at[both], to[both], standing[both], count[both]))

    def _add_followed_pairs(self, moved: list[persons.Movement]) -> None:
        """Transfers with an end in a unit that the target tree doesn't hold."""
        if not moved:
            return
        entries = sorted({m.entry for m in moved})
        every = [m for m in persons.movements_of(entries, self.known, Kind.TRANSFER)
                 if self.scope.holds(m.unit, m.day)]  # fmt: skip
        position, _sure = self._places((m.person, m.unit, m.day) for m in every)
        ends: dict[tuple[int, int, int], dict[bool, tuple[int, int]]] = {}
        for m, at in zip(every, position.tolist(), strict=True):
            ends.setdefault((m.entry, m.person, m.standing), {})[m.inward] = (at, m.amount)
        pairs = [
            (both[False][0], both[True][0], standing, both[True][1])
            for (_entry, _person, standing), both in ends.items()
            if len(both) == STANDINGS
        ]
        if pairs:
            left, taken, of, count = np.array(pairs, dtype=np.int64).T
            self._pairs.append((left, taken, of, count))

    def _add_crossings(self) -> None:
        """Who came into the scope or left it with their unit on a day of change."""
        trees = self.scope.parts.trees
        for number, day in enumerate(self.scope.parts.cuts):
            old, new = trees[number : number + 2]
            before, after = self.scope.units[number], self.scope.units[number + 1]
            moves = persons.moves_of(self.known, day, day + timedelta(days=1))
            self._add_moves(moves, before, after, new, day)
            gone = {(m.person, m.left) for m in moves if not m.counts_from_evening(new)}
            changed = changed_units(old, new).tolist()
            # Of the units that went as they are; who left one of them that day is no longer there.
            self._carry(day, [u for u in changed if u in before - after], gone,
                        Line.LEFT_WITH_UNIT)  # fmt: skip
            self._carry(day, [u for u in changed if u in after - before], gone,
                        Line.CAME_WITH_UNIT)  # fmt: skip

    def _add_moves(
        self, moves: list[persons.Move], before: set[int], after: set[int], new: Tree, day: date
    ) -> None:
        """Persons whom mergers and splits of a day took over the scope's border."""
        morning = day - timedelta(days=1)
        told: dict[Line, list[tuple[int, int, date, int, int]]] = {}
        for move in moves:
            left, taken = move.crosses(before, after, new)
            if left != taken:
                late = move.counts_from_evening(new)
                line = Line.LEFT_WITH_UNIT if left else Line.CAME_WITH_UNIT
                told.setdefault(line, []).append((
                    move.person, move.left if left else move.taken,
                    morning if left and not late else day, move.standing, 1,
                ))  # fmt: skip
        for line, rows in told.items():
            self._follow(line, rows)

    def _carry(self, day: date, units: list[int], gone: set[tuple[int, int]], line: Line) -> None:
        left = {unit for _person, unit in gone}
        # A sum can't tell who of a unit left it: its members are looked at one by one.
        whole = [unit for unit in units if unit not in left]
        unit, standing, members = leaves.stocks_before([day], self.known, whole or [0])[0].columns
        split = [unit for unit in units if unit in left]
        split += self._seat(line, unit, standing, members)
        seats = persons.seats_before(day, self.known, sorted(split))
        self._follow(line, ((s.person, s.unit, day, s.standing, 1)
                            for s in seats if (s.person, s.unit) not in gone))  # fmt: skip

    # Seating -------------------------------------------------------------------------------

    def _seat(self, line: Line, units: Ints, standing: Ints, amounts: Ints) -> list[int]:
        """Add sums of units to their places; returns the units that the target doesn't hold."""
        at = self.target.positions(units)
        here = at >= 0
        np.add.at(self._own[line], (standing[here], at[here]), amounts[here])
        gone: list[int] = np.unique(units[~here]).tolist()
        return gone

    def _follow(self, line: Line, rows: Iterable[tuple[int, int, date, int, int]]) -> None:
        """Add (person, unit, day, standing, amount) where each person is followed to."""
        told = list(rows)
        at, sure = self._places((person, unit, day) for person, unit, day, _s, _n in told)
        standing, amounts = np.array([row[3:] for row in told], dtype=np.int64).reshape(-1, 2).T
        np.add.at(self._own[line], (standing, at), amounts)
        np.add.at(self._loose[line], (standing[~sure], at[~sure]), amounts[~sure])

    def _places(self, rows: Iterable[tuple[int, int, date]]) -> tuple[Ints, Flags]:
        told = [(person, unit, day.toordinal()) for person, unit, day in rows]
        people, units, days = np.array(told, dtype=np.int64).reshape(-1, 3).T
        return self.follower.places(people, units, days)


def closed(amounts: Ints) -> Ints:
    """The same with the closing: opening and increases less decreases; recognition moves from one
    standing to the other."""
    amounts[Line.CLOSING] = amounts[Line.OPENING] + amounts[Line.RECOGNISED]
    for line in Line:
        amounts[Line.CLOSING] += line.sign * amounts[line]
    return amounts
