"""Which state of the books: each choice with its number, the entries between, and the steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from giaoban.desk.door import KNOWN, Sitting
from giaoban.desk.figures.asking import HEAD, Asked
from giaoban.desk.templatetags.marks import across
from giaoban.figures.knowledge import Change, History, history
from giaoban.figures.trace import Item
from giaoban.journal.queries import Head, head_known_on
from giaoban.journal.writing import VIETNAM
from giaoban.periods import Period

# Reports of a period are drawn up some days after its end; that is the first state to offer.
FIRST_LOOK = timedelta(days=5)
MOST_CHOICES, MOST_CHANGES = 4, 40
TOP, BOTTOM = 36, 100  # pixels, of the steps' chart
NEAR = Fraction(9, 100)  # words of the axis nearer than this to each other would touch


@dataclass(frozen=True, slots=True)
class Choice:
    """A state of the books and the number as known then; ``day`` None is now."""

    n: int
    day: date | None
    entry: int | None
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A level of the chart: its mark, and whether its number and day are written."""

    x: str
    y: int
    n: int
    day: date
    now: bool
    named: bool
    below: bool

    @property
    def text_y(self) -> int:
        """Where the number is written: on the side that the line doesn't come from."""
        return self.y + 21 if self.below else self.y - 11


@dataclass(frozen=True, slots=True)
class Steps:
    """The chart: strokes as (x1, x2, y1, y2) and the levels' marks; ``told`` says it in words."""

    strokes: list[tuple[str, str, int, int]]
    marks: list[Point]
    told: list[tuple[int, date]]


@dataclass(frozen=True, slots=True)
class Known:
    """The section: the choices, the chart, and why one number became the other."""

    choices: list[Choice]
    steps: Steps | None
    since: date
    until: date
    start: int
    end: int
    changes: list[Change]
    more: int

    @property
    def by(self) -> int:
        return self.end - self.start

    @property
    def late(self) -> int:
        """How many of the changes were recorded late, and took nothing back."""
        return sum(change.reverses is None for change in self.changes)

    @property
    def taken_back(self) -> int:
        return sum(change.reverses is not None for change in self.changes)


def first_look(period: Period) -> date:
    """The day from which on it is told how a period's numbers changed."""
    return period.last_day + FIRST_LOOK


def known(asked: Asked, sitting: Sitting, items: Sequence[Item]) -> Known:
    """The section for the page's number; ``items`` are behind it as it is known now."""
    first_day = first_look(asked.question.period)
    base = head_known_on(asked.since) if asked.since else head_known_on(first_day)
    shown = asked.question.head
    told = history(items, min(base, shown, key=_number))
    low, high = sorted((base, shown), key=_number)
    if not told.between(low.number, high.number) and high.number < asked.newest.number:
        high = asked.newest
    changes = told.between(low.number, high.number)
    days = {asked.newest.number: sitting.today, base.number: asked.since or first_day}
    if asked.question.known_on is not None:
        days[shown.number] = asked.question.known_on
    return Known(
        choices=_choices(asked, told, first_day, shown),
        steps=_steps(told, first_day, asked),
        since=days.get(low.number) or _day_of(low, first_day),
        until=days.get(high.number) or _day_of(high, sitting.today),
        start=told.at(low.number),
        end=told.at(high.number),
        changes=changes[:MOST_CHANGES],
        more=max(len(changes) - MOST_CHANGES, 0),
    )


def _number(head: Head) -> int:
    return head.number


def _day_of(head: Head, otherwise: date) -> date:
    return head.recorded_at.astimezone(VIETNAM).date() if head.recorded_at else otherwise


def _choices(asked: Asked, told: History, first_day: date, shown: Head) -> list[Choice]:
    """The first look, the days on which the number changed last, and now."""
    last = {change.day: change for change in told.changes if change.day > first_day}
    # Since the last change nothing has changed: now says the same.
    days = [first_day, *list(last)[:-1][-(MOST_CHOICES - 2) :]]
    found = [_choice(asked, told, day, last.get(day)) for day in days]
    found.append(
        Choice(
            told.at(asked.newest.number), None, asked.newest.number,
            asked.address(**{KNOWN: None, HEAD: None}), not asked.past,
        )
    )  # fmt: skip
    if asked.past and not any(choice.current for choice in found):
        here = Choice(told.at(shown.number), _day_of(shown, first_day), shown.number,
                      asked.address(), True)  # fmt: skip
        found.append(here)
        found.sort(key=lambda choice: choice.day or date.max)
    return found


def _choice(asked: Asked, told: History, day: date, change: Change | None) -> Choice:
    url = asked.address(**{KNOWN: day.isoformat(), HEAD: None})
    current = not asked.told_head and asked.question.known_on == day
    return Choice(told.on(day), day, change.entry if change else None, url, current)


def _steps(told: History, first_day: date, asked: Asked) -> Steps | None:
    """The number over the days of recording; None where it never changed."""
    changes = {change.day: change.to for change in told.changes if change.day > first_day}
    if not changes:
        return None
    start = told.on(first_day)
    levels = [(first_day, start), *changes.items()]
    last_day = max(changes)
    length = (last_day - first_day).days
    low, high = min(n for _day, n in levels), max(n for _day, n in levels)

    def x(day: date) -> Fraction:
        return Fraction(5, 100) + Fraction((day - first_day).days, length) * Fraction(87, 100)

    def y(n: int) -> int:
        return BOTTOM - (n - low) * (BOTTOM - TOP) // max(high - low, 1)

    strokes, before = [], start
    left = Fraction(1, 100)
    for day, n in levels[1:]:
        strokes += [(across(left), across(x(day)), y(before), y(before)),
                    (across(x(day)), across(x(day)), y(before), y(n))]  # fmt: skip
        left, before = x(day), n
    strokes.append((across(left), "97%", y(before), y(before)))
    places = [x(day) for day, _n in levels]
    named = _named(places, [n for _day, n in levels])
    marks = [
        Point(across(x(day)), y(n), n, day, day == last_day and not asked.past, at in named,
              at > 0 and levels[at - 1][1] > n)
        for at, (day, n) in enumerate(levels)
    ]  # fmt: skip
    return Steps(strokes, marks, [(n, day) for day, n in levels])


def _named(places: Sequence[Fraction], numbers: Sequence[int]) -> set[int]:
    """Which marks have their number and day written: the last, the first, the highest and the
    lowest before others, and none so near to another that the words would touch."""
    last = len(places) - 1
    high, low = numbers.index(max(numbers)), numbers.index(min(numbers))
    found: set[int] = set()
    for at in (last, 0, high, low, *range(last)):
        if all(abs(places[at] - places[other]) >= NEAR for other in found):
            found.add(at)
    return found
