"""Any cell of a report by its name, and the items behind it.

A cell is a line of the statement (``admitted``), of one standing (``closing:probationary``), the
sum of its increases or decreases, an indicator (``party-founded-private``), ``plan``,
``grassroots``, or what of the table by unit stands in no row (``rest``, ``rest-plan``); of the
unit asked, or of a row of the table by unit; of everybody, or of one group of a breakdown
(``sex=female``).
"""

from __future__ import annotations

import numpy as np

from giaoban.figures import persons
from giaoban.figures.below import Below
from giaoban.figures.breakdowns import group_codes
from giaoban.figures.by_unit import Question
from giaoban.figures.errors import CellUnknown, CellWithoutGroups, GroupUnknown
from giaoban.figures.indicators import INDICATORS, RatioFormula, UnitsFormula
from giaoban.figures.lines import DECREASES, INCREASES, Line, StandingGroup
from giaoban.figures.restated_plans import RestatedPlans
from giaoban.figures.restating import (
    Restated,
    follower_to,
    restate,
    restate_line,
    target_tree,
)
from giaoban.figures.trace import (
    Item,
    cell_named,
    cell_names,
    of_group,
    trace,
    trace_plan,
    trace_restated,
)
from giaoban.journal.queries import AsOf
from giaoban.plans.queries import targets
from giaoban.units.queries import grassroots_units, lives, tree_on
from giaoban.units.tree import Tree

PLAN = "plan"
ADMITTED = "admitted"
REST, REST_PLAN = "rest", "rest-plan"
GRASSROOTS = "grassroots"
SUMS = {"increase": INCREASES, "decrease": DECREASES}
_OWN = (PLAN, REST, REST_PLAN, GRASSROOTS)


def names() -> list[str]:
    """Every cell there is, without the standings."""
    ratios = [code for code, one in INDICATORS.items() if isinstance(one.formula, RatioFormula)]
    return [*cell_names(), *SUMS, *_OWN, *ratios]


def parts_of(cell: str) -> list[str]:
    """The cells that a cell is made of: a ratio's two, else itself."""
    formula = INDICATORS[cell].formula if cell in INDICATORS else None
    return [formula.part, formula.whole] if isinstance(formula, RatioFormula) else [cell]


def items_behind(
    question: Question, cell: str, *, row: int | None = None, group: str | None = None,
    in_table: bool = False,
) -> list[Item]:  # fmt: skip
    """The items whose quantities add up to a cell.

    ``row`` is a unit of the table by unit (the unit asked by default), ``in_table`` only what
    counts in that row, while it was one; sums are always a unit's own, so that they lead from its
    opening to its closing. ``group`` is a field and a code of a breakdown. Raises
    ``CellUnknown``, ``CellWithoutGroups``, ``FieldUnknown``, ``GroupUnknown``, ``TreeEmpty``.
    """
    if group is not None:
        field, code = group_named(group)
        if cell in (PLAN, REST_PLAN, GRASSROOTS) or _counts_units(cell):
            raise CellWithoutGroups(cell=cell)
        items = items_behind(question, cell, row=row, in_table=in_table)
        return of_group(items, field, code, _end(question))
    name, _colon, standing = cell.partition(":")
    if name in SUMS:
        tail = f":{standing}" if _colon else ""
        each = [f"{line.name.lower().replace('_', '-')}{tail}" for line in SUMS[name]]
        return [item for one in each for item in items_behind(question, one, row=row)]
    if cell == PLAN:
        return _plan(question, row)
    if cell == GRASSROOTS:
        return _grassroots(question, row or question.unit)
    if cell in (REST, REST_PLAN):
        return _rest(question) if cell == REST else _rest_plan(question)
    return _counted(question, cell, row, in_table=in_table)


def _counted(question: Question, cell: str, row: int | None, *, in_table: bool) -> list[Item]:
    try:
        named = cell_named(cell)
    except CellUnknown:
        raise CellUnknown(cell=cell, cells=names()) from None
    if isinstance(named, UnitsFormula):
        return units_behind(question, named, row)
    if question.tree is not None:
        return _restated(row, named, question)
    items = _then(row or question.unit, named, question)
    if row is None or not in_table or named[0] != Line.ADMITTED:
        return items
    below = Below(question.unit, question.period, question.head.number, _family(question))
    if row not in below.units:
        return items
    found = below.rows_of(items)
    return [item for item, at in zip(items, found, strict=True) if at == row]


def group_named(group: str) -> tuple[str, str | None]:
    """Field and code of ``sex=female``; nothing behind the sign is who is not known.

    Raises ``FieldUnknown``, and ``GroupUnknown`` naming the groups that there are.
    """
    field, sign, code = group.partition("=")
    codes = group_codes(field)
    if not sign or (code and code not in codes):
        raise GroupUnknown(field=field, group=code or "–", codes=[f"{field}={c}" for c in codes])
    return field, code or None


def _counts_units(cell: str) -> bool:
    return cell in INDICATORS and isinstance(INDICATORS[cell].formula, UnitsFormula)


def _end(question: Question) -> AsOf:
    return AsOf(question.period.last_day, question.head.number)


def _family(question: Question) -> str:
    return lives([question.unit], _end(question))[question.unit].family


def _target(question: Question) -> Tree:
    assert question.tree is not None
    return target_tree(question.tree, question.head.number)


def _plan(question: Question, row: int | None) -> list[Item]:
    """The entry of a unit's own target, or those that a restated row adds up."""
    known, year = question.head.number, question.period.year
    own = trace_plan(row or question.unit, ADMITTED, year, known)
    target = _target(question) if question.tree is not None else None
    if target is None or (row is None and (own or target.position(question.unit) < 0)):
        return own
    at = target.position(row or question.unit)
    below = range(at, at + int(target.size[at])) if at >= 0 else range(0)
    return [
        item
        for unit, position in _plans(question, target).at.items()
        if position in below
        for item in trace_plan(unit, ADMITTED, year, known)
    ]


def _plans(question: Question, target: Tree) -> RestatedPlans:
    known = question.head.number
    plans = targets(ADMITTED, question.period.year, known)
    return RestatedPlans(question.unit, question.period.last_day, known, target, plans)


def _grassroots(question: Question, unit: int) -> list[Item]:
    known, tree = question.head.number, tree_on(_end(question))
    if question.tree is not None and _target(question).position(unit) >= 0:
        tree = _target(question)
    units = np.intersect1d(tree.below(unit), grassroots_units(_family(question), known))
    return [Item(*row) for row in persons.existing(tree.on, known, units.tolist())]


def _rest(question: Question) -> list[Item]:
    """The admissions that the table by unit has in no row."""
    if question.tree is None:
        items = _then(question.unit, (Line.ADMITTED, None), question)
        known = question.head.number
        below = Below(question.unit, question.period, known, _family(question))
        found = below.rows_of(items)
        return [item for item, row in zip(items, found, strict=True) if row is None]
    target, again = _target(question), _again(question)
    rows = _rows(target, _plans(question, target).top)
    mine = _scope(target, question.unit)
    return [
        Item(item.entry, item.person, item.unit, item.quantity, item.day)
        for item in again.items
        if item.line == Line.ADMITTED and item.position in mine and item.position not in rows
    ]


def _rest_plan(question: Question) -> list[Item]:
    """The targets that the restated table by unit has in no row."""
    if question.tree is None:
        return []
    target = _target(question)
    plans = _plans(question, target)
    rows = _rows(target, plans.top)
    return [
        item
        for unit, position in plans.at.items()
        if position not in rows
        for item in trace_plan(unit, ADMITTED, question.period.year, question.head.number)
    ]


def _rows(target: Tree, top: int) -> range:
    """The positions that stand in a row below ``top``; all of it where nothing is below it."""
    size = int(target.size[top])
    return range(top + 1 if size > 1 else top, top + size)


def _scope(target: Tree, unit: int) -> range:
    at = target.position(unit)
    return range(len(target)) if at < 0 else range(at, at + int(target.size[at]))


def units_behind(question: Question, formula: UnitsFormula, row: int | None = None) -> list[Item]:
    """Units founded or closed below a unit, restated where the tree asked for holds it."""
    period, known, unit = question.period, question.head.number, row or question.unit
    if question.tree is None or _target(question).position(unit) < 0:
        return trace(unit, formula, period, known, formula.family)
    target, then = _target(question), tree_on(_end(question))
    roots = then.ids[then.parent < 0].tolist()
    found = [i for root in roots for i in trace(root, formula, period, known, formula.family)]
    follower, inside = follower_to(target, [then], known, []), _scope(target, unit)
    return [item for item in found if follower.unit_place(item.unit).position in inside]


def _then(unit: int, named: tuple[Line, StandingGroup | None], question: Question) -> list[Item]:
    return trace(unit, named, question.period, question.head.number, _family(question))


def _again(question: Question) -> Restated:
    assert question.tree is not None
    known, period = question.head.number, question.period
    return restate(question.unit, period, known, _family(question), question.tree)


def _restated(
    row: int | None, named: tuple[Line, StandingGroup | None], question: Question
) -> list[Item]:
    assert question.tree is not None
    (line, standing), known = named, question.head.number
    # Of a line of movements only its own are read; balances need everything (``restate_line``).
    again = restate_line(
        question.unit, question.period, known, _family(question), question.tree, line
    )
    target = again.tree
    if row is None and target.position(question.unit) >= 0:
        row = question.unit
    rows = [row] if row is not None else target.ids[target.parent < 0].tolist()
    return [item for unit in rows for item in trace_restated(unit, line, standing, again)]
