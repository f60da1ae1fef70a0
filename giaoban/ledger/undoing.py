"""What a reversal does to units, and whom it concerns beside those its own legs name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from giaoban.journal.books import books
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import not_reversed
from giaoban.journal.sql import fetch
from giaoban.journal.writing import Journal
from giaoban.ledger.models import Leg
from giaoban.ledger.state import LedgerState
from giaoban.units.change import Change
from giaoban.units.errors import LaterRows
from giaoban.units.models import Closing, Founding, Placement, Succession

# Rows that would stand on nothing if the founding of a unit were taken back: book and column.
_LEANING = (
    ("units_placement", "parent_id"),
    ("units_placement", "unit_id"),
    ("units_closing", "unit_id"),
    ("units_naming", "unit_id"),
    ("units_succession", "unit_id"),
    ("units_succession", "successor_id"),
)


class UnitsUndone:
    """The units that an entry founded, closed or placed, if it were reversed."""

    def __init__(self, journal: Journal, state: LedgerState, number: int, day: date) -> None:
        self.journal, self.state, self.number, self.day = journal, state, number, day
        self.founded = _units(Founding, number)
        self.closed = _units(Closing, number)
        self.placed = _units(Placement, number)
        lines = Succession.objects.filter(entry_id=number)
        self.involved = self.founded | self.closed | {
            unit for line in lines for unit in (line.unit_id, line.successor_id)
        }  # fmt: skip

    def check(self) -> None:
        """Refuse if a later act leans on a unit that would never have been, or would hang in air.

        Raises ``LaterRows``, ``Cycle``.
        """
        for unit in sorted(self.founded):
            for table, column in _LEANING:
                self._refuse_leaning(unit, table, column, "x.from_on")
            for table in _of_later_floors():
                self._refuse_leaning(unit, table, "unit_id", "e.effective_on")
        standing = (self.closed | self.placed) - self.founded
        if standing:
            Change(self.journal.number, self.day, {}, self.number).check(sorted(standing))

    def persons(self) -> set[tuple[int, str]]:
        """(person, family) of everybody who ever went through the units on that day, or stood in
        a unit that would never have been: late acts have shares of their own."""
        if not self.involved:
            return set()
        found = fetch(
            "SELECT DISTINCT person_id, unit_id FROM ledger_leg WHERE account BETWEEN 1 AND 4"
            " AND (unit_id = ANY(%(founded)s) OR unit_id = ANY(%(involved)s)"
            "   AND effective_on = %(day)s AND kind = %(kind)s)",
            founded=list(self.founded),
            involved=list(self.involved),
            day=self.day,
            kind=int(Kind.REORGANISATION),
        )
        self.state.load((person for person, _unit in found), (unit for _person, unit in found))
        return {(person, self.state.unit(unit).family) for person, unit in found}

    def _refuse_leaning(self, unit: int, table: str, column: str, day: str) -> None:
        rows = fetch(
            f"SELECT x.entry_id, {day} FROM {table} AS x"
            f" JOIN journal_entry AS e ON e.id = x.entry_id WHERE x.{column} = %(unit)s"
            f" AND x.entry_id <> %(number)s AND {not_reversed('x')}"
            " ORDER BY x.entry_id LIMIT 1",
            unit=unit,
            number=self.number,
            known=self.journal.number,
        )
        if rows:
            raise LaterRows(unit=self.state.unit(unit).name, n=rows[0][0], date=rows[0][1])


def _of_later_floors() -> list[str]:
    """The tables of the other books that name a unit: appointments, targets, and what is to come.
    Legs are none of them: members are asked one by one."""
    known = {Leg._meta.db_table, Founding._meta.db_table, *(table for table, _column in _LEANING)}
    tables = [book._meta.db_table for book in books() if "unit_id" in book.columns]
    return [table for table in tables if table not in known]


def _units(book: type[Founding] | type[Closing] | type[Placement], number: int) -> set[int]:
    rows: Iterable[int] = book.objects.filter(entry_id=number).values_list("unit_id", flat=True)
    return set(rows)
