"""The figures of the report on organisation work: one unit, one period, as of one knowledge.

Gathers what the nine-month report says; layouts print it. Nothing here is typed in: each number
is a cell that ``trace`` can open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from giaoban.figures import persons
from giaoban.figures.achievement import Achievement, achievements
from giaoban.figures.breakdowns import Group, of_persons
from giaoban.figures.by_unit import (
    Question,
    Rest,
    UnitRow,
    period_title,
    rows_restated,
    rows_then,
)
from giaoban.figures.errors import NothingKnown, UnitNotInPeriod
from giaoban.figures.indicators import INDICATORS, UnitsFormula
from giaoban.figures.lines import Amount, Line
from giaoban.figures.statement import Statements, statements_of
from giaoban.figures.trace import Item, net_persons, total, trace
from giaoban.figures.values import Value, values
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Basis, Entry
from giaoban.journal.queries import AsOf, Head, head, head_at, head_known_on
from giaoban.journal.writing import VIETNAM
from giaoban.people.queries import names_of
from giaoban.periods import Period
from giaoban.plans.queries import Allocation, allocation, targets
from giaoban.units.queries import UnitLife, grassroots_units, lives

ADMITTED = "admitted"
BROKEN_DOWN_BY = ("sex", "age", "ethnicity", "profession", "occupation")
FOUNDED = ("party-founded-private", "unions-founded-private")


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A line of the statement, with the same period of the year before (both standings)."""

    line: Line
    amount: Amount
    last_year: int


@dataclass(frozen=True, slots=True)
class OrganisationWork:
    """Everything the report says, as numbers."""

    question: Question
    unit: UnitLife
    whole: Achievement
    last_year_admitted: int
    statement: list[StatementRow]
    units: list[UnitRow]
    rest: Rest
    allocation: Allocation
    grassroots: int
    indicators: dict[str, Value]
    founding_basis: list[Basis]
    breakdowns: dict[str, list[Group]]

    @property
    def strength(self) -> Amount:
        """Members at the end of the period."""
        return next(row.amount for row in self.statement if row.line == Line.CLOSING)


def head_for(known_on: date | None) -> Head:
    """The head to know by: of now, or of a day. Raises ``NothingKnown`` before the first entry."""
    found = head() if known_on is None else head_known_on(known_on)
    if found.number == 0 and known_on is not None:
        first = head_at(1)
        began = first.recorded_at.astimezone(VIETNAM).date() if first.recorded_at else "–"
        raise NothingKnown(date=known_on, first=began)
    return found


def organisation_work(question: Question) -> OrganisationWork:
    """Gather the report. Raises ``UnitNotInPeriod`` for a unit that did not exist then."""
    period, known, unit = question.period, question.head.number, question.unit
    life = lives([unit], AsOf(period.last_day, known))[unit]
    before, now = statements_of([period.same_period_last_year, period], known, life.family)
    if now.index(unit) < 0:
        raise UnitNotInPeriod(unit=life.name, period=period_title(period))
    plans = targets(ADMITTED, period.year, known)
    counted = Fraction(period.elapsed_share)
    [whole] = achievements([unit], [now.amount(unit, Line.ADMITTED).both], plans, counted)
    admitted = trace(unit, (Line.ADMITTED, None), period, known, life.family)
    founded = {code: _founded(code, unit, period, known) for code in FOUNDED}
    end = AsOf(period.last_day, known)
    if question.tree is None:
        rows, rest = rows_then(question, life, now, plans, counted)
    else:
        rows, rest = rows_restated(question, life, plans, counted)
    return OrganisationWork(
        question=question,
        unit=life,
        whole=whole,
        last_year_admitted=before.amount(unit, Line.ADMITTED).both,
        statement=_statement(now, before, unit),
        units=rows,
        rest=rest,
        allocation=allocation(unit, ADMITTED, period.year, end),
        grassroots=len(np.intersect1d(now.tree.below(unit), grassroots_units(life.family, known))),
        indicators=values(unit, now, {code: total(items) for code, items in founded.items()}),
        founding_basis=_bases([item for items in founded.values() for item in items]),
        breakdowns=of_persons(net_persons(admitted), BROKEN_DOWN_BY, end),
    )


def _statement(now: Statements, before: Statements, unit: int) -> list[StatementRow]:
    return [
        StatementRow(line, now.amount(unit, line), _shown(before.amount(unit, line), line))
        for line in Line
    ]


def _shown(amount: Amount, line: Line) -> int:
    """What a line says of both standings; recognitions are told by who became full."""
    return amount.full if line == Line.RECOGNISED else amount.both


def _founded(code: str, unit: int, period: Period, known: int) -> list[Item]:
    formula = INDICATORS[code].formula
    assert isinstance(formula, UnitsFormula)
    return trace(unit, formula, period, known, formula.family)


def _bases(items: list[Item]) -> list[Basis]:
    """The documents that acts rest on, each once, the most frequent first."""
    rows = persons.bases_of([item.entry for item in items])
    found = Basis.objects.in_bulk(rows)
    return [found[number] for number in rows]


def statement_of(question: Question) -> tuple[UnitLife, list[StatementRow]]:
    """A unit's statement with the same period of the year before."""
    period, known, unit = question.period, question.head.number, question.unit
    life = lives([unit], AsOf(period.last_day, known))[unit]
    before, now = statements_of([period.same_period_last_year, period], known, life.family)
    if now.index(unit) < 0:
        raise UnitNotInPeriod(unit=life.name, period=period_title(period))
    return life, _statement(now, before, unit)


def described(items: list[Item], known: int) -> list[tuple[object, ...]]:
    """Items of a trace as people read them: entry, kind, effective day, recording time, recorder,
    member, unit, basis, quantity."""
    entries = Entry.objects.select_related("basis").in_bulk({item.entry for item in items})
    on = max((item.effective_on for item in items), default=date.min)
    people = {item.person for item in items if item.person is not None}
    names = names_of(people, AsOf(date.max, known))
    units = lives({item.unit for item in items}, AsOf(on, known))
    rows: list[tuple[object, ...]] = []
    for item in items:
        entry = entries[item.entry]
        person = None if item.person is None else str(names.get(item.person, item.person))
        basis = entry.basis.number if entry.basis else None
        rows.append((
            item.entry, Kind(entry.kind).label, item.effective_on, entry.recorded_at, entry.by,
            person, units[item.unit].name, basis, item.quantity,
        ))  # fmt: skip
    return rows
