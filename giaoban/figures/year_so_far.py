"""The year so far: what a unit and those directly below it have reached of the year's targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate

from giaoban.figures.achievement import Achievement, achievements
from giaoban.figures.lines import Line
from giaoban.figures.organisation_work import ADMITTED
from giaoban.figures.statement import statements_below
from giaoban.figures.trace import trace
from giaoban.journal.queries import AsOf
from giaoban.periods import Span
from giaoban.plans.queries import targets
from giaoban.units.queries import UnitLife, lives

MONTHS = 12


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """Admissions from 1 January to the end of a day, against the year's plan.

    ``rows`` are the units directly below that have a target, the best first, those level with
    each other in the office's order; ``months`` are the admissions up to the end of each month
    that has begun.
    """

    span: Span
    unit: UnitLife
    whole: Achievement
    rows: list[tuple[UnitLife, Achievement]]
    months: list[int]


def year_so_far(unit: int, as_of: AsOf) -> YearSoFar:
    """The year of ``as_of.on`` up to that day, by the entries known."""
    begins = date(as_of.on.year, 1, 1)
    span = Span(begins, as_of.on + timedelta(days=1))
    year = date(as_of.on.year + 1, 1, 1) - begins
    elapsed = Fraction(span.length_in_days, year.days)
    life = lives([unit], as_of)[unit]
    [found] = statements_below(unit, [span], as_of.known, life.family)
    children = found.tree.children(unit).tolist()
    plans = targets(ADMITTED, as_of.on.year, as_of.known, [unit, *children])
    [whole] = achievements([unit], [found.amount(unit, Line.ADMITTED).both], plans, elapsed)
    below = [u for u in children if plans.get(u)]
    shown = lives(below, as_of)
    actual = [found.amount(u, Line.ADMITTED).both for u in below]
    rows = [(shown[a.unit], a) for a in achievements(below, actual, plans, elapsed)]
    rows.sort(key=lambda row: row[1].rank or 0)
    return YearSoFar(span, life, whole, rows, _months(unit, span, as_of.known, life.family))


def _months(unit: int, span: Span, known: int, family: str) -> list[int]:
    each = [0] * span.last_day.month
    for item in trace(unit, (Line.ADMITTED, None), span, known, family):
        each[item.effective_on.month - 1] += item.quantity
    return list(accumulate(each))
