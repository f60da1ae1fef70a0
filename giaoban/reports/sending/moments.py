"""When a schedule is due: the moments of its periods, and the pauses between tries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from giaoban.periods import Period, PeriodKind, regime_named
from giaoban.reports.sending.models import Schedule
from giaoban.vietnamese import VIETNAM_TIME

# After the first failed try five minutes, after the last twelve hours: a night's breakdown and a
# mail server put in order in the morning are both outlasted, and by the next day a person knows.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
# The worker looks every five minutes, a little earlier or later: a pause that is all but over is.
ALMOST = timedelta(minutes=1)
MOST_DAYS_AFTER = 366


class Moment(NamedTuple):
    """A period and the instant at which its report goes out."""

    at: datetime
    period: Period


def moments(schedule: Schedule, *, until: datetime) -> Iterator[Moment]:
    """The moments of a schedule from its beginning until an instant, in order.

    Periods that its regime does not cover are left out.
    """
    kind, regime = PeriodKind(schedule.kind), regime_named(schedule.regime)
    # The period of a moment may lie a year and more before it.
    first = schedule.since.astimezone(VIETNAM_TIME).year - 1 - MOST_DAYS_AFTER // 365
    for year in range(first, until.astimezone(VIETNAM_TIME).year + 2):
        for index in range(1, kind.per_year + 1):
            period = Period(kind=kind, year=year, index=index, regime=regime)
            at = sent_at(period, days_after=schedule.days_after, hour=schedule.hour)
            if schedule.since <= at <= until and period.in_force:
                yield Moment(at, period)


def following(schedule: Schedule, now: datetime) -> Moment | None:
    """The next moment after an instant; None for a schedule that has ended."""
    if not schedule.is_active:
        return None
    ahead = moments(schedule, until=now + timedelta(days=2 * 366))
    return next((moment for moment in ahead if moment.at > now), None)


def sent_at(period: Period, *, days_after: int, hour: int) -> datetime:
    """The instant, so many days after a period's last day, at an hour in Vietnam."""
    return datetime.combine(period.last_day + timedelta(days=days_after), time(hour), VIETNAM_TIME)
