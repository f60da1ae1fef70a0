"""How many members stand at and below every unit of a tree on a day: sums of its own books."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from giaoban.figures.rollup import place, roll_up
from giaoban.journal.queries import AsOf
from giaoban.ledger.queries import strength
from giaoban.units.queries import tree_on, units_of_family


def strengths(units: Iterable[int], as_of: AsOf, family: str) -> dict[int, tuple[int, int]]:
    """unit → (members in its own book, members with all below it), at the end of the day.

    Only books of ``units`` are read, so a unit with others below it is told in part.
    """
    tree = tree_on(as_of)
    asked = np.intersect1d(np.fromiter(units, dtype=np.int64), units_of_family(family, as_of.known))
    own = strength(asked.tolist(), as_of)
    books = np.array(list(own), dtype=np.int64)
    amounts = np.array(list(own.values()), dtype=np.int64)
    seated = place(tree, books, amounts)
    rolled = roll_up(tree, seated)
    return {
        int(unit): (int(mine), int(all_below))
        for unit, mine, all_below in zip(tree.ids, seated, rolled, strict=True)
    }
