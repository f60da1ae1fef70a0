"""Doing what was told, all of it or nothing, and saying what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from giaoban.cli.acting.verbs import Done
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.journal.sql import fetch
from giaoban.journal.writing import Recorder, open_journal
from giaoban.ledger.accounts import Account
from giaoban.people.queries import names_of


class Posting(NamedTuple):
    """A leg as it would be posted; an entry without legs has nothing but its kind and day."""

    entry: int
    kind: Kind
    effective_on: date
    unit: str | None
    account: Account | None
    person: int | None
    name: str | None
    quantity: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of some acts: their entries, and all entries from the first new one to the last.

    ``postings`` are told of a dry run only, which has recorded nothing.
    """

    done: Sequence[Done]
    entries: range
    dry_run: bool
    postings: list[Posting] = field(default_factory=list)

    def is_new(self, done: Done) -> bool:
        """Whether an act was recorded just now, and not by an earlier try under its key."""
        return done.entry is None or done.entry in self.entries


def perform(do: Callable[[], Sequence[Done]], *, by: Recorder, dry_run: bool = False) -> Outcome:
    """Do it in one transaction; a dry run takes everything back once it has been looked at."""
    with open_journal(by) as journal:
        done = do()
        entries = range(journal.number + 1, head().number + 1)
        if not dry_run:
            return Outcome(done, entries, dry_run)
        with connection.cursor() as cursor:
            # What would be checked at the end is checked now, for there is no end.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        found = postings(entries, by.today)
        transaction.set_rollback(True)
    return Outcome(done, entries, dry_run, found)


def postings(entries: range, today: date) -> list[Posting]:
    """The legs of entries, in the order of the books."""
    rows = fetch(
        "SELECT e.id, e.kind, e.effective_on, u.code, l.account, l.person_id, l.quantity"
        " FROM journal_entry AS e LEFT JOIN ledger_leg AS l ON l.entry_id = e.id"
        " LEFT JOIN units_unit AS u ON u.id = l.unit_id"
        " WHERE e.id >= %(first)s AND e.id < %(end)s ORDER BY e.id, l.line",
        first=entries.start,
        end=entries.stop,
    )
    persons = {row[5] for row in rows if row[5] is not None}
    names = names_of(persons, AsOf(today, entries.stop))
    return [_posting(row, names) for row in rows]


def _posting(row: tuple[Any, ...], names: dict[int, Any]) -> Posting:
    entry, kind, effective_on, unit, account, person, quantity = row
    name = str(names[person]) if person in names else None
    standing = Account(account) if account is not None else None
    return Posting(entry, Kind(kind), effective_on, unit, standing, person, name, quantity)


def recorded_at(entry: int) -> datetime:
    """When an entry was recorded."""
    return Entry.objects.values_list("recorded_at", flat=True).get(pk=entry)
