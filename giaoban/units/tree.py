"""The tree of organisations on one day, as arrays in preorder.

In preorder a unit's subtree is one contiguous slice, so that a sum over any subtree is one
difference of prefix sums (``figures/rollup.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def distinct(*ids: Ints) -> Ints:
    """The ids of several arrays, sorted, each once. For whole numbers a sort takes a fiftieth of
    what ``numpy.unique`` does, which hashes them."""
    found = np.sort(np.concatenate(ids))
    if len(found) == 0:
        return found
    return found[np.concatenate(([True], found[1:] != found[:-1]))]


class Places:
    """Where each of some distinct ids stands among them.

    Numbers given by one sequence are dense, so a table answers at once; sparse ones are searched.
    """

    SPARSE = 16  # entries of the table for each id, at most

    def __init__(self, ids: Ints) -> None:
        top = int(ids.max()) if len(ids) else -1
        self._table: Ints | None = None
        if len(ids) and ids.min() >= 0 and top < self.SPARSE * (len(ids) + 1000):
            # The last entry answers for whatever is no id.
            self._table = np.full(top + 2, -1, dtype=np.int64)
            self._table[ids] = np.arange(len(ids))
        else:
            self._order = np.argsort(ids, kind="stable")
            self._keys = ids[self._order]

    def of(self, wanted: Ints) -> Ints:
        """The places of ids, −1 for what is not among them."""
        if self._table is not None:
            last = len(self._table) - 1
            return self._table[np.where((wanted < 0) | (wanted > last), last, wanted)]
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

        A unit is its own ancestor. Cost: one vectorised comparison for each level of the tree.
        """
        common = np.full(len(a), -1, dtype=np.int64)
        for level in self.paths:
            left, right = level[a], level[b]
            common = np.where((left == right) & (left >= 0), left, common)
        return common


def build(on: date, known: int, ids: Ints, parents: Ints, order: Ints | None = None) -> Tree:
    """Arrange units into preorder.

    ``parents[i]`` is the *id* of the parent of ``ids[i]``, −1 for a root; siblings stand in the
    order of ``order`` (default: as given). Raises ``BrokenTree`` naming units on a cycle or below
    a parent that is not among ``ids``. Linear in units but for one sort.
    """
    n = len(ids)
    rank = np.arange(n) if order is None else np.asarray(order)
    up = Places(ids).of(parents)
    if np.any((up < 0) & (parents >= 0)):
        raise BrokenTree(ids[(up < 0) & (parents >= 0)].tolist())
    levels = _levels(ids, up)
    depth = np.empty(n, dtype=np.int64)
    size = np.ones(n, dtype=np.int64)
    for number, level in enumerate(levels):
        depth[level] = number
    for level in reversed(levels[1:]):
        np.add.at(size, up[level], size[level])
    place = np.zeros(n, dtype=np.int64)
    for level in levels:
        _place_siblings(level, up, rank, size, place)
    parent = np.where(up >= 0, place[up], -1)
    seated = np.argsort(place)
    return Tree(on, known, ids[seated], parent[seated], size[seated], depth[seated])


def _levels(ids: Ints, up: Ints) -> list[Ints]:
    """Positions level by level from the roots down; raises on what no root reaches."""
    children = np.argsort(up, kind="stable")
    counts = np.bincount(up[up >= 0], minlength=len(ids))
    starts = np.concatenate(([0], np.cumsum(counts))) + np.count_nonzero(up < 0)
    level, levels, seen = np.flatnonzero(up < 0), [], 0
    while len(level):
        levels.append(level)
        seen += len(level)
        spans = counts[level]
        offsets = np.repeat(starts[level] - np.concatenate(([0], np.cumsum(spans)[:-1])), spans)
        level = children[offsets + np.arange(spans.sum())]
    if seen != len(ids):
        reached = np.zeros(len(ids), dtype=bool)
        for part in levels:
            reached[part] = True
        raise BrokenTree(ids[~reached].tolist())
    return levels


def _place_siblings(level: Ints, up: Ints, rank: Ints, size: Ints, place: Ints) -> None:
    """Seat one level: after the parent, and after the subtrees of the siblings before."""
    level = level[np.lexsort((rank[level], up[level]))]
    before = np.cumsum(size[level]) - size[level]
    parents = up[level]
    first = np.concatenate(([True], parents[1:] != parents[:-1]))
    base = np.repeat(before[first], np.diff(np.append(np.flatnonzero(first), len(level))))
    start = np.where(parents >= 0, place[parents] + 1, 0)
    place[level] = start + before - base
