"""Counting in months, for probation."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.periods import months_after

from .samples import days


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2018, 2, 3), 12, date(2019, 2, 3)),
        (date(2018, 1, 31), 1, date(2018, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 2, 29), 48, date(2024, 2, 29)),
        (date(2018, 2, 28), 1, date(2018, 3, 28)),
        (date(2018, 12, 31), 2, date(2019, 2, 28)),
        (date(2018, 3, 31), -1, date(2018, 2, 28)),
        (date(2018, 1, 15), -1, date(2017, 12, 15)),
        (date(2018, 8, 31), 0, date(2018, 8, 31)),
    ],
)
def test_the_same_day_or_the_last_of_a_shorter_month(day, months, expected) -> None:
    assert months_after(day, months) == expected


@given(days, st.integers(-60, 60))
def test_the_month_is_exact_and_the_day_only_ever_clipped(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and later.day >= 28)
    if day.day <= 28:
        assert months_after(later, -months) == day
