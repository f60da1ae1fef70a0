"""What happened in some units: their acts on members, the newest first, and how many a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf
from giaoban.journal.sql import fetch
from giaoban.journal.writing import VIETNAM


@dataclass(frozen=True, slots=True)
class ActInUnits:
    """One entry that moved members of some units: ``persons`` names at most a few of them."""

    entry: int
    kind: Kind
    effective_on: date
    recorded_at: datetime
    by: str
    basis: str | None
    reverses: int | None
    reversed_by: int | None
    n: int
    persons: tuple[int, ...]

    @property
    def days_late(self) -> int:
        """How many days after it took effect it was recorded."""
        return (self.recorded_at.astimezone(VIETNAM).date() - self.effective_on).days


_ACTS = """
    WITH touched AS (
        SELECT entry_id, effective_on FROM ledger_leg
        WHERE unit_id = ANY(%(units)s) AND account BETWEEN 1 AND 4
            AND effective_on <= %(on)s AND entry_id <= %(known)s
        GROUP BY entry_id, effective_on ORDER BY effective_on DESC, entry_id DESC LIMIT %(limit)s
    ), who AS (
        SELECT t.entry_id, array_agg(DISTINCT l.person_id) AS persons
        FROM touched AS t JOIN ledger_leg AS l USING (entry_id)
        WHERE l.unit_id = ANY(%(units)s) AND l.account BETWEEN 1 AND 4 GROUP BY t.entry_id
    )
    SELECT e.id, e.kind, e.effective_on, e.recorded_at, e.by, b.number, b.issued_on, b.issuer,
        e.reverses_id,
        (SELECT r.id FROM journal_entry AS r WHERE r.reverses_id = e.id AND r.id <= %(known)s),
        cardinality(who.persons), who.persons[1:%(named)s]
    FROM who JOIN journal_entry AS e ON e.id = who.entry_id
    LEFT JOIN journal_basis AS b ON b.id = e.basis_id
    ORDER BY e.effective_on DESC, e.id DESC
"""
NAMED = 3


def acts_in(units: Iterable[int], as_of: AsOf, *, limit: int) -> list[ActInUnits]:
    """The last acts on members of these units that are known and took effect by the day."""
    rows = fetch(_ACTS, units=list(units), on=as_of.on, known=as_of.known, limit=limit, named=NAMED)
    return [
        ActInUnits(
            entry=number, kind=Kind(kind), effective_on=on, recorded_at=at, by=by,
            basis=f"{paper}, {issued_on:%d/%m/%Y}, {issuer}" if paper else None,
            reverses=reverses, reversed_by=reversed_by, n=n, persons=tuple(persons),
        )
        for number, kind, on, at, by, paper, issued_on, issuer, reverses, reversed_by, n, persons
        in rows
    ]  # fmt: skip


def acts_by_day(units: Iterable[int], first: date, last: date, known: int) -> dict[date, int]:
    """How many acts on members of these units took effect on each day of a stretch."""
    return dict(
        fetch(
            "SELECT effective_on, count(DISTINCT entry_id) FROM ledger_leg"
            " WHERE unit_id = ANY(%(units)s) AND account BETWEEN 1 AND 4"
            " AND effective_on BETWEEN %(first)s AND %(last)s AND entry_id <= %(known)s"
            " GROUP BY effective_on ORDER BY effective_on",
            units=list(units), first=first, last=last, known=known,
        )
    )  # fmt: skip
