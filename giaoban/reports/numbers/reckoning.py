"""Every number that a report of one question may name, worked out when it is asked for.

The narrative, the tables and the charts of a document all ask here, and so does ``verify`` years
later: a number that was printed is the number under the same address, by the same state of the
books.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property

from giaoban.figures import breakdowns, cells
from giaoban.figures.by_unit import Question, UnitRow, period_title
from giaoban.figures.errors import CellUnknown
from giaoban.figures.indicators import INDICATORS, UnitsFormula
from giaoban.figures.lines import Line, StandingGroup
from giaoban.figures.organisation_work import ADMITTED, OrganisationWork, organisation_work
from giaoban.figures.restating import restate
from giaoban.figures.statement import statements_below
from giaoban.figures.trace import cell_named, total
from giaoban.figures.values import Books, Value
from giaoban.journal.queries import AsOf
from giaoban.periods import BadPeriod, Period, PeriodKind
from giaoban.reports.errors import FigureUnknown, RowUnknown
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import (
    OF_ACHIEVEMENT,
    OF_WORK,
    STATES,
    WAYS,
    units_in,
    worked_out,
)
from giaoban.units.queries import UnitLife, lives, tree_on, unit_by_code
from giaoban.units.tree import Tree


def known_cells() -> list[str]:
    """The name of every cell an address may begin with."""
    return list(dict.fromkeys([*cells.names(), *OF_ACHIEVEMENT, *OF_WORK, *STATES]))


class Reckoning:
    """The numbers of one question; ``work`` are those that every report needs, made once."""

    def __init__(self, question: Question, work: OrganisationWork | None = None) -> None:
        self.question = question
        self._work = work
        self._kept: dict[Address, Value] = {}
        self._others: dict[str, Reckoning] = {}
        self._months: dict[tuple[str, int], Counter[int]] = {}

    @cached_property
    def work(self) -> OrganisationWork:
        """The figures of the report on organisation work. Raises ``UnitNotInPeriod``."""
        return self._work or organisation_work(self.question)

    @cached_property
    def rows(self) -> dict[str, UnitRow]:
        """The rows of the table by unit, by code."""
        return {row.life.code: row for row in self.work.units}

    @cached_property
    def last_year(self) -> Period:
        """The same period of the year before."""
        return self.question.period.same_period_last_year

    def value(self, address: Address | str) -> Value:
        """The number at an address: a count, an exact ratio, or None where there is none.

        Raises ``FigureUnknown`` naming what is near, ``RowUnknown``, ``FieldUnknown``,
        ``GroupUnknown`` naming the groups that there are, ``CellWithoutGroups``.
        """
        asked = Address.parse(address) if isinstance(address, str) else address
        if asked not in self._kept:
            self._kept[asked] = self._derived(asked) if asked.way else self._value(asked)
        return self._kept[asked]

    def _derived(self, asked: Address) -> Value:
        if asked.way not in WAYS:
            raise FigureUnknown(figure=str(asked), choices=list(WAYS))
        now = self.value(asked.base)
        if asked.way == "share":
            # Of everybody where it is a group, else of all on the roll.
            whole = self.value(Address(asked.cell, asked.row, "", asked.period))
            if not asked.group:
                whole = self.value(Address("closing", asked.row, "", asked.period))
            return Fraction(now) / whole if now is not None and whole else None
        before = Address(asked.cell, asked.row, asked.group, self.last_year.code)
        if asked.way == "points":
            now = self.value(Address(asked.cell, asked.row, asked.group, asked.period, "share"))
            then = self.value(Address(*_parts(before), "share"))
            return now - then if now is not None and then is not None else None
        return worked_out(asked.way, now, self.value(before))

    def _value(self, asked: Address) -> Value:
        if asked.period and asked.period != self.question.period.code:
            return self._elsewhen(asked)
        name = asked.cell
        if asked.group:
            return self._group(asked)
        if name in OF_ACHIEVEMENT or name == cells.PLAN:
            done = self._row(asked.row).achievement if asked.row else self.work.whole
            return done.plan if name == cells.PLAN else OF_ACHIEVEMENT[name](done, self.work)
        if name in STATES and not asked.row:
            return len(units_in(self.work, name))
        if name in OF_WORK and not asked.row:
            return OF_WORK[name](self.work)
        if asked.row:
            return self._in_row(asked)
        return self._cell(name)

    def _row(self, code: str) -> UnitRow:
        if code not in self.rows:
            raise RowUnknown(row=code, period=period_title(self.question.period))
        return self.rows[code]

    def _cell(self, name: str) -> Value:
        """A cell of the report's own unit."""
        code, _colon, standing = name.partition(":")
        if code in self.work.indicators and not standing:
            return self.work.indicators[code]
        if code in cells.SUMS:
            tail = f":{standing}" if standing else ""
            parts = [
                self._cell(f"{line.name.lower().replace('_', '-')}{tail}")
                for line in cells.SUMS[code]
            ]
            return sum(int(part or 0) for part in parts)
        named = self._named(name)
        if isinstance(named, tuple):
            line, group = named
            amount = next(row.amount for row in self.work.statement if row.line == line)
            if group is None and line == Line.RECOGNISED:
                return amount.full
            return amount.both if group is None else amount[group]
        return total(cells.items_behind(self.question, name))

    @staticmethod
    def _named(name: str) -> tuple[Line, StandingGroup | None] | UnitsFormula:
        try:
            return cell_named(name)
        except CellUnknown:
            near = get_close_matches(name.partition(":")[0], known_cells(), n=5, cutoff=0.4)
            raise FigureUnknown(figure=name, choices=near or known_cells()) from None

    def _in_row(self, asked: Address) -> Value:
        """A cell of a unit below: an admission counts in the row that it was made in."""
        if asked.cell == ADMITTED and asked.row in self.rows:
            return self._row(asked.row).achievement.actual
        if asked.cell.partition(":")[0] in cells.SUMS:
            return self._sum_in_row(asked)
        if asked.cell in INDICATORS and len(cells.parts_of(asked.cell)) > 1:
            part, whole = (self.value(Address(c, asked.row)) for c in cells.parts_of(asked.cell))
            return Fraction(part or 0) / whole if whole else None
        unit, cell = self._unit(asked.row), asked.cell
        if cell == cells.GRASSROOTS:
            return total(cells.items_behind(self.question, cell, row=unit))
        named = self._named(cell)
        if isinstance(named, UnitsFormula):
            return total(cells.items_behind(self.question, cell, row=unit))
        line, group = named
        if line == Line.ADMITTED and asked.row in self.rows:  # of one standing
            return total(cells.items_behind(self.question, cell, row=unit, in_table=True))
        amount = self.books.amount(unit, line)
        if group is None and line == Line.RECOGNISED:
            return amount.full
        return amount.both if group is None else amount[group]

    def _sum_in_row(self, asked: Address) -> int:
        """All that came or left in a unit: with its opening they make its closing."""
        unit = self._unit(asked.row)
        name, _colon, standing = asked.cell.partition(":")
        amounts = [self.books.amount(unit, line) for line in cells.SUMS[name]]
        if standing:
            return sum(amount[StandingGroup[standing.upper()]] for amount in amounts)
        return sum(amount.both for amount in amounts)

    @cached_property
    def books(self) -> Books:
        """The statements of the unit and of all below it over the period: each by the tree of its
        day, or restated."""
        question, family = self.question, self.work.unit.family
        known = question.head.number
        if question.tree is not None:
            return restate(question.unit, question.period, known, family, question.tree)
        [found] = statements_below(question.unit, [question.period], known, family)
        return found

    def _unit(self, code: str) -> int:
        """The unit of a row: directly below, or anywhere below on the day the table is of."""
        if code in self.rows:
            return self.rows[code].life.id
        question, tree = self.question, self.tree
        unit = self._below[code].id if code in self._below else unit_by_code(code)
        if tree.position(unit) < 0 or question.unit not in tree.ancestors(unit):
            raise RowUnknown(row=code, period=period_title(question.period))
        return unit

    @cached_property
    def tree(self) -> Tree:
        """The tree at the end of the period, or the one to restate by."""
        question = self.question
        return tree_on(AsOf(question.tree or question.period.last_day, question.head.number))

    @cached_property
    def _below(self) -> dict[str, UnitLife]:
        """Every unit below on the day of the tree, by code."""
        units = self.tree.below(self.question.unit).tolist()
        found = lives(units, AsOf(self.tree.on, self.question.head.number))
        return {life.code: life for life in found.values()}

    def _group(self, asked: Address) -> Value:
        """How many of a cell are in one group; of the roll and of admissions counted in bulk."""
        field, code = cells.group_named(asked.group)
        bulk = self._bulk(asked, field)
        if bulk is not None:
            # An empty group has no row; one that there is not was refused.
            return next((group.count for group in bulk if group.code == code), 0)
        row = self._unit(asked.row) if asked.row else None
        return total(
            cells.items_behind(self.question, asked.cell, row=row, group=asked.group, in_table=True)
        )

    def _bulk(self, asked: Address, field: str) -> list[breakdowns.Group] | None:
        if asked.row:
            return None
        if asked.cell == ADMITTED:
            return self.work.breakdowns.get(field)
        return self.roll.get(field) if asked.cell in ("closing", "strength") else None

    @cached_property
    def roll(self) -> Mapping[str, list[breakdowns.Group]]:
        """Who is on the roll at the end of the period, by every field of the particulars.

        Restated figures have no roll of their own: empty.
        """
        if self.question.tree is not None:
            return {}
        end = AsOf(self.question.period.last_day, self.question.head.number)
        below = tree_on(end).below(self.question.unit)
        return breakdowns.of_roll(below.tolist(), breakdowns.FIELDS, end)

    def _elsewhen(self, asked: Address) -> Value:
        """A cell in another period: from last year's statement, or by months, where they tell."""
        here = Address(asked.cell, asked.row, asked.group)
        name, plain = asked.cell, not (asked.row or asked.group)
        if asked.period == self.last_year.code and plain and self.question.tree is None:
            if name in _LINES:
                return self._line_last_year(_LINES[name])
            if name in cells.SUMS:
                return sum(self._line_last_year(line) for line in cells.SUMS[name])
        month = _MONTH.fullmatch(asked.period)
        if month and plain and name in _LINES and _LINES[name] not in _BALANCES:
            return self._by_month(name, int(month[1]))[int(month[2])]
        return self.other(asked.period).value(here)

    def _line_last_year(self, line: Line) -> int:
        return next(row.last_year for row in self.work.statement if row.line == line)

    def _by_month(self, name: str, year: int) -> Counter[int]:
        """A line of the statement by months of a year, as far as it is known."""
        if (name, year) not in self._months:
            period = self.other(str(year)).question.period
            found: Counter[int] = Counter()
            for item in cells.items_behind(replace(self.question, period=period), name):
                found[period.regime.month_of(item.effective_on)[1]] += item.quantity
            self._months[name, year] = found
        return self._months[name, year]

    def other(self, code: str) -> Reckoning:
        """The numbers of another period, of the same unit and by the same state of the books.

        Raises ``FigureUnknown`` where the code names no period.
        """
        if code not in self._others:
            period = self._period(code)
            self._others[code] = Reckoning(replace(self.question, period=period))
        return self._others[code]

    def _period(self, code: str) -> Period:
        """The period of a code. A comparison uses one rule for both years, so the regime is not
        asked whether it was in force then."""
        ours = self.question.period
        years = (ours.year_period, self.last_year.year_period)
        near = [ours, self.last_year, *years]
        near += [m for year in years for m in year.parts(PeriodKind.MONTH)]
        for period in near:
            if period.code == code:
                return period
        try:
            return Period.parse(code, regime=ours.regime)
        except BadPeriod:
            raise FigureUnknown(figure=f"@{code}", choices=[p.code for p in near[:4]]) from None


def _parts(address: Address) -> tuple[str, str, str, str]:
    return address.cell, address.row, address.group, address.period


_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_BALANCES = (Line.OPENING, Line.CLOSING)
_LINES = {line.name.lower().replace("_", "-"): line for line in Line}
