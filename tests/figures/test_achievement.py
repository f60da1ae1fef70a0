"""Achievement: shares, ranks and pace."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from giaoban.figures.achievement import Pace, achievements
from giaoban.figures.everywhere import PACES, everywhere

NINE_MONTHS = Fraction(3, 4)


def test_the_published_shares() -> None:
    units, actual = [1, 2, 3, 4, 5], [134, 3, 13, 6, 4]
    found = achievements(units, actual, {1: 250, 2: 2, 3: 10, 4: 6}, NINE_MONTHS)
    assert [a.percent for a in found] == [Decimal("53.6"), Decimal("150.0"), Decimal("130.0"),
                                          Decimal("100.0"), None]  # fmt: skip
    assert [a.rank for a in found] == [4, 1, 2, 3, None]
    assert [a.pace for a in found] == [Pace.BEHIND, Pace.REACHED, Pace.REACHED, Pace.REACHED, None]


def test_half_a_tenth_rounds_up_and_reaching_is_asked_of_the_numbers() -> None:
    [almost, half] = achievements([1, 2], [1999, 1], {1: 2000, 2: 16}, NINE_MONTHS)
    assert almost.percent == Decimal("100.0")
    assert almost.pace is Pace.ON_PACE
    assert half.percent == Decimal("6.3")


def test_equal_shares_share_a_rank_and_a_zero_plan_has_none() -> None:
    found = achievements([1, 2, 3, 4], [3, 6, 1, 0], {1: 4, 2: 8, 3: 4, 4: 0}, NINE_MONTHS)
    assert [a.rank for a in found] == [1, 1, 2, None]
    assert found[3].percent is None
    assert found[3].rest == 0
    assert [a.pace for a in found[:3]] == [Pace.ON_PACE, Pace.ON_PACE, Pace.BEHIND]


def test_unlike_things_are_not_measured() -> None:
    [mixed, plain] = achievements([1, 2], [9, 1], {1: 3, 2: 2}, NINE_MONTHS, {1})
    assert (mixed.plan, mixed.share, mixed.percent, mixed.rank, mixed.rest) == (3, *[None] * 4)
    assert plain.rank == 1


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99)), min_size=1))
def test_ranks_are_dense_and_follow_the_shares(pairs: list[tuple[int, int]]) -> None:
    units = list(range(len(pairs)))
    plans = {unit: plan for unit, (_done, plan) in enumerate(pairs)}
    found = achievements(units, [done for done, _plan in pairs], plans, NINE_MONTHS)
    ranks = {a.rank or 0 for a in found}
    assert ranks == set(range(1, len(ranks) + 1))
    for a in found:
        for b in found:
            assert ((a.share or 0) > (b.share or 0)) == ((a.rank or 0) < (b.rank or 0))


@given(
    st.sampled_from((3000, 2**40)).flatmap(
        lambda most: st.lists(
            st.tuples(st.integers(0, most), st.none() | st.integers(0, 400)), max_size=30
        )
    ),
    st.fractions(0, 1, max_denominator=366),
)
def test_all_at_once_is_one_by_one(pairs: list[tuple[int, int | None]], elapsed: Fraction) -> None:
    units, actual = [3 * n for n in range(len(pairs))], [done for done, _plan in pairs]
    plans = {u: plan for u, (_done, plan) in zip(units, pairs, strict=True) if plan is not None}
    given_to, aims = np.array([*(plans | {1: 5}).items()], dtype=np.int64).T
    found = everywhere(
        np.array(units, dtype=np.int64), np.array(actual, dtype=np.int64), (given_to, aims), elapsed
    )
    for at, one in enumerate(achievements(units, actual, plans, elapsed)):
        tenths = -1 if one.percent is None else int(one.percent * 10)
        pace = 0 if one.pace is None else PACES[one.pace]
        assert found.plan[at] == (-1 if one.plan is None else one.plan)
        assert (found.tenths[at], found.rank[at], found.pace[at]) == (tenths, one.rank or 0, pace)
