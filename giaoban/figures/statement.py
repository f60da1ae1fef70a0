"""Statements of increase and decrease of every unit, by the tree of each day.

A period is cut at the days on which units moved, merged, were split or closed. Between two cuts
every leg counts by the tree of that stretch; on the day of a cut, who came or left with their
unit stands in a line of its own. So each opening is the last period's closing, in every unit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from giaoban.figures import leaves
from giaoban.figures.boundaries import came_and_left, changed_units, on_both
from giaoban.figures.consolidation import eliminated
from giaoban.figures.lines import LINES, Amount, Line, lines_of
from giaoban.figures.rollup import place, roll_up
from giaoban.figures.ways import UNSEEN
from giaoban.journal.queries import AsOf
from giaoban.periods import Span
from giaoban.units.queries import days_of_regrouping, tree_on, units_of_family
from giaoban.units.tree import Tree, distinct

Ints = npt.NDArray[np.int64]
Columns = tuple[Ints, ...]
STANDINGS = 2
_DAY = timedelta(days=1)


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

    @cached_property
    def both(self) -> Ints:
        """Probationary and full together: ``both[line, i]``."""
        together: Ints = self.amounts.sum(axis=1)
        return together


@dataclass(frozen=True, slots=True)
class Stretch:
    """The cuts of a span and the tree that holds between each two of them."""

    cuts: list[date]
    trees: list[Tree]

    def part(self, unit: int, day: date) -> int:
        """The number of the tree that a movement of a unit counts by on a day.

        Movements of a day of change count by the evening's tree; those of a unit that ends on
        that day, by the morning's.
        """
        number = np.array([bisect_right(self.cuts, day)])
        return int(self.parts(np.array([unit]), number)[0])

    def parts(self, units: Ints, numbers: Ints) -> Ints:
        """The same for many: ``numbers`` are the stretches that the days fall in."""
        found = numbers.copy()
        for number in np.unique(numbers[numbers > 0]):
            here = np.flatnonzero(numbers == number)
            morning, evening = self.trees[number - 1 : number + 1]
            ended = (evening.positions(units[here]) < 0) & (morning.positions(units[here]) >= 0)
            found[here[ended]] -= 1
        return found


def stretch(span: Span, known: int) -> Stretch:
    """Cut a span at its days of regrouping.

    ``trees[0]`` holds before the first cut (the day before the span, if it begins with one),
    ``trees[j]`` from cut j on.
    """
    cuts = days_of_regrouping(span.start, span.end, known)
    last_days = [*(cut - _DAY for cut in cuts), span.last_day]
    return Stretch(cuts, [tree_on(AsOf(day, known)) for day in last_days])


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


def _statements(
    span: Span, known: int, family: str, units: Sequence[int] | None, stock: leaves.Rows
) -> Statements:
    parts = stretch(span, known)
    universe = distinct(*(tree.ids for tree in parts.trees))
    amounts = np.zeros((LINES, STANDINGS, len(universe)), dtype=np.int64)
    books = _Books.read(span, known, parts, family, units, stock)
    for number, tree in enumerate(parts.trees):
        if number == 0:
            _add_rolled(amounts[Line.OPENING], universe, tree, books.ids, books.stock)
        else:
            trees = parts.trees[number - 1 : number + 1]
            _add_boundary(amounts, universe, trees, books, number)
            _eliminate_across(amounts, universe, trees, books, number)
        _add_flows(amounts, universe, tree, books, number)
    _add_rolled(amounts[Line.CLOSING], universe, parts.trees[-1], books.ids, books.stock)
    return Statements(span, known, family, parts.trees[-1], universe, amounts)


@dataclass(slots=True)
class _Books:
    """What each unit's own book says.

    ``stock[standing, i]`` is the balance of unit ``ids[i]``; it goes along with the days as
    movements are taken in. The other fields are columns as ``leaves`` gives them, numbered by
    the tree they count by; ``across`` are transfers whose ends count by two trees, numbered by the
    later one: (part, unit by the morning's tree, unit by the evening's, standing, persons).
    """

    ids: Ints
    stock: Ints
    flows: Columns
    transfers: Columns
    across: Columns
    moves: Columns

    @classmethod
    def read(
        cls,
        span: Span,
        known: int,
        parts: Stretch,
        family: str,
        units: Sequence[int] | None,
        stock: leaves.Rows,
    ) -> _Books:
        """Read the span's leaf sums and keep those of one family."""
        start, end, cuts = span.start, span.end, parts.cuts
        before = stock.columns
        flows = leaves.flows(start, end, known, cuts, units).columns
        pairs = leaves.transfers(start, end, known, cuts, units).columns
        moves = leaves.moves(cuts, known, units).columns
        members = units_of_family(family, known)
        before = _only(before, np.isin(before[0], members))
        flows, pairs = (_only(rows, np.isin(rows[1], members)) for rows in (flows, pairs))
        # Whoever comes from out of sight is told by where they came to.
        moves = _only(moves, np.isin(np.where(moves[1] == UNSEEN, moves[2], moves[1]), members))
        flows = (parts.parts(flows[1], flows[0]), *flows[1:])
        pairs, across = _by_trees(pairs, parts)
        ids = distinct(before[0], flows[1], moves[1], moves[2])
        balance = np.zeros((STANDINGS, len(ids)), dtype=np.int64)
        np.add.at(balance, (before[1], np.searchsorted(ids, before[0])), before[2])
        return cls(ids, balance, flows, pairs, across, moves)

    def take(self, units: Ints, standing: Ints, quantity: Ints) -> None:
        """Take movements into the balances; there is none of what is out of sight."""
        seen = units != UNSEEN
        at = np.searchsorted(self.ids, units[seen])
        np.add.at(self.stock, (standing[seen], at), quantity[seen])


def _by_trees(pairs: Columns, parts: Stretch) -> tuple[Columns, Columns]:
    """Transfers whose ends count by one tree, and those across a day of change."""
    number, left, taken, standing, persons = pairs
    of_left, of_taken = parts.parts(left, number), parts.parts(taken, number)
    one = of_left == of_taken
    first = of_left < of_taken
    across = (number, np.where(first, left, taken), np.where(first, taken, left), standing, persons)
    return _only((of_left, left, taken, standing, persons), one), _only(across, ~one)


def _only(rows: Columns, keep: npt.NDArray[np.bool_]) -> Columns:
    return tuple(column[keep] for column in rows)


def _part(rows: Columns, number: int) -> Columns:
    """The rows of one stretch or cut, without the column that numbers it."""
    return _only(rows, rows[0] == number)[1:]


def _add_rolled(line: Ints, universe: Ints, tree: Tree, units: Ints, own: Ints) -> None:
    """Roll own amounts [standing, unit] up a tree and add them to a line [standing, universe]."""
    seated = np.stack([place(tree, units, amounts) for amounts in own])
    line[:, np.searchsorted(universe, tree.ids)] += roll_up(tree, seated)


def _add_flows(amounts: Ints, universe: Ints, tree: Tree, books: _Books, number: int) -> None:
    """The movements of one stretch, by its tree, transfers inside eliminated."""
    units, kinds, inward, standing, quantity = _part(books.flows, number)
    own = np.zeros((LINES, STANDINGS, len(books.ids)), dtype=np.int64)
    lines = lines_of(kinds, inward)
    # A line of decrease holds how many left, so its sign is turned; recognition stays a net.
    signs = np.array([-1 if line.sign < 0 else 1 for line in Line])[lines]
    np.add.at(own, (lines, standing, np.searchsorted(books.ids, units)), signs * quantity)
    left, taken, of_standing, persons = _part(books.transfers, number)
    here = np.searchsorted(universe, tree.ids)
    for line in np.unique(lines):
        _add_rolled(amounts[line], universe, tree, books.ids, own[line])
    for each in range(STANDINGS):
        mine = of_standing == each
        inside = eliminated(tree, left[mine], taken[mine], persons[mine])
        amounts[Line.ARRIVED, each, here] -= inside
        amounts[Line.DEPARTED, each, here] -= inside
    books.take(units, standing, quantity)


def _add_boundary(
    amounts: Ints, universe: Ints, trees: list[Tree], books: _Books, number: int
) -> None:
    """Who came or left with their unit on cut ``number`` (from 1), from the old to the new tree."""
    old, new = trees
    left, taken, standing, fresh, persons = _part(books.moves, number - 1)
    # Who came into a unit that stays only that day was never in it by the old tree; who left again
    # a unit that ended that day never was in it by the new one.
    late = (fresh == 1) & (new.positions(left) >= 0)
    early = (new.positions(taken) < 0) & (old.positions(taken) >= 0)
    kept = books.stock.copy()
    np.subtract.at(kept, (standing[~late], np.searchsorted(books.ids, left[~late])), persons[~late])
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
    carried = np.isin(books.ids, changed_units(old, new))
    units = books.ids[carried]
    ways += [(old, new, each, units, units, kept[each, carried]) for each in range(STANDINGS)]
    for first, last, each, begin, end, count in ways:
        came, gone = came_and_left(first, last, universe, begin, end, count)
        amounts[Line.CAME_WITH_UNIT, each] += came
        amounts[Line.LEFT_WITH_UNIT, each] += gone


def _eliminate_across(
    amounts: Ints, universe: Ints, trees: list[Tree], books: _Books, number: int
) -> None:
    """Transfers of a day of change between a unit that ended on it and one that goes on."""
    old, new = trees
    ended, other, standing, persons = _part(books.across, number)
    for each in range(STANDINGS):
        mine = standing == each
        inside = on_both(old, new, universe, ended[mine], other[mine], persons[mine])
        amounts[Line.ARRIVED, each] -= inside
        amounts[Line.DEPARTED, each] -= inside
