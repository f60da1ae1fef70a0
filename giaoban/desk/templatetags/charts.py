"""Where the marks of charts stand: columns by month, steps of knowledge, a year's ruler, a spark.

As in ``marks``: per cent across, pixels down, no Django. Columns compare with a plan spread evenly
over the year, or with the same period a year before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from giaoban.desk.templatetags.marks import across
from giaoban.reports.charts.measuring import round_step

TOP = 20  # pixels above a chart's highest mark, for its number


@dataclass(frozen=True, slots=True)
class Column:
    """One column, and the faint one of the year before beside it where there is one."""

    label: str
    middle: str
    x: str
    width: str
    y: int
    height: int
    value: int | None
    strong: bool
    before_x: str
    before_y: int
    before_height: int


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of columns: ``lines`` are (y, value); ``goal_y`` is where an even pace ends."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[int, int], ...]
    base: int
    goal_y: int | None

    @property
    def height(self) -> int:
        return self.base + 22


def columns(
    values: Sequence[tuple[str, int | None]],
    *,
    goal: int | None = None,
    before: Sequence[int | None] = (),
    drawn: int = 150,
) -> Columns:
    """Place (label, value) pairs from left to right; None leaves its place empty.

    The last value is the one that is said. ``goal`` is the plan at the end of the last column.
    """
    known = [value for _, value in values if value is not None]
    known += [value for value in before if value is not None]
    most = max([*known, goal or 0, 1])
    step = goal / Fraction(2) if goal and goal == most else Fraction(round_step(most))
    base, place = TOP + drawn, Fraction(1, max(len(values), 1))
    last = max((n for n, (_, value) in enumerate(values) if value is not None), default=-1)

    def tall(value: int | None) -> int:
        return round(Fraction(max(value or 0, 0) * drawn) / most)

    placed = []
    for n, (label, value) in enumerate(values):
        earlier = before[n] if n < len(before) else None
        left, width = place * (n + Fraction(15, 100)), place * Fraction(7, 10)
        if before:  # two columns share the place, the earlier one to the left
            width /= 2
        placed.append(
            Column(
                label=label,
                middle=across(place * (n + Fraction(1, 2))),
                x=across(left + width if before else left),
                width=across(width),
                y=base - tall(value),
                height=tall(value),
                value=value,
                strong=n == last,
                before_x=across(left),
                before_y=base - tall(earlier),
                before_height=tall(earlier),
            )
        )
    marks = [step * n for n in range(1, int(most / step) + 1)]
    lines = tuple((base - tall(int(mark)), int(mark)) for mark in marks if mark == int(mark))
    return Columns(tuple(placed), lines, base, base - tall(goal) if goal else None)


@dataclass(frozen=True, slots=True)
class Stair:
    """What was known from a day on: a tread to the next one, and the riser that ends it."""

    x: str
    to: str
    y: int
    to_y: int
    label: str
    value: int
    named: bool
    last: bool


def stairs(known: Sequence[tuple[date, int, bool]], *, drawn: int = 80) -> tuple[Stair, ...]:
    """Place how a number grew with the journal: (day, number from then on, whether it is said)."""
    if not known:
        return ()
    first, length = known[0][0], max((known[-1][0] - known[0][0]).days, 1)
    low, high = min(value for _, value, _ in known), max(value for _, value, _ in known)

    def across_at(day: date) -> str:
        return across(Fraction(3, 100) + Fraction((day - first).days, length) * Fraction(92, 100))

    def down(value: int) -> int:
        return TOP + round(Fraction(drawn * (high - value), max(high - low, 1)))

    placed = []
    for n, (day, value, named) in enumerate(known):
        following = known[min(n + 1, len(known) - 1)]
        placed.append(
            Stair(
                x=across_at(day),
                to=across_at(following[0]),
                y=down(value),
                to_y=down(following[1]),
                label=f"{day.day:02}/{day.month:02}",
                value=value,
                named=named,
                last=n == len(known) - 1,
            )
        )
    return tuple(placed)


@dataclass(frozen=True, slots=True)
class Ruler:
    """A year by days: months as (x, number), acts as (x, height), the day seen and today."""

    months: tuple[tuple[str, int], ...]
    acts: tuple[tuple[str, int], ...]
    seen: str | None
    today: str | None
    seen_late: bool


def ruler(year: int, acts: Iterable[date], seen: date, today: date) -> Ruler:
    """Place a year's acts; several on one day stand higher, three at most."""
    first = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - first).days

    def place(day: date) -> str | None:
        return across(Fraction((day - first).days, days)) if day.year == year else None

    counts: dict[date, int] = {}
    for day in acts:
        if day.year == year:
            counts[day] = counts.get(day, 0) + 1
    return Ruler(
        months=tuple((place(date(year, month, 1)) or "0%", month) for month in range(1, 13)),
        acts=tuple((place(day) or "0%", 4 + 4 * min(n, 3)) for day, n in sorted(counts.items())),
        seen=place(seen),
        today=place(today),
        seen_late=(seen - first).days * 2 > days,
    )


def spark(values: Sequence[int]) -> str:
    """The points of a small line, in a box of 100 by 20."""
    low, high = min(values, default=0), max(values, default=0)
    width, height = max(len(values) - 1, 1), max(high - low, 1)
    spots = [(n * 100 / width, 18 - (value - low) * 16 / height) for n, value in enumerate(values)]
    return " ".join(f"{round(x, 1):g},{round(y, 1):g}" for x, y in spots)
