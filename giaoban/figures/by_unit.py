"""The table by unit: each one's achievement, by the tree of the period or restated by another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import get_language

from giaoban.figures.achievement import Achievement, achievements
from giaoban.figures.below import Below
from giaoban.figures.lines import Line, StandingGroup
from giaoban.figures.restated_plans import RestatedPlans
from giaoban.figures.restating import Restated, restate_line
from giaoban.figures.trace import Item
from giaoban.journal.queries import AsOf, Head
from giaoban.periods import Period
from giaoban.units.queries import UnitLife, lives


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
    question: Question, life: UnitLife, admitted: Sequence[Item], plans: dict[int, int],
    counted: Fraction,
) -> Table:  # fmt: skip
    """A row for each unit that was directly below on some day of the period.

    Each of the whole's admissions counts where it was made: in the row of the unit that stood
    above it that day, else in the unit's own book, the rest. Who was not here for all their time
    in the period, and to its end, is not measured: their plan is of the whole year. The rest has
    no plan: what is not handed down is told by the allocation.
    """
    below = Below(question.unit, question.period, question.head.number, life.family)
    done, rest = Counter[int](), 0
    for item, row in zip(admitted, below.rows_of(admitted), strict=True):
        if row is None:
            rest += item.quantity
        else:
            done[row] += item.quantity
    units = below.units
    unlike = {unit for unit in units if not below.measured(unit)}
    shown = lives(units, AsOf(question.period.last_day, question.head.number))
    found = achievements(units, [done[unit] for unit in units], plans, counted, unlike)
    return [UnitRow(shown[each.unit], each) for each in found], Rest(rest, 0)


def rows_restated(
    question: Question, again: Restated, plans: dict[int, int], counted: Fraction
) -> Table:
    """A row for each unit, of admissions against their plan: ``rows_of_restated``."""
    return rows_of_restated(question, again, (Line.ADMITTED, None), plans, counted)


def admissions_restated(question: Question, life: UnitLife) -> Restated:
    """The question's admissions by the tree that it asks for."""
    assert question.tree is not None
    return restate_line(
        question.unit, question.period, question.head.number, life.family, question.tree,
        Line.ADMITTED,
    )  # fmt: skip


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
    restated_plans = RestatedPlans(
        question.unit, question.period.last_day, known, again.tree, plans
    )
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
