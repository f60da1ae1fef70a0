"""Reading persons as of a day and a state of knowledge: names, particulars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch


@dataclass(frozen=True, slots=True)
class Name:
    """What a person is called on a day; the parts are None after an erasure."""

    person: int
    full: str | None
    family: str | None
    middle: str | None
    given: str | None

    def __str__(self) -> str:
        return self.full or _("(erased) no. {n}").format(n=self.person)


@dataclass(frozen=True, slots=True)
class ParticularsOn:
    """A person's particulars on a day: codes, or None where not known or erased."""

    person: int
    sex: str | None
    born_on: date | None
    ethnicity: str | None
    religion: str | None
    schooling: str | None
    profession: str | None
    theory: str | None
    occupation: str | None


def _latest(table: str, columns: str, which: str) -> str:
    return (
        f"SELECT DISTINCT ON (x.person_id) x.person_id, {columns} FROM {table} AS x"
        f" WHERE x.from_on <= %(on)s AND {not_reversed('x')} {which}"
        " ORDER BY x.person_id, x.from_on DESC, x.entry_id DESC, x.line DESC"
    )


def names_of(persons: Iterable[int], as_of: AsOf) -> dict[int, Name]:
    """The names of persons on a day; who was registered later has none."""
    sql = _latest(
        "people_personname", "x.full_name, x.family, x.middle, x.given",
        "AND x.person_id = ANY(%(persons)s)",
    )  # fmt: skip
    rows = fetch(sql, persons=list(persons), on=as_of.on, known=as_of.known)
    return {row[0]: Name(*row) for row in rows}


def latest_particulars(who: str) -> str:
    """SQL for the particulars that hold for the persons of a subquery named ``who``; takes the
    parameters ``on`` and ``known``."""
    columns = ", ".join(f"x.{name}" for name in ParticularsOn.__slots__[1:])
    return (
        f"SELECT DISTINCT ON (x.person_id) x.person_id, {columns} FROM people_particulars AS x"
        f" JOIN (SELECT DISTINCT person_id FROM {who}) AS asked USING (person_id)"
        f" WHERE x.from_on <= %(on)s AND {not_reversed('x')}"
        " ORDER BY x.person_id, x.from_on DESC, x.entry_id DESC, x.line DESC"
    )


def particulars_of(persons: Iterable[int] | None, as_of: AsOf) -> dict[int, ParticularsOn]:
    """The particulars of persons (everybody if None) on a day."""
    which = "" if persons is None else "AND x.person_id = ANY(%(persons)s)"
    columns = ", ".join(f"x.{name}" for name in ParticularsOn.__slots__[1:])
    sql = _latest("people_particulars", columns, which)
    rows = fetch(sql, persons=list(persons or ()), on=as_of.on, known=as_of.known)
    return {row[0]: ParticularsOn(*row) for row in rows}


@dataclass(frozen=True, slots=True)
class DatedRow:
    """What was recorded of a person from a day on, by which entry: a name, or particulars."""

    entry: int
    from_on: date
    name: Name | None
    particulars: ParticularsOn | None


def history_of(person: int, as_of: AsOf) -> list[DatedRow]:
    """A person's names and particulars over time, the newest first; what was taken back is left
    out."""
    names = fetch(
        "SELECT x.entry_id, x.from_on, x.full_name, x.family, x.middle, x.given"
        " FROM people_personname AS x WHERE x.person_id = %(person)s AND x.from_on <= %(on)s"
        f" AND {not_reversed('x')}",
        person=person, on=as_of.on, known=as_of.known,
    )  # fmt: skip
    columns = ", ".join(f"x.{name}" for name in ParticularsOn.__slots__[1:])
    told = fetch(
        f"SELECT x.entry_id, x.from_on, {columns} FROM people_particulars AS x"
        " WHERE x.person_id = %(person)s AND x.from_on <= %(on)s"
        f" AND {not_reversed('x')}",
        person=person, on=as_of.on, known=as_of.known,
    )  # fmt: skip
    rows = [DatedRow(row[0], row[1], Name(person, *row[2:]), None) for row in names]
    rows += [DatedRow(row[0], row[1], None, ParticularsOn(person, *row[2:])) for row in told]
    return sorted(rows, key=lambda row: (row.from_on, row.entry), reverse=True)


def known_persons(persons: Iterable[int]) -> set[int]:
    """Which of these numbers belong to registered persons."""
    rows = fetch("SELECT id FROM people_person WHERE id = ANY(%(ids)s)", ids=list(persons))
    return {row[0] for row in rows}


def escape_like(text: str) -> str:
    """Text for LIKE in which no letter stands for another."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
