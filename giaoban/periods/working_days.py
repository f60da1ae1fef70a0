"""Working days in Vietnam: deadlines of the field are counted in them.

Sixty working days from a cell's resolution to the decision, thirty to the ceremony, one at least
between a cut-off and the day a report is due. Holidays come from the kept library `holidays`;
where an office or a later decision says otherwise, dated overrides do (see the decision page
docs/decisions/0003-periods-and-working-days.md for how wrong the library can be).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from .errors import OverridesContradict, WorkingYearOutOfRange
from .spans import Span

# Days off in lieu are known from 1995 on, lunar dates up to 2099; elsewhere counts would be wrong.
FIRST_WORKING_YEAR, LAST_WORKING_YEAR = 1995, 2099

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class DayOverride:
    """One day that a decision makes a working day (làm bù) or a day off (nghỉ, hoán đổi).

    `basis` names the decision, with number, date and issuer.
    """

    day: date
    works: bool
    basis: str


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days count: Monday to Friday without public holidays, then the office's overrides.

    Days off in lieu and exchanged working days that the library knows are included. An override
    wins over all of them. Raises OverridesContradict when two overrides of a day disagree.
    """

    overrides: tuple[DayOverride, ...] = ()

    def __post_init__(self) -> None:
        for override in self.overrides:
            if self._works[override.day] is not override.works:
                raise OverridesContradict(day=override.day)

    @cached_property
    def _works(self) -> Mapping[date, bool]:
        return {override.day: override.works for override in self.overrides}

    def is_working_day(self, day: date) -> bool:
        """True if `day` is worked; raises WorkingYearOutOfRange outside 1995 to 2099."""
        if (works := self._works.get(day)) is not None:
            return works
        days_off, exchanged = _public_days(day.year)
        if day.weekday() >= 5:
            return day in exchanged
        return day not in days_off


def add_working_days(day: date, count: int, calendar: WorkingCalendar) -> date:
    """The last day of a term of `count` working days from `day`, which itself is not counted.

    So a resolution of a Friday and one working day end on Monday. The first day of a term is not
    counted by Bộ luật Dân sự 2015, Điều 147; that Party terms follow it is not confirmed. A
    negative count goes back, with 0 the answer is `day` even if it is a day off. Raises
    WorkingYearOutOfRange.
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= calendar.is_working_day(day)
    return day


def working_days_between(day: date, other: date, calendar: WorkingCalendar) -> int:
    """How many working days lead from `day` to `other`: `day` not counted, `other` counted.

    The inverse of `add_working_days`: adding n and counting gives n, also below zero, where
    `other` precedes `day`. For the days of a half-open window use `working_days_in`. Raises
    WorkingYearOutOfRange.
    """
    if other == day:
        return 0
    if other < day:
        return -working_days_in(Span(other, day), calendar)
    return working_days_in(Span(day + _ONE_DAY, other + _ONE_DAY), calendar)


def working_days_in(span: Span, calendar: WorkingCalendar) -> int:
    """How many days of the span are working days; raises WorkingYearOutOfRange."""
    return sum(calendar.is_working_day(day) for day in span.days())


def working_day_on_or_after(day: date, calendar: WorkingCalendar) -> date:
    """`day` if it is worked, else the next working day; raises WorkingYearOutOfRange."""
    return day if calendar.is_working_day(day) else add_working_days(day, 1, calendar)


def working_day_on_or_before(day: date, calendar: WorkingCalendar) -> date:
    """`day` if it is worked, else the last working day before; raises WorkingYearOutOfRange."""
    return day if calendar.is_working_day(day) else add_working_days(day, -1, calendar)


@cache
def _public_days(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """A year's public days off, and its Saturdays and Sundays worked in exchange."""
    if not FIRST_WORKING_YEAR <= year <= LAST_WORKING_YEAR:
        raise WorkingYearOutOfRange(year=year, first=FIRST_WORKING_YEAR, last=LAST_WORKING_YEAR)
    from holidays import country_holidays  # takes a third of a second, so only when needed

    known = country_holidays("VN", years=year)
    exchanged = {day for day in known.weekend_workdays if day.year == year}
    return frozenset(known), frozenset(exchanged)
