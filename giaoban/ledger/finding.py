"""Finding members by a part of their name, as one types, and entries by a number: all within some
units, where the members stand or stood, or to whose books the entry wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from giaoban import vietnamese
from giaoban.journal.books import books
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch
from giaoban.ledger.accounts import Account
from giaoban.people.queries import Name, escape_like


@dataclass(frozen=True, slots=True)
class Hit:
    """A member that was found, and where they stand on the day (None: nowhere in sight)."""

    name: Name
    unit: int | None
    account: Account | None
    born_on: date | None


# Names are few and short, so all are looked through; where a member stands is asked only of those
# that are shown.
_FIND = f"""
    WITH mine AS (
        SELECT DISTINCT person_id FROM ledger_leg
        WHERE unit_id = ANY(%(units)s) AND account BETWEEN 1 AND 4
            AND effective_on <= %(on)s AND entry_id <= %(known)s
    ), hit AS MATERIALIZED (
        SELECT k.person_id, x.full_name, x.family, x.middle, x.given,
            row_number() OVER (
                ORDER BY position(lower(%(text)s) IN lower(x.full_name)) = 0, k.sort_key,
                    k.person_id
            ) AS place
        FROM mine JOIN people_namekey AS k USING (person_id)
        JOIN people_personname AS x ON x.entry_id = k.entry_id AND x.line = k.line
        WHERE (k.folded LIKE %(like)s OR k.person_id = %(number)s)
            AND x.from_on <= %(on)s AND {not_reversed("x")}
            AND NOT EXISTS (
                SELECT FROM people_personname AS y WHERE y.person_id = x.person_id
                    AND (y.from_on, y.entry_id) > (x.from_on, x.entry_id)
                    AND y.from_on <= %(on)s AND {not_reversed("y")}
            )
        ORDER BY place LIMIT %(limit)s
    )
    SELECT h.person_id, h.full_name, h.family, h.middle, h.given, s.unit_id, s.account, b.born_on
    FROM hit AS h
    LEFT JOIN LATERAL (
        SELECT l.unit_id, l.account FROM ledger_leg AS l
        WHERE l.person_id = h.person_id AND l.unit_id = ANY(%(units)s)
            AND l.account BETWEEN 1 AND 4
            AND l.effective_on <= %(on)s AND l.entry_id <= %(known)s
        GROUP BY l.unit_id, l.account HAVING sum(l.quantity) > 0 ORDER BY 1 LIMIT 1
    ) AS s ON true
    LEFT JOIN LATERAL (
        SELECT x.born_on FROM people_particulars AS x
        WHERE x.person_id = h.person_id AND x.from_on <= %(on)s AND {not_reversed("x")}
        ORDER BY x.from_on DESC, x.entry_id DESC LIMIT 1
    ) AS b ON true
    ORDER BY h.place
"""


def find_members(text: str, units: Iterable[int], as_of: AsOf, *, limit: int = 8) -> list[Hit]:
    """Members with ``text`` in their name of the day, with or without diacritics, or with it as
    their number; exact marks first, then in the order of lists."""
    told = vietnamese.nfc(text).strip()
    if not told:
        return []
    rows = fetch(
        _FIND, units=list(units), text=told, like=f"%{escape_like(vietnamese.fold(told))}%",
        number=int(told) if told.isdecimal() and len(told) < 10 else -1,
        on=as_of.on, known=as_of.known, limit=limit,
    )  # fmt: skip
    return [
        Hit(Name(person, *name), unit, Account(account) if account else None, born_on)
        for person, *name, unit, account, born_on in rows
    ]


@dataclass(frozen=True, slots=True)
class EntryHit:
    """An entry that was found by its number or by that of its basis."""

    number: int
    kind: Kind
    effective_on: date
    basis: str | None


def find_entries(text: str, units: Iterable[int], *, limit: int = 6) -> list[EntryHit]:
    """Entries with ``text`` as their number, then those on a basis with it in its number, the
    newest first; only such as wrote a row of one of the units."""
    told = vietnamese.nfc(text).strip()
    if not any(sign.isdigit() for sign in told):
        return []
    number = told.replace(".", "")
    rows = fetch(
        _entries(), units=list(units), like=f"%{escape_like(told.casefold())}%", limit=limit,
        number=int(number) if number.isdecimal() and len(number) < 16 else -1,
    )  # fmt: skip
    return [EntryHit(n, Kind(kind), on, basis) for n, kind, on, basis in rows]


@cache
def _entries() -> str:
    """SQL for entries with a row of some units in any book."""
    seen = " OR ".join(
        f"EXISTS (SELECT FROM {book._meta.db_table} AS x WHERE x.entry_id = e.id"
        " AND x.unit_id = ANY(%(units)s))"
        for book in books()
        if "unit_id" in book.columns
    )
    return (
        "SELECT e.id, e.kind, e.effective_on, b.number FROM journal_entry AS e"
        " LEFT JOIN journal_basis AS b ON b.id = e.basis_id"
        " WHERE (e.id = %(number)s OR e.basis_id IN"
        " (SELECT id FROM journal_basis WHERE lower(number) LIKE %(like)s))"
        f" AND ({seen}) ORDER BY e.id <> %(number)s, e.id DESC LIMIT %(limit)s"
    )
