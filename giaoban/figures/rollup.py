"""Roll-up: the sum over every subtree at once, by prefix sums in preorder."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from giaoban.units.tree import Tree

Ints = npt.NDArray[np.int64]


class AmountLost(Exception):
    """Members counted in a unit that the tree of the day doesn't hold: never to be dropped."""


def place(tree: Tree, units: Ints, amounts: Ints) -> Ints:
    """Amounts by unit id → an array by position of the tree.

    Raises ``AmountLost`` for an amount of a unit that is not in the tree.
    """
    at = tree.positions(units)
    refuse_lost(tree, units[(at < 0) & (amounts != 0)])
    return seated(len(tree), at, amounts)


def refuse_lost(tree: Tree, outside: Ints) -> None:
    """Raise ``AmountLost`` if there are units that hold an amount and that the tree lacks."""
    if len(outside):
        raise AmountLost(f"units {outside[:20].tolist()} are not open on {tree.on}")


def seated(size: int, at: Ints, amounts: Ints) -> Ints:
    """Amounts by position, in an array of ``size``; those at −1 are left out."""
    found = np.zeros(size, dtype=np.int64)
    np.add.at(found, at[at >= 0], amounts[at >= 0])
    return found


def roll_up(tree: Tree, own: Ints) -> Ints:
    """For each unit the sum of ``own`` over it and everything below it.

    ``own`` has the tree's positions on its last axis, any axes before it; the result has the
    same shape. Linear in units: one cumulative sum, one difference.
    """
    shape = (*own.shape[:-1], own.shape[-1] + 1)
    prefix = np.zeros(shape, dtype=np.int64)
    np.cumsum(own, axis=-1, out=prefix[..., 1:])
    start = np.arange(len(tree))
    return prefix[..., start + tree.size] - prefix[..., :-1]


def roll_up_lines(tree: Tree, own: Ints) -> Ints:
    """The same for [line, standing, position]; lines that are empty cost nothing."""
    rolled = np.zeros_like(own)
    for line in np.flatnonzero(own.any(axis=(1, 2))):
        rolled[line] = roll_up(tree, own[line])
    return rolled
