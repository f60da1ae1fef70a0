"""The months of a year: each month's number, cumulated against an even pace to the plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from giaoban.desk.figures.asking import Asked, Cell
from giaoban.desk.templatetags.marks import across
from giaoban.figures.by_unit import Question
from giaoban.figures.cells import items_behind
from giaoban.figures.trace import Item

HEIGHT, FLOOR = 170, 150  # pixels of the chart, and of its ground line
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its number, all since January, the same of last year, and what an even pace asks."""

    n: int
    code: str
    did: int
    cumulated: int
    before: int
    before_cumulated: int
    expected: Fraction | None
    url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn month: cumulated, and beside it the same of last year."""

    month: int
    x: str
    width: str
    y: int
    height: int
    middle: str
    before_y: int
    before_height: int
    n: int
    named: bool

    @property
    def label_y(self) -> int:
        """Where the number is written: above whichever is higher."""
        return min(self.y, self.before_y) - 6


@dataclass(frozen=True, slots=True)
class Year:
    """The months of a period, and their chart. ``goal`` is where the pace ends in December."""

    months: list[Month]
    bars: list[Bar]
    rest: list[tuple[int, str]]
    grid: list[tuple[int, int]]
    goal: int | None
    plan: int | None


def year(asked: Asked, plan: int | None) -> Year:
    """The months from January to the end of the page's period."""
    period = asked.question.period
    whole = replace(asked.question, period=period.year_period)
    earlier = replace(asked.question, period=period.year_period.same_period_last_year)
    here = _by_month(whole, asked.indicator)
    before = _by_month(earlier, asked.indicator)
    last = period.last_day.month
    months, sum_here, sum_before = [], 0, 0
    for n in range(1, last + 1):
        sum_here, sum_before = sum_here + here[n], sum_before + before[n]
        code = f"{period.year}-{n:02}"
        expected = None if plan is None else Fraction(plan * n, MONTHS)
        url = asked.to(Cell(asked.indicator, span=code))
        months.append(
            Month(n, code, here[n], sum_here, before[n], sum_before, expected, url)
        )  # fmt: skip
    return _drawn(months, plan)


def _by_month(question: Question, code: str) -> Counter[int]:
    found: Counter[int] = Counter()
    for item in items_behind(question, code):
        found[item.effective_on.month] += item.quantity
    return found


def within(items: list[Item], start: date, end: date) -> list[Item]:
    """The items of a part of a period."""
    return [item for item in items if start <= item.effective_on < end]


def _drawn(months: list[Month], plan: int | None) -> Year:
    most = max([plan or 0, 1, *(max(m.cumulated, m.before_cumulated) for m in months)])
    step = _step(most)
    top = -(-most // step) * step

    def y(n: int | Fraction) -> int:
        return FLOOR - int(Fraction(n) * (FLOOR - 20) / top)

    slot = Fraction(92, 100) / MONTHS
    bars = []
    for m in months:
        left = Fraction(8, 100) + slot * (m.n - 1)
        bars.append(
            Bar(m.n, across(left + slot * Fraction(18, 100)), across(slot * Fraction(64, 100)),
                y(m.cumulated), FLOOR - y(m.cumulated), across(left + slot / 2),
                y(m.before_cumulated), FLOOR - y(m.before_cumulated), m.cumulated,
                m is months[-1])
        )  # fmt: skip
    rest = [
        (n, across(Fraction(8, 100) + slot * (n - 1) + slot / 2))
        for n in range(len(months) + 1, MONTHS + 1)
    ]
    grid = [(n, y(n)) for n in range(step, top + 1, step)]
    return Year(months, bars, rest, grid, None if plan is None else y(plan), plan)


def _step(most: int) -> int:
    power = 1
    while True:
        for times in (1, 2, 5):
            if most <= times * power * 4:
                return times * power
        power *= 10
