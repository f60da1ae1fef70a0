"""Which units stood directly below a unit in a period, and in whose row a movement counts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from giaoban.figures.stretches import stretch
from giaoban.figures.trace import Item
from giaoban.periods import Span
from giaoban.units.queries import units_of_family


class Below:
    """Which units stood directly below a unit, in each stretch of a period."""

    def __init__(self, unit: int, span: Span, known: int, family: str) -> None:
        self.parts = stretch(span, known)
        members = units_of_family(family, known)
        self._children = [
            found[np.isin(found, members)]
            for found in (tree.children(unit) for tree in self.parts.trees)
        ]

    @property
    def units(self) -> list[int]:
        """All of them, in the office's order, those of the end first."""
        found = (unit for part in reversed(self._children) for unit in part.tolist())
        return list(dict.fromkeys(found))

    def measured(self, unit: int) -> bool:
        """Whether a unit was here to the end, and whenever it was at all."""
        there = [tree.position(unit) >= 0 for tree in self.parts.trees]
        here = [unit in part for part in self._children]
        return here[-1] and here == there

    def rows_of(self, items: Sequence[Item]) -> list[int | None]:
        """The unit directly below in which each item counts, None for the own book."""
        units = np.array([item.unit for item in items], dtype=np.int64)
        cuts = [bisect_right(self.parts.cuts, item.effective_on) for item in items]
        numbers = self.parts.parts(units, np.array(cuts, dtype=np.int64))
        found = np.full(len(items), -1, dtype=np.int64)
        for number, (tree, children) in enumerate(
            zip(self.parts.trees, self._children, strict=True)
        ):
            here = np.flatnonzero(numbers == number)
            if not len(here) or not len(children):
                continue
            tops, at = tree.positions(children), tree.positions(units[here])
            above = np.searchsorted(tops, at, side="right") - 1
            inside = (above >= 0) & (at < tops[above] + tree.size[tops[above]])
            found[here[inside]] = children[above[inside]]
        return [None if row < 0 else int(row) for row in found]
