"""Another way to fill the withheld cells that agrees with everything that is told.

Where there is one in which a cell is another number, the cell can't be worked out. It is looked for
by moving the cell and putting each equation right by moving one more cell, until all hold; what is
found is a proof, so a search that gives up early only withholds more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import gcd, lcm

from giaoban.portal.living.suppression.system import Equation, System

TRIES = 400  # cells moved before the search gives up
FURTHEST = 40  # cells moved at once


def another_way(system: System, withheld: Collection[str], key: str) -> dict[str, int] | None:
    """How much each withheld cell moves so that ``key`` is another number and all that is told
    still holds; None where no way was found."""
    for step in _steps(system, key):
        search = _Search(system, withheld)
        found = search.put_right({key: step}) if search.fits(key, step) else None
        if found is not None:
            return found
    return None


def _steps(system: System, key: str) -> Iterator[int]:
    """By how much to try: by one, or, where a sentence says a per cent of it, by as much as leaves
    that right."""
    wide = lcm(
        *(
            abs(n) // gcd(n, one.times[key])
            for one in system.of[key]
            if one.share
            for other, n in one.times.items()
            if other != key
        )
    )
    for size in dict.fromkeys((1, wide)):
        yield from (size, -size)


class _Search:
    def __init__(self, system: System, withheld: Collection[str]) -> None:
        self.system = system
        self.withheld = frozenset(withheld)
        self.tries = TRIES

    def fits(self, key: str, step: int) -> bool:
        """Whether a cell moved by so much is still what anybody would believe of it."""
        return self.system.range_of(key).holds(self.system.cells[key].value + step)

    def put_right(self, moved: Mapping[str, int]) -> dict[str, int] | None:
        """All that moves, when everything told holds again."""
        wrong = self._wrong(moved)
        if wrong is None:
            return dict(moved)
        if len(moved) >= FURTHEST:
            return None
        off = sum(n * moved.get(key, 0) for key, n in wrong.times.items())
        for key, step in self._steps(wrong, moved, -off):
            self.tries -= 1
            found = self.put_right({**moved, key: step}) if self.tries >= 0 else None
            if found is not None:
                return found
        return None

    def _steps(self, wrong: Equation, moved: Mapping[str, int], off: int) -> list[tuple[str, int]]:
        """The cells that may move to put an equation right, and how far: the least bound and those
        that go furthest first."""
        free = self._movable(wrong, moved)
        steps = ((key, self._as_far(key, off, wrong.times[key])) for key in free)
        return sorted(
            ((key, step) for key, step in steps if step),
            key=lambda one: (len(self.system.of[one[0]]), -abs(one[1]), one[0]),
        )

    def _as_far(self, key: str, off: int, times: int) -> int:
        """How far a cell can go to put an equation right that is ``off`` by so much, where it is
        taken ``times`` so often; the rest is left to the next one."""
        step, rest = divmod(off, times)
        if rest:
            return 0
        known, value = self.system.range_of(key), self.system.cells[key].value
        if known.low is not None:
            step = max(step, known.low - value)
        return step if known.high is None else min(step, known.high - value)

    def _wrong(self, moved: Mapping[str, int]) -> Equation | None:
        """The first equation that doesn't hold any more, the one with the fewest ways out."""
        broken = {
            id(one): one
            for key in moved
            for one in self.system.of[key]
            if sum(n * moved.get(other, 0) for other, n in one.times.items())
        }
        return min(broken.values(), key=lambda one: len(self._movable(one, moved)), default=None)

    def _movable(self, one: Equation, moved: Mapping[str, int]) -> list[str]:
        """The cells of an equation that may still move."""
        return [key for key in one.times if key in self.withheld and key not in moved]
