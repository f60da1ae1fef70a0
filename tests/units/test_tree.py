"""The tree as arrays in preorder: its invariants on any forest, and the forests it refuses."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.units.tree import BrokenTree, Tree, build

DAY = date(2018, 1, 1)
Forest = list[tuple[int, int]]  # (id, parent's id or −1), in the office's order


@st.composite
def forests(draw: st.DrawFn) -> Forest:
    """Units with ids of all sizes, parents anywhere before or after their children."""
    ids = draw(st.lists(st.integers(0, 10**9), unique=True, max_size=40))
    rows = [
        (unit, ids[draw(st.integers(0, at - 1))] if at and draw(st.booleans()) else -1)
        for at, unit in enumerate(ids)
    ]
    return draw(st.permutations(rows))


def built(rows: Forest) -> Tree:
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return build(DAY, 1, table[:, 0], table[:, 1])


def way_up(rows: Forest, unit: int) -> list[int]:
    parents, path = dict(rows), [unit]
    while parents[path[-1]] >= 0:
        path.append(parents[path[-1]])
    return path


@given(forests())
def test_preorder(rows: Forest) -> None:
    tree = built(rows)
    assert sorted(tree.ids.tolist()) == sorted(unit for unit, _parent in rows)
    assert (len(tree), tree.on, tree.known) == (len(rows), DAY, 1)
    for at, unit in enumerate(tree.ids.tolist()):
        path = way_up(rows, unit)
        above = tree.ids[tree.parent[at]] if tree.parent[at] >= 0 else -1
        assert above == dict(rows)[unit]
        assert tree.parent[at] < at
        assert tree.depth[at] == len(path) - 1
        below = {one for one, _parent in rows if unit in way_up(rows, one)}
        assert tree.size[at] == len(below)
        assert set(tree.ids[at : at + tree.size[at]].tolist()) == below
        assert set(tree.below(unit).tolist()) == below
        assert tree.ancestors(unit) == path
        assert tree.position(unit) == at


@given(forests())
def test_siblings_stand_in_the_order_given(rows: Forest) -> None:
    tree = built(rows)
    order = [unit for unit, _parent in rows]
    roots = [unit for unit, parent in rows if parent < 0]
    assert tree.ids[tree.depth == 0].tolist() == roots
    for unit in order:
        children = [one for one, parent in rows if parent == unit]
        assert tree.children(unit).tolist() == children


@given(forests(), st.randoms(use_true_random=False), st.sampled_from((1, 2**56)))
def test_an_order_of_its_own(rows: Forest, random: object, step: int) -> None:
    """Also of numbers so large that a parent and a rank don't go into one."""
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    ranks = [step * rank for rank in range(len(rows))]
    random.shuffle(ranks)  # type: ignore[attr-defined]
    tree = build(DAY, 1, table[:, 0], table[:, 1], np.array(ranks, dtype=np.int64))
    again = built([row for _rank, row in sorted(zip(ranks, rows, strict=True))])
    assert tree.ids.tolist() == again.ids.tolist()


@settings(max_examples=50)
@given(forests())
def test_lowest_common_ancestors(rows: Forest) -> None:
    tree = built(rows)
    a, b = np.meshgrid(np.arange(len(tree)), np.arange(len(tree)))
    found = tree.lowest_common_ancestors(a.ravel(), b.ravel()).tolist()
    for left, right, common in zip(a.ravel().tolist(), b.ravel().tolist(), found, strict=True):
        ups = [way_up(rows, int(tree.ids[at])) for at in (left, right)]
        shared = [unit for unit in ups[0] if unit in ups[1]]
        assert (tree.ids[common] if common >= 0 else None) == (shared[0] if shared else None)


def test_units_that_are_not_there() -> None:
    for tree in (built([]), built([(3, -1), (5, 3)])):
        assert tree.positions([4, 10**12, -1]).tolist() == [-1, -1, -1]
        assert tree.below(4).tolist() == tree.children(4).tolist() == tree.ancestors(4) == []
    assert built([]).paths.shape == (0, 0)


@given(forests().filter(lambda rows: len(rows) > 1), st.data())
def test_a_cycle_is_refused(rows: Forest, data: st.DataObject) -> None:
    """Hang a unit below itself: whatever lies on or below the cycle is named."""
    unit = data.draw(st.sampled_from([one for one, _parent in rows]))
    below = {one for one, _parent in rows if unit in way_up(rows, one)}
    to = data.draw(st.sampled_from(sorted(below)))
    broken = [(one, to if one == unit else parent) for one, parent in rows]
    with pytest.raises(BrokenTree) as refused:
        built(broken)
    assert set(refused.value.units) == below


@given(forests(), st.data())
def test_a_dead_parent_is_refused(rows: Forest, data: st.DataObject) -> None:
    missing = 2 * 10**9
    rows = [*rows, (missing + 1, missing)]
    with pytest.raises(BrokenTree) as refused:
        built(data.draw(st.permutations(rows)))
    assert refused.value.units == [missing + 1]
    assert str(missing + 1) in str(refused.value)
