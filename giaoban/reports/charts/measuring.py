"""Where drawn marks stand, as exact shares of the width: bullet bars, the waterfall, the icicle.

A chart of a report and a picture on the desk's pages are the same thing drawn twice, on paper and
in a fluid page; so what is honest in them is decided here once: how far a scale reaches, when an
axis is cut, which units are too small to stand alone. Plain numbers, no drawing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

BULLET_SCALE = Fraction(3, 2)  # a bullet bar reaches from nothing to 150% of the plan
STUB = Fraction(8, 100)  # what a cut stock keeps on the left, for the two strokes of the cut
REACH = Fraction(94, 100)  # where the highest number of a waterfall stands
CUT_FROM = 2  # a cut pays once the lowest level is more than so many spreads from zero


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet bar, 0 to 1: ``plan`` and ``did`` are widths, ``goal`` and ``pace`` ticks.

    None is what is absent; ``beyond`` says that the bar would leave the scale.
    """

    plan: Fraction | None
    did: Fraction
    goal: Fraction | None
    pace: Fraction | None
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
        return Bullet(None, Fraction(0), None, None, False)
    reach = max(Fraction(did) / scale, Fraction(0))
    track = Fraction(plan) / scale if plan else None
    return Bullet(
        plan=None if track is None else min(track, Fraction(1)),
        did=min(reach, Fraction(1)),
        goal=track if track is not None and track < reach else None,
        pace=None if expected is None else min(Fraction(expected) / scale, Fraction(1)),
        beyond=reach > 1,
    )


@dataclass(frozen=True, slots=True)
class Fall:
    """The scale of a waterfall: the level after each step, and the axis from ``low`` to ``high``.

    ``unit`` parts the axis; with ``cut`` it doesn't begin at zero, which must be drawn and said.
    """

    levels: tuple[int, ...]
    low: int
    high: int
    unit: int
    cut: bool

    @property
    def stub(self) -> Fraction:
        return STUB if self.cut else Fraction(0)

    @property
    def base(self) -> Fraction:
        """Where stocks begin: at zero, or at the edge where zero is cut off."""
        return Fraction(0) if self.cut else self.place(0)

    @property
    def ticks(self) -> tuple[int, ...]:
        """The numbers written along the axis."""
        return tuple(range(-(-self.low // self.unit) * self.unit, self.high + 1, self.unit))

    def place(self, value: int) -> Fraction:
        """Where a number stands, 0 to ``REACH``."""
        share = Fraction(value - self.low) / (self.high - self.low)
        return self.stub + share * (REACH - self.stub)


def fall(steps: Sequence[tuple[int, bool]]) -> Fall:
    """Measure the steps of a statement, (amount, whether it is a stock), in their order.

    Where the changes are small beside the stock, the axis is cut so that they can be seen.
    """
    levels, level = [], 0
    for amount, stock in steps:
        level = amount if stock else level + amount
        levels.append(level)
    lowest, highest = min(levels, default=0), max(levels, default=0)
    spread = max(highest - lowest, 1)
    unit = round_step(spread)
    cut = lowest > spread * CUT_FROM
    low = (lowest // unit - 1) * unit if cut else min(lowest, 0)
    high = max(-(-highest // unit) * unit, low + unit)
    if not cut:
        unit = round_step(high - low)
    return Fall(tuple(levels), low, high, unit, cut)


def round_step(spread: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that parts ``spread`` into three at most."""
    least = max(Fraction(spread, 3), Fraction(1))
    power: int = 10 ** int(math.log10(least))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= least)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's place in the icicle: ``unit`` is its number in the list given.

    None stands for ``others`` units that are too small to stand alone and stand together.
    """

    unit: int | None
    depth: int
    begin: Fraction
    share: Fraction
    size: int
    others: int = 0


def icicle(units: Sequence[tuple[int, int]], narrowest: Fraction) -> tuple[Place, ...]:
    """Place units by size below their superiors: (size, depth) in preorder, superior first.

    Units smaller than the share ``narrowest`` stand together as one at the end of their superior,
    with all that lies below them. Members of the superior itself leave a gap.
    """
    total = units[0][0] if units else 0
    if total <= 0:
        return ()
    places: list[Place] = []
    # Per depth: where the next unit begins, and the small ones to stand together.
    begins: dict[int, Fraction] = {units[0][1]: Fraction(0)}
    small: dict[int, list[int]] = {}
    hidden: int | None = None

    def gather(deeper_than: int) -> None:
        for depth in [depth for depth in small if depth > deeper_than]:
            together = small.pop(depth)
            if size := sum(together):
                share = Fraction(size, total)
                places.append(Place(None, depth, begins[depth], share, size, len(together)))

    for number, (size, depth) in enumerate(units):
        if hidden is not None and depth > hidden:
            continue
        hidden = None
        gather(depth)
        share = Fraction(size, total)
        if share < narrowest:
            small.setdefault(depth, []).append(size)
            hidden = depth
            continue
        places.append(Place(number, depth, begins[depth], share, size))
        begins[depth + 1] = begins[depth]
        begins[depth] += share
    gather(-1)
    return tuple(places)
