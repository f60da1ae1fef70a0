"""Statements of increase and decrease of every unit, by the tree of each day.

A period is cut at the days on which units moved, merged, were split or closed. Between two cuts
every leg counts by the tree of that stretch; on the day of a cut, who came or left with their
unit stands in a line of its own. So each opening is the last period's closing, in every unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from giaoban.figures import leaves
from giaoban.figures.boundaries import came_and_left, changed_units
from giaoban.figures.consolidation import eliminated
from giaoban.figures.lines import LINES, Amount, Line, line_of
from giaoban.figures.rollup import place, roll_up
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf
from giaoban.periods import Span
from giaoban.units.queries import days_of_regrouping, tree_on, units_of_family
from giaoban.units.tree import Tree

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
    universe = np.unique(np.concatenate([tree.ids for tree in parts.trees]))
    amounts = np.zeros((LINES, STANDINGS, len(universe)), dtype=np.int64)
    books = _Books.read(span, known, parts.cuts, family, units, stock)
    for number, tree in enumerate(parts.trees):
        if number == 0:
            _add_rolled(amounts[Line.OPENING], universe, tree, books.ids, books.stock)
        else:
            _add_boundary(amounts, universe, parts.trees[number - 1 : number + 1], books, number)
        _add_flows(amounts, universe, tree, books, number)
    _add_rolled(amounts[Line.CLOSING], universe, parts.trees[-1], books.ids, books.stock)
    return Statements(span, known, family, parts.trees[-1], universe, amounts)


@dataclass(slots=True)
class _Books:
    """What each unit's own book says.

    ``stock[standing, i]`` is the balance of unit ``ids[i]``; it goes along with the days as
    movements are taken in. The other fields are columns as ``leaves`` gives them.
    """

    ids: Ints
    stock: Ints
    flows: Columns
    transfers: Columns
    moves: Columns

    @classmethod
    def read(
        cls,
        span: Span,
        known: int,
        cuts: list[date],
        family: str,
        units: Sequence[int] | None,
        stock: leaves.Rows,
    ) -> _Books:
        """Read the span's leaf sums and keep those of one family."""
        start, end = span.start, span.end
        before = stock.columns
        flows = leaves.flows(start, end, known, cuts, units).columns
        pairs = leaves.transfers(start, end, known, cuts, units).columns
        moves = leaves.moves(start, end, known, cuts, units).columns
        members = units_of_family(family, known)
        before = _only(before, np.isin(before[0], members))
        flows, pairs, moves = (
            _only(rows, np.isin(rows[1], members)) for rows in (flows, pairs, moves)
        )
        ids = np.unique(np.concatenate((before[0], flows[1], moves[1], moves[2])))
        balance = np.zeros((STANDINGS, len(ids)), dtype=np.int64)
        np.add.at(balance, (before[1], np.searchsorted(ids, before[0])), before[2])
        return cls(ids, balance, flows, pairs, moves)

    def take(self, units: Ints, standing: Ints, quantity: Ints) -> None:
        """Take movements into the balances."""
        np.add.at(self.stock, (standing, np.searchsorted(self.ids, units)), quantity)


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
    lines = _lines_of(kinds, inward)
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


def _lines_of(kinds: Ints, inward: Ints) -> Ints:
    table = np.full((max(Kind) + 1, 2), -1, dtype=np.int64)
    for kind in np.unique(kinds):
        table[kind] = [line_of(int(kind), False), line_of(int(kind), True)]
    lines: Ints = table[kinds, inward]
    return lines


def _add_boundary(
    amounts: Ints, universe: Ints, trees: list[Tree], books: _Books, number: int
) -> None:
    """Who came or left with their unit on cut ``number`` (from 1), from the old to the new tree."""
    old, new = trees
    left, taken, standing, persons = _part(books.moves, number - 1)
    moved = np.concatenate((persons, persons))
    books.take(
        np.concatenate((left, taken)),
        np.concatenate((standing, standing)),
        moved * np.repeat([-1, 1], len(persons)),
    )
    # Whoever stays in a unit that changed its place goes with it; the balance is the evening's,
    # less who came into the unit by the same reorganisation.
    kept = books.stock.copy()
    np.subtract.at(kept, (standing, np.searchsorted(books.ids, taken)), persons)
    carried = np.isin(books.ids, changed_units(old, new))
    units = books.ids[carried]
    for each in range(STANDINGS):
        mine = standing == each
        came, gone = came_and_left(
            old, new, universe,
            np.concatenate((left[mine], units)),
            np.concatenate((taken[mine], units)),
            np.concatenate((persons[mine], kept[each, carried])),
        )  # fmt: skip
        amounts[Line.CAME_WITH_UNIT, each] += came
        amounts[Line.LEFT_WITH_UNIT, each] += gone
