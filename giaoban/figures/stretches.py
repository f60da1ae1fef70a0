"""A span cut at its days of regrouping, and the tree that holds between each two cuts."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from giaoban.journal.queries import AsOf
from giaoban.periods import Span
from giaoban.units.queries import days_of_regrouping, tree_on
from giaoban.units.tree import Tree

Ints = npt.NDArray[np.int64]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The cuts of a span and the tree that holds between each two of them."""

    cuts: list[date]
    trees: list[Tree]

    def part(self, unit: int, day: date) -> int:
        """The number of the tree that a movement of a unit counts by on a day.

        Movements of a day of change count by the evening's tree; those of a unit that ends on
        that day, by the morning's.
        """
        number = np.array([bisect_right(self.cuts, day)])
        return int(self.parts(np.array([unit]), number)[0])

    def parts(self, units: Ints, numbers: Ints) -> Ints:
        """The same for many: ``numbers`` are the stretches that the days fall in."""
        found = numbers.copy()
        for number in np.unique(numbers[numbers > 0]):
            here = np.flatnonzero(numbers == number)
            morning, evening = self.trees[number - 1 : number + 1]
            ended = (evening.positions(units[here]) < 0) & (morning.positions(units[here]) >= 0)
            found[here[ended]] -= 1
        return found


def stretch(span: Span, known: int) -> Stretch:
    """Cut a span at its days of regrouping.

    ``trees[0]`` holds before the first cut (the day before the span, if it begins with one),
    ``trees[j]`` from cut j on.
    """
    cuts = days_of_regrouping(span.start, span.end, known)
    last_days = [*(cut - _DAY for cut in cuts), span.last_day]
    return Stretch(cuts, [tree_on(AsOf(day, known)) for day in last_days])
