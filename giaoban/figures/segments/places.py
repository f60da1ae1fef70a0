"""The order in which the legs and balances of a set lie: the units of one branch side by side.

Whoever asks about some units asks about a branch of the tree, whose numbers are scattered over all
that were given in fifty years. So every unit of a set has a *place*: where it stands in preorder,
each below the unit that it stood below last, open or closed. Legs and balances carry the place of
their unit and are sorted by it, so that the engine passes over all groups of rows but a few by the
least and the greatest place in each.

The order is for speed alone. A place stands for one unit, whatever the tree was or becomes: where
branches have been regrouped since, more groups are looked into, and the rows found are the same.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from giaoban.figures.segments import arrays
from giaoban.figures.segments.columns import Ints
from giaoban.figures.segments.layout import SegmentFile
from giaoban.units.tree import BrokenTree, Places, build

NAME = "places.npy"

# The parent that each unit had last, closed since or not; what was taken back is no placement.
_LAST = """
    SELECT unit_id, other, row_number() OVER (ORDER BY position, code_rank) - 1
    FROM unit_row JOIN identity ON identity.id = unit_row.unit_id
    WHERE sort = 0 AND reversed_by = 0 QUALIFY row_number() OVER (
        PARTITION BY unit_id ORDER BY since DESC, entry_id DESC, line DESC) = 1
"""


def in_preorder(duck: Any) -> Ints:
    """The units of the tables ``unit_row`` and ``identity`` in the order of their places."""
    ids, parents, order = (
        np.asarray(column, dtype=np.int64) for column in duck.execute(_LAST).fetchnumpy().values()
    )
    return preorder(ids, parents, order)


def preorder(ids: Ints, parents: Ints, order: Ints) -> Ints:
    """Units as they stand in preorder, by their parents' ids (−1: none) and siblings' ``order``.

    Of different days, parents need not make a tree; then one by one, as the order is for speed.
    """
    try:
        return build(date.max, 0, ids, parents, order).ids
    except BrokenTree:
        return np.sort(ids)


def write_places(duck: Any, units: Ints, folder: Path) -> SegmentFile:
    """Give every unit that has legs a place, those of ``units`` in their order: the table ``place``
    (unit_id, place), and the file that tells the units in the order of their places."""
    [legs] = duck.execute("SELECT DISTINCT unit_id FROM leg").fetchnumpy().values()
    others = np.setdiff1d(np.asarray(legs, dtype=np.int64), units)
    every = np.concatenate((units, others))
    duck.register("every", {"unit_id": every, "place": np.arange(len(every), dtype=np.int32)})
    duck.execute("CREATE OR REPLACE TABLE place AS SELECT * FROM every")
    duck.unregister("every")
    return arrays.write(folder / NAME, {"unit_id": every})


def read_places(path: Path) -> Ints:
    """The units of a set in the order of their places. Raises ``SegmentsUnusable``."""
    return arrays.read(path, ["unit_id"])["unit_id"].astype(np.int64)


@lru_cache(maxsize=2)
def places(path: Path) -> Places:
    """Where each unit stands; the name of a set is drawn anew each time, so this may be kept."""
    return Places(read_places(path))
