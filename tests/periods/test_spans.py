"""Half-open spans: what is inside, cutting and joining."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.periods import Span, SpanBackwards, SpansApart, merge_adjacent

from .samples import days, spans

SEPTEMBER = Span(date(2018, 9, 1), date(2018, 10, 1))


def test_the_first_and_last_day_are_inside_and_the_end_is_not() -> None:
    assert date(2018, 9, 1) in SEPTEMBER
    assert date(2018, 9, 30) in SEPTEMBER
    assert date(2018, 10, 1) not in SEPTEMBER
    assert date(2018, 8, 31) not in SEPTEMBER
    assert SEPTEMBER.last_day == date(2018, 9, 30)
    assert SEPTEMBER.length_in_days == 30


def test_through_includes_the_last_day() -> None:
    assert Span.through(date(2018, 9, 1), date(2018, 9, 30)) == SEPTEMBER


def test_a_span_needs_a_day() -> None:
    with pytest.raises(SpanBackwards):
        Span(date(2018, 9, 1), date(2018, 9, 1))
    with pytest.raises(SpanBackwards) as refused:
        Span.through(date(2018, 9, 2), date(2018, 9, 1))
    assert str(refused.value) == (
        "Ngày cuối 01/09/2018 trước ngày đầu 02/09/2018. Xem lại hai ngày này."
    )


def test_titles_name_the_last_day_not_the_excluded_one() -> None:
    span = Span(date(2017, 12, 15), date(2018, 9, 15))
    assert span.title_vi == "từ ngày 15/12/2017 đến hết ngày 14/9/2018"
    assert span.title_en == "from 15 December 2017 to 14 September 2018"
    assert Span(date(2018, 2, 5), date(2018, 2, 6)).title_vi == "ngày 05/02/2018"
    assert Span(date(2018, 2, 5), date(2018, 2, 6)).title_en == "on 5 February 2018"


def test_split_at_begins_a_piece_on_each_day_inside() -> None:
    founded, merged = date(2018, 9, 10), date(2018, 9, 20)
    outside = [date(2018, 9, 1), date(2018, 10, 1), date(2018, 8, 5)]
    assert SEPTEMBER.split_at([merged, founded, merged, *outside]) == (
        Span(date(2018, 9, 1), founded),
        Span(founded, merged),
        Span(merged, date(2018, 10, 1)),
    )
    assert SEPTEMBER.split_at([]) == (SEPTEMBER,)


@given(spans(), st.lists(days))
def test_split_at_keeps_every_day_once(span: Span, cuts: list[date]) -> None:
    pieces = span.split_at(cuts)
    assert [day for piece in pieces for day in piece.days()] == list(span.days())
    assert {piece.start for piece in pieces} == {span.start, *(c for c in cuts if c in span)}
    assert merge_adjacent(reversed(pieces)) == (span,)


@given(spans(), spans())
def test_intersection_is_the_days_of_both(one: Span, other: Span) -> None:
    shared = one.intersection(other)
    common = set(one.days()) & set(other.days())
    assert (set(shared.days()) if shared else set()) == common
    assert shared == other.intersection(one)


@given(spans(), st.integers(-400, 400), st.integers(1, 400))
def test_union_is_the_days_of_both_or_refused(span: Span, shift: int, length: int) -> None:
    start = span.end + timedelta(days=shift)
    other = Span(start, start + timedelta(days=length))
    if shift > 0:
        with pytest.raises(SpansApart):
            other.union(span)
    elif other.end >= span.start:
        assert set(span.union(other).days()) == {*span.days(), *other.days()}
        assert span.union(other) == other.union(span)


@given(st.lists(spans(), max_size=6))
def test_merging_keeps_the_days_and_leaves_gaps_between(given_spans: list[Span]) -> None:
    merged = merge_adjacent(given_spans)
    assert {day for span in merged for day in span.days()} == {
        day for span in given_spans for day in span.days()
    }
    assert all(one.end < other.start for one, other in pairwise(merged))


@given(spans(), spans())
def test_covers_means_every_day(one: Span, other: Span) -> None:
    assert one.covers(other) == (set(other.days()) <= set(one.days()))


def test_spans_sort_by_start_then_end() -> None:
    first = Span(date(2018, 1, 1), date(2018, 2, 1))
    longer = Span(date(2018, 1, 1), date(2018, 4, 1))
    assert sorted([SEPTEMBER, longer, first]) == [first, longer, SEPTEMBER]
    assert first <= longer < SEPTEMBER
    with pytest.raises(TypeError):
        assert first < date(2018, 1, 1)  # type: ignore[operator]
