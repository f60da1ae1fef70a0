"""Days of change: who came or left because their unit moved, merged or was split.

On such a day every person goes from one path (the unit of that morning and all above it, by the
old tree) to another (by the new tree). For a unit on both paths nothing happens; for a unit only
on the first the person left with their unit, for one only on the second they came with it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from giaoban.units.tree import Tree

Ints = npt.NDArray[np.int64]


def changed_units(old: Tree, new: Tree, shared: Ints | None = None) -> Ints:
    """The ids of units whose path to the root differs: of all in both trees, or of ``shared``,
    where the trees may be branches of those that they are in."""
    if shared is None:
        shared = np.sort(old.ids[new.positions(old.ids) >= 0])
    before, after = old.positions(shared), new.positions(shared)
    levels = max(len(old.paths), len(new.paths))
    differs = np.zeros(len(shared), dtype=bool)
    for level in range(levels):
        differs |= _ids_at(old, level, before) != _ids_at(new, level, after)
    return shared[differs]


def _ids_at(tree: Tree, level: int, positions: Ints) -> Ints:
    """The ids of the ancestors at a level of the units at ``positions``; −1 for none."""
    if level >= len(tree.paths):
        return np.full(len(positions), -1, dtype=np.int64)
    path = tree.paths[level]
    at = np.where(positions >= 0, path[positions], -1)
    return np.where(at >= 0, tree.ids[at], -1)


def came_and_left(
    old: Tree, new: Tree, universe: Ints, left: Ints, taken: Ints, persons: Ints
) -> tuple[Ints, Ints]:
    """(came, left) for each unit of ``universe`` (sorted ids) on one day of change.

    ``persons[i]`` stood in ``left[i]`` by the old tree and stand in ``taken[i]`` by the new one;
    a unit that moved as it is has both ends equal. Units outside a tree have an empty path.
    """
    came = np.zeros(len(universe), dtype=np.int64)
    gone = np.zeros(len(universe), dtype=np.int64)
    for ids in _paths(old, left):
        _add(gone, universe, ids, persons)
    for ids in _paths(new, taken):
        _add(came, universe, ids, persons)
    both = on_both(old, new, universe, left, taken, persons)
    return came - both, gone - both


def on_both(old: Tree, new: Tree, universe: Ints, left: Ints, taken: Ints, persons: Ints) -> Ints:
    """For each unit of ``universe`` how many persons have it on both paths: above ``left`` by the
    old tree and above ``taken`` by the new one."""
    both = np.zeros(len(universe), dtype=np.int64)
    new_paths = _paths(new, taken)
    for ids in _paths(old, left):
        for others in new_paths:
            same = (ids == others) & (ids >= 0)
            _add(both, universe, ids[same], persons[same])
    return both


def _paths(tree: Tree, units: Ints) -> list[Ints]:
    """Level by level, the ids of what stands above each unit or is the unit itself."""
    at = tree.positions(units)
    return [_ids_at(tree, level, at) for level in range(len(tree.paths))]


def _add(total: Ints, universe: Ints, ids: Ints, persons: Ints) -> None:
    if len(universe) == 0:
        return
    at = np.minimum(np.searchsorted(universe, ids), len(universe) - 1)
    known = (ids >= 0) & (universe[at] == ids)
    np.add.at(total, at[known], persons[known])
