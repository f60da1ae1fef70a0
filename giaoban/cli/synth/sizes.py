"""How large the nation is, at a scale: 1 is the country's own size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

# Fifty years, the reform among the last of them.
BEGINS, ENDS, REFORM = date(1976, 1, 1), date(2026, 1, 1), date(2025, 7, 1)
DAYS = (ENDS - BEGINS).days

_GRASSROOTS, _CELLS = 52_000, 250_000
_MEMBERS, _LEGS = 5_600_000, 15_800_000
_ADMITTED, _LEFT = 750_000, 450_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is to be built: grassroots organisations and cells below them, members on the rolls in
    the end, how many were admitted and how many left meanwhile, and legs in all."""

    scale: float
    grassroots: int
    cells: int
    members: int
    admitted: int
    left: int
    legs: int


def sizes(scale: float) -> Sizes:
    """The sizes at a scale above 0."""
    return Sizes(
        scale, *(round(n * scale) for n in (_GRASSROOTS, _CELLS, _MEMBERS, _ADMITTED, _LEFT, _LEGS))
    )


def offset(day: date) -> int:
    """A day as its distance from the first."""
    return (day - BEGINS).days


def day_at(number: int) -> date:
    """The day at a distance from the first."""
    return BEGINS + timedelta(days=int(number))
