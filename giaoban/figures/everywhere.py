"""How far every unit has come with its target, all at once: arrays where ``achievement`` has a few
units one by one. Both give the same."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from giaoban.figures.achievement import Pace

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


def everywhere(units: Ints, actual: Ints, plans: dict[int, int], elapsed: Fraction) -> Everywhere:
    """The achievement of many units. ``units`` rise; ``actual`` goes with them and is not below
    zero; ``elapsed`` is the part of the year that has passed."""
    plan = np.full(len(units), -1, dtype=np.int64)
    aims = np.array(list(plans.items()), dtype=np.int64).reshape(-1, 2)
    at = np.minimum(np.searchsorted(units, aims[:, 0]), max(len(units) - 1, 0))
    here = units[at] == aims[:, 0] if len(units) else np.zeros(len(aims), dtype=bool)
    plan[at[here]] = aims[here, 1]
    aimed = np.flatnonzero(plan > 0)
    done, aim = actual[aimed], plan[aimed]
    tenths, rank, pace = np.full(len(units), -1), np.zeros_like(plan), np.zeros_like(plan)
    tenths[aimed] = (2000 * done + aim) // (2 * aim)
    rank[aimed] = _ranks(done, aim)
    even = done * elapsed.denominator >= aim * elapsed.numerator
    reached, on, behind = (PACES[each] for each in (Pace.REACHED, Pace.ON_PACE, Pace.BEHIND))
    pace[aimed] = np.where(done >= aim, reached, np.where(even, on, behind))
    return Everywhere(units, actual, plan, tenths, rank, pace)


def _ranks(done: Ints, aim: Ints) -> Ints:
    """Dense ranks of shares, the highest first, compared as fractions and not rounded."""
    common = np.gcd(done, aim)
    # Two numbers of members in one, for whole numbers are sorted faster than pairs.
    pairs, which = np.unique(((done // common) << 32) | (aim // common), return_inverse=True)
    shares = [Fraction(pair >> 32, pair & 0xFFFFFFFF) for pair in pairs.tolist()]
    order = sorted(range(len(shares)), key=shares.__getitem__, reverse=True)
    ranks = np.empty(len(shares), dtype=np.int64)
    ranks[order] = np.arange(1, len(shares) + 1)
    found: Ints = ranks[which]
    return found
