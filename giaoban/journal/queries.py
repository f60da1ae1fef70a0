"""Reading the journal: the head as known on a day, entries, reversals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from giaoban.journal.models import Entry
from giaoban.journal.sql import Ask, ask, fetch
from giaoban.vietnamese import VIETNAM_TIME as VIETNAM


@dataclass(frozen=True, slots=True)
class AsOf:
    """The two axes of time: the state at the end of ``on``, by entries 1 to ``known``."""

    on: date
    known: int


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the journal, or of the journal as known on a day."""

    number: int
    digest: bytes
    recorded_at: datetime | None


# Rows of an entry that a known entry reverses are void. Takes the alias of the row's table.
def not_reversed(alias: str, known: str = "%(known)s") -> str:
    """SQL that keeps only rows whose entry no known entry reverses.

    An entry is reversed once at most, so each row asks an index. Said as NOT EXISTS it would be
    joined, by plans that are minutes wrong after a storm of corrections, until statistics of who
    reverses whom are gathered anew.
    """
    return (
        f"{alias}.entry_id <= {known} AND COALESCE((SELECT r.id > {known} FROM journal_entry AS r"
        f" WHERE r.reverses_id = {alias}.entry_id), true)"
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """What acts on persons take as given, by entries 1 to ``known``: the units, and who is in
    charge of them. Told by the digests of the last entries on either (empty: there is none)."""

    known: int
    units: bytes = b""
    appointments: bytes = b""


# The columns of a ``Frame`` by all that is recorded now. Two small indexes of their own answer it.
FRAME = """
    now.number, COALESCE((SELECT e.digest FROM journal_entry AS e
        WHERE e.kind BETWEEN 20 AND 24 AND e.id <= now.number ORDER BY e.id DESC LIMIT 1), ''),
    COALESCE((SELECT e.digest FROM journal_entry AS e
        WHERE e.kind BETWEEN 33 AND 34 AND e.id <= now.number ORDER BY e.id DESC LIMIT 1), '')
"""
NOW = "(SELECT COALESCE(max(id), 0) AS number FROM journal_entry) AS now"


def frame_at(known: int) -> Frame:
    """What acts on persons took as given by entries 1 to ``known``."""
    [told] = fetch(f"SELECT {FRAME} FROM (SELECT %(known)s::bigint AS number) AS now", known=known)
    return Frame(*told)


def head() -> Head:
    """The journal's last entry now; number 0 while it is empty."""
    return _head("", [])


# Numbers have no gaps and recording times never go back (trigger ``journal_order``), so halving
# finds the place in some twenty steps, without an index that every entry would have to pay for.
_LAST_BEFORE = """
    WITH RECURSIVE half AS (
        SELECT 0::bigint AS low, COALESCE(max(id), 0) AS high FROM journal_entry
        UNION ALL
        SELECT CASE WHEN e.recorded_at < %(end)s THEN e.id ELSE half.low END,
            CASE WHEN e.recorded_at < %(end)s THEN half.high ELSE e.id - 1 END
        FROM half JOIN journal_entry AS e ON e.id = (half.low + half.high + 1) / 2
        WHERE half.low < half.high
    )
    SELECT low FROM half WHERE low = high
"""


def head_known_on(day: date) -> Head:
    """The last entry recorded by the end of ``day`` in Vietnam's time."""
    end = datetime.combine(day + timedelta(days=1), time(), VIETNAM)
    ((number,),) = fetch(_LAST_BEFORE, end=end)
    return head_at(number)


def head_at(number: int) -> Head:
    """The journal as it stood after entry ``number``."""
    return _head("WHERE id <= %s", [number])


def known_until(known: Head, on: date) -> date:
    """The last day to whose end the journal held just this, as far as can be said on a day.

    That is the day before, where nothing was recorded since: a quiet week is known, too. The day
    itself is not over yet, and counts only where the last entry is of it.
    """
    last = on - timedelta(days=1)
    following = head_at(known.number + 1)
    if following.number > known.number and following.recorded_at is not None:
        last = min(last, following.recorded_at.astimezone(VIETNAM).date() - timedelta(days=1))
    if known.recorded_at is None:
        return last
    return max(known.recorded_at.astimezone(VIETNAM).date(), last)


def _head(where: str, params: list[Any]) -> Head:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, digest, recorded_at FROM journal_entry {where} ORDER BY id DESC LIMIT 1",
            params,
        )
        row = cursor.fetchone()
    return Head(row[0], bytes(row[1]), row[2]) if row else Head(0, bytes(32), None)


def entry(number: int) -> Entry | None:
    """One entry with its basis, or None."""
    return Entry.objects.select_related("basis").filter(pk=number).first()


def asking_keys(keys: Iterable[str]) -> Ask:
    """Whether there are entries under any of these idempotency keys."""
    return ask(
        "SELECT EXISTS (SELECT FROM journal_entry WHERE idempotency_key = ANY(%(keys)s))",
        keys=list(keys),
    )


def find_by_key(keys: Iterable[str]) -> dict[str, Entry]:
    """The entries under these idempotency keys."""
    found = Entry.objects.select_related("basis").filter(idempotency_key__in=set(keys))
    return {entry.idempotency_key: entry for entry in found if entry.idempotency_key}
