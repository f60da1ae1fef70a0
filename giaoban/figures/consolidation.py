"""Consolidation: a transfer inside a subtree is neither in nor out for that subtree.

It is eliminated at the lowest common ancestor of its two units; rolled up, the elimination
reaches every unit above.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from giaoban.figures.rollup import roll_up
from giaoban.units.tree import Tree

Ints = npt.NDArray[np.int64]


def eliminated(tree: Tree, left: Ints, taken: Ints, persons: Ints) -> Ints:
    """For each unit how many persons moved between two units at or below it.

    ``left`` and ``taken`` are unit ids, ``persons`` the number who went from one to the other;
    pairs with an end outside the tree, or without a common ancestor, are no transfers inside.
    """
    common, pairs = meeting(tree, left, taken)
    counted = np.zeros(len(tree), dtype=np.int64)
    np.add.at(counted, common, persons[pairs])
    return roll_up(tree, counted)


def meeting(tree: Tree, left: Ints, taken: Ints) -> tuple[Ints, Ints]:
    """The positions of the lowest units above both ends of transfers, and which pairs these are:
    those that have one."""
    a, b = tree.positions(left), tree.positions(taken)
    inside = np.flatnonzero((a >= 0) & (b >= 0))
    common = tree.lowest_common_ancestors(a[inside], b[inside])
    shared = common >= 0
    return common[shared], inside[shared]
