"""Statements restated by the tree of one day. Totals never change.

Everything that counted is followed through the reorganisations (``following.py``), so nobody comes
or leaves with a unit; what can't be attributed stands in a line of its own. The sums are reckoned
from leaf sums, person by person only where a unit is no more (``restating_sums.py``); what is
behind them, person by person throughout (``restating_persons.py``), so that the two check each
other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from giaoban.figures import persons
from giaoban.figures.errors import TreeEmpty
from giaoban.figures.following import Follower
from giaoban.figures.lines import Amount, Line, kinds_of
from giaoban.figures.restating_persons import ByPerson, RestatedItem
from giaoban.figures.restating_scope import Ints, Scope
from giaoban.figures.restating_sums import Sums, closed
from giaoban.figures.stretches import stretch
from giaoban.journal.queries import AsOf
from giaoban.periods import Span
from giaoban.units.queries import closed_days, successions, tree_on, units_of_family
from giaoban.units.tree import Tree


@dataclass(frozen=True, eq=False)
class Restated:
    """A span's statements by the tree of another day, for what one unit was then.

    ``amounts[line, standing, i]`` is of the unit at position i of ``tree`` with all below it;
    ``unattributed`` has the same shape and holds what stands at that unit itself only because it
    can't be attributed to one below. ``total`` is of the whole scope: of the ``unit`` asked where
    the tree holds it, else of all that it became. ``told`` reads what is behind the amounts.
    """

    unit: int
    span: Span
    known: int
    family: str
    tree: Tree
    amounts: Ints
    unattributed: Ints
    told: Callable[[], list[RestatedItem]]

    @cached_property
    def items(self) -> list[RestatedItem]:
        """What is behind the amounts, person by person: read when it is first asked for."""
        return self.told()

    def amount(self, unit: int, line: Line) -> Amount:
        """One cell of a unit of the target tree; zero if it isn't there."""
        at = self.tree.position(unit)
        if at < 0:
            return Amount(0, 0)
        probationary, full = self.amounts[line, :, at]
        return Amount(int(probationary), int(full))

    def loose_below(self, line: Line, unit: int) -> int:
        """How much of a unit's line, with all below it, can't be attributed to a lower unit."""
        at = self.tree.position(unit)
        below = slice(at, at + int(self.tree.size[at]))
        return int(self.unattributed[line, :, below].sum())

    def total(self, line: Line) -> Amount:
        """The line over the whole scope."""
        if self.tree.position(self.unit) >= 0:
            return self.amount(self.unit, line)
        roots = np.flatnonzero(self.tree.parent < 0)
        probationary, full = self.amounts[line][:, roots].sum(axis=1)
        return Amount(int(probationary), int(full))


def target_tree(day: date, known: int) -> Tree:
    """The tree to restate by. Raises ``TreeEmpty``."""
    tree = tree_on(AsOf(day, known))
    if not len(tree):
        raise TreeEmpty(date=day)
    return tree


def restate(unit: int, span: Span, known: int, family: str, day: date) -> Restated:
    """Restate what counted for ``unit`` over a span by the tree at the end of ``day``.

    A unit that the target tree holds is asked as it is there: whoever belongs to it by then. A
    unit that is no more (or not yet) is taken as it was in the span, and distributed.
    """
    scope = _scope(unit, span, known, family, day)
    follower = follower_to(scope.target, scope.parts.trees, known, persons.moves_of(known))
    found = Sums(scope, follower, span, known)
    return Restated(
        unit, span, known, family, scope.target, found.rolled(), found.unattributed(),
        lambda: _by_person(scope, follower, span, known).items,
    )  # fmt: skip


def restate_by_person(unit: int, span: Span, known: int, family: str, day: date) -> Restated:
    """The same amounts, each added up from what is behind it: a check on ``restate``, and far too
    slow for a nation."""
    scope = _scope(unit, span, known, family, day)
    follower = follower_to(scope.target, scope.parts.trees, known, persons.moves_of(known))
    found = _by_person(scope, follower, span, known)
    return Restated(
        unit, span, known, family, scope.target, closed(found.rolled()),
        closed(found.unattributed), lambda: found.items,
    )  # fmt: skip


def restate_line(unit: int, span: Span, known: int, family: str, day: date, line: Line) -> Restated:
    """The same for one line of movements alone: all other lines stay empty.

    Only its movements are read and only its persons followed, so that what is behind it costs
    what the line has. Balances, and who came or left with their unit, need it all.
    """
    if not (kinds := kinds_of(line)):
        return restate(unit, span, known, family, day)
    scope = _scope(unit, span, known, family, day)
    moved = persons.movements(span.start, span.end, known, scope.every, kinds)
    who = sorted({m.person for m in moved})
    moves = persons.moves_of(known, persons=who if len(who) <= persons.NAMED else None)
    found = ByPerson(scope, follower_to(scope.target, scope.parts.trees, known, moves), known)
    found.add(moved)
    return Restated(
        unit, span, known, family, scope.target, found.rolled(), found.unattributed,
        lambda: found.items,
    )  # fmt: skip


def _scope(unit: int, span: Span, known: int, family: str, day: date) -> Scope:
    target = target_tree(day, known)
    return Scope(unit, stretch(span, known), target, units_of_family(family, known))


def _by_person(scope: Scope, follower: Follower, span: Span, known: int) -> ByPerson:
    found = ByPerson(scope, follower, known)
    found.add_opening(span)
    found.add_movements(span)
    found.add_crossings()
    return found


def follower_to(target: Tree, trees: list[Tree], known: int, moves: list[persons.Move]) -> Follower:
    """A follower from the units of some days to a target tree; ``moves`` of the persons asked."""
    return Follower(
        target=target,
        last_trees=trees,
        closed=closed_days(known),
        moves=moves,
        successions=successions(known),
    )
