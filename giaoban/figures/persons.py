"""Figures person by person: what tracing and restating need and leaf sums don't tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from giaoban.figures.lines import Line, line_of
from giaoban.figures.segments.reading import answered
from giaoban.figures.ways import ways
from giaoban.journal.kinds import Kind
from giaoban.journal.sql import fetch
from giaoban.units.tree import Tree

Ints = npt.NDArray[np.int64]
Columns = tuple[Ints, ...]

_FULL = "CASE WHEN account IN (2, 4) THEN 1 ELSE 0 END"


class Movement(NamedTuple):
    """One leg of a movement of a person in a standing account."""

    entry: int
    person: int
    unit: int
    kind: int
    inward: bool
    standing: int
    quantity: int
    day: date

    @property
    def line(self) -> Line:
        """The statement's line it belongs to."""
        return line_of(self.kind, self.inward)

    @property
    def amount(self) -> int:
        """What it adds to its line: a decrease counts how many left."""
        return -self.quantity if self.line.sign < 0 else self.quantity


class Move(NamedTuple):
    """One person's way through one day of reorganisation, its entries taken together.

    ``fresh`` tells that the person only came into ``left`` on that day, by another act.
    """

    day: date
    person: int
    left: int
    taken: int
    standing: int
    entry: int
    fresh: bool

    def counts_from_evening(self, evening: Tree) -> bool:
        """Whether the way begins in the evening's tree: who came into a unit that stays only that
        day was never in it by the morning's."""
        return self.fresh and evening.position(self.left) >= 0

    def crosses(self, before: set[int], after: set[int], evening: Tree) -> tuple[bool, bool]:
        """Whether the way begins and whether it ends inside a border that runs around ``before``
        in the morning and around ``after`` in the evening.

        Who left again, by another act, a unit that ended on that day ends by the morning's tree.
        """
        begins = after if self.counts_from_evening(evening) else before
        ends = after if evening.position(self.taken) >= 0 else before
        return self.left in begins, self.taken in ends


class Seat(NamedTuple):
    """One person standing in a unit's own book; the last entry that touched it, and its day."""

    person: int
    unit: int
    standing: int
    entry: int
    day: date


_MOVED = (
    "SELECT entry_id, person_id, unit_id, kind,"
    " CASE WHEN (quantity > 0) <> reversal THEN 1 ELSE 0 END AS inward,"
    f" {_FULL} AS standing, quantity, effective_on - DATE '1970-01-01' AS day, line"
    " FROM ledger_leg WHERE account BETWEEN 1 AND 4"
)
_EPOCH = date(1970, 1, 1).toordinal()
# So many units or persons are named in a question; of more, all is asked for and picked here.
NAMED = 2_000


def movements(
    start: date, end: date, known: int, units: Sequence[int], kinds: Sequence[Kind] | None = None
) -> list[Movement]:
    """The legs of movements in [start, end) in these units, reorganisations left out."""
    which = "kind <> 20"
    if kinds is not None:
        which = f"kind IN ({', '.join(str(int(kind)) for kind in kinds) or 'NULL'})"
    sql = (
        f"{_MOVED} AND {which} AND effective_on >= %(start)s AND effective_on < %(end)s"
        " AND entry_id > %(after)s AND entry_id <= %(known)s AND %(within)s"
    )
    named = list(units) if len(units) <= NAMED else None
    [rows] = answered(known, lambda parts: parts.ask([(sql, 9)], start, end, named))
    if named is None:
        inside = np.isin(rows[2], np.array(units, dtype=np.int64))
        rows = tuple(column[inside] for column in rows)
    return _movements(rows)


def movements_of(entries: Sequence[int], known: int, kind: Kind) -> list[Movement]:
    """The legs of some entries of a kind."""
    rows = fetch(
        f"{_MOVED} AND kind = %(kind)s AND entry_id <= %(known)s AND entry_id = ANY(%(entries)s)",
        entries=list(entries),
        known=known,
        kind=int(kind),
    )
    return _movements(tuple(np.array(rows, dtype=np.int64).reshape(-1, 9).T))


def _movements(rows: Columns) -> list[Movement]:
    """Columns as they were asked for, in the order of the journal."""
    order = np.lexsort((rows[8], rows[0]))
    listed = zip(*(column[order].tolist() for column in rows[:8]), strict=True)
    return [
        Movement(entry, person, unit, kind, inward == 1, standing, quantity, _day(day))
        for entry, person, unit, kind, inward, standing, quantity, day in listed
    ]


@cache
def _day(number: int) -> date:
    return date.fromordinal(_EPOCH + number)


def seats_before(day: date, known: int, units: Sequence[int]) -> list[Seat]:
    """Who stood in these units at the end of the day before ``day``."""
    rows = fetch(
        f"SELECT person_id, unit_id, {_FULL}, max(entry_id), max(effective_on) FROM ledger_leg"
        " WHERE account BETWEEN 1 AND 4 AND effective_on < %(day)s AND entry_id <= %(known)s"
        f" AND unit_id = ANY(%(units)s) GROUP BY person_id, unit_id, {_FULL}"
        " HAVING sum(quantity) > 0 ORDER BY unit_id, person_id",
        day=day,
        known=known,
        units=list(units),
    )
    return [Seat(*row) for row in rows]


def moves_of(
    known: int, start: date | None = None, end: date | None = None,
    persons: Sequence[int] | None = None, *, open_ends: bool = False,
) -> list[Move]:  # fmt: skip
    """Each person's net way through each day of reorganisation, by day.

    ``entry`` is the last entry that had a part in it. With ``open_ends`` also ways whose other
    end is ``UNSEEN``.
    """
    days = [
        row[0] for row in fetch(
            "SELECT DISTINCT effective_on FROM journal_entry"
            f" WHERE kind = {int(Kind.REORGANISATION)} AND id <= %(known)s ORDER BY 1",
            known=known,
        )
        if (start is None or row[0] >= start) and (end is None or row[0] < end)
    ]  # fmt: skip
    if not days or persons == []:
        return []
    on = " AND effective_on IN (%(days)s)"
    if persons is None:
        rows = answered(known, lambda parts: parts.ask_whole(
            f"WITH {ways(on, open_ends=open_ends)} SELECT effective_on - DATE '1970-01-01' AS day,"
            " person_id, left_id, taken_id, standing, entry_id,"
            " CASE WHEN fresh THEN 1 ELSE 0 END AS fresh FROM way", 7, days
        ))  # fmt: skip
        order = np.lexsort((rows[5], rows[1], rows[0]))
        told = zip(*(column[order].tolist() for column in rows), strict=True)
        return [
            Move(_day(day), person, left, taken, standing, entry, fresh == 1)
            for day, person, left, taken, standing, entry, fresh in told
        ]
    which = " AND person_id = ANY(%(persons)s) AND effective_on = ANY(%(days)s)"
    found = fetch(
        f"WITH {ways(which, open_ends=open_ends)}"
        " SELECT effective_on, person_id, left_id, taken_id, standing, entry_id, fresh"
        " FROM way ORDER BY effective_on, person_id, entry_id",
        known=known,
        persons=list(persons),
        days=days,
    )
    return [Move(*row) for row in found]


ItemRow = tuple[int, int | None, int, int, date]


def balance_items(
    before: date, known: int, units: Sequence[int], standing: int | None
) -> list[ItemRow]:
    """(entry, person, unit, net, day) of what put persons into these units' books or took them
    out before a day; what an entry moved inside them is left out."""
    which = "" if standing is None else f" AND {_FULL} = %(standing)s"
    return fetch(
        "SELECT entry_id, person_id, max(unit_id), sum(quantity), max(effective_on)"
        " FROM ledger_leg WHERE account BETWEEN 1 AND 4 AND effective_on < %(before)s"
        f" AND entry_id <= %(known)s AND unit_id = ANY(%(units)s){which}"
        " GROUP BY entry_id, person_id HAVING sum(quantity) <> 0 ORDER BY entry_id, person_id",
        before=before,
        known=known,
        units=list(units),
        standing=standing,
    )


def unit_items(
    kind: Kind, start: date, end: date, known: int, units: Sequence[int]
) -> list[ItemRow]:
    """(entry, None, unit, +1 or −1, day) of units founded or closed in [start, end)."""
    sign = "-quantity" if kind == Kind.CLOSING else "quantity"
    return fetch(
        f"SELECT entry_id, NULL, unit_id, {sign}, effective_on FROM ledger_leg WHERE account = 9"
        " AND kind = %(kind)s AND effective_on >= %(start)s AND effective_on < %(end)s"
        " AND entry_id <= %(known)s AND unit_id = ANY(%(units)s) ORDER BY entry_id",
        kind=int(kind),
        start=start,
        end=end,
        known=known,
        units=list(units),
    )


def existing(on: date, known: int, units: Sequence[int]) -> list[ItemRow]:
    """(entry, None, unit, +1 or −1, day) of every founding and closing up to the end of a day."""
    return fetch(
        "SELECT entry_id, NULL, unit_id, quantity, effective_on FROM ledger_leg WHERE account = 9"
        " AND effective_on <= %(on)s AND entry_id <= %(known)s AND unit_id = ANY(%(units)s)"
        " ORDER BY entry_id",
        on=on,
        known=known,
        units=list(units),
    )


def bases_of(entries: Sequence[int]) -> list[int]:
    """The bases that these entries rest on, each once, the most frequent first."""
    rows = fetch(
        "SELECT basis_id FROM journal_entry WHERE id = ANY(%(entries)s) AND basis_id IS NOT NULL"
        " GROUP BY basis_id ORDER BY count(*) DESC, basis_id",
        entries=list(entries),
    )
    return [int(row[0]) for row in rows]
