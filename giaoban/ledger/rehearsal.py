"""Doing acts, or only rehearsing them: recorded to the last check, looked at, taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection, transaction

from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf, head
from giaoban.journal.sql import fetch
from giaoban.journal.writing import Recorder, open_journal
from giaoban.ledger.accounts import Account
from giaoban.people.queries import names_of

T = TypeVar("T")


class Posting(NamedTuple):
    """A leg as it would be posted; an entry without legs has nothing but its kind and day.

    ``before`` is how many stood in the account of the unit at the end of the day; it is told of
    standings only, since nobody counts who is outside the rolls.
    """

    entry: int
    kind: Kind
    effective_on: date
    unit: str | None
    account: Account | None
    person: int | None
    name: str | None
    quantity: int | None
    unit_id: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Carried(Generic[T]):
    """What came of some acts: what they gave, and all entries from the first new one to the last.

    ``postings`` are told of a rehearsal only, which has recorded nothing.
    """

    result: T
    entries: range
    dry_run: bool
    postings: list[Posting] = field(default_factory=list)


def carry_out(do: Callable[[], T], *, by: Recorder, dry_run: bool = False) -> Carried[T]:
    """Do it in one transaction; a dry run takes everything back once it has been looked at."""
    with open_journal(by) as journal:
        done = do()
        entries = range(journal.number + 1, head().number + 1)
        if not dry_run:
            return Carried(done, entries, dry_run)
        with connection.cursor() as cursor:
            # What would be checked at the end is checked now, for there is no end.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        found = postings(entries, by.today)
        transaction.set_rollback(True)
    return Carried(done, entries, dry_run, found)


def postings(entries: range, today: date) -> list[Posting]:
    """The legs of entries, in the order of the books, with what stood there before them."""
    rows = fetch(
        "SELECT e.id, e.kind, e.effective_on, u.code, l.account, l.person_id, l.quantity, u.id"
        " FROM journal_entry AS e LEFT JOIN ledger_leg AS l ON l.entry_id = e.id"
        " LEFT JOIN units_unit AS u ON u.id = l.unit_id"
        " WHERE e.id >= %(first)s AND e.id < %(end)s ORDER BY e.id, l.line",
        first=entries.start,
        end=entries.stop,
    )
    persons = {row[5] for row in rows if row[5] is not None}
    names = names_of(persons, AsOf(today, entries.stop))
    before = _before(rows, entries.start)
    return [_posting(row, names, before) for row in rows]


Place = tuple[int, int, date]


def _before(rows: Iterable[tuple[Any, ...]], first: int) -> dict[Place, int]:
    """(unit, standing, day) → how many stood there at the end of the day, by earlier entries."""
    days: dict[date, set[int]] = defaultdict(set)
    for row in rows:
        if row[4] is not None and Account(row[4]).is_standing:
            days[row[2]].add(row[7])
    found: dict[Place, int] = {}
    for day, units in days.items():
        for unit, account, n in fetch(
            "SELECT unit_id, account, sum(quantity) FROM ledger_leg WHERE unit_id = ANY(%(units)s)"
            " AND account BETWEEN 1 AND 4 AND effective_on <= %(day)s AND entry_id < %(first)s"
            " GROUP BY unit_id, account",
            units=list(units), day=day, first=first,
        ):  # fmt: skip
            found[unit, account, day] = int(n)
    return found


def _posting(row: tuple[Any, ...], names: dict[int, Any], before: dict[Place, int]) -> Posting:
    entry, kind, effective_on, unit, account, person, quantity, unit_id = row
    name = str(names[person]) if person in names else None
    standing = Account(account) if account is not None else None
    stood = None
    if standing is not None and standing.is_standing:
        stood = before.get((unit_id, account, effective_on), 0)
    return Posting(
        entry, Kind(kind), effective_on, unit, standing, person, name, quantity, unit_id, stood
    )


class Change(NamedTuple):
    """One line of what will be posted: a standing of a unit before, its change, and after."""

    unit: int
    account: Account
    before: int | None
    change: int
    after: int | None


class Effect(NamedTuple):
    """One entry that would be posted: its kind, its day and its lines in sight.

    ``hidden`` counts the lines in units out of sight; ``sum`` is always zero.
    """

    kind: Kind
    effective_on: date
    changes: list[Change]
    hidden: int
    sum: int


def effects(found: Iterable[Posting], in_sight: Collection[int]) -> list[Effect]:
    """What postings do to the books of the units in sight, entry by entry."""
    by_entry: dict[int, list[Posting]] = defaultdict(list)
    for posting in found:
        if posting.account is not None:
            by_entry[posting.entry].append(posting)
    told = []
    for legs in by_entry.values():
        sums: dict[tuple[int, Account], list[Posting]] = defaultdict(list)
        for leg in legs:
            sums[leg.unit_id or 0, leg.account or Account.OUTSIDE].append(leg)
        seen = [_change(*place, sums[place]) for place in sums if place[0] in in_sight]
        total = sum(leg.quantity or 0 for leg in legs)
        first = legs[0]
        told.append(Effect(first.kind, first.effective_on, seen, len(sums) - len(seen), total))
    return told


def _change(unit: int, account: Account, legs: list[Posting]) -> Change:
    change = sum(leg.quantity or 0 for leg in legs)
    before = legs[0].before
    return Change(unit, account, before, change, None if before is None else before + change)
