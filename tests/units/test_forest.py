"""The units in sight as arrays stand as they do one by one."""

from __future__ import annotations

from datetime import date

import numpy as np

from giaoban.units.forest import forest, grove
from giaoban.units.tree import build


def test_a_grove_stands_as_the_forest() -> None:
    """Whichever units of trees drawn at random are in sight."""
    rng = np.random.default_rng(4)
    for n in (1, 2, 7, 40):
        for _time in range(20):
            parents = [-1, *(int(rng.integers(-1, i)) for i in range(1, n))]
            ids = rng.permutation(1000)[:n]
            above = np.array([ids[p] if p >= 0 else -1 for p in parents])
            tree = build(date(2020, 1, 1), 1, ids, above)
            at = np.flatnonzero(rng.random(n) < 0.6)
            found, wanted = grove(tree, at), forest(tree, tree.ids[at].tolist())
            assert tree.ids[found.at].tolist() == [node.unit for node in wanted]
            assert found.depth.tolist() == [node.depth for node in wanted]
            assert found.below.tolist() == [node.below for node in wanted]
