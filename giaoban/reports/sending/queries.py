"""Schedules as their page shows them: what went out, what did not and why, what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from giaoban.reports.sending.models import Schedule, ScheduleRun
from giaoban.reports.sending.moments import Moment, following, moments

# Three times as long as the queue's worker sleeps.
PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ScheduleState:
    """A schedule, its last lines (newest first), and the next moment, None for one that ended.

    ``overdue``: moments that have passed without a try, as while the queue's worker is down.

    ``failing``: the last tries of periods whose report did not go out, or not to everybody, newest
    first, whoever has been told since.
    """

    schedule: Schedule
    runs: list[ScheduleRun]
    following: Moment | None
    failing: list[ScheduleRun]
    overdue: list[Moment]


def schedule_states(units: Iterable[int], *, now: datetime, lines: int = 12) -> list[ScheduleState]:
    """The schedules of units, those that go on before those that ended, with ``lines`` lines of
    each. Two queries, however many there are."""
    schedules = list(Schedule.objects.filter(unit__in=set(units)).order_by("pk"))
    runs: dict[int, list[ScheduleRun]] = defaultdict(list)
    for run in ScheduleRun.objects.filter(schedule__in=schedules).order_by("-at", "-pk"):
        runs[run.schedule_id].append(run)
    states = [_state(schedule, runs[schedule.pk], lines, now) for schedule in schedules]
    return sorted(states, key=lambda state: not state.schedule.is_active)


def _state(schedule: Schedule, runs: list[ScheduleRun], lines: int, now: datetime) -> ScheduleState:
    tried = {run.period for run in runs}
    passed = moments(schedule, until=now - PATIENCE) if schedule.is_active else ()
    return ScheduleState(
        schedule, runs[:lines], following(schedule, now), _failing(runs),
        [moment for moment in passed if moment.period.code not in tried],
    )  # fmt: skip


def _failing(runs: list[ScheduleRun]) -> list[ScheduleRun]:
    last: dict[str, ScheduleRun] = {}
    for run in runs:
        if run.state != ScheduleRun.State.TOLD:
            last.setdefault(run.period, run)
    return [run for run in last.values() if run.state != ScheduleRun.State.SENT or run.reason]
