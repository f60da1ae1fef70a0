"""Restated sums are those that following everybody one by one comes to, on any history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.figures.following import Follower
from giaoban.figures.lines import Line
from giaoban.figures.persons import moves_of
from giaoban.figures.restating import follower_to, restate, restate_by_person, target_tree
from giaoban.journal.queries import AsOf, head
from giaoban.periods import Span
from giaoban.units.queries import lives, tree_on
from tests.histories import START, History, examples, rolled_back
from tests.world import World

SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
LONG_AGO = START - timedelta(days=300)


@settings(max_examples=examples(8), suppress_health_check=SHARED)
@given(seed=st.integers(0, 10**6), steps=st.integers(30, 90), apart=st.sampled_from((1, 2, 12)))
def test_sums_are_those_of_the_persons(world: World, seed: int, steps: int, apart: int) -> None:
    """Whole subtrees, units that merged or were split, and units that came later."""
    with rolled_back():
        history = History(replace(world), seed, apart).play(steps)
        known = head().number
        every = [
            u.id for u in lives(None, AsOf(history.day, known)).values() if u.family == "party"
        ]
        units = {history.world.unit("TP"), history.world.unit("HU")}
        units |= set(history.random.sample(every, min(6, len(every))))
        for unit in sorted(units):
            for day in (LONG_AGO, history.day - timedelta(days=steps * apart // 2), history.day):
                assert_same(unit, history, known, day)


def assert_same(unit: int, history: History, known: int, day: date) -> None:
    first = START - timedelta(days=history.random.randrange(200))
    last = first + timedelta(days=history.random.randrange(1, 600))
    asked = (unit, Span(first, last), known, "party", day)
    sums, persons = restate(*asked), restate_by_person(*asked)
    assert np.array_equal(sums.amounts, persons.amounts), (unit, day)
    assert np.array_equal(sums.unattributed, persons.unattributed), (unit, day)


@settings(max_examples=examples(8), suppress_health_check=SHARED)
@given(seed=st.integers(0, 10**6))
def test_many_are_followed_as_one_is(world: World, seed: int) -> None:
    """To wherever a tree of any day puts them, from any unit on any day."""
    with rolled_back():
        history = History(replace(world), seed, 2).play(80)
        known, moves = head().number, moves_of(head().number)
        units = list(lives(None, AsOf(history.day, known)))
        for day in (LONG_AGO, history.day - timedelta(days=60), history.day):
            follower = follower_to(
                target_tree(day, known), [tree_on(AsOf(START, known))], known, moves
            )
            assert_followed(follower, units, history)


def assert_followed(follower: Follower, units: list[int], history: History) -> None:
    asked = [
        (person, unit, START + timedelta(days=history.random.randrange(-200, 400)))
        for person in history.persons[:40]
        for unit in units
    ]
    asked += [(m.person, m.left, m.day) for m in follower.moves]
    asked += [(m.person, m.taken, m.day) for m in follower.moves]
    people, ids, days = np.array(
        [(person, unit, day.toordinal()) for person, unit, day in asked], dtype=np.int64
    ).reshape(-1, 3).T  # fmt: skip
    positions, sure = follower.places(people, ids, days)
    one_by_one = [follower.place(*each) for each in asked]
    assert positions.tolist() == [place.position for place in one_by_one]
    assert sure.tolist() == [place.sure for place in one_by_one]


def test_who_left_before_a_split_is_attributed_to_nobody(world: World) -> None:
    """The unattributable stands above the parts, and only there."""
    with rolled_back():
        history = History(replace(world), 7, 2).play(60)
        known = head().number
        span = Span(LONG_AGO, history.day + timedelta(days=1))
        found = restate(history.world.unit("TP"), span, known, "party", history.day)
        loose = found.unattributed[Line.ADMITTED].sum()
        assert 0 <= loose <= found.total(Line.ADMITTED).both
        assert found.loose_below(Line.ADMITTED, history.world.unit("TP")) == loose
