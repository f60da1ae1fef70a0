"""Reading intakes: the table of a file, and what recording it would do, row by row."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from giaoban.intake.fields import Subject
from giaoban.intake.heading import find_heads
from giaoban.intake.models import Intake
from giaoban.intake.reading import Table, open_workbook
from giaoban.intake.recording import recorded_rows
from giaoban.intake.rows import Asked, RowFound, read_rows
from giaoban.intake.values import UnitBook
from giaoban.journal.queries import AsOf, head
from giaoban.journal.sql import fetch
from giaoban.journal.writing import Recorder
from giaoban.people import scope
from giaoban.units.errors import UnitNotYetOpen
from giaoban.units.queries import UnitLife, lives
from giaoban.vietnamese import Encoding


@dataclass(frozen=True, slots=True)
class InCharge:
    """The units that a login records for, today, and the newest entry."""

    units: dict[int, UnitLife]
    today: date
    known: int


@dataclass(frozen=True, slots=True)
class Review:
    """What recording a file would do: its rows, and those recorded by an earlier try by entry."""

    rows: list[RowFound]
    recorded: dict[int, int]

    @property
    def refused(self) -> list[RowFound]:
        """Rows that can't be taken, those suspected left out."""
        return [row for row in self.rows if row.refusal is not None and not _suspected(row)]

    @property
    def suspected(self) -> list[RowFound]:
        """Rows on which somebody has to decide."""
        return [row for row in self.rows if row.refusal is not None and _suspected(row)]

    @property
    def ready(self) -> list[RowFound]:
        """Rows that would be recorded."""
        return [row for row in self.rows if row.told is not None and row.refusal is None]


def _suspected(row: RowFound) -> bool:
    return row.suspect is not None or row.suspect_row is not None


# Held, by the connection that tells the progress, for as long as a file is being recorded; the
# number spells "NHAP". A killed worker's lock goes with its connection.
RECORDING_LOCK = 0x4E484150


def is_being_recorded(intake: Intake) -> bool:
    """Whether somebody records the file at this moment; its state outlives a killed worker."""
    rows = fetch(
        "SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %(lock)s"
        " AND objid = %(intake)s AND database ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())",
        lock=RECORDING_LOCK, intake=intake.pk,
    )  # fmt: skip
    return bool(rows)


def intakes_of(login: str) -> list[Intake]:
    """The files of a login, the newest first, without their content."""
    return list(Intake.objects.filter(login_name=login).defer("content").order_by("-pk")[:50])


def table_of(intake: Intake) -> Table:
    """The sheet of a file in the encoding settled on."""
    encoding = Encoding(intake.encoding) if intake.encoding else None
    return open_workbook(bytes(intake.content)).table(intake.sheet, encoding)


def in_charge(by: Recorder) -> InCharge:
    """The units that a login may bring members into."""
    known = head().number
    units = scope.units_in_sight(by.name, on=by.today, known=known, roles=scope.RECORDS)
    return InCharge(lives(units, AsOf(by.today, known)), by.today, known)


def review(intake: Intake, charge: InCharge) -> Review:
    """Read every row of a file as it would be recorded."""
    subject = Subject(intake.subject)
    headed = find_heads(table_of(intake), subject)
    units = UnitBook()
    for life in charge.units.values():
        units.add(life.id, life.code, life.name)
    asked = Asked(
        subject=subject, match={int(at): code for at, code in intake.columns.items()},
        units=units, known=_known(charge.units), decisions=intake.decisions,
        on=intake.on or charge.today, today=charge.today,
    )  # fmt: skip
    numbers = range(headed.first_row, headed.first_row + len(headed.rows))
    done = recorded_rows(intake.file_digest, intake.sheet, list(numbers))
    rows = read_rows(asked, headed.rows, headed.first_row)
    # A row of an earlier try is known by its key: the person it brought in is no duplicate of it.
    rows = [_again(row) if row.number in done else row for row in rows]
    return Review([_opened(row, charge) for row in rows], done)


def _again(row: RowFound) -> RowFound:
    return replace(row, refusal=None, suspect=None, suspect_row=None, told=None)


def _opened(row: RowFound, charge: InCharge) -> RowFound:
    """Refuse a row whose unit is not open on its day, before anything is recorded."""
    unit = getattr(row.told, "fields", {}).get("unit")
    day = getattr(row.told, "fields", {}).get("on")
    if unit is None or day is None or row.refusal is not None:
        return row
    life = charge.units[unit]
    if life.open_on(day):
        return row
    refused = UnitNotYetOpen(unit=life.name, opened=life.opened or "–", date=day)
    return replace(row, told=None, refusal=refused)


def _known(units: Collection[int]) -> dict[tuple[str, date | None], int]:
    """Who stands or stood in these units: (folded name, birthday) → person."""
    rows = fetch(
        "SELECT DISTINCT k.folded, p.born_on, k.person_id FROM people_namekey AS k"
        " JOIN (SELECT DISTINCT person_id FROM ledger_leg WHERE unit_id = ANY(%(units)s)"
        "   AND account BETWEEN 1 AND 4) AS l ON l.person_id = k.person_id"
        " LEFT JOIN people_particulars AS p ON p.person_id = k.person_id",
        units=list(units),
    )
    return {(folded, born): person for folded, born, person in rows}
