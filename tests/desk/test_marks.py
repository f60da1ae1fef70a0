"""Where drawn marks stand: bars on their scales, the waterfall down its rows, the tree by size."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from giaoban.desk.templatetags.marks import Bar, Branch, Step, bullet, icicle, waterfall

PER_CENT = 0.02  # positions are written to a hundredth of a per cent


def share(position: str) -> float:
    return float(position.removesuffix("%"))


def test_a_bullet_bar_reaches_to_one_and_a_half_plans() -> None:
    bar = bullet(134, 250, Fraction(375, 2))
    assert (bar.plan, bar.did, bar.pace) == ("66.67%", "35.73%", "50%")
    assert bar.goal is None
    assert not bar.beyond


def test_beyond_the_plan_there_is_a_gap_at_its_end() -> None:
    bar = bullet(13, 10, Fraction(15, 2))
    assert (bar.did, bar.goal) == ("86.67%", "66.67%")


def test_beyond_the_scale_the_bar_ends_and_says_so() -> None:
    bar = bullet(40, 10)
    assert bar.did == "100%"
    assert bar.beyond


def test_without_a_plan_there_is_nothing_to_compare_with() -> None:
    for plan in (None, 0):
        bar = bullet(3, plan)
        assert (bar.plan, bar.did, bar.goal, bar.pace) == (None, "0%", None, None)


def test_bars_of_one_list_share_a_scale_of_counts() -> None:
    assert bullet(5, None, most=20).did == "25%"
    assert bullet(5, 10, most=20).plan == "50%"


def test_a_waterfall_leads_from_opening_to_closing() -> None:
    steps = [Step(312, stock=True), Step(13), Step(5), Step(0), Step(-11), Step(319, stock=True)]
    drawn = waterfall(steps)
    assert [bar.sort for bar in drawn.bars] == ["stock", "in", "in", "", "out", "stock"]
    assert drawn.cut
    assert [value for _, value in drawn.ticks] == [300, 310, 320, 330]


def test_an_axis_is_cut_only_where_changes_would_not_be_seen() -> None:
    assert not waterfall([Step(4, stock=True), Step(9), Step(13, stock=True)]).cut


def test_an_empty_unit_has_a_waterfall_too() -> None:
    drawn = waterfall([Step(0, stock=True), Step(0, stock=True)])
    assert [bar.width for bar in drawn.bars] == ["0%", "0%"]
    assert waterfall([]).bars == ()


@given(st.integers(0, 10_000_000), st.lists(st.integers(-100_000, 100_000), max_size=12))
def test_each_bar_begins_where_the_one_before_ended(opening: int, changes: list[int]) -> None:
    level, kept = opening, []
    for change in changes:
        if level + change >= 0:
            level += change
            kept.append(Step(change))
    drawn = waterfall([Step(opening, stock=True), *kept, Step(level, stock=True)])
    for before, after in pairwise(drawn.bars):
        assert before.tie_out == after.tie_in
    for bar in drawn.bars:
        assert 0 <= share(bar.x) <= share(bar.x) + share(bar.width) <= 100 + PER_CENT
    assert 2 <= len(drawn.ticks) <= 7
    assert all(0 <= share(place) <= 100 for place, _ in drawn.ticks)
    _ends_meet(drawn.bars)


def _ends_meet(bars: tuple[Bar, ...]) -> None:
    for bar in bars:
        left, right = share(bar.x), share(bar.x) + share(bar.width)
        ends = {"stock": (right, right), "in": (left, right), "out": (right, left)}
        came, goes = ends.get(bar.sort, (left, left))
        if bar.tie_in and bar.sort != "stock":
            assert abs(share(bar.tie_in) - came) < PER_CENT
        if bar.tie_out:
            assert abs(share(bar.tie_out) - goes) < PER_CENT


def test_units_stand_below_their_superior_as_wide_as_they_are_many() -> None:
    cells = icicle(
        [
            Branch("Huyện", 100, 0),
            Branch("Xã", 60, 1),
            Branch("Thôn", 30, 2),
            Branch("Cơ quan", 40, 1),
        ]
    )
    assert [(cell.x, cell.width) for cell in cells] == [
        ("0%", "100%"),
        ("0%", "60%"),
        ("0%", "30%"),
        ("60%", "40%"),
    ]
    assert [cell.y for cell in cells] == [0, 44, 88, 44]


def test_units_too_small_to_hit_stand_together_with_all_below_them() -> None:
    small = [Branch("Chi bộ", 5, 1), Branch("Tổ đảng", 2, 2), Branch("Chi bộ", 4, 1)]
    cells = icicle([Branch("Huyện", 1000, 0), Branch("Xã", 900, 1), *small])
    assert [(cell.others, cell.x, cell.width) for cell in cells[1:]] == [
        (0, "0%", "90%"),
        (2, "90%", "0.9%"),
    ]


def test_a_name_stands_whole_or_on_two_lines_or_short_or_not_at_all() -> None:
    def lines(size: int, state: str = "") -> tuple[str, ...]:
        branch = Branch("Đảng bộ xã Tiến Xuân", size, 1, short="Tiến Xuân", state=state)
        return icicle([Branch("Huyện", 1000, 0), branch])[1].lines

    assert lines(300) == ("Đảng bộ xã Tiến Xuân",)
    assert lines(90) == ("Đảng bộ xã", "Tiến Xuân")
    assert lines(70) == ("Tiến Xuân",)
    assert lines(45) == ("Tiến", "Xuân")
    assert lines(45, state="late") == ()
    assert lines(20) == ()


def test_nobody_has_no_icicle() -> None:
    assert icicle([]) == ()
    assert icicle([Branch("Huyện", 0, 0)]) == ()


SIZES = st.recursive(st.integers(0, 50), lambda below: st.lists(below, max_size=5), max_leaves=40)


@given(SIZES)
def test_no_unit_leaves_its_superior(sizes: int | list[object]) -> None:
    branches: list[Branch] = []

    def add(node: object, depth: int) -> int:
        place = len(branches)
        branches.append(Branch("", 0, depth))
        size = node if isinstance(node, int) else sum(add(one, depth + 1) for one in list(node))  # type: ignore[call-overload]
        branches[place] = Branch("", size, depth)
        return size

    add(sizes, 0)
    for cell in icicle(branches):
        assert share(cell.x) + share(cell.width) <= 100 + PER_CENT
