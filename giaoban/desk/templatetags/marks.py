"""Where drawn marks stand: bullet bars, the waterfall and the icicle, as plain numbers.

Pictures are fluid: positions across are per cent of the width, positions down are pixels. So they
need no viewBox, type keeps its size, and no style attribute breaks the strict policy. What is
honest in them is measured where reports measure it; here it becomes places in a page. No Django
here: the templates draw, these functions measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from giaoban.reports.charts import measuring

LEVEL = 44  # pixels of one level of the icicle: a name over its number, or on two lines
NARROWEST = Fraction(1, 100)  # units narrower than this share stand together as one
LETTER = Fraction(62, 100)  # per cent of the width that a letter takes on an office's screen


def across(share: Fraction | float) -> str:
    """Write a share of the width for an attribute: 0.6667 as "66.67%"."""
    return f"{round(float(share) * 100, 2):g}%"


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet bar: ``plan`` and ``did`` are widths, ``goal`` and ``pace`` ticks, None if absent.

    ``beyond`` says that the bar would leave the scale.
    """

    plan: str | None
    did: str
    goal: str | None
    pace: str | None
    beyond: bool


def bullet(
    did: int, plan: int | None, expected: Fraction | float | None = None, *, most: int | None = None
) -> Bullet:
    """Measure plan, actual and what an even pace asks for by now.

    ``most`` gives bars one scale of counts, whatever their plans: for a list read by size.
    Without a plan the bar has a length only on such a scale.
    """
    measured = measuring.bullet(did, plan, expected, most=most)
    return Bullet(
        plan=_across(measured.plan),
        did=across(measured.did),
        goal=_across(measured.goal),
        pace=_across(measured.pace),
        beyond=measured.beyond,
    )


def _across(share: Fraction | None) -> str | None:
    return None if share is None else across(share)


@dataclass(frozen=True, slots=True)
class Step:
    """What a row of a statement does: a change, or with ``stock`` the number that stands."""

    amount: int
    stock: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: "stock", "in", "out", or "" for none; ``tie_in`` and ``tie_out`` join the rows."""

    sort: str
    x: str
    width: str
    tie_in: str | None
    tie_out: str | None


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From the opening to the closing: one bar a row, on one scale with its marks.

    ``cut``: the axis doesn't begin at zero; that must be drawn and said.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[str, int], ...]
    cut: bool


def waterfall(steps: Sequence[Step]) -> Waterfall:
    """Measure the bars of a statement's rows, in their order; the first must be a stock.

    Where the changes are small beside the stock, the axis is cut so that they can be seen.
    """
    fall = measuring.fall([(step.amount, step.stock) for step in steps])
    bars, before = [], 0
    for number, step in enumerate(steps):
        after = fall.levels[number]
        tie_in = across(fall.place(before)) if number else None
        tie_out = across(fall.place(after)) if number + 1 < len(steps) else None
        begin = fall.base if step.stock else fall.place(before)
        left, right = sorted((begin, fall.place(after)))
        if step.stock:
            bars.append(Bar("stock", across(left), across(right - left), tie_in, tie_out))
        else:
            sort = "in" if step.amount > 0 else "out" if step.amount < 0 else ""
            bars.append(Bar(sort, across(left), across(right - left), tie_in, tie_out))
        before = after
    ticks = tuple((across(fall.place(value)), value) for value in fall.ticks)
    return Waterfall(tuple(bars), ticks, fall.cut)


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit as the icicle takes it, in preorder: ``depth`` from 0, ``size`` in members.

    ``short`` is the name without what its superior says already ("Tiến Xuân"). ``state`` is a
    class of the look: "hit", "late" or nothing; ``on`` marks the unit looked at.
    """

    label: str
    size: int
    depth: int
    url: str = ""
    short: str = ""
    state: str = ""
    on: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit's place in the icicle; ``others`` counts the units that stand together in one."""

    branch: Branch
    x: str
    y: int
    width: str
    lines: tuple[str, ...]
    others: int = 0

    @property
    def even(self) -> bool:
        return self.branch.depth % 2 == 0

    @property
    def roomy(self) -> bool:
        """Whether there is room to say in words that smaller units stand here."""
        return float(self.width.removesuffix("%")) >= 11


def icicle(branches: Iterable[Branch]) -> tuple[Cell, ...]:
    """Place units by size below their superiors, given in preorder, superior first.

    Units too narrow to be hit stand together as one cell at the end of their superior, with all
    that lies below them. Members of the superior itself leave a gap.
    """
    everyone = list(branches)
    sizes = [(branch.size, branch.depth) for branch in everyone]
    return tuple(_cell(place, everyone) for place in measuring.icicle(sizes, NARROWEST))


def _cell(place: measuring.Place, everyone: Sequence[Branch]) -> Cell:
    branch = Branch("", place.size, place.depth) if place.unit is None else everyone[place.unit]
    room = int((place.share * 100 - 1) / LETTER)
    return Cell(
        branch=branch,
        x=across(place.begin),
        y=branch.depth * LEVEL,
        width=across(place.share),
        lines=_fitting(branch, room),
        others=place.others,
    )


def _fitting(branch: Branch, room: int) -> tuple[str, ...]:
    """The name as it fits into ``room`` letters: whole, on two lines, short, or not at all.

    Half a name would only puzzle. The second line leaves room for the sign of the state.
    """
    below = room - 3 if branch.state else room
    for name in (branch.label, branch.short):
        if not name:
            continue
        if len(name) <= room:
            return (name,)
        first = name[: room + 1].rpartition(" ")[0]
        second = name[len(first) + 1 :]
        if first and len(second) <= below:
            return (first, second)
    return ()
