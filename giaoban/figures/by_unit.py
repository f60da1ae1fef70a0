"""The table by unit: each one's achievement, by the tree of the period or restated by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
from django.utils.translation import get_language

from giaoban.figures.achievement import Achievement, achievements
from giaoban.figures.lines import Line, StandingGroup
from giaoban.figures.restating import Restated, follower_to, restate_line
from giaoban.figures.rollup import place, roll_up
from giaoban.figures.statement import Statements
from giaoban.journal.queries import AsOf, Head
from giaoban.periods import Period
from giaoban.units.queries import UnitLife, lives, tree_on
from giaoban.units.tree import Tree


def period_title(period: Period) -> str:
    """The period's name in the active language."""
    english = (get_language() or "vi").startswith("en")
    return period.title_en if english else period.title_vi


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a unit, a period, the journal's head to know by, and whose tree.

    ``tree`` None means each leg by the tree of its own day, else restated by the tree of a day.
    """

    unit: int
    period: Period
    head: Head
    known_on: date | None = None
    tree: date | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row of the table by unit: its achievement, and what of it can't be attributed below."""

    life: UnitLife
    achievement: Achievement
    unattributed: int = 0


@dataclass(frozen=True, slots=True)
class Rest:
    """What of the whole stands in no row: in the unit's own book, or, restated, with units that
    were split and belong to no single successor."""

    actual: int
    plan: int


Table = tuple[list[UnitRow], Rest]


def rows_then(
    question: Question, life: UnitLife, now: Statements, plans: dict[int, int], counted: Fraction
) -> Table:
    """A row for each unit directly below, by the tree at the end of the period.

    The rest's plan is what the unit's own target has beyond those of the rows.
    """
    children = now.tree.children(question.unit).tolist()
    shown = lives(children, AsOf(question.period.last_day, question.head.number))
    units = [unit for unit in children if shown[unit].family == life.family]
    actual = [now.amount(unit, Line.ADMITTED).both for unit in units]
    found = achievements(units, actual, plans, counted)
    whole = now.amount(question.unit, Line.ADMITTED).both
    return [UnitRow(shown[each.unit], each) for each in found], Rest(whole - sum(actual), 0)


def rows_restated(
    question: Question, life: UnitLife, plans: dict[int, int], counted: Fraction
) -> Table:
    """A row for each unit, of admissions against their plan: ``rows_of_restated``."""
    assert question.tree is not None
    again = restate_line(
        question.unit, question.period, question.head.number, life.family, question.tree,
        Line.ADMITTED,
    )  # fmt: skip
    return rows_of_restated(question, again, (Line.ADMITTED, None), plans, counted)


def rows_of_restated(
    question: Question, again: Restated, cell: tuple[Line, StandingGroup | None],
    plans: dict[int, int], counted: Fraction,
) -> Table:  # fmt: skip
    """A row for each unit that what counted then belongs to by the tree asked for.

    The plan of a unit that was split stands in the rest; a unit that got a part of it is not
    measured, so that no per cent compares unlike things.
    """
    assert question.tree is not None
    line, standing = cell
    known = question.head.number
    then = tree_on(AsOf(question.period.last_day, known))
    restated_plans = _RestatedPlans(question, again.tree, then, plans)
    top = restated_plans.top
    units = again.tree.children(int(again.tree.ids[top])).tolist() or [int(again.tree.ids[top])]
    at = again.tree.positions(units)
    found = again.amounts[line]
    done = found.sum(axis=0) if standing is None else found[standing]
    rolled, mixed = restated_plans.rolled, restated_plans.mixed
    keep = (done[at] != 0) | (rolled[at] != 0)
    units, at = [unit for unit, kept in zip(units, keep, strict=True) if kept], at[keep]
    own = {unit: int(rolled[i]) for unit, i in zip(units, at, strict=True) if rolled[i]}
    unlike = {unit for unit, i in zip(units, at, strict=True) if mixed[i]}
    shown = lives(units, AsOf(question.tree, known))
    rows = [
        UnitRow(shown[each.unit], each, again.loose_below(line, each.unit))
        for each in achievements(units, done[at].tolist(), own, counted, unlike)
    ]
    whole = again.total(line)
    return rows, Rest(
        actual=(whole.both if standing is None else whole[standing]) - int(done[at].sum()),
        plan=restated_plans.total - sum(own.values()),
    )


class _RestatedPlans:
    """The targets of those who have nobody with a target below them, by what became of them.

    By position of the target tree: ``rolled`` sums them, ``mixed`` marks units that got, at or
    below them, a part of a unit with a target. ``top`` is the lowest position above everything
    that the unit asked for became.
    """

    def __init__(self, question: Question, target: Tree, then: Tree, plans: dict[int, int]) -> None:
        below = then.below(question.unit).tolist()
        mine = set(below) & plans.keys()
        last = [u for u in mine if not mine.intersection(then.below(u).tolist()[1:])]
        follower = follower_to(target, [then], question.head.number, [])
        at = np.array([follower.unit_place(u).position for u in last], dtype=np.int64)
        amounts = np.array([plans[u] for u in last], dtype=np.int64)
        parts = [p for u in last for p in follower.parts_of(u)]
        self.total = int(amounts.sum())
        self.rolled = roll_up(target, place(target, target.ids[at], amounts))
        marks = place(target, target.ids[parts], np.ones(len(parts), dtype=np.int64))
        self.mixed = roll_up(target, marks) > 0
        own = target.position(question.unit)
        self.top = (
            own if own >= 0 else follower.common([follower.unit_place(u).position for u in below])
        )
