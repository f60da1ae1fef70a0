"""The journal as a page of lines: found by kind, unit, person and days, newest first.

A line is in sight with a row of a unit in sight, or of a person with a movement there. Whoever
sees every unit need not have each line looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from giaoban.journal.books import books
from giaoban.journal.kinds import Kind
from giaoban.journal.sql import fetch
from giaoban.ledger.late import LATE_AFTER_DAYS
from giaoban.ledger.row_security import POLICIES


@dataclass(frozen=True, slots=True)
class Sought:
    """What is asked of the journal.

    ``units`` are those in sight, None for all; ``within`` narrows them. ``first`` and ``last``
    are numbers of entries, ``before`` and ``after`` the place in the list: entries older, or
    newer, than a number.
    """

    units: frozenset[int] | None
    within: frozenset[int] | None = None
    kinds: tuple[Kind, ...] = ()
    person: int | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    first: int = 1
    last: int = 2**62
    by: str = ""
    late: bool = False
    reversals: bool = False
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The basis of an entry."""

    number: str
    issued_on: date
    issuer: str
    title: str


@dataclass(frozen=True, slots=True)
class JournalLine:
    """An entry with what it is about, as far as that is in sight.

    ``persons`` are the first few of ``n_persons``, ``units`` of ``n_units``.
    """

    number: int
    kind: Kind
    effective_on: date
    recorded_at: datetime
    by: str
    basis: Paper | None
    digest: bytes
    reverses: int | None
    reversed_by: int | None
    late: bool
    persons: tuple[int, ...] = ()
    n_persons: int = 0
    units: tuple[int, ...] = ()
    n_units: int = 0


SHOWN = 3
_RECORDED_ON = "(e.recorded_at AT TIME ZONE INTERVAL '+07:00')::date"
_LATE = f"e.effective_on < {_RECORDED_ON} - {LATE_AFTER_DAYS}"
_LINE = f"""
    SELECT e.id, e.kind, e.effective_on, e.recorded_at, e.by, b.number, b.issued_on, b.issuer,
        b.title, e.digest, e.reverses_id, r.id, {_LATE}
    FROM journal_entry AS e LEFT JOIN journal_basis AS b ON b.id = e.basis_id
    LEFT JOIN journal_entry AS r ON r.reverses_id = e.id AND r.reverses_id IS NOT NULL
"""


def journal_lines(sought: Sought, *, limit: int = 50) -> list[JournalLine]:
    """The lines asked for, the newest first: ``limit`` of them, and one more if there is."""
    where, params = _conditions(sought)
    up = sought.after is not None
    rows = fetch(
        f"{_LINE} WHERE {' AND '.join(where)} ORDER BY e.id {'ASC' if up else 'DESC'}"
        " LIMIT %(limit)s",
        **params,
        limit=limit + 1,
    )
    found = [_line(row) for row in rows]
    return _with_rows(sorted(found, key=lambda line: -line.number), sought.units)


def journal_line(number: int, units: frozenset[int] | None) -> JournalLine | None:
    """One entry, if it is in sight."""
    found = journal_lines(Sought(units, first=number, last=number), limit=1)
    return found[0] if found else None


def _conditions(sought: Sought) -> tuple[list[str], dict[str, Any]]:
    where = ["e.id BETWEEN %(first)s AND %(last)s"]
    params: dict[str, Any] = {"first": sought.first, "last": sought.last}

    def ask(condition: str, name: str, value: Any) -> None:
        if value not in (None, "", [], ()):
            where.append(condition)
            params[name] = value

    ask("e.id < %(before)s", "before", sought.before)
    ask("e.id > %(after)s", "after", sought.after)
    ask("e.kind = ANY(%(kinds)s)", "kinds", [int(kind) for kind in sought.kinds])
    ask("e.effective_on >= %(since)s", "since", sought.effective_from)
    ask("e.effective_on <= %(until)s", "until", sought.effective_until)
    ask("e.by = %(by)s", "by", sought.by)
    if sought.late:
        where.append(_LATE)
    if sought.reversals:
        where.append("e.reverses_id IS NOT NULL")
    if sought.person is not None:
        where.append(_among(_of_persons("= %(person)s")))
        params["person"] = sought.person
    for name, units in (("sight", sought.units), ("within", sought.within)):
        if units is not None:
            where.append(_among(_of_units(name)))
            params[name] = list(units)
    return where, params


def _among(entries: str) -> str:
    """SQL that keeps the entries of a subquery: told as an array, they are looked up in the order
    of the page, and the planner can't take them for few."""
    return f"e.id = ANY(ARRAY({entries}))"


def _of_units(name: str) -> str:
    """SQL for the entries with a row of these units, or of a person with a movement there."""
    mine = (
        f"SELECT person_id FROM ledger_leg WHERE unit_id = ANY(%({name})s)"
        " AND account BETWEEN 1 AND 4"
    )
    parts = [
        f"SELECT entry_id FROM ledger_leg WHERE unit_id = ANY(%({name})s)"
        " AND account BETWEEN 1 AND 4",
        f"SELECT entry_id FROM ledger_leg WHERE unit_id = ANY(%({name})s) AND account = 9",
        *(
            f"SELECT entry_id FROM {book} WHERE unit_id = ANY(%({name})s)"
            for book in _books_with("unit_id")
        ),
        _of_persons(f"IN ({mine})", legs=False),
    ]
    return " UNION ALL ".join(parts)


def _of_persons(which: str, *, legs: bool = True) -> str:
    """SQL for the entries with a row of persons."""
    tables = [*(["ledger_leg"] if legs else []), *_books_with("person_id")]
    on_rolls = {"ledger_leg": " AND account BETWEEN 1 AND 4"}
    return " UNION ALL ".join(
        f"SELECT entry_id FROM {book} WHERE person_id {which}{on_rolls.get(book, '')}"
        for book in tables
    )


def _books_with(column: str) -> list[str]:
    """The books whose rows name a unit, or a person, but for the ledger's legs."""
    found = [book._meta.db_table for book in books() if column in book.columns]
    return [table for table in found if table not in ("ledger_leg", "ledger_legaldate")]


def _line(row: tuple[Any, ...]) -> JournalLine:
    number, kind, on, at, by, paper, issued_on, issuer, title, digest, reverses, later, late = row
    basis = Paper(paper, issued_on, issuer, title) if paper is not None else None
    return JournalLine(
        number, Kind(kind), on, at, by, basis, bytes(digest), reverses, later, late
    )  # fmt: skip


@dataclass(slots=True)
class _About:
    persons: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    n_persons: int = 0
    n_units: int = 0


def _with_rows(found: list[JournalLine], sight: frozenset[int] | None) -> list[JournalLine]:
    """The lines with the persons and units in sight that their rows name."""
    about = _about([line.number for line in found], sight)
    return [
        replace(
            line, persons=tuple(one.persons), n_persons=one.n_persons,
            units=tuple(one.units), n_units=one.n_units,
        )
        for line in found
        for one in [about.get(line.number, _About())]
    ]  # fmt: skip


# Few rows are looked up one by one (OFFSET 0 says so), not against the whole ledger.
_MOVED = (
    " AND EXISTS (SELECT FROM ledger_leg AS l WHERE l.person_id = b.person_id"
    " AND l.account BETWEEN 1 AND 4 OFFSET 0)"
)


def _about(entries: Iterable[int], sight: frozenset[int] | None) -> Mapping[int, _About]:
    seen = "" if sight is None else " AND unit_id = ANY(%(sight)s)"
    parts = [
        "SELECT entry_id, person_id, unit_id FROM ledger_leg WHERE entry_id = ANY(%(entries)s)"
        f"{seen}"
    ]
    parts += [
        f"SELECT entry_id, NULL, unit_id FROM {book} WHERE entry_id = ANY(%(entries)s){seen}"
        for book in _books_with("unit_id")
    ]
    parts += [
        f"SELECT entry_id, person_id, NULL FROM {book} AS b WHERE entry_id = ANY(%(entries)s)"
        # What the database doesn't hide by itself is seen with any movement that is.
        + ("" if book in POLICIES else _MOVED)
        for book in _books_with("person_id")
    ]
    rows = fetch(
        "SELECT entry_id, count(DISTINCT person_id), count(DISTINCT unit_id),"
        " (array_agg(DISTINCT person_id) FILTER (WHERE person_id IS NOT NULL))[1:%(shown)s],"
        " (array_agg(DISTINCT unit_id) FILTER (WHERE unit_id IS NOT NULL))[1:%(shown)s]"
        f" FROM ({' UNION ALL '.join(parts)}) AS x GROUP BY entry_id",
        entries=list(entries),
        sight=list(sight or ()),
        shown=SHOWN,
    )
    found: dict[int, _About] = defaultdict(_About)
    for entry, n_persons, n_units, persons, units in rows:
        found[entry] = _About(persons or [], units or [], n_persons, n_units)
    return found
