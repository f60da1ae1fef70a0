"""Cells of public tables and the equations that everybody can work out between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Fewer persons than this in a cell are not told.
LEAST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A whole number that public tables tell, or that follows from what they tell.

    ``persons``: it counts persons, so a small one may not be told. ``fixed``: everybody knows it
    anyway, for the report says it in a sentence. ``hidden``: nobody is told it, and nobody asks;
    it only stands between other cells, as what of a whole belongs to no row.
    """

    key: str
    value: int
    persons: bool = True
    fixed: bool = False
    hidden: bool = False

    @property
    def small(self) -> bool:
        """Whether it counts some persons, but too few."""
        return self.persons and not self.hidden and 0 < abs(self.value) < LEAST_TOLD


@dataclass(frozen=True, slots=True)
class Equation:
    """What everybody knows of some cells: their sum, each taken ``times`` so often, is ``total``.

    A ``share`` says that one cell is so many times another, as a sentence's per cent does.
    """

    times: Mapping[str, int]
    total: int = 0
    share: bool = False

    def without(self, known: Mapping[str, int]) -> Equation:
        """The equation that is left of the unknown cells once some are known."""
        rest = {key: n for key, n in self.times.items() if key not in known}
        told = sum(n * known[key] for key, n in self.times.items() if key in known)
        return Equation(rest, self.total - told, self.share)


@dataclass(frozen=True, slots=True)
class Range:
    """Between which numbers a withheld cell may lie, for all that anybody knows; None: no end."""

    low: int | None
    high: int | None

    def holds(self, value: int) -> bool:
        """Whether a number lies in it."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


class System:
    """Cells by key, and for each the equations that it stands in."""

    def __init__(self, cells: Iterable[Cell], equations: Iterable[Equation]) -> None:
        self.cells = {cell.key: cell for cell in cells}
        self.equations = [one for one in equations if one.times]
        self.of: dict[str, list[Equation]] = defaultdict(list)
        for one in self.equations:
            for key in one.times:
                self.of[key].append(one)

    def range_of(self, key: str) -> Range:
        """What is known of a withheld cell by whoever knows the rule and why it is withheld.

        A small one is 1 to 4, another that is withheld beside it 5 or more; with a per cent of it
        in a sentence nobody can tell the two apart, for they are marked alike.
        """
        cell = self.cells[key]
        if cell.value == 0 or cell.hidden:
            return Range(0, None)
        high: int | None = None
        low = 1
        if cell.small:
            open_end = any(one.share for one in self.of[key])
            high = None if open_end else LEAST_TOLD - 1
        elif cell.persons:
            low = LEAST_TOLD
        if cell.value > 0:
            return Range(low, high)
        return Range(None if high is None else -high, -low)
