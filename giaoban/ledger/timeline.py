"""A person's timeline: every act that touched them, in the order in which they took effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf
from giaoban.journal.sql import fetch
from giaoban.ledger.accounts import Account
from giaoban.ledger.models import Milestone
from giaoban.ledger.probation import probation_ends_on


@dataclass(frozen=True, slots=True)
class Step:
    """One leg of a person's that puts them into a standing of a unit or takes them out."""

    unit: int
    account: Account
    quantity: int


@dataclass(frozen=True, slots=True)
class Happening:
    """One act on a person: the entry, its days, who recorded it, and what it moved.

    ``reverses`` is the entry that it takes back, ``reversed_by`` the one that takes it back.
    """

    entry: int
    kind: Kind
    effective_on: date
    recorded_at: datetime
    by: str
    basis: str | None
    note: str | None
    reverses: int | None
    reversed_by: int | None
    steps: tuple[Step, ...]
    days: dict[Milestone, date]


_TIMELINE = """
    SELECT e.id, e.kind, e.effective_on, e.recorded_at, e.by,
        b.number, b.issued_on, b.issuer, n.text, e.reverses_id,
        (SELECT r.id FROM journal_entry AS r WHERE r.reverses_id = e.id AND r.id <= %(known)s)
    FROM journal_entry AS e LEFT JOIN journal_basis AS b ON b.id = e.basis_id
    LEFT JOIN journal_note AS n ON n.entry_id = e.id
    WHERE e.id = ANY(%(entries)s) ORDER BY e.effective_on, e.id
"""


def timeline(person: int, as_of: AsOf) -> list[Happening]:
    """The acts on a person that are known and took effect by the end of the day."""
    steps: dict[int, list[Step]] = defaultdict(list)
    for entry, unit, account, quantity in fetch(
        "SELECT entry_id, unit_id, account, quantity FROM ledger_leg"
        " WHERE person_id = %(person)s AND account BETWEEN 1 AND 4"
        " AND effective_on <= %(on)s AND entry_id <= %(known)s ORDER BY entry_id, line",
        person=person, on=as_of.on, known=as_of.known,
    ):  # fmt: skip
        steps[entry].append(Step(unit, Account(account), quantity))
    days: dict[int, dict[Milestone, date]] = defaultdict(dict)
    for entry, milestone, falls_on in fetch(
        "SELECT entry_id, milestone, falls_on FROM ledger_legaldate WHERE person_id = %(person)s",
        person=person,
    ):
        days[entry][Milestone(milestone)] = falls_on
    rows = fetch(_TIMELINE, entries=list(steps), known=as_of.known)
    return [
        Happening(
            entry=number, kind=Kind(kind), effective_on=on, recorded_at=at, by=by,
            basis=f"{paper}, {issued_on:%d/%m/%Y}, {issuer}" if paper else None,
            note=note, reverses=reverses, reversed_by=reversed_by,
            steps=tuple(steps[number]), days=days[number],
        )
        for number, kind, on, at, by, paper, issued_on, issuer, note, reverses, reversed_by in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that a register shows of a member, where the books know them."""

    ceremony_on: date | None = None
    decided_on: date | None = None
    full_on: date | None = None
    probation_ends_on: date | None = None


_DATES = f"""
    SELECT l.person_id, l.kind, l.effective_on, d.milestone, d.falls_on
    FROM (SELECT DISTINCT person_id, entry_id, kind, effective_on FROM ledger_leg
        WHERE person_id = ANY(%(persons)s) AND quantity > 0 AND NOT reversal
            AND kind IN ({int(Kind.OPENING)}, {int(Kind.ADMISSION)}, {int(Kind.READMISSION)},
                {int(Kind.ARRIVAL)}, {int(Kind.RECOGNITION)})
            AND account BETWEEN 1 AND 4 AND effective_on <= %(on)s AND entry_id <= %(known)s
    ) AS l LEFT JOIN ledger_legaldate AS d USING (entry_id, person_id)
    WHERE NOT EXISTS (SELECT FROM journal_entry AS r
        WHERE r.reverses_id = l.entry_id AND r.id <= %(known)s)
    ORDER BY l.effective_on, l.entry_id
"""


def dates_of(persons: Iterable[int], as_of: AsOf, family: str) -> dict[int, Dates]:
    """When these members were admitted and became full; for who is on probation, when it ends."""
    told: dict[int, dict[str, date]] = defaultdict(dict)
    rows = fetch(_DATES, persons=list(persons), on=as_of.on, known=as_of.known)
    for person, kind, on, milestone, falls_on in rows:
        mine = told[person]
        if milestone == Milestone.CEREMONY:
            mine["ceremony_on"] = falls_on
        elif milestone == Milestone.DECISION and kind in (Kind.ADMISSION, Kind.READMISSION):
            mine["decided_on"] = falls_on
        if kind == Kind.RECOGNITION:
            mine["full_on"] = on
        elif kind in (Kind.ADMISSION, Kind.READMISSION):
            mine.pop("full_on", None)
    for mine in told.values():
        if "ceremony_on" in mine and "full_on" not in mine:
            ceremony = mine["ceremony_on"]
            if (ends_on := probation_ends_on(family, ceremony)) is not None:
                mine["probation_ends_on"] = ends_on
    return {person: Dates(**mine) for person, mine in told.items()}


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody on probation, and the day on which their twelve months end."""

    person: int
    unit: int
    ends_on: date


def recognitions_due(
    units: Iterable[int], as_of: AsOf, family: str, *, within: timedelta
) -> list[Due]:
    """Who in these units is on probation that ends by the end of ``within``, the soonest first;
    whoever is overdue comes before."""
    rows = fetch(
        "SELECT person_id, unit_id FROM ledger_leg WHERE unit_id = ANY(%(units)s)"
        " AND account IN (1, 3) AND effective_on <= %(on)s AND entry_id <= %(known)s"
        " GROUP BY person_id, unit_id HAVING sum(quantity) > 0",
        units=list(units), on=as_of.on, known=as_of.known,
    )  # fmt: skip
    dates = dates_of((person for person, _unit in rows), as_of, family)
    last = as_of.on + within
    found = [
        Due(person, unit, ends_on)
        for person, unit in rows
        if (ends_on := dates.get(person, Dates()).probation_ends_on) is not None and ends_on <= last
    ]
    return sorted(found, key=lambda due: (due.ends_on, due.person))


@dataclass(frozen=True, slots=True)
class Transit:
    """Somebody whose transfer paper is out: from which unit, and since when."""

    person: int
    unit: int
    since: date
    entry: int


def in_transit(units: Iterable[int], as_of: AsOf) -> list[Transit]:
    """Whose paper was given by these units and is not received yet, the longest first."""
    rows = fetch(
        "SELECT person_id, unit_id, max(effective_on), max(entry_id) FROM ledger_leg"
        " WHERE unit_id = ANY(%(units)s) AND account IN (3, 4) AND effective_on <= %(on)s"
        " AND entry_id <= %(known)s GROUP BY person_id, unit_id HAVING sum(quantity) > 0"
        " ORDER BY 3, 1",
        units=list(units), on=as_of.on, known=as_of.known,
    )  # fmt: skip
    return [Transit(*row) for row in rows]
