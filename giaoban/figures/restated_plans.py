"""Targets restated by the tree of one day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from giaoban.figures.following import Follower
from giaoban.figures.restating import follower_to
from giaoban.figures.rollup import place, roll_up
from giaoban.journal.queries import AsOf
from giaoban.units.queries import lives, tree_on
from giaoban.units.tree import Ints, Tree


class RestatedPlans:
    """The targets of those who have nobody with a target below them, by what became of them.

    By position of the target tree: ``rolled`` sums them, ``mixed`` marks units that have, at or
    below them, a part of a unit with a target and not all of it. ``top`` is the lowest position
    above everything that the unit asked for became; ``at`` holds the position that each target
    came to.
    """

    def __init__(
        self, unit: int, on: date, known: int, target: Tree, plans: dict[int, int]
    ) -> None:
        then, own = _last_tree(unit, on, known), target.position(unit)
        # A unit of the target tree gets whoever became part of it, from wherever.
        below = (then.ids if own >= 0 else then.below(unit)).tolist()
        mine = set(below) & plans.keys()
        last = [u for u in mine if not mine.intersection(then.below(u).tolist()[1:])]
        follower = follower_to(target, [then], known, [])
        places = dict(zip(last, target.positions(last).tolist(), strict=True))
        gone = [u for u, position in places.items() if position < 0]
        places |= {u: follower.unit_place(u).position for u in gone}
        inside = range(own, own + int(target.size[own])) if own >= 0 else range(len(target))
        self.at = {u: position for u, position in places.items() if position in inside}
        amounts = np.array([plans[u] for u in self.at], dtype=np.int64)
        positions = np.array(list(self.at.values()), dtype=np.int64)
        self.total = int(amounts.sum())
        self.rolled = roll_up(target, place(target, target.ids[positions], amounts))
        self.mixed = roll_up(target, _marks(target, follower, gone)) > 0
        self.top = (
            own if own >= 0 else follower.common([follower.unit_place(u).position for u in below])
        )


def _marks(target: Tree, follower: Follower, units: list[int]) -> Ints:
    """By position: +1 for each part of a divided unit, taken back where all its parts are together,
    so that the sum at and below a position tells whether it has some of a unit and not all."""
    marks = np.zeros(len(target), dtype=np.int64)
    for unit in units:
        parts = follower.parts_of(unit)
        np.add.at(marks, parts, 1)
        whole = follower.unit_place(unit).position
        if parts and whole <= parts[0] and parts[-1] < whole + int(target.size[whole]):
            marks[whole] -= len(parts)
    return marks


def _last_tree(unit: int, on: date, known: int) -> Tree:
    """The tree of a day, or of the last one before it on which a unit that ended was there."""
    tree = tree_on(AsOf(on, known))
    closed = lives([unit], AsOf(on, known))[unit].closed
    if tree.position(unit) >= 0 or closed is None or closed > on:
        return tree
    return tree_on(AsOf(closed - timedelta(days=1), known))
