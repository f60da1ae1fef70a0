"""The one question that everybody answers, and the form in which answers are compared.

The statement of increase and decrease of every unit for the nine months of 2024, and how far each
has come with the year's target of admissions: per cent, rank among all units, pace.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from giaoban.periods import Period, regime_named

Ints = npt.NDArray[np.int64]

PERIOD = Period.parse("2024-9M", regime=regime_named("calendar"))
FAMILY, INDICATOR = "party", "admitted"
# How far a unit has come, as one column each; pace: 0 none, 1 reached, 2 on pace, 3 behind.
ACHIEVEMENT = ("plan", "tenths", "rank", "pace")
NONE, REACHED, ON_PACE, BEHIND = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """``amounts[line, standing, i]`` of ``units[i]`` (rising ids), as ``figures.statement`` has
    them; ``achievement[k, i]`` in the order of ``ACHIEVEMENT``: the plan (−1: none), tenths of a
    per cent (−1: none), the rank (0: none), the pace."""

    units: Ints
    amounts: Ints
    achievement: Ints

    def save(self, path: Path) -> None:
        np.savez(path, units=self.units, amounts=self.amounts, achievement=self.achievement)

    @classmethod
    def load(cls, path: Path) -> Answer:
        with np.load(path) as kept:
            return cls(kept["units"], kept["amounts"], kept["achievement"])


@dataclass(frozen=True, slots=True)
class Timed:
    """What somebody answered and how long it took them; ``told`` are raw numbers for JSON."""

    name: str
    seconds: float
    answer: Answer
    told: dict[str, Any] = field(default_factory=dict)


@cache
def line_names() -> list[str]:
    """The lines of a statement in the order of their numbers."""
    from giaoban.figures.lines import Line

    return [line.name.lower() for line in Line]


def differences(ours: Answer, theirs: Answer) -> dict[str, dict[str, int]]:
    """Where two answers differ: by line or column, how many units differ and by how much in all."""
    if not np.array_equal(ours.units, theirs.units):
        apart = np.setxor1d(ours.units, theirs.units)
        return {"units": {"units": len(apart), "difference": len(theirs.units) - len(ours.units)}}
    pairs = {
        name: (ours.amounts[at], theirs.amounts[at]) for at, name in enumerate(line_names())
    } | {
        name: (ours.achievement[at], theirs.achievement[at])
        for at, name in enumerate(ACHIEVEMENT)
    }  # fmt: skip
    found = {}
    for name, (one, other) in pairs.items():
        apart = (one != other).reshape(-1, len(ours.units)).any(axis=0)
        if apart.any():
            found[name] = {"units": int(apart.sum()), "difference": int((other - one).sum())}
    return found


def said(found: dict[str, dict[str, int]]) -> str:
    """Differences as words for a table."""
    told = (f"{name} in {one['units']:,} units ({one['difference']:+,})"
            for name, one in found.items())  # fmt: skip
    return "; ".join(told) or "every row equal"
