"""What each unit's own book says over a span: the leaf sums of one family, by stretches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from giaoban.figures import leaves
from giaoban.figures.stretches import Stretch
from giaoban.figures.ways import UNSEEN
from giaoban.periods import Span
from giaoban.units.queries import units_of_family
from giaoban.units.tree import Places, distinct

Ints = npt.NDArray[np.int64]
Columns = tuple[Ints, ...]
STANDINGS = 2


@dataclass(slots=True)
class Books:
    """What each unit's own book says; ``read`` tells whose were read, and not only named by others.

    ``stock[standing, i]`` is the balance of unit ``ids[i]``; it goes along with the days as
    movements are taken in. The other fields are columns as ``leaves`` gives them, numbered by
    the tree they count by; ``across`` are transfers whose ends count by two trees, numbered by the
    later one: (part, unit by the morning's tree, unit by the evening's, standing, persons).
    """

    ids: Ints
    read: npt.NDArray[np.bool_]
    places: Places
    stock: Ints
    flows: Columns
    transfers: Columns
    across: Columns
    moves: Columns

    @classmethod
    def of(
        cls,
        span: Span,
        known: int,
        parts: Stretch,
        family: str,
        units: Sequence[int] | None,
        stock: leaves.Rows,
    ) -> Books:
        """Read the span's leaf sums and keep those of one family."""
        start, end, cuts = span.start, span.end, parts.cuts
        before = stock.columns
        both = leaves.flows_and_transfers(start, end, known, cuts, units)
        flows, pairs = (rows.columns for rows in both)
        moves = leaves.moves(cuts, known, units).columns
        members = Places(units_of_family(family, known))
        before = leaves.only(before, members.of(before[0]) >= 0)
        flows, pairs = (leaves.only(rows, members.of(rows[1]) >= 0) for rows in (flows, pairs))
        # Whoever comes from out of sight is told by where they came to.
        moves = leaves.only(
            moves, members.of(np.where(moves[1] == UNSEEN, moves[2], moves[1])) >= 0
        )
        flows = (parts.parts(flows[1], flows[0]), *flows[1:])
        pairs, across = _by_trees(pairs, parts)
        ids = distinct(before[0], flows[1], moves[1], moves[2])
        places = Places(ids)
        balance = by_standing(len(ids), before[1], places.of(before[0]), before[2])
        told = np.ones(len(ids), dtype=bool) if units is None else np.isin(ids, units)
        return cls(ids, told, places, balance, flows, pairs, across, moves)

    def take(self, units: Ints, standing: Ints, quantity: Ints) -> None:
        """Take movements into the balances; there is none of what is out of sight."""
        seen = units != UNSEEN
        at = self.places.of(units[seen])
        self.stock += by_standing(len(self.ids), standing[seen], at, quantity[seen])


def _by_trees(pairs: Columns, parts: Stretch) -> tuple[Columns, Columns]:
    """Transfers whose ends count by one tree, and those across a day of change."""
    number, left, taken, standing, persons = pairs
    of_left, of_taken = parts.parts(left, number), parts.parts(taken, number)
    one = of_left == of_taken
    first = of_left < of_taken
    across = (number, np.where(first, left, taken), np.where(first, taken, left), standing, persons)
    return leaves.only((of_left, left, taken, standing, persons), one), leaves.only(across, ~one)


def by_standing(size: int, standing: Ints, at: Ints, quantity: Ints) -> Ints:
    """Amounts added up as [standing, place], with ``size`` places."""
    found = np.zeros(STANDINGS * size, dtype=np.int64)
    # One index instead of a pair, which ``add.at`` takes ten times as long for.
    np.add.at(found, standing * size + at, quantity)
    return found.reshape(STANDINGS, size)


def part(rows: Columns, number: int) -> Columns:
    """The rows of one stretch or cut, without the column that numbers it."""
    return leaves.only(rows, rows[0] == number)[1:]
