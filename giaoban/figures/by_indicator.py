"""Any counted indicator by unit: actual and plan, beside the same period of the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from giaoban.figures.achievement import Achievement, achievements
from giaoban.figures.below import Below
from giaoban.figures.by_unit import Question, Rest, UnitRow, period_title, rows_of_restated
from giaoban.figures.cells import ADMITTED, items_behind
from giaoban.figures.errors import CellUnknown, UnitNotInPeriod
from giaoban.figures.indicators import INDICATORS, RatioFormula, UnitsFormula
from giaoban.figures.lines import Amount, Line, StandingGroup
from giaoban.figures.restating import restate_line
from giaoban.figures.statement import Statements, statements_of
from giaoban.figures.stretches import stretch
from giaoban.figures.trace import cell_named, trace
from giaoban.journal.queries import AsOf
from giaoban.periods import Period
from giaoban.plans.indicators import TARGETED
from giaoban.plans.queries import targets
from giaoban.units.queries import UnitLife, lives, tree_on, units_of_family
from giaoban.units.tree import distinct

Cell = tuple[Line, StandingGroup | None]
# Those that a table by unit can show: counts, no ratios.
COUNTED = tuple(c for c, one in INDICATORS.items() if not isinstance(one.formula, RatioFormula))


@dataclass(frozen=True, slots=True)
class Measured:
    """One indicator of a unit and of the units directly below it.

    ``before`` holds the same period of the year before by unit, the whole under the unit itself;
    it is empty where a table is restated. ``partial`` are the rows, and perhaps the whole, of
    which some books are not among those that the asker may read: they count less than there is.
    """

    life: UnitLife
    whole: Achievement
    rows: list[UnitRow]
    rest: Rest
    before: dict[int, int]
    partial: frozenset[int]


def measured(question: Question, code: str, sight: Collection[int]) -> Measured:
    """An indicator by unit, as far as the books of ``sight`` tell.

    Raises ``CellUnknown`` for a code that counts nothing, ``UnitNotInPeriod``.
    """
    if code not in COUNTED:
        raise CellUnknown(cell=code, cells=list(COUNTED))
    life = life_in(question)
    if question.tree is not None and not isinstance(cell_named(code), UnitsFormula):
        return _restated(question, life, code, sight)
    return _then(question, life, code, sight)


def life_in(question: Question) -> UnitLife:
    """The unit as it was called then. Raises ``UnitNotInPeriod`` if it did not exist then."""
    period, known = question.period, question.head.number
    life = lives([question.unit], AsOf(period.last_day, known))[question.unit]
    if life.opened is None or life.opened >= period.end or (
        life.closed is not None and life.closed <= period.start
    ):  # fmt: skip
        raise UnitNotInPeriod(unit=life.name, period=period_title(period))
    return life


def hidden_below(unit: int, period: Period, known: int, sight: Collection[int]) -> set[int]:
    """The units at or below ``unit`` on some day of a period whose books are not in sight."""
    trees = stretch(period, known).trees
    below = distinct(*(tree.below(unit) for tree in trees))
    return set(below.tolist()) - set(sight)


def _then(question: Question, life: UnitLife, code: str, sight: Collection[int]) -> Measured:
    period, known, unit = question.period, question.head.number, question.unit
    below = Below(unit, period, known, life.family)
    asked = [unit, *below.units]
    before, now = counts(asked, code, period, known, life.family)
    rest = now[unit] - sum(now[row] for row in below.units)
    if code == ADMITTED:
        # Each admission counts in the row that it was made in; see ``by_unit.rows_then``.
        items = items_behind(question, code)
        done = Counter[int | None]()
        for item, row in zip(items, below.rows_of(items), strict=True):
            done[row] += item.quantity
        now, rest = {unit: now[unit]} | {row: done[row] for row in below.units}, done[None]
    partial = _partial(asked, period, known, sight)
    unlike = partial | {row for row in below.units if not below.measured(row)}
    plans, elapsed = _plans(code, period, known), Fraction(period.elapsed_share)
    [whole] = achievements([unit], [now[unit]], plans, elapsed, partial)
    found = achievements(below.units, [now[row] for row in below.units], plans, elapsed, unlike)
    shown = lives(below.units, AsOf(period.last_day, known))
    rows = [UnitRow(shown[each.unit], each) for each in found]
    return Measured(life, whole, rows, Rest(rest, 0), before, partial)


def _partial(
    units: list[int], period: Period, known: int, sight: Collection[int]
) -> frozenset[int]:
    """Which units, on some day of a period, had books at or below them that are not in sight."""
    trees, seen = stretch(period, known).trees, set(sight)
    if all(seen.issuperset(tree.ids.tolist()) for tree in trees):
        return frozenset()
    return frozenset(
        unit
        for unit in units
        if any(not seen.issuperset(tree.below(unit).tolist()) for tree in trees)
    )


def _restated(question: Question, life: UnitLife, code: str, sight: Collection[int]) -> Measured:
    assert question.tree is not None
    period, known, cell = question.period, question.head.number, cell_named(code)
    assert not isinstance(cell, UnitsFormula)
    line, standing = cell
    again = restate_line(question.unit, period, known, life.family, question.tree, line)
    plans, elapsed = _plans(code, period, known), Fraction(period.elapsed_share)
    # Whom other units had then may have come here since, and is not seen by who reads few books.
    everything = not set(units_of_family(life.family, known).tolist()) - set(sight)
    rows, rest = rows_of_restated(question, again, cell, plans, elapsed)
    partial = frozenset([] if everything else [question.unit, *(row.life.id for row in rows)])
    amount = again.total(line)
    done = _told(amount, standing)
    [whole] = achievements([question.unit], [done], plans, elapsed, partial)
    return Measured(life, whole, rows, rest, {}, partial)


def _plans(code: str, period: Period, known: int) -> dict[int, int]:
    return targets(code, period.year, known) if code in TARGETED else {}


def counts(
    units: list[int], code: str, period: Period, known: int, family: str
) -> tuple[dict[int, int], dict[int, int]]:
    """unit → the indicator's number, in the same period a year before and in this one."""
    cell, spans = cell_named(code), [period.same_period_last_year, period]
    if isinstance(cell, UnitsFormula):
        before, now = (_units_counted(units, cell, span, known) for span in spans)
        return before, now
    first, second = (
        {unit: _line(found, unit, cell) for unit in units}
        for found in statements_of(spans, known, family)
    )
    return first, second


def _line(found: Statements, unit: int, cell: Cell) -> int:
    return _told(found.amount(unit, cell[0]), cell[1])


def _told(amount: Amount, standing: StandingGroup | None) -> int:
    return amount.both if standing is None else amount[standing]


def _units_counted(
    units: list[int], formula: UnitsFormula, period: Period, known: int
) -> dict[int, int]:
    """Units founded or closed below each of ``units``."""
    tree, asked = tree_on(AsOf(period.last_day, known)), set(units)
    tops = [unit for unit in units if not asked.intersection(tree.ancestors(unit)[1:])]
    own: Counter[int] = Counter()
    for top in tops:
        for item in trace(top, formula, period, known, formula.family):
            own[item.unit] += item.quantity
    return {
        unit: sum(own[below] for below in own.keys() & set(tree.below(unit).tolist()))
        for unit in units
    }
