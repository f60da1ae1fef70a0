"""The organisations of one system that somebody may see, as rows to be shown: who is under whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch
from giaoban.units.tree import Ints, Tree


@dataclass(frozen=True, slots=True)
class Node:
    """A unit among those shown: ``depth`` and ``above`` (the nearest unit shown above it, None
    for the first ones) count only what is shown; ``below`` says how many units are under it."""

    unit: int
    depth: int
    above: int | None
    below: int


def forest(tree: Tree, units: Collection[int]) -> list[Node]:
    """The units of ``tree`` that are among ``units``, in preorder.

    A unit whose parent is not among them stands under the nearest that is, or comes first.
    """
    shown = set(units)
    way: list[tuple[int, int]] = []  # the units shown above: (position where its slice ends, unit)
    placed: list[tuple[int, int, int | None]] = []
    counts: dict[int, int] = {}
    for at, (unit, size) in enumerate(zip(tree.ids.tolist(), tree.size.tolist(), strict=True)):
        while way and way[-1][0] <= at:
            way.pop()
        if unit not in shown:
            continue
        for _end, above in way:
            counts[above] += 1
        placed.append((unit, len(way), way[-1][1] if way else None))
        counts[unit] = 0
        way.append((at + size, unit))
    return [Node(unit, depth, above, counts[unit]) for unit, depth, above in placed]


@dataclass(frozen=True, slots=True, eq=False)
class Grove:
    """The same units as arrays of one length, in preorder: their positions in the tree, how many
    shown units each stands under, and how many it has below it. Those below the unit at ``n``
    are the ``below[n]`` that follow."""

    at: Ints
    depth: Ints
    below: Ints


def grove(tree: Tree, at: Ints) -> Grove:
    """The units at some rising positions of ``tree``, as ``forest`` stands them."""
    ends = at + tree.size[at]
    opened = np.zeros(len(tree) + 1, dtype=np.int64)
    opened[at] += 1
    np.subtract.at(opened, ends, 1)
    depth = np.cumsum(opened)[at] - 1
    return Grove(at, depth, np.searchsorted(at, ends) - np.arange(len(at)) - 1)


def next_position(parent: int, as_of: AsOf) -> int:
    """A position behind all that has ever been directly below a unit, up to a day."""
    rows = fetch(
        "SELECT COALESCE(max(x.position), -1) + 1 FROM units_placement AS x"
        f" WHERE x.parent_id = %(parent)s AND x.from_on <= %(on)s AND {not_reversed('x')}",
        parent=parent,
        on=as_of.on,
        known=as_of.known,
    )
    return int(rows[0][0])
