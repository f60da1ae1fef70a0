"""The tables of the figures: by unit, the statement, breakdowns, and all indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.door import Sitting
from giaoban.desk.figures.asking import PARTY, STANDINGS, Asked, Cell
from giaoban.figures.achievement import Achievement, Pace
from giaoban.figures.by_indicator import Measured
from giaoban.figures.by_unit import UnitRow
from giaoban.figures.indicators import INDICATORS, Indicator, RatioFormula
from giaoban.figures.lines import DECREASES, INCREASES, OFFICIAL, Line
from giaoban.figures.organisation_work import StatementRow
from giaoban.figures.statement import statements_below
from giaoban.figures.values import Value, values
from giaoban.units.models import Sector

PLAN = "plan"
NO_SECTOR = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table by unit; an address is empty where there is nothing to look behind."""

    name: str
    code: str
    done: Achievement
    before: int | None
    partial: bool
    url: str
    actual: str
    plan: str
    was: str
    on: str = ""
    unattributed: int = 0

    @property
    def ratio(self) -> Any:
        """This period by the same one a year before, in per cent: the form's way of saying it."""
        return None if self.partial else vietnamese.percent(self.done.actual, self.before)

    @property
    def sort(self) -> tuple[Pace | None, bool]:
        """Its pace, and whether it has none because it can't be compared with its target."""
        return self.done.pace, self.done.pace is not None or not self.done.plan


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that stand alike against the pace, under one head that says it once for all.

    Without a pace they have no target, or, not ``compared``, one that is not of the same thing.
    """

    pace: Pace | None
    compared: bool
    rows: list[Row]


def whole_row(asked: Asked, found: Measured) -> Row:
    """The row of the unit itself, with all below it."""
    row = UnitRow(found.life, found.whole)
    return _row(asked, found, row, _("Whole"), in_sight=True, own=True)


def bands(asked: Asked, found: Measured, sitting: Sitting) -> list[Band]:
    """The rows by pace, the reached ones first, by falling per cent; without a plan last."""
    chosen = [row for row in found.rows if _in_sector(row, asked.sector)]
    rows = [_row(asked, found, r, r.life.name, in_sight=r.life.id in sitting.units) for r in chosen]
    kept = [row for row in rows if row.done.plan is not None or row.done.actual or row.before]
    kept.sort(key=lambda row: (row.done.rank or 0, -row.done.actual))
    order = [(Pace.REACHED, True), (Pace.ON_PACE, True), (Pace.BEHIND, True), (None, False),
             (None, True)]  # fmt: skip
    return [
        Band(*sort, here) for sort in order if (here := [row for row in kept if row.sort == sort])
    ]


def sectors(found: Measured) -> list[tuple[str, str, int]]:
    """The sectors that the rows belong to, with how many rows there are of each."""
    n = Counter(row.life.sector or NO_SECTOR for row in found.rows)
    titles = {sector.code: str(sector) for sector in Sector.objects.all()}
    known = [(code, title, n[code]) for code, title in titles.items() if n[code]]
    other = [(NO_SECTOR, _("Other"), n[NO_SECTOR])] if n[NO_SECTOR] and known else []
    return known + other


def _in_sector(row: UnitRow, sector: str) -> bool:
    return not sector or (row.life.sector or NO_SECTOR) == sector


def _row(
    asked: Asked, found: Measured, row: UnitRow, name: str, *, in_sight: bool, own: bool = False
) -> Row:
    told = "" if own else row.life.code
    cells = {
        "actual": Cell(asked.indicator, told),
        "plan": Cell(PLAN, told),
        "was": Cell(asked.indicator, told, span=asked.question.period.same_period_last_year.code),
    }
    before = found.before.get(row.life.id)
    return Row(
        name=name, code=row.life.code, done=row.achievement, before=before,
        partial=row.life.id in found.partial,
        url="" if own or not in_sight else asked.address(unit=row.life.code, cell=None, row=None,
                                                         group=None, span=None, sector=None),
        **{cell: asked.to(cells[cell]) if in_sight else "" for cell in cells},
        on=next((name for name, cell in cells.items() if cell == asked.cell), ""),
        unattributed=row.unattributed,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the statement with the address of what is behind it."""

    value: int | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the statement, as its part of the look takes it."""

    label: str
    role: str
    cells: list[Number]
    total: Number
    note: str = ""


def statement(
    asked: Asked, rows: Iterable[StatementRow], family: str, *, before: bool
) -> list[Entry]:
    """The statement in the order of the official form; other lines only where not zero.

    ``before`` tells the year before, too.
    """
    by_line = {row.line: row for row in rows}
    found = [_entry(asked, by_line[Line.OPENING], "opening", family, before)]
    for title, lines in ((_("Increase"), INCREASES), (_("Decrease"), DECREASES)):
        shown = [
            by_line[line] for line in lines
            if any(by_line[line].amount) or by_line[line].last_year
            or (line in OFFICIAL and family == PARTY)
        ]  # fmt: skip
        found.append(Entry(title, "group", [], Number(None)))
        found += [_entry(asked, row, "flow", family, before) for row in shown]
    if family == PARTY:
        # It changes the standing of members, never how many there are.
        found.append(_entry(asked, by_line[Line.RECOGNISED], "flow", family, before))
    return [*found, _entry(asked, by_line[Line.CLOSING], "closing", family, before)]


def _entry(asked: Asked, row: StatementRow, role: str, family: str, told: bool) -> Entry:
    name, sign = row.line.name.lower().replace("_", "-"), row.line.sign or 1
    earlier = asked.question.period.same_period_last_year.code
    split = [
        Number(sign * amount or 0, asked.to(Cell(f"{name}:{standing}")) if amount else "")
        for standing, amount in zip(STANDINGS, row.amount, strict=True)
    ]
    before = [Number(sign * row.last_year, asked.to(Cell(name, span=earlier)))] if told else []
    total = Number(sign * row.amount.both, asked.to(Cell(name)))
    return Entry(row.line.label, role, [*(split if family == PARTY else []), *before], total)


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator's value, and in the same period a year before."""

    indicator: Indicator
    value: Value
    before: Value
    url: str
    was: str
    here: str

    @property
    def is_ratio(self) -> bool:
        return isinstance(self.indicator.formula, RatioFormula)

    @property
    def change(self) -> int | None:
        """By how much a count changed; ratios differ in points of per cent, not told here."""
        if isinstance(self.value, int) and isinstance(self.before, int):
            return self.value - self.before
        return None

    @property
    def ratio(self) -> Any:
        if isinstance(self.value, Fraction) or isinstance(self.before, Fraction):
            return None
        return vietnamese.percent(self.value, self.before)


def indicators(asked: Asked, family: str) -> list[IndicatorRow]:
    """All indicators of the unit, each beside the year before."""
    question = asked.question
    earlier = question.period.same_period_last_year
    spans = [earlier, question.period]
    before, now = statements_below(question.unit, spans, question.head.number, family)
    here, then = values(question.unit, now), values(question.unit, before)
    return [
        IndicatorRow(
            one, here[code], then[code],
            "" if isinstance(one.formula, RatioFormula) else asked.to(Cell(code)),
            "" if isinstance(one.formula, RatioFormula)
            else asked.to(Cell(code, span=earlier.code)),
            "" if isinstance(one.formula, RatioFormula)
            else asked.address(indicator=code, view=None, cell=None, row=None, span=None),
        )
        for code, one in INDICATORS.items()
    ]  # fmt: skip
