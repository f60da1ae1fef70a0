"""The acts of bringing a file in: begin, settle how it is read, decide, record, stop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg
from django.db import connection, transaction

from giaoban.intake import matching
from giaoban.intake.errors import Cancelled, IntakeForeign, RecordedNow
from giaoban.intake.fields import Subject
from giaoban.intake.heading import find_heads
from giaoban.intake.models import Intake
from giaoban.intake.queries import (
    RECORDING_LOCK,
    Review,
    in_charge,
    is_being_recorded,
    review,
    table_of,
)
from giaoban.intake.reading import open_workbook
from giaoban.intake.recording import digest_of, record_rows
from giaoban.journal.errors import RuleBroken
from giaoban.journal.writing import Progress, Recorder

State = Intake.State


def start_intake(*, subject: Subject, file_name: str, data: bytes, by: Recorder) -> Intake:
    """Take in a file. Raises what ``reading`` refuses, ``HeadsMissing``; then it is not kept."""
    book = open_workbook(data)
    table = book.table()
    headed = find_heads(table, subject)
    return Intake.objects.create(
        login_name=by.name, subject=subject, file_name=file_name[-255:], content=data,
        file_digest=digest_of(table), sheet=table.sheet, on=by.today, started_at=by.at,
        columns=_kept(matching.suggest(headed.heads, subject)),
    )  # fmt: skip


def _require_own(intake: Intake, by: Recorder) -> None:
    """A file is personal data: only who brought it in goes on with it."""
    if intake.login_name != by.name:
        raise IntakeForeign(login=intake.login_name)


def _kept(match: Mapping[int, str]) -> dict[str, str]:
    return {str(at): code for at, code in match.items()}


def settle_match(
    intake: Intake, *, columns: Mapping[int, str], on: date, sheet: str = "", encoding: str = "",
    by: Recorder,
) -> None:  # fmt: skip
    """Say which column is what, of which sheet, in which encoding, and the day of the list.

    It is remembered for the next table with these heads. Raises ``ColumnMissing``,
    ``ColumnTwice``, ``HeadsMissing``.
    """
    _require_own(intake, by)
    subject = Subject(intake.subject)
    intake.sheet, intake.encoding = sheet or intake.sheet, encoding
    table = table_of(intake)
    headed = find_heads(table, subject)
    intake.file_digest = digest_of(table)
    matching.check(columns, subject)
    matching.remember(headed.heads, subject, columns)
    intake.columns, intake.on, intake.state = _kept(columns), on, State.CHECKED
    intake.refusal = ""
    intake.save()


def decide_duplicates(intake: Intake, decisions: Mapping[int, str], *, by: Recorder) -> None:
    """Say of suspected duplicates, by row, whether they are the same person or a namesake."""
    _require_own(intake, by)
    intake.decisions = {**intake.decisions, **{str(row): said for row, said in decisions.items()}}
    intake.save(update_fields=["decisions"])


def ask_to_stop(intake: Intake, *, by: Recorder) -> None:
    """Ask a recording under way to stop; nothing of the file is recorded then. One that nobody
    works at any more, or not yet, is stopped at once."""
    _require_own(intake, by)
    under_way = Intake.objects.filter(pk=intake.pk, state=State.RECORDING)
    if is_being_recorded(intake):
        under_way.update(stop_asked=True)
    else:
        under_way.update(state=State.STOPPED)


def give_up(intake: Intake, *, by: Recorder) -> None:
    """Give a file up that is not recorded: its content goes."""
    _require_own(intake, by)
    Intake.objects.filter(pk=intake.pk).exclude(state=State.RECORDED).delete()


def begin_recording(intake: Intake, *, by: Recorder) -> bool:
    """Mark a checked file as being recorded; False if it is recorded, or not checked yet."""
    _require_own(intake, by)
    return bool(
        Intake.objects.filter(pk=intake.pk)
        .exclude(state__in=(State.RECORDED, State.MATCHING))
        .update(state=State.RECORDING, done=0, stop_asked=False, refusal="")
    )


def record_intake(intake: Intake, *, by: Recorder) -> list[int]:
    """Record a file, all of it or nothing, and let its content go.

    How far it is can be seen meanwhile from outside its transaction (``done`` of ``total``).
    Raises what ``record_rows`` does, ``Cancelled``; the refusal is kept with the file.
    ``RecordedNow`` where somebody else records it at this moment.
    """
    _require_own(intake, by)
    try:
        found = review(intake, in_charge(by))
        Intake.objects.filter(pk=intake.pk).update(total=_entries_expected(found))
        with _told_outside(intake) as progress, transaction.atomic():
            entries = record_rows(
                found.rows, digest=intake.file_digest, sheet=intake.sheet, progress=progress,
                by=by,
            )  # fmt: skip
    except RecordedNow:
        raise
    except RuleBroken as refused:
        state = State.STOPPED if isinstance(refused, Cancelled) else State.CHECKED
        Intake.objects.filter(pk=intake.pk).update(state=state, refusal=_said(refused))
        raise
    Intake.objects.filter(pk=intake.pk).update(
        state=State.RECORDED, content=b"", refusal="",
        first_entry=min(entries, default=None), last_entry=max(entries, default=None),
    )  # fmt: skip
    return entries


def _entries_expected(found: Review) -> int:
    """One for each row, and one for each person to be registered; for the bar."""
    newcomers = sum(getattr(row.told, "newcomer", None) is not None for row in found.ready)
    return len(found.ready) + newcomers


def _said(refused: RuleBroken) -> str:
    place = "" if refused.position is None else f"{refused.position}: "
    return f"{place}{refused}"


@contextmanager
def _told_outside(intake: Intake) -> Iterator[Progress]:
    """Tell the progress by a connection of its own, and hear through it that one should stop."""
    params: dict[str, Any] = connection.get_connection_params()
    told = {name: params[name] for name in ("dbname", "user", "password", "host", "port")
            if params.get(name)}  # fmt: skip
    with psycopg.connect(**told, autocommit=True) as outside:
        locked = "SELECT pg_try_advisory_lock(%s, %s::int)"
        if outside.execute(locked, [RECORDING_LOCK, intake.pk]).fetchone() != (True,):
            raise RecordedNow(file=intake.file_name)

        def progress(n: int, /) -> None:
            row = outside.execute(
                "UPDATE intake_intake SET done = done + %s WHERE id = %s RETURNING stop_asked",
                [n, intake.pk],
            ).fetchone()
            if row is not None and row[0]:
                raise Cancelled

        yield progress
