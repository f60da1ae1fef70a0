"""How far every unit has come with its target, all at once: arrays where ``achievement`` has a few
units one by one. Both give the same."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from giaoban.figures.achievement import Pace
from giaoban.units.tree import Places

Ints = npt.NDArray[np.int64]

# The number that stands for a pace; 0 for none.
PACES = {Pace.REACHED: 1, Pace.ON_PACE: 2, Pace.BEHIND: 3}


@dataclass(frozen=True, slots=True, eq=False)
class Everywhere:
    """Arrays of one length, in the order of ``units``.

    ``plan`` is −1 for none; ``tenths`` of a per cent, rounded half up, −1 without a plan above
    zero; ``rank`` is dense among units with such a plan, else 0; ``pace`` as in ``PACES``.
    """

    units: Ints
    actual: Ints
    plan: Ints
    tenths: Ints
    rank: Ints
    pace: Ints


def everywhere(
    units: Ints, actual: Ints, plans: tuple[Ints, Ints], elapsed: Fraction
) -> Everywhere:
    """The achievement of many units. ``units`` are distinct; ``actual`` goes with them and is not
    below zero; ``plans`` are distinct units and their targets, none below zero; ``elapsed`` is the
    part of the year that has passed."""
    plan = np.full(len(units), -1, dtype=np.int64)
    at = Places(units).of(plans[0])
    plan[at[at >= 0]] = plans[1][at >= 0]
    aimed = np.flatnonzero(plan > 0)
    done, aim = actual[aimed], plan[aimed]
    tenths, rank, pace = np.full(len(units), -1), np.zeros_like(plan), np.zeros_like(plan)
    tenths[aimed] = (2000 * done + aim) // (2 * aim)
    rank[aimed] = _ranks(done, aim)
    even = done * elapsed.denominator >= aim * elapsed.numerator
    reached, on, behind = (PACES[each] for each in (Pace.REACHED, Pace.ON_PACE, Pace.BEHIND))
    pace[aimed] = np.where(done >= aim, reached, np.where(even, on, behind))
    return Everywhere(units, actual, plan, tenths, rank, pace)


# Two different shares of numbers below this differ by more than what is rounded off a quotient of
# 53 bits, so their quotients differ, too, and lie in the same order.
EXACT = 1 << 26


def _ranks(done: Ints, aim: Ints) -> Ints:
    """Dense ranks of shares, the highest first, compared as exactly as fractions."""
    if max(done.max(initial=0), aim.max(initial=0)) < EXACT:
        shares: npt.NDArray[Any] = done / aim
    else:
        shares = np.array(
            [Fraction(*pair) for pair in zip(done.tolist(), aim.tolist(), strict=True)]
        )
    order = np.argsort(-shares)
    ranks = np.empty(len(shares), dtype=np.int64)
    ranks[order] = np.cumsum(np.diff(-shares[order], prepend=-np.inf) > 0)
    return ranks
