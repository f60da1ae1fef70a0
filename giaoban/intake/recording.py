"""Recording a file: every row or none, under keys made of the file itself, so that the same file
twice changes nothing and a file cut short is completed by bringing it in again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from giaoban.intake.errors import RowRefused
from giaoban.intake.reading import Table
from giaoban.intake.rows import RowFound
from giaoban.journal.errors import BasisMissing, RuleBroken
from giaoban.journal.rights import writers_rights
from giaoban.journal.sql import fetch
from giaoban.journal.writing import BasisOn, Progress, Recorder
from giaoban.ledger.recording import record
from giaoban.ledger.reorganisation import found_units
from giaoban.ledger.verbs import PERSON_KEY, ToldAct
from giaoban.people.actions import NewPerson, register_persons
from giaoban.units.rules import NewUnit

ROWS_NAMED = 5


def digest_of(table: Table) -> str:
    """What the keys of a table's rows begin with: its cells, so that a file saved anew without a
    change is the same file."""
    told = "\n".join("\t".join("" if c is None else str(c) for c in row) for row in table.rows)
    return hashlib.sha256(told.encode()).hexdigest()


def key_of(digest: str, sheet: str, number: int) -> str:
    """The idempotency key of a row."""
    return f"nhap/{digest[:32]}/{hashlib.sha256(sheet.encode()).hexdigest()[:8]}/{number}"


def recorded_rows(digest: str, sheet: str, numbers: Sequence[int]) -> dict[int, int]:
    """Which rows of a file are in the journal already: row → entry."""
    keys = {key_of(digest, sheet, number): number for number in numbers}
    rows = fetch(
        "SELECT idempotency_key, id FROM journal_entry WHERE idempotency_key = ANY(%(keys)s)",
        keys=list(keys),
    )
    return {keys[key]: entry for key, entry in rows}


def refuse_unread(rows: Sequence[RowFound]) -> None:
    """Raises ``RowRefused`` naming the first rows that can't be taken."""
    bad = [row.number for row in rows if row.refusal is not None]
    if bad:
        raise RowRefused(k=len(bad), rows=bad[:ROWS_NAMED])


def record_rows(
    rows: Sequence[RowFound], *, digest: str, sheet: str, progress: Progress | None = None,
    by: Recorder,
) -> list[int]:  # fmt: skip
    """Record all rows in one transaction and return their entries, in order.

    Raises ``RowRefused`` while a row can't be taken; a refusal of the rules with ``position`` set
    to the number of its row in the spreadsheet. Then nothing is recorded.
    """
    refuse_unread(rows)
    rows = [row for row in rows if row.told is not None]
    try:
        with transaction.atomic(), writers_rights():
            if rows and isinstance(rows[0].told, NewUnit):
                return _record_units(rows, digest, sheet, by)
            return _record_acts(rows, digest, sheet, progress, by)
    except RuleBroken as refused:
        if refused.position is not None and refused.position < len(rows):
            refused.position = rows[refused.position].number
        raise


def _record_acts(
    rows: Sequence[RowFound], digest: str, sheet: str, progress: Progress | None, by: Recorder
) -> list[int]:
    told = [(row.told, key_of(digest, sheet, row.number)) for row in rows]
    acts = [(act, key) for act, key in told if isinstance(act, ToldAct)]
    new: dict[int, NewPerson] = {
        at: replace(act.newcomer, key=PERSON_KEY.format(key=key))
        for at, (act, key) in enumerate(acts)
        if act.newcomer is not None
    }
    numbers = dict(
        zip(new, register_persons(list(new.values()), by=by, progress=progress), strict=True)
    )
    return record(
        [act.act(numbers.get(at, act.person or 0), key) for at, (act, key) in enumerate(acts)],
        by=by,
        progress=progress,
    )


def _record_units(rows: Sequence[RowFound], digest: str, sheet: str, by: Recorder) -> list[int]:
    founding: list[tuple[NewUnit, date, BasisOn | None, str | None]] = []
    for row in _parents_first(rows):
        assert isinstance(row.told, NewUnit)
        assert row.opened_on is not None
        if row.basis is None:
            missing = BasisMissing()
            missing.position = rows.index(row)
            raise missing
        founding.append((row.told, row.opened_on, row.basis, key_of(digest, sheet, row.number)))
    return found_units(founding, by=by)


def _parents_first(rows: Sequence[RowFound]) -> list[RowFound]:
    """Rows in an order in which a unit's parent comes before it."""
    of_code = {row.told.code: row for row in rows if isinstance(row.told, NewUnit)}
    placed: dict[str, RowFound] = {}

    def place(row: RowFound, above: frozenset[str]) -> None:
        assert isinstance(row.told, NewUnit)
        code, parent = row.told.code, row.told.parent
        if code in placed or code in above:
            return
        if parent in of_code:
            place(of_code[parent], above | {code})
        placed[code] = row

    for row in of_code.values():
        place(row, frozenset())
    return list(placed.values())
