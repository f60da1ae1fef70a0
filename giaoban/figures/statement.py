"""Statements of increase and decrease of every unit, by the tree of each day.

A period is cut at the days on which units moved, merged, were split or closed. Between two cuts
every leg counts by the tree of that stretch; on the day of a cut, who came or left with their
unit stands in a line of its own. So each opening is the last period's closing, in every unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from giaoban.figures import leaves
from giaoban.figures.boundaries import came_and_left, changed_units, on_both
from giaoban.figures.consolidation import meeting
from giaoban.figures.floor import Floor
from giaoban.figures.lines import DECREASING, LINES, Amount, Line, lines_of
from giaoban.figures.own_books import STANDINGS, Books, by_standing, part
from giaoban.figures.stretches import Stretch, stretch
from giaoban.periods import Span
from giaoban.units.tree import Tree, distinct

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Statements:
    """The statement of every unit that existed on some day of a span.

    ``units`` are sorted ids; ``amounts[line, standing, i]`` is a number of members of unit
    ``units[i]`` with all below it. ``tree`` is the tree at the end of the span.
    """

    span: Span
    known: int
    family: str
    tree: Tree
    units: Ints
    amounts: Ints

    def index(self, unit: int) -> int:
        """The unit's place on the last axis, or −1 if it did not exist in the span."""
        at = int(np.searchsorted(self.units, unit))
        return at if at < len(self.units) and self.units[at] == unit else -1

    def amount(self, unit: int, line: Line) -> Amount:
        """One cell: zero for a unit that did not exist in the span."""
        at = self.index(unit)
        if at < 0:
            return Amount(0, 0)
        probationary, full = self.amounts[line, :, at]
        return Amount(int(probationary), int(full))

    def of(self, unit: int) -> dict[Line, Amount]:
        """All lines of one unit."""
        return {line: self.amount(unit, line) for line in Line}

    def together(self, line: Line) -> Ints:
        """A line of every unit, probationary and full in one."""
        probationary, full = self.amounts[line]
        found: Ints = probationary + full
        return found


def statements(
    span: Span, known: int, family: str, units: Sequence[int] | None = None
) -> Statements:
    """The statements of a family's units over a span, by entries up to ``known``.

    With ``units`` only legs of these books are read (a subtree in a large journal); then figures
    of units above them are partial.
    """
    return statements_of([span], known, family, units)[0]


def statements_of(
    spans: Sequence[Span], known: int, family: str, units: Sequence[int] | None = None
) -> list[Statements]:
    """The statements of several spans, in rising order of their beginnings."""
    stocks = leaves.stocks_before([span.start for span in spans], known, units)
    return [
        _statements(span, known, family, units, stock)
        for span, stock in zip(spans, stocks, strict=True)
    ]


def statements_below(unit: int, spans: Sequence[Span], known: int, family: str) -> list[Statements]:
    """The statements of a unit and of everything that was below it on some day of the spans, which
    are in rising order of their beginnings. Nothing else is read, however large the office is."""
    parts = [stretch(span, known) for span in spans]
    trees = [tree for part in parts for tree in part.trees]
    units = _closed(np.array([unit]), trees)
    if units is None:
        return statements_of(spans, known, family)
    stocks = leaves.stocks_before([span.start for span in spans], known, units.tolist())
    return [
        _stated(span, known, family, units.tolist(), stock, part,
                [tree.branches(tree.below_all(units)) for tree in part.trees])
        for span, stock, part in zip(spans, stocks, parts, strict=True)
    ]  # fmt: skip


# With more units below it, everything is read sooner than a list of them is looked through.
MANY = 5_000


def _closed(units: Ints, trees: Sequence[Tree]) -> Ints | None:
    """Some units with all that stood below any of them by any of the trees; None for too many, or
    for all that there are."""
    while True:
        below = [tree.ids[tree.below_all(units)] for tree in trees]
        if all(len(one) == len(tree) for one, tree in zip(below, trees, strict=True)):
            return None
        found = distinct(units, *below)
        if len(found) > MANY:
            return None
        if len(found) == len(units):
            return found
        units = found


def _statements(
    span: Span, known: int, family: str, units: Sequence[int] | None, stock: leaves.Rows
) -> Statements:
    parts = stretch(span, known)
    return _stated(span, known, family, units, stock, parts, parts.trees)


def _stated(
    span: Span, known: int, family: str, units: Sequence[int] | None, stock: leaves.Rows,
    parts: Stretch, trees: list[Tree],
) -> Statements:  # fmt: skip
    """The statements of the units of ``trees``: those of ``parts``, or branches of them that hold
    the same units on each day."""
    universe = distinct(*(tree.ids for tree in trees))
    amounts = np.zeros((LINES, STANDINGS, len(universe)), dtype=np.int64)
    books = Books.of(span, known, parts, family, units, stock)
    floors = [Floor(*pair, universe, books) for pair in zip(parts.trees, trees, strict=True)]
    for number, floor in enumerate(floors):
        if number == 0:
            floor.add(amounts[Line.OPENING], books.stock)
        else:
            both = floors[number - 1], floor
            _add_boundary(amounts, universe, both, books, number)
            _eliminate_across(amounts, universe, both, books, number)
        _add_flows(amounts, floor, books, number)
    floors[-1].add(amounts[Line.CLOSING], books.stock)
    return Statements(span, known, family, trees[-1], universe, amounts)


def _add_flows(amounts: Ints, floor: Floor, books: Books, number: int) -> None:
    """The movements of one stretch, by its tree, transfers inside eliminated."""
    units, kinds, inward, standing, quantity = part(books.flows, number)
    at, lines = books.places.of(units), lines_of(kinds, inward)
    # A line of decrease holds how many left, so its sign is turned; recognition stays a net.
    moved = np.where(DECREASING[lines], -quantity, quantity)
    floor.add_moved(amounts, lines, standing, at, moved)
    left, taken, of_standing, persons = part(books.transfers, number)
    common, rows = meeting(floor.tree, left, taken)
    for line in (Line.ARRIVED, Line.DEPARTED):
        floor.climb(amounts, line, of_standing[rows], common, -persons[rows])
    books.take(units, standing, quantity)


def _add_boundary(
    amounts: Ints, universe: Ints, floors: tuple[Floor, Floor], books: Books, number: int
) -> None:
    """Who came or left with their unit on cut ``number`` (from 1), from the old to the new tree."""
    morning, evening = (floor.whole for floor in floors)
    old, new = (floor.tree for floor in floors)
    left, taken, standing, fresh, persons = part(books.moves, number - 1)
    # Who came into a unit that stays only that day was never in it by the old tree; who left again
    # a unit that ended that day never was in it by the new one.
    late = (fresh == 1) & (evening.positions(left) >= 0)
    early = (evening.positions(taken) < 0) & (morning.positions(taken) >= 0)
    kept = books.stock.copy()
    at = books.places.of(left[~late])
    kept -= by_standing(len(books.ids), standing[~late], at, persons[~late])
    moved = np.concatenate((persons, persons))
    books.take(
        np.concatenate((left, taken)),
        np.concatenate((standing, standing)),
        moved * np.repeat([-1, 1], len(persons)),
    )
    ways = [
        (new if begins else old, old if ends else new, each, left[mine], taken[mine], persons[mine])
        for begins, ends, each in product((False, True), (False, True), range(STANDINGS))
        if (mine := (late == begins) & (early == ends) & (standing == each)).any()
    ]
    # Whoever was in a unit that changed its place and wasn't moved out of it goes with it.
    stays = (morning.positions(books.ids) >= 0) & (evening.positions(books.ids) >= 0)
    units = changed_units(old, new, books.ids[stays])
    at = books.places.of(units)
    ways += [(old, new, each, units, units, kept[each, at]) for each in range(STANDINGS)]
    for first, last, each, begin, end, count in ways:
        came, gone = came_and_left(first, last, universe, begin, end, count)
        amounts[Line.CAME_WITH_UNIT, each] += came
        amounts[Line.LEFT_WITH_UNIT, each] += gone


def _eliminate_across(
    amounts: Ints, universe: Ints, floors: tuple[Floor, Floor], books: Books, number: int
) -> None:
    """Transfers of a day of change between a unit that ended on it and one that goes on."""
    old, new = (floor.tree for floor in floors)
    ended, other, standing, persons = part(books.across, number)
    for each in range(STANDINGS):
        mine = standing == each
        inside = on_both(old, new, universe, ended[mine], other[mine], persons[mine])
        amounts[Line.ARRIVED, each] -= inside
        amounts[Line.DEPARTED, each] -= inside
