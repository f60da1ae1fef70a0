"""All that one entry wrote, as far as it is in sight: legs by unit, legal dates, other rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from giaoban.journal.books import books
from giaoban.journal.models import BookRow
from giaoban.journal.queries import head_at
from giaoban.journal.sql import fetch
from giaoban.ledger.accounts import Account
from giaoban.ledger.models import Leg, LegalDate, Milestone

MOST = 300
MOST_OTHERS = 60


class EntryLeg(NamedTuple):
    """A leg: whose, in which standing, plus or minus; without a person several are summed up."""

    account: Account
    person: int | None
    quantity: int
    n: int = 1


@dataclass(frozen=True, slots=True)
class UnitLegs:
    """The legs of an entry in one unit; they sum to zero."""

    unit: int
    legs: list[EntryLeg]

    @property
    def sum(self) -> int:
        return sum(leg.quantity for leg in self.legs)


class OtherRows(NamedTuple):
    """The rows of an entry in another book than the ledger's: how many, and the first of them
    where they name units."""

    table: str
    n: int
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Written:
    """What an entry wrote; ``more`` is what stands in other books."""

    legs: list[UnitLegs]
    summed: bool
    days: list[tuple[Milestone, date, int]]
    note: str | None
    more: list[OtherRows] = field(default_factory=list)
    digest_before: bytes = b""


def written(number: int) -> Written:
    """The rows of an entry that are in sight. Of many legs the sums by unit and standing."""
    [(count,)] = fetch("SELECT count(*) FROM ledger_leg WHERE entry_id = %(number)s", number=number)
    summed = count > MOST
    return Written(
        legs=_legs(number, summed=summed),
        summed=summed,
        days=[
            (Milestone(milestone), on, person)
            for milestone, on, person in fetch(
                "SELECT milestone, falls_on, person_id FROM ledger_legaldate"
                " WHERE entry_id = %(number)s ORDER BY line LIMIT %(most)s",
                number=number, most=MOST,
            )
        ],
        note=_note(number),
        more=_more(number),
        digest_before=head_at(number - 1).digest,
    )  # fmt: skip


def _legs(number: int, *, summed: bool) -> list[UnitLegs]:
    if summed:
        rows = fetch(
            "SELECT unit_id, account, NULL, sum(quantity), count(*) FROM ledger_leg"
            " WHERE entry_id = %(number)s GROUP BY unit_id, account ORDER BY unit_id, account DESC",
            number=number,
        )
    else:
        rows = fetch(
            "SELECT unit_id, account, person_id, quantity, 1 FROM ledger_leg"
            " WHERE entry_id = %(number)s ORDER BY line",
            number=number,
        )
    by_unit: dict[int, list[EntryLeg]] = defaultdict(list)
    for unit, account, person, quantity, n in rows:
        by_unit[unit].append(EntryLeg(Account(account), person, int(quantity), n))
    return [UnitLegs(unit, legs) for unit, legs in by_unit.items()]


def _note(number: int) -> str | None:
    rows = fetch("SELECT text FROM journal_note WHERE entry_id = %(number)s", number=number)
    return rows[0][0] if rows else None


def _more(number: int) -> list[OtherRows]:
    """The rows that the entry wrote into each book but the ledger's and the note's."""
    others: list[type[BookRow]] = [
        book for book in books() if book not in (Leg, LegalDate) and not _is_note(book)
    ]
    parts = " UNION ALL ".join(
        f"SELECT {at}, count(*) FROM {book._meta.db_table} WHERE entry_id = %(number)s"
        for at, book in enumerate(others)
    )
    return [
        OtherRows(others[at]._meta.db_table, n, _rows(others[at], number))
        for at, n in sorted(fetch(parts, number=number))
        if n
    ]


def _rows(book: type[BookRow], number: int) -> list[dict[str, Any]]:
    """The first rows of an entry in a book that names units; what is of persons is not told."""
    if "unit_id" not in book.columns:
        return []
    rows = fetch(
        f"SELECT {', '.join(book.columns)} FROM {book._meta.db_table}"
        " WHERE entry_id = %(number)s ORDER BY line LIMIT %(most)s",
        number=number, most=MOST_OTHERS,
    )  # fmt: skip
    return [dict(zip(book.columns, row, strict=True)) for row in rows]


def _is_note(book: type[BookRow]) -> bool:
    return book._meta.db_table == "journal_note"
