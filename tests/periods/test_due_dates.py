"""Due days: the rules in the package, moving off days off, and the working days left."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from giaoban.periods import (
    DueDay,
    DueDayMissing,
    DueRuleNotInForce,
    DueRuleUnknown,
    Period,
    PeriodKind,
    RuleUnreadable,
    WhenDayOff,
    WorkingCalendar,
    check_due,
    due_on,
    due_rule_named,
    due_rules,
    read_due_rules,
)

from .samples import CALENDAR, DECREE, period, periods

PUBLIC = WorkingCalendar()
GOVERNMENT = due_rule_named("nd-09-2019-chinh-phu")
COMMUNE = due_rule_named("vi-du-van-phong-xa")

OFFICE_TOML = """
[[due_rule]]
code = "tinh"
title_vi = "Hạn huyện gửi tỉnh"
title_en = "District to province"
legal_basis = "Hướng dẫn số 1"
confirmed = true
note_vi = "Đã đối chiếu."
note_en = "Checked."
when_day_off = "next_working_day"
least_working_days = 1
days = [{ kind = "year", days_after = 20 }, { kind = "half", index = 1, day = 31 }]
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2020-03", date(2020, 3, 25)),
        ("2020-Q3", date(2020, 9, 25)),
        ("2020-H1", date(2020, 6, 25)),
        ("2020", date(2020, 12, 25)),
        ("2020-10", date(2020, 10, 25)),  # a Sunday: what the decree says of it is not known
    ],
)
def test_the_government_wants_it_by_the_25th(code: str, expected: date) -> None:
    assert due_on(period(code, DECREE), GOVERNMENT, calendar=PUBLIC) == expected


def test_nothing_is_claimed_of_nine_months_or_of_the_time_before() -> None:
    assert not any(rule.confirmed for rule in due_rules())
    with pytest.raises(DueDayMissing, match="9 tháng đầu năm 2020"):
        due_on(period("2020-9M", DECREE), GOVERNMENT, calendar=PUBLIC)
    with pytest.raises(DueRuleNotInForce, match="từ ngày 12/03/2019"):
        due_on(period("2018-Q3"), GOVERNMENT, calendar=PUBLIC)
    with pytest.raises(DueRuleUnknown, match="nd-09-2019-chinh-phu"):
        due_rule_named("nd-09")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2026-07", date(2026, 7, 24)),  # the 25th is a Saturday
        ("2026-Q3", date(2026, 9, 18)),  # the 20th is a Sunday
        ("2026-H1", date(2026, 6, 15)),
        ("2026-9M", date(2026, 9, 18)),
        ("2026", date(2026, 11, 13)),  # the 15th of the month before the last, a Sunday
    ],
)
def test_the_example_office_moves_back_to_a_working_day(code: str, expected: date) -> None:
    assert due_on(period(code), COMMUNE, calendar=PUBLIC) == expected


def test_a_day_may_hold_for_one_period_of_the_year_only() -> None:
    with pytest.raises(DueDayMissing):
        due_on(period("2026-H2"), COMMUNE, calendar=PUBLIC)


def test_a_day_off_moves_as_the_rule_says() -> None:
    tet = replace(GOVERNMENT, valid_from=None, days=(DueDay(kind=PeriodKind.MONTH, day=16),))
    february = period("2018-02")
    moved = {
        when: due_on(february, replace(tet, when_day_off=when), calendar=PUBLIC)
        for when in WhenDayOff
    }
    assert moved == {
        WhenDayOff.STAY: date(2018, 2, 16),
        WhenDayOff.NEXT_WORKING_DAY: date(2018, 2, 21),
        WhenDayOff.PREVIOUS_WORKING_DAY: date(2018, 2, 13),
    }


def test_the_check_counts_working_days_after_the_cut_off() -> None:
    check = check_due(period("2020-10", DECREE), GOVERNMENT, calendar=PUBLIC)
    assert check.period.last_day == date(2020, 10, 14)
    assert check.working_days_left == 7
    assert check.leaves_enough
    assert not check.moved


def test_the_check_reports_a_report_due_before_its_figures_close() -> None:
    check = check_due(period("2026-07"), COMMUNE, calendar=PUBLIC)
    assert check.moved
    assert (check.written_on, check.due_on) == (date(2026, 7, 25), date(2026, 7, 24))
    assert check.working_days_left == -5
    assert not check.leaves_enough


def test_a_weekend_between_leaves_no_working_day() -> None:
    sunday = replace(GOVERNMENT, days=(DueDay(kind=PeriodKind.MONTH, days_after=2),))
    check = check_due(period("2025-02", DECREE), sunday, calendar=PUBLIC)
    assert check.period.last_day == date(2025, 2, 14)
    assert check.due_on == date(2025, 2, 16)
    assert check.working_days_left == 0
    assert not check.leaves_enough
    monday = replace(sunday, when_day_off=WhenDayOff.NEXT_WORKING_DAY)
    assert check_due(check.period, monday, calendar=PUBLIC).leaves_enough


def test_an_office_rule_counted_in_days_and_clipped_at_the_month() -> None:
    (rule,) = read_due_rules(OFFICE_TOML)
    assert due_on(period("2018"), rule, calendar=PUBLIC) == date(2019, 1, 21)  # the 20th: Sunday
    assert due_on(period("2020-H1"), rule, calendar=PUBLIC) == date(2020, 6, 30)


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ("days_after = 20", "days_after = 20, day = 5", "day"),
        (", days_after = 20", "", "day"),
        ("index = 1", "index = 3", "index"),
        ('"next_working_day"', '"monday"', "when_day_off"),
        ("least_working_days = 1", "least_working_days = -1", "least_working_days"),
        ("day = 31", "day = 31, tag = 1", "tag"),
    ],
)
def test_a_slip_in_a_field_is_named(right: str, wrong: str, field: str) -> None:
    with pytest.raises(RuleUnreadable) as refused:
        read_due_rules(OFFICE_TOML.replace(right, wrong, 1))
    assert refused.value.params["field"] == field


@given(periods())
def test_under_the_decree_the_25th_always_leaves_a_working_day(any_period: Period) -> None:
    year = 2020 + any_period.year % 60
    asked = Period(kind=any_period.kind, year=year, index=any_period.index, regime=DECREE)
    if asked.kind is not PeriodKind.NINE_MONTHS:
        check = check_due(asked, GOVERNMENT, calendar=PUBLIC)
        assert check.leaves_enough
        assert check.due_on.day == 25


def test_the_due_month_goes_by_the_label_under_every_regime() -> None:
    rule = replace(GOVERNMENT, valid_from=None)
    for regime in (CALENDAR, DECREE):
        assert due_on(period("2020-Q1", regime), rule, calendar=PUBLIC) == date(2020, 3, 25)
