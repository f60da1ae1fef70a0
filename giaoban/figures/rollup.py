"""Roll-up: the sum over every subtree at once, by prefix sums in preorder."""

from __future__ import annotations

from collections.abc import Iterator

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
    found = np.zeros(len(tree), dtype=np.int64)
    np.add.at(found, at[at >= 0], amounts[at >= 0])
    return found


def refuse_lost(tree: Tree, outside: Ints) -> None:
    """Raise ``AmountLost`` if there are units that hold an amount and that the tree lacks."""
    if len(outside):
        raise AmountLost(f"units {outside[:20].tolist()} are not open on {tree.on}")


def roll_up(tree: Tree, own: Ints) -> Ints:
    """For each unit the sum of ``own`` over it and everything below it.

    ``own`` has the tree's positions on its last axis, any axes before it; the result has the
    same shape. Linear in units: one cumulative sum, one difference.
    """
    prefix = np.zeros((*own.shape[:-1], own.shape[-1] + 1), dtype=np.int64)
    np.cumsum(own, axis=-1, out=prefix[..., 1:])
    rolled: Ints = prefix.take(tree.ends, axis=-1)
    rolled -= prefix[..., :-1]
    return rolled


def climb(tree: Tree, at: Ints) -> Iterator[tuple[Ints, Ints]]:
    """From some positions up to the roots, a level at a time: which of them go so far, and the
    positions where these are then. Those at −1 are nowhere.

    For a few amounts on many lines: each climbs five or six steps, where a roll-up adds all the
    units there are for each line.
    """
    rows = np.flatnonzero(at >= 0)
    here = at[rows]
    while len(rows):
        yield rows, here
        here = tree.parent[here]
        goes_on = here >= 0
        if not goes_on.all():
            rows, here = rows[goes_on], here[goes_on]


def roll_up_lines(tree: Tree, own: Ints) -> Ints:
    """The same for [line, standing, position]; lines that are empty cost nothing."""
    rolled = np.zeros_like(own)
    for line in np.flatnonzero(own.any(axis=(1, 2))):
        rolled[line] = roll_up(tree, own[line])
    return rolled
