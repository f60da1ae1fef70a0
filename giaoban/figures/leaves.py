"""Leaf sums: what each unit's own book says, before any roll-up.

The SQL is the portable subset (sums, CASE, plain joins), so that closed history in columnar
segments answers the same text; sums are linear, so the parts add up (``segments/reading.py``).
Small offices have no segments: then PostgreSQL answers it all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from giaoban.figures.segments.reading import Parts, Sum, answered, joined
from giaoban.figures.ways import ways
from giaoban.journal.kinds import Kind

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """The columns of an answer as int64 arrays of one length, in the order they were asked. What
    is the same in several rows adds up."""

    columns: tuple[Ints, ...]

    def __len__(self) -> int:
        return len(self.columns[0])


def only(columns: tuple[Ints, ...], keep: npt.NDArray[np.bool_]) -> tuple[Ints, ...]:
    """The rows that are kept; where these are all of them, the very columns."""
    return columns if keep.all() else tuple(column[keep] for column in columns)


def _stretch(days: Sequence[date]) -> str:
    """Which part of a period a leg falls in: 0 before the first of ``days``, 1 from it on, …"""
    if not days:
        return "0"
    cases = " ".join(f"WHEN effective_on < DATE '{day.isoformat()}' THEN {n}"
                     for n, day in enumerate(days))  # fmt: skip
    return f"CASE {cases} ELSE {len(days)} END"


_SUM = "CAST(sum(quantity) AS BIGINT)"
_FULL = "CASE WHEN account IN (2, 4) THEN 1 ELSE 0 END"
_INWARD = "CASE WHEN (quantity > 0) <> reversal THEN 1 ELSE 0 END"
_KNOWN = "entry_id > %(after)s AND entry_id <= %(known)s AND %(within)s"
_SPAN = "effective_on >= %(start)s AND effective_on < %(end)s"


def stocks_before(
    days: Sequence[date], known: int, units: Sequence[int] | None = None
) -> list[Rows]:
    """For each of some rising days: (unit, standing, members) of each own book the evening before.

    All in one reading of the legs, since balances of later days only add to earlier ones; with
    segments, from the last year's end on whose balances hold for what is known.
    """
    sql = (
        f"SELECT {_stretch(days[:-1])} AS part, unit_id, {_FULL} AS standing, {_SUM}"
        f" FROM ledger_leg WHERE account BETWEEN 1 AND 4 AND {_SPAN} AND {_KNOWN}"
        " GROUP BY 1, 2, 3 HAVING sum(quantity) <> 0"
    )

    def ask(parts: Parts) -> tuple[Ints, ...]:
        since, (unit, standing, members) = parts.balances(days[0], units)
        moved = parts.ask_since((sql, 4), since, days[-1], units)
        carried = (np.zeros(len(unit), dtype=np.int64), unit, standing, members)
        return joined(carried, moved)

    part, *rows = answered(known, ask)
    return [Rows(only(tuple(rows), part <= number)) for number in range(len(days))]


def flows(
    start: date, end: date, known: int, cuts: Sequence[date], units: Sequence[int] | None = None
) -> Rows:
    """(part, unit, kind, inward, standing, sum) of movements in [start, end).

    ``part`` numbers the stretches between ``cuts``; reorganisations are left out, since they
    belong to the days of change themselves (``moves``).
    """
    [found] = _asked([_flows(start, end, cuts)], start, end, known, units)
    return found


def transfers(
    start: date, end: date, known: int, cuts: Sequence[date], units: Sequence[int] | None = None
) -> Rows:
    """(part, from, to, standing, persons) of transfers in [start, end), both ends given.

    A transfer paper has both ends in one unit. With ``units``, only pairs with both ends there.
    Both ends are of one entry, so no pair lies half in the segments and half in the tail.
    """
    [found] = _asked([_transfers(cuts)], start, end, known, units)
    return found


def flows_and_transfers(
    start: date, end: date, known: int, cuts: Sequence[date], units: Sequence[int] | None = None
) -> list[Rows]:
    """Both, and legs of some units are looked for once."""
    return _asked([_flows(start, end, cuts), _transfers(cuts)], start, end, known, units)


def _asked(
    sums: list[Sum], start: date, end: date, known: int, units: Sequence[int] | None
) -> list[Rows]:
    told = answered(known, lambda parts: parts.ask(sums, start, end, units))
    return [Rows(columns) for columns in told]


def _flows(start: date, end: date, cuts: Sequence[date]) -> Sum:
    # Few legs of a year share a book and a kind: a nation's 316.201 of nine months make 272.874
    # sums, which cost DuckDB 59 ms of the processor's time where the bare legs cost 22. Over many
    # years there are too many legs to be carried over one by one.
    quantity, grouped = "quantity", ""
    if end.year - start.year > 1:
        quantity, grouped = _SUM, " GROUP BY 1, 2, 3, 4, 5"
    sql = (
        f"SELECT {_stretch(cuts)} AS part, unit_id, kind, {_INWARD} AS inward,"
        f" {_FULL} AS standing, {quantity} FROM ledger_leg"
        f" WHERE account BETWEEN 1 AND 4 AND kind <> 20 AND {_SPAN} AND {_KNOWN}{grouped}"
    )
    return sql, 6


def _transfers(cuts: Sequence[date]) -> Sum:
    part = _stretch(cuts).replace("effective_on", "o.effective_on")
    sql = (
        "WITH moved AS (SELECT entry_id, person_id, unit_id, account, effective_on, quantity,"
        " (quantity > 0) <> reversal AS inward FROM ledger_leg"
        f" WHERE kind = {int(Kind.TRANSFER)} AND account BETWEEN 1 AND 4"
        f" AND {_SPAN} AND {_KNOWN})"
        f" SELECT {part} AS part, o.unit_id, i.unit_id AS taken_id,"
        " CASE WHEN i.account IN (2, 4) THEN 1 ELSE 0 END AS standing,"
        " CAST(sum(i.quantity) AS BIGINT)"
        " FROM moved AS o JOIN moved AS i ON i.entry_id = o.entry_id AND i.person_id = o.person_id"
        " WHERE NOT o.inward AND i.inward"
        " GROUP BY 1, 2, 3, 4"
    )
    return sql, 5


def moves(cuts: Sequence[date], known: int, units: Sequence[int] | None = None) -> Rows:
    """(cut, from, to, standing, fresh, persons) of the reorganisations of some rising days.

    ``cut`` is the number of the day among ``cuts``; ``fresh`` are those who came into the unit
    only that day. With ``units``, pairs with either end there. An end out of the reader's sight
    is ``UNSEEN``. What was recorded later of such a day changes whole ways, so the two parts of
    the ledger are not added here but asked as one.
    """
    if not cuts:
        return Rows(tuple(np.zeros((6, 0), dtype=np.int64)))
    which = " AND effective_on IN (%(days)s)"
    if units is not None:
        # Everybody who has to do with one of the units, with all legs of theirs.
        which += (
            " AND person_id IN (SELECT person_id FROM ledger_leg"
            f" WHERE kind = {int(Kind.REORGANISATION)} AND effective_on IN (%(days)s)"
            " AND unit_id IN (%(asked)s))"
        )
    sql = (
        f"WITH {ways(which, open_ends=True)}"
        f" SELECT {_stretch(cuts)} - 1, left_id, taken_id, standing,"
        " CASE WHEN fresh THEN 1 ELSE 0 END AS fresh, count(*)"
        f" FROM way GROUP BY 1, 2, 3, 4, 5"
    )
    rows = answered(known, lambda parts: parts.ask_whole(sql, 6, cuts, units or ()))
    if units is not None:
        either = np.isin(rows[1], units) | np.isin(rows[2], units)
        rows = tuple(column[either] for column in rows)
    return Rows(rows)
