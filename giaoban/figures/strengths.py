"""How many members stand at and below every unit of a tree on a day: sums of its own books."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

import numpy as np

from giaoban.figures.leaves import stocks_before
from giaoban.figures.rollup import place, roll_up
from giaoban.journal.queries import AsOf
from giaoban.units.queries import tree_on, units_of_family
from giaoban.units.tree import Ints, Tree

ASKED_ONE_BY_ONE = 2000  # of more units all are read and most of them kept


def strengths(units: Iterable[int], as_of: AsOf, family: str) -> dict[int, tuple[int, int]]:
    """unit → (members in its own book, members with all below it), at the end of the day.

    Only books of ``units`` are read, so a unit with others below it is told in part.
    """
    tree = tree_on(as_of)
    asked = np.fromiter(set(units), dtype=np.int64)
    seated, rolled = strengths_in(tree, asked, as_of, family)
    return {
        int(unit): (int(mine), int(all_below))
        for unit, mine, all_below in zip(tree.ids, seated, rolled, strict=True)
    }


def strengths_in(tree: Tree, units: Ints, as_of: AsOf, family: str) -> tuple[Ints, Ints]:
    """The same, of units each given once, as arrays by position of the day's tree."""
    family_units = units_of_family(family, as_of.known)
    books, amounts = _books(np.intersect1d(units, family_units, assume_unique=True), as_of)
    seated = place(tree, books, amounts)
    return seated, roll_up(tree, seated)


def members_in(units: Collection[int], as_of: AsOf) -> int:
    """How many members stand in the own books of some units at the end of the day."""
    asked = np.sort(np.fromiter(units, dtype=np.int64, count=len(units)))
    return int(_books(asked, as_of)[1].sum())


def _books(asked: Ints, as_of: AsOf) -> tuple[Ints, Ints]:
    """(unit, members) of the own books of some units that rise: what the segments say, where
    there are any; a unit's probationary and full members come one after the other."""
    few = asked.tolist() if len(asked) <= ASKED_ONE_BY_ONE else None
    [rows] = stocks_before([as_of.on + timedelta(days=1)], as_of.known, few)
    unit, _standing, members = rows.columns
    if few is None:
        mine = np.isin(unit, asked)
        unit, members = unit[mine], members[mine]
    return unit, members
