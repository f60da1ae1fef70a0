"""A schedule of the district's quarterly report: what tests of sending begin with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from giaoban.journal.writing import VIETNAM, Recorder
from giaoban.periods import Period, PeriodKind, regime_named
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.sending.actions import (
    Sending,
    add_schedule,
)
from giaoban.reports.sending.models import Schedule, ScheduleRun
from giaoban.reports.sending.running import due, run_schedule, tell_of_failures
from tests.world import World

State = ScheduleRun.State
CALENDAR = regime_named("calendar")
Q1 = Period.parse("2018-Q1", regime=CALENDAR)
RECIPIENTS = ["van-thu@huyenuy.example", "lanh-dao@huyenuy.example"]
TELL = ["quan-tri@huyenuy.example"]


def wish(**more: Any) -> Sending:
    """A quarterly report, five days after the quarter at eight, with what is told otherwise."""
    told: dict[str, Any] = {
        "definition": "organisation-work", "kind": PeriodKind.QUARTER, "days_after": 5, "hour": 8,
        "forms": [Form.PDF], "recipients": RECIPIENTS, "told_of_failures": TELL,
    }  # fmt: skip
    return Sending(**(told | more))


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    """An instant of 2018 in Vietnam."""
    return datetime(2018, month, day, hour, minute, tzinfo=VIETNAM)


SINCE, DUE_AT = at(2, 10), at(4, 5)


def scheduled(world: World, since: datetime = SINCE, unit: str = "HU", **more: Any) -> Schedule:
    """A schedule of the district, added on 10 February."""
    by = Recorder(world.clerk, since)
    number = add_schedule(unit=world.unit(unit), sending=wish(**more), by=by)
    return Schedule.objects.get(pk=number)


def run(schedule: Schedule, when: datetime = DUE_AT, period: Period = Q1) -> ScheduleRun:
    return run_schedule(schedule, period, by=Recorder(schedule.login_name, when))


def tick(now: datetime) -> None:
    """What the queue's worker does every five minutes, at an instant."""
    for one in due(now):
        run_schedule(one.schedule, one.period, by=Recorder(one.schedule.login_name, now))
    tell_of_failures(at=now)


def states(schedule: Schedule) -> list[str]:
    return [run.state for run in schedule.runs.order_by("at", "pk")]
