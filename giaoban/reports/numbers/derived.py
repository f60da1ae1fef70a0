"""What a report works out of its cells: per cents, comparisons, what is left, units by state.

Each is an exact value of the cells it is worked out of, so it is as true as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from giaoban.figures.achievement import Achievement, Pace
from giaoban.figures.by_unit import UnitRow
from giaoban.figures.organisation_work import OrganisationWork
from giaoban.figures.values import Value


def units_in(work: OrganisationWork, state: str) -> list[UnitRow]:
    """The units of the table in a state, by falling per cent, ties in the office's order."""
    return ranked(row for row in work.units if STATES[state](row.achievement))


def ranked(rows: Iterable[UnitRow]) -> list[UnitRow]:
    """Units by falling per cent, ties in the office's order, those without a target last."""
    return sorted(rows, key=lambda row: (row.achievement.rank is None, row.achievement.rank or 0))


STATES: dict[str, Callable[[Achievement], bool]] = {
    "units-with-target": lambda done: done.share is not None,
    "units-completed": lambda done: done.share is not None and done.share >= 1,
    "units-over": lambda done: done.share is not None and done.share > 1,
    "units-met": lambda done: done.share == 1,
    "units-short": lambda done: done.share is not None and done.share < 1,
    "units-behind": lambda done: done.pace == Pace.BEHIND,
    "units-nobody": lambda done: done.share == 0,
    "units-without-target": lambda done: done.plan is None and done.comparable,
}


def _achievement(done: Achievement, _work: OrganisationWork) -> Value:
    return done.share


def _remaining(done: Achievement, _work: OrganisationWork) -> Value:
    return done.rest


def _rank(done: Achievement, _work: OrganisationWork) -> Value:
    return done.rank


# Of the whole, or of a row of the table by unit.
OF_ACHIEVEMENT: dict[str, Callable[[Achievement, OrganisationWork], Value]] = {
    "achievement": _achievement,
    "remaining": _remaining,
    "rank": _rank,
}

OF_WORK: dict[str, Callable[[OrganisationWork], Value]] = {
    "unallocated": lambda work: work.allocation.unallocated,
    "grassroots": lambda work: work.grassroots,
    "rest": lambda work: work.rest.actual,
    "rest-plan": lambda work: work.rest.plan,
    "units-nobody-plan": lambda work: _plans(units_in(work, "units-nobody")),
    "months-left": lambda work: _months_left(work),
    "monthly-need": lambda work: _monthly_need(work),
}


def _plans(rows: Iterable[UnitRow]) -> int:
    return sum(row.achievement.plan or 0 for row in rows)


def _months_left(work: OrganisationWork) -> int:
    """Whole months of the plan's year after the period."""
    return int((1 - Fraction(work.question.period.elapsed_share)) * 12)


def _monthly_need(work: OrganisationWork) -> Value:
    """How many a month are needed to reach the plan by the year's end; None once that is over."""
    months, left = _months_left(work), work.whole.rest
    return Fraction(left, months) if months and left else None


def worked_out(way: str, now: Value, then: Value) -> Value:
    """A number beside another: ``change`` less it, ``ratio`` by it, ``growth`` by how much more.

    None where there is nothing to compare with.
    """
    if now is None or then is None:
        return None
    if way == "change":
        return now - then
    if not then:
        return None
    return Fraction(now) / then if way == "ratio" else Fraction(now - then) / then


WAYS: Sequence[str] = ("change", "ratio", "growth", "share", "points")
