"""Dates as Vietnamese offices write and type them, day first.

Screens and tables write 05/09/2018. Signed text follows the rules of document form: a zero
before days under 10 and before the months 1 and 2 only, "ngày 05 tháng 9 năm 2018" (Nghị định
30/2020/NĐ-CP, Phụ lục I, on place and date). Nothing is guessed: a year of two digits and the
American order are refused with the reason.
"""

import calendar
import re
from datetime import date, datetime, timedelta, timezone

from .errors import DateMonthImpossible, DateNotInCalendar, DateUnreadable, DateYearShort
from .text import bind as bound
from .text import clean

VIETNAM_TIME = timezone(timedelta(hours=7), "+07")  # one zone, no summer time, since 1975

_NUMERIC = re.compile(r"([0-9]{1,2})([/.\-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_IN_WORDS = re.compile(
    r"(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2}),? năm ([0-9]{4}|[0-9]{2})", re.IGNORECASE
)


def format_date(day: date) -> str:
    """Write a date for screens and tables: 05/09/2018."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_signed_date(day: date) -> str:
    """Write a date as signed text does in figures: 05/9/2018, 05/02/2018."""
    return f"{day.day:02}/{_signed_month(day)}/{day.year:04}"


def date_in_words(day: date, *, bind: bool = False) -> str:
    """Write "ngày 05 tháng 9 năm 2018", as signed text does.

    With `bind`, no-break spaces hold each word to its number; the line may still break between.
    """
    pairs = (("ngày", f"{day.day:02}"), ("tháng", _signed_month(day)), ("năm", f"{day.year:04}"))
    return " ".join(bound(*pair) if bind else " ".join(pair) for pair in pairs)


def format_published(at: datetime) -> str:
    """Write the time of publication in Vietnam's time: 08:11 29/10/2018.

    Raises ValueError for an instant without a time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    local = at.astimezone(VIETNAM_TIME)
    return f"{local:%H:%M} {format_date(local)}"


def parse_date(text: str) -> date:
    """Read 29/10/2018, 29-10-2018, 29.10.2018, 1/2/1985, 2018-10-29, "ngày 1 tháng 2 năm 1985".

    Day before month always, but in ISO dates. Raises DateUnreadable; DateYearShort for years of
    two digits; DateMonthImpossible for a month over 12; DateNotInCalendar for 31/02/2018.
    """
    text = clean(text)
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _NUMERIC.fullmatch(text):
        day, _, month, year = found.groups()
    elif found := _IN_WORDS.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise DateUnreadable(text=text)
    if len(year) == 2:
        raise DateYearShort(text=text)
    return _in_calendar(int(year), int(month), int(day), text)


def _in_calendar(year: int, month: int, day: int, text: str) -> date:
    if month > 12:
        raise DateMonthImpossible(text=text, month=month)
    if month == 0 or year == 0:
        raise DateUnreadable(text=text)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise DateNotInCalendar(day=day, month=month, year=year, days=days)
    return date(year, month, day)


def _signed_month(day: date) -> str:
    return f"{day.month:02}" if day.month <= 2 else str(day.month)
