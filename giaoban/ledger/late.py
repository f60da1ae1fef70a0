"""Late entries and corrections: what has changed a time that was over when it was recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf
from giaoban.journal.sql import fetch

# Recorded within a week of the act is nobody's lateness: an office records what a week brought.
LATE_AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class LateEntry:
    """A movement recorded after its month was over, or one that takes another back."""

    entry: int
    kind: Kind
    effective_on: date
    recorded_at: datetime
    by: str
    reverses: int | None
    person: int | None
    unit: int


_LATE = """
    SELECT DISTINCT ON (e.id) e.id, e.kind, e.effective_on, e.recorded_at, e.by, e.reverses_id,
        l.person_id, l.unit_id
    FROM journal_entry AS e JOIN ledger_leg AS l ON l.entry_id = e.id
    WHERE e.id <= %(known)s AND e.recorded_at >= %(since)s AND e.kind BETWEEN 2 AND 14
        AND l.unit_id = ANY(%(units)s) AND l.person_id IS NOT NULL
        AND (e.reverses_id IS NOT NULL OR date_trunc('month', e.effective_on)
            < date_trunc('month', e.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh'))
    ORDER BY e.id DESC, l.line LIMIT %(limit)s
"""


def late_entries(
    units: Iterable[int], as_of: AsOf, *, since: datetime, limit: int = 20
) -> list[LateEntry]:
    """The late entries and corrections in these units' books since an instant, newest first."""
    rows = fetch(_LATE, units=list(units), known=as_of.known, since=since, limit=limit)
    return [
        LateEntry(number, Kind(kind), on, at, by, reverses, person, unit)
        for number, kind, on, at, by, reverses, person, unit in rows
    ]
