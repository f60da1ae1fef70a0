"""Acts on the journal itself: erase personal content where the law demands it."""

from __future__ import annotations

from collections.abc import Iterable

from giaoban.journal.errors import BasisMissing
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Erasure, SealedRow
from giaoban.journal.writing import BasisOn, Draft, Journal


def erase_rows(
    journal: Journal, rows: Iterable[SealedRow], *, basis: BasisOn | None, note: str = ""
) -> int:
    """Erase the personal content of sealed rows; entries, seals and digests stay.

    The journal must be held open by the caller, who knows which rows are a person's. Raises
    ``BasisMissing`` without the decision that an erasure rests on.
    """
    if basis is None:
        raise BasisMissing
    named = [(row._meta.db_table, row.entry_id, row.line) for row in rows if row.salt is not None]
    draft = Draft(Kind.ERASURE, journal.by.today, {Erasure: named}, basis=basis, note=note)
    return journal.write(draft)
