"""Roll-up and consolidation against brute force on random trees."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.figures.boundaries import came_and_left
from giaoban.figures.consolidation import eliminated
from giaoban.figures.rollup import AmountLost, climb, place, roll_up
from giaoban.units.tree import Tree, build

DAY = date(2018, 9, 30)


@st.composite
def forests(draw: st.DrawFn, least: int = 1) -> Tree:
    """A random forest of up to 40 units with scattered ids."""
    n = draw(st.integers(least, 40))
    ids = draw(st.permutations(range(100, 100 + 3 * n)))[:n]
    above = [draw(st.integers(-1, i - 1)) for i in range(n)]
    parents = [-1 if up < 0 else ids[up] for up in above]
    return build(DAY, 1, np.array(ids), np.array(parents))


@given(forests(), st.data())
def test_roll_up_is_the_sum_over_each_subtree(tree: Tree, data: st.DataObject) -> None:
    amounts = data.draw(st.lists(st.integers(-50, 50), min_size=len(tree), max_size=len(tree)))
    own = np.array([amounts, [1] * len(tree)])
    rolled = roll_up(tree, own)
    for at, unit in enumerate(tree.ids.tolist()):
        below = tree.positions(tree.below(unit))
        assert rolled[0, at] == own[0, below].sum()
        assert rolled[1, at] == tree.size[at]
    climbed = np.zeros(len(tree), dtype=np.int64)
    for rows, here in climb(tree, np.array([-1, *range(len(tree))])):
        np.add.at(climbed, here, np.array([1000, *amounts])[rows])
    assert climbed.tolist() == rolled[0].tolist()


@given(forests(least=2), st.data())
def test_elimination_agrees_with_counting_pairs(tree: Tree, data: st.DataObject) -> None:
    unit = st.sampled_from([*tree.ids.tolist(), 7])  # 7 stands outside the tree
    pairs = data.draw(st.lists(st.tuples(unit, unit, st.integers(-2, 9)), max_size=30))
    left, taken, count = (np.array(column, dtype=np.int64) for column in
                          (zip(*pairs, strict=True) if pairs else ((), (), ())))  # fmt: skip
    found = eliminated(tree, left, taken, count)
    for at, unit_id in enumerate(tree.ids.tolist()):
        below = set(tree.below(unit_id).tolist())
        inside = sum(n for a, b, n in pairs if a in below and b in below)
        assert found[at] == inside


@given(forests(), forests(), st.data())
def test_came_and_left_agree_with_paths(old: Tree, new: Tree, data: st.DataObject) -> None:
    before = st.sampled_from([*old.ids.tolist(), 7])
    after = st.sampled_from([*new.ids.tolist(), 7])
    ways = data.draw(st.lists(st.tuples(before, after, st.integers(1, 9)), min_size=1, max_size=20))
    left, taken, count = (np.array(column) for column in zip(*ways, strict=True))
    universe = np.union1d(old.ids, new.ids)
    came, gone = came_and_left(old, new, universe, left, taken, count)
    for at, unit in enumerate(universe.tolist()):
        here = [(unit in old.ancestors(a), unit in new.ancestors(b), n) for a, b, n in ways]
        expected_in = sum(n for was, will_be, n in here if will_be and not was)
        expected_out = sum(n for was, will_be, n in here if was and not will_be)
        assert (came[at], gone[at]) == (expected_in, expected_out)


def test_nothing_is_dropped_in_silence() -> None:
    tree = build(DAY, 1, np.array([1, 2]), np.array([-1, 1]))
    assert place(tree, np.array([2, 9]), np.array([5, 0])).tolist() == [0, 5]
    with pytest.raises(AmountLost, match="9"):
        place(tree, np.array([2, 9]), np.array([5, 1]))
