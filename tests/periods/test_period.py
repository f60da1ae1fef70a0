"""Periods: codes, windows, neighbours, parts and names."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.periods import (
    DayWithoutPeriod,
    PartsImpossible,
    Period,
    PeriodCodeUnreadable,
    PeriodIndexOutOfRange,
    PeriodKind,
    PeriodYearOutOfRange,
    RegimeNotInForce,
    Span,
)

from .samples import CALENDAR, DECREE, LATE_OFFICE, OFFICE, REGIMES, TILING_KINDS, days, periods
from .samples import period as p

WINDOWS = [
    ("2018-9M", CALENDAR, date(2018, 1, 1), date(2018, 9, 30)),
    ("2018-Q3", CALENDAR, date(2018, 7, 1), date(2018, 9, 30)),
    ("2018-H1", CALENDAR, date(2018, 1, 1), date(2018, 6, 30)),
    ("2018-H2", CALENDAR, date(2018, 7, 1), date(2018, 12, 31)),
    ("2020-02", CALENDAR, date(2020, 2, 1), date(2020, 2, 29)),
    ("2018", CALENDAR, date(2018, 1, 1), date(2018, 12, 31)),
    ("2020-03", DECREE, date(2020, 2, 15), date(2020, 3, 14)),
    ("2020-01", DECREE, date(2019, 12, 15), date(2020, 1, 14)),
    ("2020-Q1", DECREE, date(2019, 12, 15), date(2020, 3, 14)),
    ("2020-H1", DECREE, date(2019, 12, 15), date(2020, 6, 14)),
    ("2020-H2", DECREE, date(2020, 6, 15), date(2020, 12, 14)),
    ("2020-9M", DECREE, date(2019, 12, 15), date(2020, 9, 14)),
    ("2020", DECREE, date(2019, 12, 15), date(2020, 12, 14)),
    ("2018-12", LATE_OFFICE, date(2018, 12, 11), date(2019, 1, 10)),
]


@pytest.mark.parametrize(("code", "regime", "first", "last"), WINDOWS)
def test_the_regime_gives_the_window(code, regime, first, last) -> None:
    assert p(code, regime).start == first
    assert p(code, regime).last_day == last
    assert p(code, regime).length_in_days == (last - first).days + 1


@given(periods())
def test_code_and_parse_are_inverse(period: Period) -> None:
    if period.in_force:
        assert Period.parse(period.code, regime=period.regime) == period
        assert hash(Period.parse(period.code, regime=period.regime)) == hash(period)
    else:
        with pytest.raises(RegimeNotInForce):
            Period.parse(period.code, regime=period.regime)


@pytest.mark.parametrize(
    "text",
    [
        *("2018-M9", "2018-9m", "2018-Q5", "2018-H3", "2018-13", "2018-00", "2018-3", "18-03"),
        *("", "2018-", " 2018", "2018\n", "2018-Q3-H1", "２０１８", "2018-12M"),
    ],
)
def test_other_codes_are_refused_with_the_forms_that_work(text: str) -> None:
    with pytest.raises(PeriodCodeUnreadable) as refused:
        p(text)
    assert "2018-03, 2018-Q3, 2018-H1, 2018-9M" in str(refused.value)
    assert refused.value.params == {"text": text}


def test_a_year_of_no_book_and_a_fifth_quarter_are_refused() -> None:
    with pytest.raises(PeriodYearOutOfRange):
        p("0218")
    with pytest.raises(PeriodIndexOutOfRange):
        Period.of(PeriodKind.QUARTER, 2018, 5, regime=CALENDAR)
    with pytest.raises(PeriodIndexOutOfRange):
        Period.of(PeriodKind.NINE_MONTHS, 2018, 2, regime=CALENDAR)


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.code)
@pytest.mark.parametrize("kind", TILING_KINDS)
def test_periods_of_a_kind_tile_the_years(regime, kind) -> None:
    first = Period(kind=kind, year=2011, index=1, regime=regime)
    run = [first]
    while run[-1].year < 2027:
        run.append(run[-1].following)
    assert all(one.end == other.start for one, other in pairwise(run))
    assert run == sorted(run, key=lambda period: (period.year, period.index))
    assert len(run) == 16 * kind.per_year + 1
    assert [period.preceding for period in run[1:]] == run[:-1]


@given(days, st.sampled_from(TILING_KINDS), st.sampled_from((CALENDAR, OFFICE, LATE_OFFICE)))
def test_each_day_lies_in_one_period_of_a_kind(day, kind, regime) -> None:
    period = Period.containing(day, kind, regime=regime)
    assert day in period
    assert day not in period.preceding
    assert day not in period.following


def test_20_march_is_in_the_first_quarter_or_the_second() -> None:
    admitted = date(2020, 3, 20)
    assert Period.containing(admitted, PeriodKind.QUARTER, regime=CALENDAR) == p("2020-Q1")
    assert Period.containing(admitted, PeriodKind.QUARTER, regime=DECREE) == p("2020-Q2", DECREE)
    assert admitted in p("2020-Q1")
    assert admitted not in p("2020-Q1", DECREE)


def test_the_last_quarter_lies_in_no_nine_months() -> None:
    nine = PeriodKind.NINE_MONTHS
    assert Period.containing(date(2018, 9, 30), nine, regime=CALENDAR).code == "2018-9M"
    with pytest.raises(DayWithoutPeriod):
        Period.containing(date(2018, 10, 1), nine, regime=CALENDAR)
    with pytest.raises(DayWithoutPeriod):
        Period.containing(date(2020, 9, 15), nine, regime=DECREE)
    assert Period.containing(date(2020, 12, 15), nine, regime=DECREE).code == "2021-9M"


def test_neighbours() -> None:
    assert p("2018-01").preceding == p("2017-12")
    assert p("2018-H2").following == p("2019-H1")
    assert p("2018-9M").preceding == p("2017-9M") == p("2018-9M").same_period_last_year
    assert p("2018-Q3").same_period_last_year == p("2017-Q3")
    assert p("2018-Q3").year_period == p("2018")
    first_under_decree = p("2019-03", DECREE)
    assert first_under_decree.in_force
    assert not first_under_decree.preceding.in_force
    assert first_under_decree.same_period_last_year.start == date(2018, 2, 15)


@given(periods())
def test_the_year_contains_its_periods_and_parts_tile_them(period: Period) -> None:
    year = period.year_period
    assert year.contains_period(period)
    for kind in (PeriodKind.MONTH, PeriodKind.QUARTER):
        if period.kind.months % kind.months == 0:
            parts = period.parts(kind)
            assert len(parts) == period.kind.months // kind.months
            assert (parts[0].start, parts[-1].end) == (period.start, period.end)
            assert sum(part.length_in_days for part in parts) == period.length_in_days
            assert all(period.contains_period(part) for part in parts)


def test_parts_by_name_and_parts_that_would_not_fill() -> None:
    assert [part.code for part in p("2018-Q3").parts(PeriodKind.MONTH)] == [
        "2018-07",
        "2018-08",
        "2018-09",
    ]
    assert [part.code for part in p("2018-H2").parts(PeriodKind.QUARTER)] == ["2018-Q3", "2018-Q4"]
    for code, kind in [
        ("2018-9M", PeriodKind.HALF),
        ("2018", PeriodKind.NINE_MONTHS),
        ("2018-9M", PeriodKind.NINE_MONTHS),
        ("2018-03", PeriodKind.QUARTER),
    ]:
        with pytest.raises(PartsImpossible):
            p(code).parts(kind)


def test_periods_of_two_regimes_are_not_parts_of_one_another() -> None:
    assert not p("2020").contains_period(p("2020-Q2", DECREE))
    assert p("2020").covers(p("2020-Q2", DECREE))
    assert not p("2020-Q1").contains_period(p("2020-04"))


def test_elapsed_share_is_counted_in_months() -> None:
    assert p("2018-9M").elapsed_share == Fraction(3, 4)
    assert p("2020-9M", DECREE).elapsed_share == Fraction(3, 4)
    assert p("2018-Q3").elapsed_share == Fraction(3, 4)
    assert p("2018-03").elapsed_share == Fraction(1, 4)
    assert p("2018-H1").elapsed_share == Fraction(1, 2)
    assert p("2018-H2").elapsed_share == p("2018").elapsed_share == 1


@pytest.mark.parametrize(
    ("code", "vietnamese", "english"),
    [
        ("2018-9M", "9 tháng đầu năm 2018", "first nine months of 2018"),
        ("2018-Q3", "quý III năm 2018", "third quarter of 2018"),
        ("2018-Q4", "quý IV năm 2018", "fourth quarter of 2018"),
        ("2018-H1", "6 tháng đầu năm 2018", "first half of 2018"),
        ("2018-H2", "6 tháng cuối năm 2018", "second half of 2018"),
        ("2018-03", "tháng 3 năm 2018", "March 2018"),
        ("2018", "năm 2018", "2018"),
    ],
)
def test_titles(code: str, vietnamese: str, english: str) -> None:
    assert (p(code).title_vi, p(code).title_en) == (vietnamese, english)
    assert (p(code, OFFICE).label_vi, p(code, OFFICE).label_en) == (vietnamese, english)


def test_off_the_calendar_the_title_names_the_days() -> None:
    period = p("2018-9M", OFFICE)
    assert period.title_vi == "9 tháng đầu năm 2018 (từ ngày 15/12/2017 đến hết ngày 14/9/2018)"
    assert period.title_en == (
        "first nine months of 2018 (from 15 December 2017 to 14 September 2018)"
    )


def test_equality_and_order() -> None:
    assert p("2018-Q3") == p("2018-Q3")
    assert len({p("2018-Q3"), p("2018-Q3"), p("2018-9M")}) == 2
    assert p("2020-Q1", OFFICE) != p("2020-Q1", DECREE)
    same_days = Span(p("2018-Q3").start, p("2018-Q3").end)
    assert same_days != p("2018-Q3")
    assert same_days < p("2018-Q3") < p("2018-H2") < p("2018-08")
    by_decree, by_office = p("2020-Q1", DECREE), p("2020-Q1", OFFICE)
    assert by_decree < by_office
    assert not by_office <= by_decree
    assert sorted([p("2018"), p("2018-Q1"), p("2018-01")]) == [
        p("2018-01"),
        p("2018-Q1"),
        p("2018"),
    ]
