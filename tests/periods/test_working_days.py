"""Working days: known holidays of known years, overrides, and adding and counting."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.periods import (
    DayOverride,
    OverridesContradict,
    Span,
    WorkingCalendar,
    WorkingYearOutOfRange,
    add_working_days,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_between,
    working_days_in,
)

from .samples import days

PUBLIC = WorkingCalendar()
TOLD_OFF = DayOverride(day=date(2018, 9, 4), works=False, basis="Quyết định số 1")
MADE_UP = DayOverride(day=date(2018, 9, 8), works=True, basis="Quyết định số 1")
OFFICE = WorkingCalendar((TOLD_OFF, MADE_UP))
calendars = st.sampled_from((PUBLIC, OFFICE))

# The last day worked before Tết and the first one after, as announced for public offices.
TET = [
    (date(2018, 2, 13), date(2018, 2, 21)),
    (date(2020, 1, 22), date(2020, 1, 30)),
    (date(2022, 1, 28), date(2022, 2, 7)),
    (date(2024, 2, 7), date(2024, 2, 15)),
    (date(2025, 1, 24), date(2025, 2, 3)),
    (date(2026, 2, 13), date(2026, 2, 23)),
]


@pytest.mark.parametrize(("last_worked", "first_worked"), TET)
def test_tet(last_worked: date, first_worked: date) -> None:
    assert PUBLIC.is_working_day(last_worked)
    assert PUBLIC.is_working_day(first_worked)
    off = Span(last_worked + timedelta(days=1), first_worked)
    assert [day for day in off.days() if PUBLIC.is_working_day(day)] == []


@pytest.mark.parametrize(
    "day",
    [
        date(2018, 4, 25),  # Giỗ Tổ Hùng Vương
        date(2018, 9, 3),  # in lieu of Sunday 2/9
        date(2018, 12, 31),  # exchanged for Saturday 5/1/2019
        date(2021, 9, 3),  # the second day of Quốc khánh, since the Labour Code of 2019
        date(2025, 5, 2),  # exchanged for Saturday 26/4
        date(2026, 8, 31),  # exchanged for Saturday 22/8
        date(2018, 9, 8),  # an ordinary Saturday
        date(2018, 9, 9),  # an ordinary Sunday
    ],
)
def test_days_off(day: date) -> None:
    assert not PUBLIC.is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [date(2019, 1, 5), date(2025, 4, 26), date(2026, 8, 22), date(2018, 9, 4), date(2020, 9, 3)],
)
def test_days_worked_some_of_them_saturdays(day: date) -> None:
    assert PUBLIC.is_working_day(day)


def test_an_office_overrides_holidays_and_weekends() -> None:
    assert not OFFICE.is_working_day(date(2018, 9, 4))
    assert OFFICE.is_working_day(date(2018, 9, 8))
    on_duty = WorkingCalendar(
        (DayOverride(day=date(2018, 2, 16), works=True, basis="Lịch trực Tết"),)
    )
    assert on_duty.is_working_day(date(2018, 2, 16))


def test_overrides_may_repeat_but_not_contradict() -> None:
    assert WorkingCalendar((TOLD_OFF, TOLD_OFF)).overrides == (TOLD_OFF, TOLD_OFF)
    other = DayOverride(day=TOLD_OFF.day, works=True, basis="Quyết định số 2")
    with pytest.raises(OverridesContradict, match="04/09/2018"):
        WorkingCalendar((TOLD_OFF, MADE_UP, other))


def test_the_day_itself_is_not_counted() -> None:
    friday, monday = date(2018, 8, 24), date(2018, 8, 27)
    assert add_working_days(friday, 1, PUBLIC) == monday
    assert add_working_days(date(2018, 8, 25), 1, PUBLIC) == monday
    assert add_working_days(monday, -1, PUBLIC) == friday
    assert add_working_days(date(2018, 8, 25), 0, PUBLIC) == date(2018, 8, 25)
    assert working_days_between(friday, monday, PUBLIC) == 1
    assert working_days_between(monday, friday, PUBLIC) == -1
    assert working_days_between(friday, date(2018, 8, 26), PUBLIC) == 0


def test_thirty_and_sixty_working_days_across_tet_2018() -> None:
    resolved = date(2018, 1, 31)
    assert add_working_days(resolved, 30, PUBLIC) == date(2018, 3, 21)
    # 15 days of February, 22 of March, 19 of April (Giỗ Tổ and the 30th off), 4 of May
    assert add_working_days(resolved, 60, PUBLIC) == date(2018, 5, 7)


@given(days, st.integers(-90, 90), calendars)
def test_adding_then_counting_gives_the_number(day, count, calendar) -> None:
    reached = add_working_days(day, count, calendar)
    assert working_days_between(day, reached, calendar) == count
    if count:
        assert calendar.is_working_day(reached)
        assert (reached > day) == (count > 0)


@given(days, st.integers(0, 40), st.integers(0, 40), calendars)
def test_adding_in_two_steps_is_adding_once(day, first, second, calendar) -> None:
    in_steps = add_working_days(add_working_days(day, first, calendar), second, calendar)
    assert in_steps == add_working_days(day, first + second, calendar)


@given(days, st.integers(1, 300), st.integers(1, 300), calendars)
def test_counts_of_adjoining_windows_add_up(day, length, more, calendar) -> None:
    middle = day + timedelta(days=length)
    end = middle + timedelta(days=more)
    whole = working_days_in(Span(day, end), calendar)
    assert whole == working_days_in(Span(day, middle), calendar) + working_days_in(
        Span(middle, end), calendar
    )
    assert 0 <= whole <= length + more


@given(days, calendars)
def test_the_nearest_working_day(day, calendar) -> None:
    after = working_day_on_or_after(day, calendar)
    before = working_day_on_or_before(day, calendar)
    assert before <= day <= after
    assert calendar.is_working_day(before)
    assert calendar.is_working_day(after)
    assert (before == day) == (after == day) == calendar.is_working_day(day)
    if before < day:
        assert working_days_in(Span(before, after), calendar) == 1


@pytest.mark.parametrize("day", [date(1994, 12, 30), date(2100, 1, 1)])
def test_years_without_known_holidays_are_refused(day: date) -> None:
    with pytest.raises(WorkingYearOutOfRange, match=str(day.year)):
        PUBLIC.is_working_day(day)


def test_importing_the_floor_loads_neither_holidays_nor_django() -> None:
    code = (
        "import sys, giaoban.periods as p; p.regime_named('calendar');"
        "print([m for m in ('holidays', 'django', 'giaoban.vietnamese') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
