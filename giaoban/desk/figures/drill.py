"""Behind a cell: the movements that make up its number, and whether they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.desk.door import Sitting, english
from giaoban.desk.figures.asking import Asked, Cell, span_of
from giaoban.desk.figures.groups import LABELS, SENSITIVE
from giaoban.desk.figures.months import within
from giaoban.figures.behind import Behind, behind, in_order
from giaoban.figures.below import Below
from giaoban.figures.breakdowns import FIELDS
from giaoban.figures.by_indicator import counts, hidden_below
from giaoban.figures.by_unit import Question
from giaoban.figures.cells import (
    ADMITTED,
    GRASSROOTS,
    PLAN,
    REST,
    REST_PLAN,
    items_behind,
)
from giaoban.figures.indicators import INDICATORS, UnitsFormula
from giaoban.figures.lines import Line
from giaoban.figures.statement import statements_below
from giaoban.figures.trace import Item, cell_named, total, trace_plan
from giaoban.journal.queries import AsOf
from giaoban.people.codes import code_lists
from giaoban.periods import Period, PeriodKind
from giaoban.plans.queries import targets
from giaoban.units.queries import UnitLife, lives

SHOWN, LISTED = 30, 100


@dataclass(frozen=True, slots=True)
class Drill:
    """The panel: whose number, which cell, its items, and what they add up to.

    ``number`` is the cell as the statement counts it, by sums and not person by person; None where
    there is no second way to count it.
    """

    unit: UnitLife
    what: str
    period: Period
    shown: list[Behind]
    items: list[Item]
    number: int | None
    partial: bool

    @property
    def total(self) -> int:
        return total(self.items)

    @property
    def balanced(self) -> bool:
        return self.number is None or self.number == self.total

    @property
    def off(self) -> int:
        """By how much the items miss the number."""
        return self.total - (self.number or 0)

    @property
    def more(self) -> int:
        return len(self.items) - len(self.shown)


def drill(
    asked: Asked, sitting: Sitting, *, first: int = 0, limit: int | None = SHOWN,
    items: Sequence[Item] | None = None,
) -> Drill:  # fmt: skip
    """What is behind the cell of an address; ``limit`` None shows all of it.

    ``items`` are the cell's, where the caller has them already.
    """
    assert asked.cell is not None
    cell = asked.cell
    question, row = _question(asked, cell), sitting.unit(cell.row) if cell.row else None
    if items is None:
        items = _items(question, cell, row, asked.indicator)
    items = in_order(items)
    last = None if limit is None else first + limit
    unit = row or question.unit
    on = max(question.period.last_day, question.tree or question.period.start)
    as_of = AsOf(min(on, sitting.today), question.head.number)
    known = question.head.number
    return Drill(
        unit=lives([unit], as_of)[unit],
        what=title_of(cell),
        period=question.period,
        shown=behind(items[first:last], question),
        items=items,
        number=_number(question, cell, unit, asked.indicator),
        partial=bool(hidden_below(unit, question.period, known, sitting.units)),
    )


def _question(asked: Asked, cell: Cell) -> Question:
    if not cell.span:
        return asked.question
    return replace(asked.question, period=span_of(cell.span, asked.question.period))


def _items(question: Question, cell: Cell, row: int | None, indicator: str) -> list[Item]:
    period, name = question.period, cell.name.partition(":")[0]
    if name == PLAN and indicator != ADMITTED:
        return trace_plan(row or question.unit, indicator, period.year, question.head.number)
    named = None if name in _OTHERS else cell_named(cell.name)
    flow = isinstance(named, tuple) and named[0] not in (Line.OPENING, Line.CLOSING)
    if period.kind is PeriodKind.MONTH and flow and question.tree is None:
        # A month of a year's table counts as the year does, so that months add up to it.
        whole = replace(question, period=period.year_period)
        found = items_behind(whole, cell.name, row=row, group=cell.group or None)
        return within(found, period.start, period.end)
    in_table = row is not None and not cell.span
    return items_behind(question, cell.name, row=row, group=cell.group or None, in_table=in_table)


def _number(question: Question, cell: Cell, unit: int, indicator: str) -> int | None:
    """The cell by sums; None for what is only told item by item."""
    known, period = question.head.number, question.period
    if cell.group or question.tree is not None:
        return None
    if cell.name == PLAN:
        return targets(indicator, period.year, known).get(unit)
    life = lives([unit], AsOf(period.last_day, known))[unit]
    if cell.name.partition(":")[0] in _OTHERS or not _measured(question, cell, unit, life.family):
        return None
    named = cell_named(cell.name)
    if isinstance(named, UnitsFormula):
        return counts([unit], cell.name, period, known, life.family)[1][unit]
    line, standing = named
    [found] = statements_below(unit, [period], known, life.family)
    amount = found.amount(unit, line)
    if standing is None:
        return amount.full if line == Line.RECOGNISED else amount.both
    return amount[standing]


def _measured(question: Question, cell: Cell, unit: int, family: str) -> bool:
    """Whether a row of the table by unit holds all that its unit has in the period."""
    if not cell.row or cell.span or cell.name != ADMITTED:
        return True
    below = Below(question.unit, question.period, question.head.number, family)
    return unit not in below.units or below.measured(unit)


# Cells with a way of their own to be counted, and what they are called.
_OTHERS = {
    PLAN: gettext_lazy("Target"),
    REST: gettext_lazy("In the unit's own book"),
    REST_PLAN: gettext_lazy("Target that stands in no row"),
    GRASSROOTS: gettext_lazy("Grassroots organisations"),
    "increase": gettext_lazy("Increase"),
    "decrease": gettext_lazy("Decrease"),
}


def title_of(cell: Cell) -> str:
    """The cell in words."""
    name, _sep, standing = cell.name.partition(":")
    if name in _OTHERS:
        label = str(_OTHERS[name])
    elif name in INDICATORS:
        label = str(INDICATORS[name].label)
    else:
        label = Line[name.upper().replace("-", "_")].label
    parts = [label, _STANDINGS.get(standing, lambda: "")(), _group(cell.group)]
    return ", ".join(part for part in parts if part)


_STANDINGS = {"probationary": lambda: _("probationary"), "full": lambda: _("full")}


def _group(told: str) -> str:
    field, _sep, code = told.partition("=")
    if field not in FIELDS:
        return ""
    codes = code_lists().get(field, {})
    title = codes[code].title if code in codes else code or _("not known")
    return f"{LABELS[field]}: {title}"


def sensitive(cell: Cell) -> bool:
    """Whether a cell tells who is of which ethnicity or religion."""
    return cell.group.partition("=")[0] in SENSITIVE


def heads() -> list[str]:
    """The heads of the exported list."""
    return [
        _("Entry"), _("Digest"), _("Member"), _("Unit"), _("Basis"), _("Issued on"),
        _("Effective on"), _("Recorded on"), _("Number"),
    ]  # fmt: skip


def line(one: Behind) -> list[Any]:
    """A line of the exported list."""
    basis = one.entry.basis
    return [
        one.item.entry, bytes(one.entry.digest).hex(), str(one.name) if one.name else None,
        one.unit.name if one.unit else None, basis.number if basis else None,
        basis.issued_on if basis else None, one.item.effective_on, one.recorded_on,
        one.item.quantity,
    ]  # fmt: skip


def period_name(period: Period) -> str:
    """A period in the language of the page; off the calendar with its days."""
    return period.title_en if english() else period.title_vi
