"""Segments are a cache: with them and without, every figure is the same, as of anything."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.figures import leaves
from giaoban.figures.lines import Line
from giaoban.figures.restating import restate
from giaoban.figures.segments.compacting import compact
from giaoban.figures.segments.layout import SegmentSet
from giaoban.figures.segments.reading import in_force
from giaoban.figures.segments.units import copy_of
from giaoban.figures.statement import statements, statements_of
from giaoban.figures.stretches import stretch
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import head
from giaoban.ledger.corrections import reverse_entry
from giaoban.periods import Span
from giaoban.units.queries import (
    _table_of,
    read_days_of_regrouping,
    read_tree,
    read_unit_table,
    unit_by_code,
)
from tests.histories import START, History, examples, rolled_back
from tests.world import World

SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
OPTIONS = {"max_examples": examples(6), "suppress_health_check": SHARED}


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    """A folder for segments of this test's own."""
    settings.SEGMENTS = tmp_path / "segments"
    return Path(settings.SEGMENTS)


@contextmanager
def put_away(place: Path) -> Iterator[None]:
    """The segments out of reach for a while, as if somebody had deleted them."""
    aside = place.with_name("put-away")
    place.rename(aside)
    yield
    aside.rename(place)


def compacted() -> SegmentSet:
    return compact(lambda n: None)


def added_up(rows: leaves.Rows) -> dict[tuple[int, ...], int]:
    """What an answer says once equal rows are added up, as whoever reads it does."""
    total: dict[tuple[int, ...], int] = {}
    for *key, n in zip(*(column.tolist() for column in rows.columns), strict=True):
        total[tuple(key)] = total.get(tuple(key), 0) + n
    return {key: n for key, n in total.items() if n}


def everything(span: Span, known: int, units: list[int] | None) -> list[Any]:
    """Leaf sums, statements and restated figures of a span."""
    cuts = stretch(span, known).cuts
    told: list[Any] = [
        [added_up(rows) for rows in leaves.stocks_before([span.start, span.end], known, units)],
        added_up(leaves.flows(span.start, span.end, known, cuts, units)),
        added_up(leaves.transfers(span.start, span.end, known, cuts, units)),
        added_up(leaves.moves(cuts, known, units)),
    ]
    if units is None:
        found = statements(span, known, "party")
        again = restate(unit_by_code("TP"), span, known, "party", date(2019, 6, 1))
        told += [found.units.tolist(), found.amounts.tolist(), again.amounts.tolist()]
    return told


def spans(history: History, seed: int, n: int = 5) -> list[Span]:
    """Stretches of days that begin and end on any day, and the years that the history touches."""
    rng, length = random.Random(seed), (history.day - START).days + 400
    days = sorted({START + timedelta(days=rng.randrange(-400, length)) for _ in range(n)})
    years = [Span(date(y, 1, 1), date(y + 1, 1, 1)) for y in (2017, 2018, history.day.year)]
    return [Span(a, b) for a, b in pairwise(days)] + years


def same_units(found: SegmentSet, days: list[date], knowns: list[int]) -> None:
    """Trees, days of regrouping and identities from the copy as from the rows."""
    told = copy_of(found.watermark)
    assert told is not None
    for day, known in product(days, knowns):
        copied, read = told.tree(day, known), read_tree(day, known)
        for one, other in ((copied.ids, read.ids), (copied.parent, read.parent),
                           (copied.size, read.size), (copied.depth, read.depth)):  # fmt: skip
            assert one.tolist() == other.tolist(), (day, known)
        asked = (START, day, known)
        assert told.days_of_regrouping(*asked) == read_days_of_regrouping(*asked)
    mine, table = _table_of(told), read_unit_table()
    here = np.isin(table.ids, mine.ids)
    assert table.ids[here].tolist() == mine.ids.tolist()
    for names, place in (("families", "kind"), ("grassroots", "kind"), ("sectors", "sector")):
        read, copied_ = (getattr(one, names)[getattr(one, place)] for one in (table, mine))
        assert read[here].tolist() == copied_.tolist()


def same(place: Path, asked: list[Span], known: int, units: list[int] | None = None) -> None:
    with_them = [everything(span, known, units) for span in asked]
    with put_away(place):
        without = [everything(span, known, units) for span in asked]
    assert with_them == without


@settings(**OPTIONS)
@given(seed=st.integers(0, 10**6), before=st.integers(5, 60), after=st.integers(0, 40),
       apart=st.sampled_from((2, 12, 40)))  # fmt: skip
def test_any_watermark_and_any_knowledge(
    world: World, place: Path, caplog: pytest.LogCaptureFixture, seed: int, before: int,
    after: int, apart: int,
) -> None:  # fmt: skip
    with rolled_back():
        history = History(replace(world), seed, apart).play(before)
        found = compacted()
        assert found.watermark == head().number
        history.play(after)
        assert in_force() == found
        numbers = history.random.sample(range(1, head().number + 1), 2)
        earlier = sorted(n for n in {*numbers, found.watermark} if n <= found.watermark)
        days = [span.start for span in spans(history, seed)] + [history.day]
        same_units(found, sorted(set(days)), earlier)
        for known in {*numbers, found.watermark, head().number}:
            same(place, spans(history, seed), known)
        some = history.random.sample(history.open_units(history.day), 2)
        same(place, spans(history, seed), head().number, some)
        same(place, spans(history, seed, 2), head().number, [])
    assert not caplog.records


@settings(**OPTIONS)
@given(seed=st.integers(0, 10**6))
def test_years_long_closed_are_corrected_in_the_tail(world: World, place: Path, seed: int) -> None:
    """Every act of the history is taken back, one after the other, once it is all in segments."""
    with rolled_back():
        history = History(replace(world), seed, 25).play(40)
        found = compacted()
        taken_back = []
        for number in reversed(history.entries):
            try:
                taken_back.append(reverse_entry(number, reason="nhầm", by=history.by()))
            except RuleBroken as refused:  # acts that others rest on
                history.refused.append(refused)
            if len(taken_back) == 12:
                break
        assert taken_back
        for known in (found.watermark, taken_back[0], head().number):
            same(place, spans(history, seed), known)


def test_a_merger_taken_back_and_made_anew(world: World, place: Path) -> None:
    """A person's way through a day is no sum of ways: half of it lies in the tail."""
    from giaoban.ledger.reorganisation import merge_units
    from tests.world import DECISION

    day = date(2018, 7, 1)
    world.member("CY1")
    merged = merge_units([world.unit("CY1")], world.unit("CY2"), on=day, basis=DECISION,
                         by=world.by(day))  # fmt: skip
    found = compacted()
    reverse_entry(merged, reason="nhầm", by=world.by())
    merge_units([world.unit("CY1")], world.unit("TX1"), on=day, basis=DECISION, by=world.by())
    asked = [Span(date(2018, 1, 1), date(2019, 1, 1)), Span(day, day + timedelta(days=1))]
    for known in (found.watermark, found.watermark + 1, head().number):
        same(place, asked, known)
    [(_cut, left, taken, _standing, _fresh, n)] = zip(
        *(column.tolist() for column in leaves.moves([day], head().number).columns), strict=True
    )
    assert (left, taken, n) == (world.unit("CY1"), world.unit("TX1"), 1)


def test_a_correction_shows_at_once_and_is_no_part_of_what_was_known(
    world: World, place: Path
) -> None:
    year = Span(date(2018, 1, 1), date(2019, 1, 1))
    next_year = Span(date(2019, 1, 1), date(2020, 1, 1))
    wrong = world.admit("CY1", date(2018, 3, 5))
    world.admit("CY2", date(2019, 2, 1))
    found = compacted()
    before = statements(year, found.watermark, "party")
    reverse_entry(wrong, reason="nhầm", by=world.by())
    unit = world.unit("HU")
    now, later = (
        statements(year, head().number, "party"), statements(next_year, head().number, "party")
    )  # fmt: skip
    assert before.together(Line.ADMITTED).max() == 1
    assert now.together(Line.ADMITTED).max() == 0
    assert later.of(unit) != statements(next_year, found.watermark, "party").of(unit)
    again = statements(year, found.watermark, "party")
    assert np.array_equal(again.amounts, before.amounts)
    assert in_force() == found


def test_year_ends_are_used_only_by_who_knows_them(world: World, place: Path) -> None:
    """An opening begins at the last year's end that held for what is known."""
    from giaoban.figures.segments.reading import LONG_AGO, Parts

    world.at = world.at.replace(year=2018)
    early = world.admit("CY1", date(2016, 3, 5))
    world.admit("CY1", date(2017, 3, 5))
    late = world.admit("CY2", date(2016, 9, 1))  # recorded last, effective before 2017
    found = compacted()
    settled = {year.year: year.settled for year in found.years}
    assert settled[2015] < early < late == settled[2016] == settled[2017]
    home = place / found.folder
    assert Parts(late, found, home).balances(date(2018, 5, 1), None)[0] == date(2018, 1, 1)
    since, _balances = Parts(late - 1, found, home).balances(date(2018, 5, 1), None)
    assert since == date(2016, 1, 1)
    assert Parts(late, found, home).balances(date(2009, 1, 1), None)[0] == LONG_AGO
    [before, after] = (leaves.stocks_before([date(2018, 5, 1)], n, None)[0]
                       for n in (late - 1, late))  # fmt: skip
    assert sum(added_up(after).values()) - sum(added_up(before).values()) == 1


def test_many_spans_at_once(world: World, place: Path) -> None:
    with rolled_back():
        history = History(replace(world), 7, 12).play(50)
        compacted()
        history.play(20)
        asked = [span for span in spans(history, 7) if span.start.year > 2016]
        asked.sort(key=lambda span: span.start)
        with_them = [s.amounts.tolist() for s in statements_of(asked, head().number, "party")]
        with put_away(place):
            without = [s.amounts.tolist() for s in statements_of(asked, head().number, "party")]
        assert with_them == without
