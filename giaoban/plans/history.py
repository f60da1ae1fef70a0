"""The revisions of targets: who set which number when, from what to what, on what basis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.journal.sql import fetch


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a unit's target by one entry. ``before`` is what held until then, ``value``
    what holds since, None for none. ``reversed_by`` is the entry that took it back."""

    entry: int
    unit: int
    before: int | None
    value: int | None
    recorded_at: datetime
    effective_on: date
    by: str
    basis: str | None
    issued_on: date | None
    issuer: str | None
    note: str | None
    reversed_by: int | None


def revisions(units: Sequence[int], indicator: str, year: int, known: int) -> list[Revision]:
    """The revisions of these units' targets for a year, known by an entry, the newest first."""
    rows = fetch(
        "SELECT x.entry_id, x.unit_id, x.value, e.recorded_at, e.effective_on, e.by, b.number,"
        " b.issued_on, b.issuer, n.text, r.id"
        " FROM plans_target AS x JOIN journal_entry AS e ON e.id = x.entry_id"
        " LEFT JOIN journal_basis AS b ON b.id = e.basis_id"
        " LEFT JOIN journal_note AS n ON n.entry_id = x.entry_id"
        " LEFT JOIN journal_entry AS r ON r.reverses_id = x.entry_id AND r.id <= %(known)s"
        " WHERE x.indicator = %(indicator)s AND x.year = %(year)s AND x.entry_id <= %(known)s"
        " AND x.unit_id = ANY(%(units)s) ORDER BY x.entry_id, x.line",
        indicator=indicator, year=year, known=known, units=list(units),
    )  # fmt: skip
    held: dict[int, list[tuple[int, int | None, int | None]]] = defaultdict(list)
    found = []
    for entry, unit, value, *told in rows:
        reversed_by = told[-1]
        found.append(Revision(entry, unit, _held(held[unit], entry), value, *told))
        held[unit].append((entry, value, reversed_by))
    return found[::-1]


def _held(before: list[tuple[int, int | None, int | None]], entry: int) -> int | None:
    """The newest target that was not taken back by the time of an entry."""
    return next(
        (value for _entry, value, gone in reversed(before) if gone is None or gone > entry), None
    )
