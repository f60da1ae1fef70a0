"""What a restatement counts: which books in each stretch of the span, and for whom."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from giaoban.figures.stretches import Stretch
from giaoban.units.tree import Tree, distinct

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Scope:
    """Which books count, in each stretch of the span.

    A unit of the target tree gets whoever is followed into it, from wherever (``whole``); another
    is taken as it was in the span. ``members`` are the sorted ids of the family's units.
    """

    def __init__(self, unit: int, parts: Stretch, target: Tree, members: Ints) -> None:
        self.unit, self.parts, self.target = unit, parts, target
        self.whole = target.position(unit) >= 0
        self.ids = [
            np.intersect1d(
                members, tree.ids if self.whole else tree.below(unit), assume_unique=True
            )
            for tree in parts.trees
        ]

    @cached_property
    def units(self) -> list[set[int]]:
        """The books that count, as a set for each stretch."""
        return [set(ids.tolist()) for ids in self.ids]

    def holds(self, unit: int, day: date) -> bool:
        """Whether a unit's book counts on a day."""
        return unit in self.units[self.parts.part(unit, day)]

    def held(self, units: Ints, numbers: Ints) -> Flags:
        """The same for many: ``numbers`` are the stretches that the days fall in."""
        of = self.parts.parts(units, numbers)
        found = np.zeros(len(units), dtype=np.bool_)
        for number, ids in enumerate(self.ids):
            here = of == number
            found[here] = np.isin(units[here], ids)
        return found

    @property
    def every(self) -> list[int]:
        """All books that count in some stretch."""
        found: list[int] = distinct(*self.ids).tolist()
        return found

    @property
    def asked(self) -> list[int] | None:
        """The books to read: None for all there are."""
        return None if self.whole else self.every
