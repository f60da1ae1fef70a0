"""Statements hold on any history: balanced, continuous, stable in knowledge, traceable."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from giaoban.figures.lines import Line, StandingGroup
from giaoban.figures.restating import Restated, restate
from giaoban.figures.statement import Statements, statements, statements_below
from giaoban.figures.trace import total, trace, trace_restated
from giaoban.journal.queries import AsOf, head
from giaoban.ledger.queries import roster, strength
from giaoban.periods import Span
from giaoban.units.queries import tree_on
from tests.histories import START, History, examples, rolled_back
from tests.world import World

# Each example rolls its history back, so they may share the world.
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
ALL_FLOWS = [line for line in Line if line.sign]


def random_days(history: History, seed: int, n: int) -> list[date]:
    rng = random.Random(seed)
    length = (history.day - START).days + 30
    picked = {START + timedelta(days=rng.randrange(-210, length)) for _ in range(n)}
    return sorted(picked)


def spans(history: History, seed: int) -> list[Span]:
    days = random_days(history, seed, 5)
    return [Span(a, b) for a, b in pairwise(days)]


def assert_balanced(found: Statements) -> None:
    both = found.amounts.sum(axis=1)
    signed = both[Line.OPENING] + sum(line.sign * both[line] for line in Line)
    assert np.array_equal(signed, both[Line.CLOSING])
    by_standing = found.amounts[Line.OPENING] + found.amounts[Line.RECOGNISED]
    by_standing = by_standing + sum(line.sign * found.amounts[line] for line in Line)
    assert np.array_equal(by_standing, found.amounts[Line.CLOSING])
    assert (both[Line.RECOGNISED] == 0).all()


@settings(max_examples=examples(8), suppress_health_check=SHARED)
@given(seed=st.integers(0, 10**6), steps=st.integers(20, 70), apart=st.sampled_from((2, 12)))
@example(seed=154697, steps=25, apart=12)  # a death on the very day on which its unit is merged
def test_any_history(world: World, seed: int, steps: int, apart: int) -> None:
    with rolled_back():
        check_history(History(replace(world), seed, apart).play(steps), seed)


def check_history(history: History, seed: int) -> None:
    known = head().number
    last: Statements | None = None
    for span in spans(history, seed):
        found = statements(span, known, "party")
        assert_balanced(found)
        if last is not None:
            for unit in set(last.units.tolist()) | set(found.units.tolist()):
                assert last.amount(unit, Line.CLOSING) == found.amount(unit, Line.OPENING)
        last = found
        assert_closing_is_the_roster(found)
        assert_same_below(found, history)
        assert_traced(found, history)
        assert_restated(found, history)


def assert_closing_is_the_roster(found: Statements) -> None:
    as_of = AsOf(found.span.last_day, found.known)
    tree = tree_on(as_of)
    for unit in tree.ids.tolist():
        below = tree.below(unit).tolist()
        assert found.amount(unit, Line.CLOSING).both == len(roster(below, as_of))
        assert found.amount(unit, Line.CLOSING).both == sum(strength(below, as_of).values())


def assert_same_below(found: Statements, history: History) -> None:
    """What is told of one unit and of all below it, reading nothing else, is what all are told."""
    for unit in history.random.sample(found.units.tolist(), min(4, len(found.units))):
        [alone] = statements_below(unit, [found.span], found.known, found.family)
        assert unit in alone.units
        for below in alone.units.tolist():
            assert alone.of(below) == found.of(below), (unit, below)


def assert_traced(found: Statements, history: History) -> None:
    for unit in history.random.sample(found.units.tolist(), min(4, len(found.units))):
        for line in Line:
            items = trace(unit, (line, None), found.span, found.known, "party")
            amount = found.amount(unit, line)
            expected = amount.full if line == Line.RECOGNISED else amount.both
            assert total(items) == expected, (unit, line)
            part = trace(unit, (line, StandingGroup.PROBATIONARY), found.span, found.known, "party")
            assert total(part) == amount.probationary, (unit, line)


def assert_restated(found: Statements, history: History) -> None:
    """The city's and the district's totals by another day's tree are the totals then."""
    flows = [line for line in ALL_FLOWS if "WITH_UNIT" not in line.name]
    for day in (START - timedelta(days=300), found.span.start, history.day):
        for code in ("TP", "HU"):
            unit = history.world.unit(code)
            again = restate(unit, found.span, found.known, "party", day)
            if again.tree.position(unit) >= 0 and code == "HU":
                continue  # asked as it is in that tree: whoever belongs to it by then
            flows_here = flows if code == "TP" else ALL_FLOWS
            for line in (Line.OPENING, Line.CLOSING, *flows_here):
                assert again.total(line) == found.amount(unit, line), (day, code, line)
            assert_restated_cells_are_traced(again, history)


def assert_restated_cells_are_traced(again: Restated, history: History) -> None:
    for unit in history.random.sample(again.tree.ids.tolist(), min(3, len(again.tree))):
        for line in Line:
            for standing in (None, StandingGroup.PROBATIONARY, StandingGroup.FULL):
                amount = again.amount(unit, line)
                expected = amount.both if standing is None else amount[standing]
                if line == Line.RECOGNISED and standing is None:
                    expected = amount.full
                assert total(trace_restated(unit, line, standing, again)) == expected


@settings(max_examples=examples(4), suppress_health_check=SHARED)
@given(seed=st.integers(0, 10**6))
def test_known_then_is_known_for_ever(world: World, seed: int) -> None:
    with rolled_back():
        history = History(replace(world), seed).play(40)
        known = head().number
        asked = spans(history, seed)
        first = [statements(span, known, "party") for span in asked]
        restated = [restate_all(history, span, known) for span in asked]
        history.play(40)
        for span, before in zip(asked, first, strict=True):
            after = statements(span, known, "party")
            assert np.array_equal(before.units, after.units)
            assert np.array_equal(before.amounts, after.amounts)
        for span, then in zip(asked, restated, strict=True):
            assert np.array_equal(then, restate_all(history, span, known))


def restate_all(history: History, span: Span, known: int) -> npt.NDArray[np.int64]:
    return restate(history.world.unit("TP"), span, known, "party", date(2019, 6, 1)).amounts
