"""Acts on the journal itself: erase personal content where the law demands it."""

from __future__ import annotations

from collections.abc import Iterable

from giaoban.journal.errors import BasisMissing, KeyReused
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Erasure, SealedRow
from giaoban.journal.writing import BasisOn, Draft, Journal


def erased_before(journal: Journal, key: str | None, rows: Iterable[SealedRow]) -> int | None:
    """The number of an earlier try to erase these rows, or None; raises ``KeyReused``.

    A row may have come after that try, so it is the same if it erased some of these and no other.
    """
    entry = journal.find([key]).get(key or "")
    if entry is None:
        return None
    erased = set(Erasure.objects.filter(entry_id=entry.pk).values_list(*Erasure.columns))
    if not erased or not erased <= {_named(row) for row in rows}:
        raise KeyReused(key=key, n=entry.pk)
    return entry.pk


def _named(row: SealedRow) -> tuple[str, int, int]:
    """A row as an erasure names it."""
    return row._meta.db_table, row.entry_id, row.line


def erase_rows(
    journal: Journal, rows: Iterable[SealedRow], *, basis: BasisOn | None, note: str = "",
    key: str | None = None,
) -> int:  # fmt: skip
    """Erase the personal content of sealed rows; entries, seals and digests stay.

    The journal must be held open by the caller, who knows which rows are a person's. Raises
    ``BasisMissing`` without the decision that an erasure rests on.
    """
    if basis is None:
        raise BasisMissing
    named = [_named(row) for row in rows if row.salt is not None]
    return journal.write(
        Draft(Kind.ERASURE, journal.by.today, {Erasure: named}, basis=basis, note=note,
              idempotency_key=key)
    )  # fmt: skip
