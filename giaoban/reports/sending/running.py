"""Sending what is due: each period once, tried again for a while, then told to a person.

A try holds a lock of its schedule from before it looks until its line is written, so two workers
at once send once, and the database refuses a second line that says it was sent. Only a worker that
is killed between the mail server's yes and its own line sends a second copy; it bears the same
mark, by which mail programs know it.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from giaoban.journal.errors import RuleBroken
from giaoban.journal.rights import writers_rights
from giaoban.journal.sql import fetch
from giaoban.journal.writing import Recorder
from giaoban.periods import Period
from giaoban.reports.sending.errors import (
    BeingSent,
    PeriodRuns,
    ProgramBrokeOff,
    RecipientsRefused,
    SentAlready,
    Undelivered,
)
from giaoban.reports.sending.letters import failure_letter, report_letter
from giaoban.reports.sending.mail import check_set, deliver
from giaoban.reports.sending.models import Schedule, ScheduleRun
from giaoban.reports.sending.moments import ALMOST, PAUSES, moments
from giaoban.reports.sending.printing import Print, print_draft, unit_name
from giaoban.vietnamese import VIETNAM_TIME

State = ScheduleRun.State
# The number spells "SEND". A killed worker's lock goes with its connection.
SENDING_LOCK = 0x53454E44

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """A period whose report is to be sent now."""

    schedule: Schedule
    period: Period


def due(now: datetime) -> list[Due]:
    """What is to be sent at an instant: not sent, not given up, its pause over; oldest first."""
    active = list(Schedule.objects.filter(ended_at=None).order_by("pk"))
    runs: dict[tuple[int, str], list[ScheduleRun]] = defaultdict(list)
    for run in ScheduleRun.objects.filter(schedule__in=active).order_by("at", "pk"):
        runs[run.schedule_id, run.period].append(run)
    found = [
        (moment.at, Due(schedule, moment.period))
        for schedule in active
        for moment in moments(schedule, until=now)
        if _is_open(schedule, runs[schedule.pk, moment.period.code], now)
    ]
    return [one for _at, one in sorted(found, key=lambda pair: pair[0])]


def _is_open(schedule: Schedule, runs: Sequence[ScheduleRun], now: datetime) -> bool:
    """Whether a period with these runs is to be tried: a changed schedule is tried anew."""
    if any(run.state == State.SENT for run in runs):
        return False
    tries = _tries(schedule, runs)
    if any(run.state == State.GIVEN_UP for run in tries):
        return False
    if not tries:
        return True
    pause = PAUSES[min(len(tries), len(PAUSES)) - 1]
    return now >= tries[-1].at + pause - ALMOST


def _tries(schedule: Schedule, runs: Sequence[ScheduleRun]) -> list[ScheduleRun]:
    """The tries that failed since the schedule was changed."""
    failed = (State.FAILED, State.GIVEN_UP)
    return [run for run in runs if run.state in failed and run.at >= schedule.changed_at]


def run_schedule(schedule: Schedule, period: Period, *, by: Recorder) -> ScheduleRun:
    """Build the report as known now and send it as a draft; the line that says what came of it.

    What hinders it is no exception but the line's reason: tried again later (FAILED), or a person
    is to be told (GIVEN_UP). Raises ``PeriodRuns``, ``SentAlready``, ``BeingSent``: then there is
    nothing to be told.
    """
    if by.today <= period.last_day:
        raise PeriodRuns(period=period.code, date=period.last_day)
    with _held(schedule) as fresh, translation.override(settings.LANGUAGE_CODE):
        runs = list(fresh.runs.filter(period=period.code).order_by("at", "pk"))
        if sent := next((run for run in runs if run.state == State.SENT), None):
            raise SentAlready(period=period.code, time=sent.at)
        made = ScheduleRun(schedule=fresh, period=period.code, at=by.at, by=by.name)
        _try(made, period, by, failed_before=len(_tries(fresh, runs)))
        made.save()
        return made


@contextmanager
def _held(schedule: Schedule) -> Iterator[Schedule]:
    """The schedule as it stands, held until the transaction ends. Raises ``BeingSent``."""
    with transaction.atomic(), writers_rights():
        ask = "SELECT pg_try_advisory_xact_lock(%(lock)s, %(schedule)s::int)"
        [(locked,)] = fetch(ask, lock=SENDING_LOCK, schedule=schedule.pk)
        if not locked:
            raise BeingSent
        yield Schedule.objects.get(pk=schedule.pk)


def _try(run: ScheduleRun, period: Period, by: Recorder, *, failed_before: int) -> None:
    """Send, and write into the line what came of it."""
    try:
        check_set()
        with transaction.atomic():
            made = print_draft(run.schedule, period, by=by)
        refused = _post(run.schedule, made, period, by)
    except RuleBroken as hindered:
        passing = isinstance(hindered, Undelivered) and not hindered.lasting
        run.state = State.FAILED if passing and failed_before < len(PAUSES) else State.GIVEN_UP
        run.reason = str(hindered)
    # A fault of the program must not be silent, nor keep other schedules waiting.
    except Exception as fault:
        _log.exception("schedule %s, period %s", run.schedule_id, run.period)
        run.state = State.GIVEN_UP
        run.reason = str(ProgramBrokeOff(fault=type(fault).__name__))
    else:
        run.state, run.known = State.SENT, made.known
        run.files = {one.name: one.sha256 for one in made.attachments}
        run.reason = refused


def _post(schedule: Schedule, made: Print, period: Period, by: Recorder) -> str:
    """Hand the letter over; what the server said of recipients that it refused, in words."""
    with translation.override(schedule.language):
        letter = report_letter(
            schedule, made.document, made.attachments, unit=made.unit, period=period,
            known=made.known, at=by.at,
        )  # fmt: skip
    refused = deliver(letter)
    if not refused:
        return ""
    told = [f"{address} ({words})" for address, words in refused.items()]
    return str(RecipientsRefused(addresses=told))


def tell_of_failures(*, at: datetime) -> list[ScheduleRun]:
    """Tell a person, once each, of what was given up or did not reach every recipient.

    Returns the lines that say so. Where the mail server does not answer, what is left to tell
    waits for the next time; the pages show it anyway.
    """
    told = []
    for run in untold():
        try:
            told += _told(run, at)
        except BeingSent:
            continue
        except RecipientsRefused:
            _log.warning("nobody could be told of schedule %s", run.schedule_id)
        except Undelivered:
            break
    return told


def _told(run: ScheduleRun, at: datetime) -> list[ScheduleRun]:
    with _held(run.schedule) as schedule, translation.override(schedule.language):
        if run not in untold():
            return []
        on = at.astimezone(VIETNAM_TIME).date()
        deliver(failure_letter(schedule, run, unit=unit_name(schedule, on), at=at))
        by = schedule.login_name
        return [
            ScheduleRun.objects.create(
                schedule=schedule, period=run.period, at=at, by=by, state=State.TOLD
            )
        ]


def untold() -> list[ScheduleRun]:
    """The last lines of periods that a person is still to be told of, oldest first."""
    last: dict[tuple[int, str], ScheduleRun] = {}
    for run in ScheduleRun.objects.select_related("schedule").order_by("at", "pk"):
        last[run.schedule_id, run.period] = run
    return sorted(
        (run for run in last.values() if _is_to_tell(run)), key=lambda run: (run.at, run.pk)
    )


def _is_to_tell(run: ScheduleRun) -> bool:
    return run.state == State.GIVEN_UP or (run.state == State.SENT and bool(run.reason))
