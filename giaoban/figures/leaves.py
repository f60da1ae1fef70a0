"""Leaf sums: what each unit's own book says, before any roll-up.

The SQL is the portable subset (sums, CASE, plain joins), so that closed history in columnar
segments can answer the same text; sums are linear, so sources add up. PostgreSQL is the only
source yet: small offices need nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from giaoban.figures.ways import ways
from giaoban.journal.kinds import Kind

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """The columns of an answer as int64 arrays of one length, in the order they were asked."""

    columns: tuple[Ints, ...]

    def __len__(self) -> int:
        return len(self.columns[0])


def ask(sql: str, width: int, **params: Any) -> Rows:
    """Run one query of ``width`` integer columns against the source of legs."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    table = np.array(rows, dtype=np.int64).reshape(-1, width)
    return Rows(tuple(table.T))


def _within(units: Sequence[int] | None) -> str:
    return "" if units is None else " AND unit_id = ANY(%(units)s)"


def _segment(days: Sequence[date]) -> str:
    """Which part of a period a leg falls in: 0 before the first of ``days``, 1 from it on, …"""
    if not days:
        return "0"
    cases = " ".join(f"WHEN effective_on < '{day.isoformat()}' THEN {n}"
                     for n, day in enumerate(days))  # fmt: skip
    return f"CASE {cases} ELSE {len(days)} END"


_FULL = "CASE WHEN account IN (2, 4) THEN 1 ELSE 0 END"
_INWARD = "CASE WHEN (quantity > 0) <> reversal THEN 1 ELSE 0 END"


def stocks_before(
    days: Sequence[date], known: int, units: Sequence[int] | None = None
) -> list[Rows]:
    """For each of some rising days: (unit, standing, members) of each own book the evening before.

    All in one reading of the legs, since balances of later days only add to earlier ones.
    """
    part = _segment(days[:-1])
    rows = ask(
        f"SELECT {part} AS part, unit_id, {_FULL} AS standing, sum(quantity) FROM ledger_leg"
        " WHERE account BETWEEN 1 AND 4 AND effective_on < %(last)s AND entry_id <= %(known)s"
        f"{_within(units)} GROUP BY 1, 2, 3 HAVING sum(quantity) <> 0",
        4,
        last=days[-1],
        known=known,
        units=units,
    )
    part_of = rows.columns[0]
    return [
        Rows(tuple(column[part_of <= number] for column in rows.columns[1:]))
        for number in range(len(days))
    ]


def flows(
    start: date, end: date, known: int, cuts: Sequence[date], units: Sequence[int] | None = None
) -> Rows:
    """(part, unit, kind, inward, standing, sum) of movements in [start, end).

    ``part`` numbers the stretches between ``cuts``; reorganisations are left out, since they
    belong to the days of change themselves (``moves``).
    """
    part = _segment(cuts)
    return ask(
        f"SELECT {part} AS part, unit_id, kind, {_INWARD} AS inward, {_FULL} AS standing,"
        " sum(quantity) FROM ledger_leg"
        " WHERE account BETWEEN 1 AND 4 AND kind <> 20 AND effective_on >= %(start)s"
        f" AND effective_on < %(end)s AND entry_id <= %(known)s{_within(units)}"
        " GROUP BY 1, 2, 3, 4, 5",
        6,
        start=start,
        end=end,
        known=known,
        units=units,
    )


def transfers(
    start: date, end: date, known: int, cuts: Sequence[date], units: Sequence[int] | None = None
) -> Rows:
    """(part, from, to, standing, persons) of transfers in [start, end), both ends given.

    A transfer paper has both ends in one unit. With ``units``, only pairs with both ends there.
    """
    part = _segment(cuts).replace("effective_on", "o.effective_on")
    within = (
        "" if units is None else " AND o.unit_id = ANY(%(units)s) AND i.unit_id = ANY(%(units)s)"
    )
    return ask(
        f"SELECT {part} AS part, o.unit_id, i.unit_id,"
        " CASE WHEN i.account IN (2, 4) THEN 1 ELSE 0 END AS standing, sum(i.quantity)"
        " FROM ledger_leg AS o JOIN ledger_leg AS i"
        " ON i.entry_id = o.entry_id AND i.person_id = o.person_id"
        f" WHERE o.kind = {int(Kind.TRANSFER)} AND o.account BETWEEN 1 AND 4"
        " AND i.account BETWEEN 1 AND 4"
        " AND (o.quantity > 0) = o.reversal AND (i.quantity > 0) <> i.reversal"
        " AND o.effective_on >= %(start)s AND o.effective_on < %(end)s"
        f" AND o.entry_id <= %(known)s{within}"
        " GROUP BY 1, 2, 3, 4",
        5,
        start=start,
        end=end,
        known=known,
        units=units,
    )


def moves(
    start: date, end: date, known: int, cuts: Sequence[date], units: Sequence[int] | None = None
) -> Rows:
    """(cut, from, to, standing, fresh, persons) of reorganisations in [start, end).

    ``cut`` is the number of the day among ``cuts``; ``fresh`` are those who came into the unit
    only that day. With ``units``, pairs with either end there. An end out of the reader's sight
    is ``UNSEEN``.
    """
    if not cuts:
        return Rows(tuple(np.zeros((6, 0), dtype=np.int64)))
    either = "" if units is None else " WHERE left_id = ANY(%(units)s) OR taken_id = ANY(%(units)s)"
    span = " AND effective_on >= %(start)s AND effective_on < %(end)s"
    return ask(
        f"WITH {ways(span, open_ends=True)}"
        f" SELECT {_segment(cuts)} - 1, left_id, taken_id, standing,"
        " CASE WHEN fresh THEN 1 ELSE 0 END AS fresh, count(*)"
        f" FROM way{either} GROUP BY 1, 2, 3, 4, 5",
        6,
        start=start,
        end=end,
        known=known,
        units=units,
    )


def units_counted(start: date, end: date, known: int, kind: Kind) -> Rows:
    """(unit, count) of units founded or closed in [start, end): the account ``exists``."""
    return ask(
        "SELECT unit_id, sum(quantity) FROM ledger_leg WHERE account = 9"
        " AND kind = %(kind)s AND effective_on >= %(start)s AND effective_on < %(end)s"
        " AND entry_id <= %(known)s GROUP BY unit_id HAVING sum(quantity) <> 0",
        2,
        start=start,
        end=end,
        known=known,
        kind=int(kind),
    )


def units_existing(day: date, known: int) -> Rows:
    """(unit, count) of units that exist at the end of ``day``."""
    return ask(
        "SELECT unit_id, sum(quantity) FROM ledger_leg WHERE account = 9"
        " AND effective_on <= %(day)s AND entry_id <= %(known)s"
        " GROUP BY unit_id HAVING sum(quantity) <> 0",
        2,
        day=day,
        known=known,
    )
