"""The figures of the report on organisation work: one unit, one period, as of one knowledge.

Gathers what the nine-month report says; layouts print it. Nothing here is typed in: each number
is a cell that ``trace`` can open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from giaoban.figures import persons
from giaoban.figures.achievement import Achievement, achievements
from giaoban.figures.breakdowns import Group, of_persons
from giaoban.figures.by_unit import (
    Question,
    Rest,
    UnitRow,
    admissions_restated,
    period_title,
    rows_restated,
    rows_then,
)
from giaoban.figures.cells import units_behind
from giaoban.figures.errors import NothingKnown, UnitNotInPeriod
from giaoban.figures.indicators import INDICATORS, UnitsFormula
from giaoban.figures.lines import Amount, Line
from giaoban.figures.restated_plans import RestatedPlans
from giaoban.figures.restating import Restated, restate, target_tree
from giaoban.figures.statement import statements_below
from giaoban.figures.stretches import stretch
from giaoban.figures.trace import Item, net_persons, total, trace, trace_restated
from giaoban.figures.values import Books, Value, values
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Basis, Entry
from giaoban.journal.queries import AsOf, Head, head, head_at, head_known_on
from giaoban.journal.writing import VIETNAM
from giaoban.people.queries import names_of
from giaoban.plans.queries import Allocation, allocation, targets
from giaoban.units.queries import UnitLife, grassroots_units, lives
from giaoban.units.tree import Tree

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
    restated: bool = False  # as a whole, not only its rows

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
    """Gather the report. Raises ``UnitNotInPeriod`` for a unit that did not exist then.

    Restated by a tree that holds the unit, the report is of whoever belongs to it there; a unit
    that is no more is told as it was, with its rows restated.
    """
    period, known, unit = question.period, question.head.number, question.unit
    life, end = life_in(question), AsOf(period.last_day, known)
    before, now = _books(question, life)
    plans = targets(ADMITTED, period.year, known)
    counted = Fraction(period.elapsed_share)
    done = now.amount(unit, Line.ADMITTED).both
    again = admissions_restated(question, life) if question.tree is not None else None
    if isinstance(now, Restated):
        assert again is not None
        whole = _whole_restated(question, done, plans, counted, now.tree)
        admitted = trace_restated(unit, Line.ADMITTED, None, again)
    else:
        [whole] = achievements([unit], [done], plans, counted)
        admitted = trace(unit, (Line.ADMITTED, None), period, known, life.family)
    founded = {code: _founded(code, question) for code in FOUNDED}
    if again is None:
        rows, rest = rows_then(question, life, admitted, plans, counted)
    else:
        rows, rest = rows_restated(question, again, plans, counted)
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
        restated=isinstance(now, Restated),
    )


def life_in(question: Question) -> UnitLife:
    """The unit as it was called then, or is by the tree asked for if that alone holds it.

    Raises ``UnitNotInPeriod``.
    """
    period, known, unit = question.period, question.head.number, question.unit
    if any(tree.position(unit) >= 0 for tree in stretch(period, known).trees):
        return lives([unit], AsOf(period.last_day, known))[unit]
    life = lives([unit], AsOf(question.tree or period.last_day, known))[unit]
    if not by_tree(question):
        raise UnitNotInPeriod(unit=life.name, period=period_title(period))
    return life


def by_tree(question: Question) -> bool:
    """Whether the tree to restate by holds the unit asked for."""
    if question.tree is None:
        return False
    return target_tree(question.tree, question.head.number).position(question.unit) >= 0


def _books(question: Question, life: UnitLife) -> tuple[Books, Books]:
    """The statements of the same period last year and of this one."""
    period, known, tree = question.period, question.head.number, question.tree
    spans = [period.same_period_last_year, period]
    if tree is None or not by_tree(question):
        before, now = statements_below(question.unit, spans, known, life.family)
        return before, now
    one, two = (restate(question.unit, span, known, life.family, tree) for span in spans)
    return one, two


def _whole_restated(
    question: Question, done: int, plans: dict[int, int], counted: Fraction, tree: Tree
) -> Achievement:
    """Its own target where it had one, else the sum of what became part of it."""
    unit, known = question.unit, question.head.number
    if unit in plans:
        return achievements([unit], [done], plans, counted)[0]
    found = RestatedPlans(unit, question.period.last_day, known, tree, plans)
    at = tree.position(unit)
    plan = {unit: int(found.rolled[at])} if found.rolled[at] else {}
    return achievements([unit], [done], plan, counted, {unit} if found.mixed[at] else ())[0]


def _statement(now: Books, before: Books, unit: int) -> list[StatementRow]:
    return [
        StatementRow(line, now.amount(unit, line), _shown(before.amount(unit, line), line))
        for line in Line
    ]


def _shown(amount: Amount, line: Line) -> int:
    """What a line says of both standings; recognitions are told by who became full."""
    return amount.full if line == Line.RECOGNISED else amount.both


def _founded(code: str, question: Question) -> list[Item]:
    formula = INDICATORS[code].formula
    assert isinstance(formula, UnitsFormula)
    return units_behind(question, formula)


def _bases(items: list[Item]) -> list[Basis]:
    """The documents that acts rest on, each once, the most frequent first."""
    rows = persons.bases_of([item.entry for item in items])
    found = Basis.objects.in_bulk(rows)
    return [found[number] for number in rows]


def statement_of(question: Question) -> tuple[UnitLife, list[StatementRow]]:
    """A unit's statement with the same period of the year before."""
    life = life_in(question)
    before, now = _books(question, life)
    return life, _statement(now, before, question.unit)


class Told(NamedTuple):
    """An item of a trace as people read it; the hour of recording is Vietnam's."""

    entry: int
    kind: Kind
    effective_on: date
    recorded_at: datetime
    recorded_by: str
    person: int | None
    name: str | None
    unit: str
    unit_name: str
    basis: str | None
    quantity: int


def described(items: list[Item], known: int) -> list[Told]:
    """Items of a trace with what is to be said of their entries, members and units."""
    entries = Entry.objects.select_related("basis").in_bulk({item.entry for item in items})
    on = max((item.effective_on for item in items), default=date.min)
    names = names_of({i.person for i in items if i.person is not None}, AsOf(date.max, known))
    units = lives({item.unit for item in items}, AsOf(on, known))
    told = []
    for item in items:
        entry, unit = entries[item.entry], units[item.unit]
        name = None if item.person is None else str(names.get(item.person, item.person))
        basis = entry.basis.number if entry.basis else None
        at = entry.recorded_at.astimezone(VIETNAM)
        told.append(
            Told(item.entry, Kind(entry.kind), item.effective_on, at, entry.by, item.person, name,
                 unit.code, unit.name, basis, item.quantity)
        )  # fmt: skip
    return told
