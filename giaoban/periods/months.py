"""Counting in months, where months differ in length: probation, cut-offs, due days."""

import calendar
from datetime import date

from .kinds import MONTHS_IN_YEAR


def months_after(day: date, months: int) -> date:
    """The day `months` months after `day` (before it, if negative): same day of the month.

    Where the last month has no such day, its last day: 31/1 and one month is 28/2 or 29/2, and
    29/2/2020 and twelve months is 28/2/2021. So says Bộ luật Dân sự 2015, Điều 148 khoản 3; that
    it also binds terms set by Party rules is not confirmed. Count from the first day in one
    step: two steps of one month from 31/1 do not make two months.

    For probation this gives the day of full standing: twelve months from the ceremony of
    03/02/2018 give 03/02/2019, even if the meeting or the decision comes later.
    """
    year, month = month_at(day.year, day.month, months)
    return day_in_month(year, month, day.day)


def month_at(year: int, month: int, offset: int) -> tuple[int, int]:
    """The year and month (1 to 12) that lie `offset` months after the given month."""
    years, from_january = divmod(month - 1 + offset, MONTHS_IN_YEAR)
    return year + years, from_january + 1


def day_in_month(year: int, month: int, day: int) -> date:
    """The given day of a month, or the month's last day where it is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
