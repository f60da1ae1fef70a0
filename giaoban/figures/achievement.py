"""Achievement: actual against plan, per cent, rank and pace."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from giaoban import vietnamese


class Pace(Enum):
    """Where a unit stands against an even pace through the year."""

    REACHED = "reached"
    ON_PACE = "on_pace"
    BEHIND = "behind"

    @property
    def label(self) -> str:
        return str(_PACES[self])


_PACES: dict[Pace, str | Promise] = {
    Pace.REACHED: _("reached"),
    Pace.ON_PACE: _("on pace"),
    Pace.BEHIND: _("behind"),
}


@dataclass(frozen=True, slots=True)
class Achievement:
    """One unit's actual and plan.

    ``comparable`` is False where the two don't count the same things (a restated unit whose plan
    is known only in part): then there is no share, per cent, rank or pace. ``share`` is exact;
    ``percent`` is rounded half up to one decimal, None without a plan. ``rank`` is dense among
    units with a plan: equal shares share it. ``expected`` is what an even pace asks for by the
    end of the period, exact.
    """

    unit: int
    actual: int
    plan: int | None
    rank: int | None
    expected: Fraction | None
    comparable: bool = True

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.actual, self.plan) if self.plan and self.comparable else None

    @property
    def percent(self) -> Decimal | None:
        return vietnamese.percent(self.actual, self.plan) if self.share is not None else None

    @property
    def rest(self) -> int | None:
        """How many are still to be reached; 0 once the plan is reached."""
        if self.plan is None or not self.comparable:
            return None
        return max(self.plan - self.actual, 0)

    @property
    def pace(self) -> Pace | None:
        if self.share is None or self.expected is None:
            return None
        if self.share >= 1:
            return Pace.REACHED
        return Pace.ON_PACE if self.actual >= self.expected else Pace.BEHIND


def achievements(
    units: Sequence[int],
    actual: Iterable[int],
    plans: dict[int, int],
    elapsed: Fraction,
    incomparable: Container[int] = (),
) -> list[Achievement]:
    """Each unit's achievement, in the order given, ranked among those with a plan above zero.

    ``actual`` goes with ``units``; ``elapsed`` is the part of the year that has passed.
    """
    pairs = list(zip(units, actual, strict=True))
    shares = {
        Fraction(done, plans[unit])
        for unit, done in pairs
        if plans.get(unit) and unit not in incomparable
    }
    ranks = {share: rank for rank, share in enumerate(sorted(shares, reverse=True), start=1)}
    found = []
    for unit, done in pairs:
        plan = plans.get(unit)
        like = unit not in incomparable
        rank = ranks[Fraction(done, plan)] if plan and like else None
        expected = None if plan is None else plan * elapsed
        found.append(Achievement(unit, done, plan, rank, expected, like))
    return found
