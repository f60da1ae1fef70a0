"""Where drawn marks stand: bullet bars, the waterfall and the icicle, as plain numbers.

Pictures are fluid: positions across are per cent of the width, positions down are pixels. So they
need no viewBox, type keeps its size, and no style attribute breaks the strict policy. No Django
here: the templates draw, these functions measure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

BULLET_SCALE = Fraction(3, 2)  # a bullet bar reaches from nothing to 150% of the plan
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
    scale = Fraction(most) if most else BULLET_SCALE * plan if plan else None
    if scale is None:
        return Bullet(None, across(0), None, None, False)
    reach = max(Fraction(did) / scale, Fraction(0))
    track = Fraction(plan) / scale if plan else None
    return Bullet(
        plan=None if track is None else across(min(track, Fraction(1))),
        did=across(min(reach, Fraction(1))),
        goal=across(track) if track is not None and track < reach else None,
        pace=None if expected is None else across(min(Fraction(expected) / scale, Fraction(1))),
        beyond=reach > 1,
    )


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
    levels, level = [], 0
    for step in steps:
        level = step.amount if step.stock else level + step.amount
        levels.append(level)
    lowest, highest = min(levels, default=0), max(levels, default=0)
    spread = max(highest - lowest, 1)
    unit = round_step(spread)
    cut = lowest > spread * 2
    low = (lowest // unit - 1) * unit if cut else min(lowest, 0)
    high = max(-(-highest // unit) * unit, low + unit)
    if not cut:
        unit = round_step(high - low)
    # A cut stock keeps a stub on the left, where the two strokes of the cut stand.
    stub = Fraction(8, 100) if cut else Fraction(0)

    def place(value: int) -> Fraction:
        return stub + (Fraction(value - low) / (high - low)) * (Fraction(94, 100) - stub)

    bars, before = [], 0
    for number, step in enumerate(steps):
        after = levels[number]
        tie_in = across(place(before)) if number else None
        tie_out = across(place(after)) if number + 1 < len(steps) else None
        if step.stock:
            bars.append(Bar("stock", "0%", across(place(after)), tie_in, tie_out))
        else:
            left, right = sorted((place(before), place(after)))
            sort = "in" if step.amount > 0 else "out" if step.amount < 0 else ""
            bars.append(Bar(sort, across(left), across(right - left), tie_in, tie_out))
        before = after
    first = -(-low // unit) * unit
    ticks = tuple((across(place(value)), value) for value in range(first, high + 1, unit))
    return Waterfall(tuple(bars), ticks, cut)


def round_step(spread: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that parts ``spread`` into three at most."""
    least = max(Fraction(spread, 3), Fraction(1))
    power: int = 10 ** int(math.log10(least))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= least)


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
    total = everyone[0].size if everyone else 0
    if total <= 0:
        return ()
    cells: list[Cell] = []
    # Per depth: where the next unit begins, and the small ones to stand together.
    begins: dict[int, Fraction] = {everyone[0].depth: Fraction(0)}
    small: dict[int, list[Branch]] = {}
    hidden: int | None = None

    def gather(deeper_than: int) -> None:
        for depth in [depth for depth in small if depth > deeper_than]:
            together = small.pop(depth)
            size = sum(branch.size for branch in together)
            if size:
                all_small = Branch("", size, depth)
                cells.append(_cell(all_small, begins[depth], total, len(together)))

    for branch in everyone:
        if hidden is not None and branch.depth > hidden:
            continue
        hidden = None
        gather(branch.depth)
        width = Fraction(branch.size, total)
        if width < NARROWEST:
            small.setdefault(branch.depth, []).append(branch)
            hidden = branch.depth
            continue
        cells.append(_cell(branch, begins[branch.depth], total))
        begins[branch.depth + 1] = begins[branch.depth]
        begins[branch.depth] += width
    gather(-1)
    return tuple(cells)


def _cell(branch: Branch, begin: Fraction, total: int, others: int = 0) -> Cell:
    width = Fraction(branch.size, total)
    room = int((width * 100 - 1) / LETTER)
    return Cell(
        branch=branch,
        x=across(begin),
        y=branch.depth * LEVEL,
        width=across(width),
        lines=_fitting(branch, room),
        others=others,
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
