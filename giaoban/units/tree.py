"""The tree of organisations on one day, as arrays in preorder.

In preorder a unit's subtree is one contiguous slice, so that a sum over any subtree is one
difference of prefix sums (``figures/rollup.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


# A table of ids has so many entries for each of them, at most.
SPARSE = 16


def distinct(*ids: Ints) -> Ints:
    """The ids of several arrays, sorted, each once: dense ones are ticked off in a table, sparse
    ones sorted, either in a small part of the time of ``numpy.unique``, which hashes them."""
    top = max((int(each.max()) for each in ids if len(each)), default=-1)
    if all((each >= 0).all() for each in ids) and top < SPARSE * (sum(map(len, ids)) + 1000):
        there = np.zeros(top + 1, dtype=bool)
        for each in ids:
            there[each] = True
        return np.flatnonzero(there)
    found = np.sort(np.concatenate(ids))
    if len(found) == 0:
        return found
    return found[np.concatenate(([True], found[1:] != found[:-1]))]


class Places:
    """Where each of some distinct ids stands among them.

    Numbers given by one sequence are dense, so a table answers at once; sparse ones are searched.
    """

    def __init__(self, ids: Ints) -> None:
        top = int(ids.max()) if len(ids) else -1
        self._table: Ints | None = None
        if len(ids) and ids.min() >= 0 and top < SPARSE * (len(ids) + 1000):
            # The first and the last entry answer for whatever lies before and behind all ids.
            self._table = np.full(top + 3, -1, dtype=np.int64)
            self._table[ids + 1] = np.arange(len(ids))
        else:
            self._order = np.argsort(ids, kind="stable")
            self._keys = ids[self._order]

    def of(self, wanted: npt.NDArray[np.signedinteger[Any]]) -> Ints:
        """The places of ids, −1 for what is not among them."""
        if self._table is not None:
            return self._table.take(wanted + 1, mode="clip")
        if len(self._keys) == 0:
            return np.full(wanted.shape, -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        found: Ints = np.where(self._keys[at] == wanted, self._order[at], -1)
        return found


class BrokenTree(ValueError):
    """The rows given are no forest: a parent is missing, or somebody is below themselves."""

    def __init__(self, units: Sequence[int]) -> None:
        super().__init__(f"no way up to a root from units {list(units)[:20]}")
        self.units = list(units)


@dataclass(frozen=True, slots=False, eq=False)
class Tree:
    """The units open at the end of a day, in preorder.

    ``ids[i]`` is the unit at position i, ``parent[i]`` its parent's position (−1 for a root),
    ``size[i]`` how many units stand at and below it, ``depth[i]`` its distance from the root.
    All are int64 arrays of one length.
    """

    on: date
    known: int
    ids: Ints
    parent: Ints
    size: Ints
    depth: Ints

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def _places(self) -> Places:
        return Places(self.ids)

    @cached_property
    def ends(self) -> Ints:
        """The position after the last unit at and below each: a subtree is ``[i, ends[i])``."""
        found: Ints = np.arange(len(self)) + self.size
        return found

    def positions(self, units: npt.ArrayLike) -> Ints:
        """The positions of unit ids; −1 for units that are not in this tree."""
        return self._places.of(np.asarray(units, dtype=np.int64))

    def position(self, unit: int) -> int:
        """The position of one unit; −1 if it is not in this tree."""
        return int(self.positions([unit])[0])

    def below(self, unit: int) -> Ints:
        """The ids of a unit and of everything below it, in preorder; empty if it isn't here."""
        at = self.position(unit)
        return self.ids[at : at + self.size[at]] if at >= 0 else self.ids[:0]

    def below_all(self, units: npt.ArrayLike) -> Ints:
        """The positions of some units and of everything below them, rising; those that are not in
        this tree add nothing."""
        at = self.positions(units)
        at = np.sort(at[at >= 0])
        ends = at + self.size[at]
        # What stands below another one of them is told with it.
        top = at >= np.concatenate(([0], np.maximum.accumulate(ends)[:-1]))[: len(at)]
        spans = [np.arange(a, b) for a, b in zip(at[top], ends[top], strict=True)]
        return np.concatenate(spans) if spans else at

    def branches(self, positions: Ints) -> Tree:
        """A tree of the units at some rising positions, which hold all that stands below each."""
        parent = self.parent[positions]
        above = np.searchsorted(positions, parent)
        inside = positions[np.minimum(above, len(positions) - 1)] == parent
        root = np.maximum.accumulate(np.where(inside, 0, np.arange(len(positions))))
        depth = self.depth[positions]
        return Tree(
            self.on, self.known, self.ids[positions], np.where(inside, above, -1),
            self.size[positions], depth - depth[root],
        )  # fmt: skip

    def children(self, unit: int) -> Ints:
        """The ids of a unit's direct children, in the office's order."""
        at = self.position(unit)
        if at < 0:
            return self.ids[:0]
        part = slice(at + 1, at + self.size[at])
        found: Ints = self.ids[part][self.parent[part] == at]
        return found

    def ancestors(self, unit: int) -> list[int]:
        """The ids from the unit itself up to its root."""
        at, path = self.position(unit), []
        while at >= 0:
            path.append(int(self.ids[at]))
            at = int(self.parent[at])
        return path

    @cached_property
    def paths(self) -> Ints:
        """Each unit's ancestors by level: ``paths[level, i]`` is a position, −1 below its depth."""
        levels = int(self.depth.max()) + 1 if len(self) else 0
        paths = np.full((levels, len(self)), -1, dtype=np.int64)
        for level in range(levels):
            here = np.flatnonzero(self.depth == level)
            if level:
                paths[:level, here] = paths[:level, self.parent[here]]
            paths[level, here] = here
        return paths

    def lowest_common_ancestors(self, a: Ints, b: Ints) -> Ints:
        """For each pair of positions the position of their lowest common ancestor, −1 if none.

        A unit is its own ancestor. Cost: a few looks at the pairs for each level of the tree, and
        none at the tree as a whole.
        """
        first, second = a.copy(), b.copy()
        while len(apart := np.flatnonzero(first != second)):
            left, right = first[apart], second[apart]
            # What stands later in preorder is above nothing that stands before it, so it may climb.
            first[apart] = np.minimum(left, right)
            second[apart] = self.parent[np.maximum(left, right)]
        return first


def build(on: date, known: int, ids: Ints, parents: Ints, order: Ints | None = None) -> Tree:
    """Arrange units into preorder.

    ``parents[i]`` is the *id* of the parent of ``ids[i]``, −1 for a root; siblings stand in the
    order of ``order``, whole numbers from 0 on that differ among siblings (default: as given).
    Raises ``BrokenTree`` naming units on a cycle or below a parent that is not among ``ids``.
    Linear in units but for one sort.
    """
    n = len(ids)
    up = Places(ids).of(parents)
    if np.any((up < 0) & (parents >= 0)):
        raise BrokenTree(ids[(up < 0) & (parents >= 0)].tolist())
    levels, fans = _levels(ids, up, np.arange(n) if order is None else order)
    seated, parent, size, depth = (np.empty(n, dtype=np.int64) for _column in range(4))
    above = np.array([-1])  # what the roots stand below
    for number, (level, fan, sizes) in enumerate(zip(levels, fans, _sizes(fans), strict=True)):
        # A unit stands behind its parent and all that is below the siblings before it.
        before = np.concatenate(([0], np.cumsum(sizes)))
        eldest = before[np.cumsum(fan) - fan]
        parents_at = np.repeat(above, fan)
        at = parents_at + 1 + before[:-1] - np.repeat(eldest, fan)
        seated[at], parent[at], size[at], depth[at] = ids[level], parents_at, sizes, number
        above = at
    return Tree(on, known, seated, parent, size, depth)


def _levels(ids: Ints, up: Ints, order: Ints) -> tuple[list[Ints], list[Ints]]:
    """Level by level from the roots down: which units stand there, siblings side by side, and how
    many of them are below each unit of the level above. Raises on what no root reaches."""
    children = _side_by_side(up, order)
    # Place 0 stands for what is above the roots, unit i for place i + 1.
    counts = np.bincount(up + 1, minlength=len(ids) + 1)
    starts = np.cumsum(counts) - counts
    level, levels, fans, seen = np.array([-1]), [], [], 0
    while (fan := counts[level + 1]).any():
        first = np.cumsum(fan) - fan
        level = children[np.repeat(starts[level + 1] - first, fan) + np.arange(fan.sum())]
        levels.append(level)
        fans.append(fan)
        seen += len(level)
    if seen != len(ids):
        reached = np.zeros(len(ids), dtype=bool)
        for part in levels:
            reached[part] = True
        raise BrokenTree(ids[~reached].tolist())
    return levels, fans


def _side_by_side(up: Ints, order: Ints) -> Ints:
    """Units sorted by parent, siblings by ``order``."""
    span = int(order.max(initial=0)) + 1
    if span * (len(up) + 1) < np.iinfo(np.int64).max:
        # Both in one number: one sort where ``lexsort`` takes two slower ones.
        return np.argsort((up + 1) * span + order)
    return np.lexsort((order, up))


def _sizes(fans: list[Ints]) -> list[Ints]:
    """How many stand at and below each unit, by levels as ``_levels`` has them."""
    sizes: list[Ints] = []
    below = np.zeros(0, dtype=np.int64)
    for level in range(len(fans) - 1, -1, -1):
        total = np.concatenate(([0], np.cumsum(below)))
        fan = fans[level + 1] if level + 1 < len(fans) else np.zeros(fans[level].sum(), np.int64)
        ends = np.cumsum(fan)
        below = 1 + total[ends] - total[ends - fan]
        sizes.append(below)
    return sizes[::-1]
