"""Any cell of a report by its name, and the items behind it.

A cell is a line of the statement (``admitted``), of one standing (``closing:probationary``), an
indicator (``party-founded-private``), or ``plan``; of the unit asked, or of a row of the table by
unit; of everybody, or of one group of a breakdown (``sex=female``).
"""

from __future__ import annotations

from giaoban.figures.breakdowns import FIELDS
from giaoban.figures.by_unit import Question
from giaoban.figures.errors import FieldUnknown
from giaoban.figures.indicators import UnitsFormula
from giaoban.figures.lines import Line, StandingGroup
from giaoban.figures.restating import restate
from giaoban.figures.trace import Item, cell_named, of_group, trace, trace_plan, trace_restated
from giaoban.journal.queries import AsOf
from giaoban.units.queries import lives, tree_on

PLAN = "plan"
ADMITTED = "admitted"


def items_behind(
    question: Question, cell: str, *, row: int | None = None, group: str | None = None
) -> list[Item]:
    """The items whose quantities add up to a cell.

    ``row`` is a unit of the table by unit (the unit asked by default); ``group`` is a field and a
    code of a breakdown. Raises ``CellUnknown``, ``FieldUnknown``.
    """
    unit, known = row or question.unit, question.head.number
    if cell == PLAN:
        return trace_plan(unit, ADMITTED, question.period.year, known)
    named = cell_named(cell)
    if isinstance(named, UnitsFormula):
        return trace(unit, named, question.period, known, named.family)
    items = (
        _then(unit, named, question) if question.tree is None else _restated(row, named, question)
    )
    if group is None:
        return items
    field, _, code = group.partition("=")
    if field not in FIELDS:
        raise FieldUnknown(field=field, fields=list(FIELDS))
    return of_group(items, field, code or None, AsOf(question.period.last_day, known))


def _family(question: Question) -> str:
    as_of = AsOf(question.period.last_day, question.head.number)
    return lives([question.unit], as_of)[question.unit].family


def _then(unit: int, named: tuple[Line, StandingGroup | None], question: Question) -> list[Item]:
    return trace(unit, named, question.period, question.head.number, _family(question))


def _restated(
    row: int | None, named: tuple[Line, StandingGroup | None], question: Question
) -> list[Item]:
    assert question.tree is not None
    known, (line, standing) = question.head.number, named
    again = restate(question.unit, question.period, known, _family(question), question.tree)
    target = tree_on(AsOf(question.tree, known))
    if row is None and target.position(question.unit) >= 0:
        row = question.unit
    rows = [row] if row is not None else target.ids[target.parent < 0].tolist()
    return [item for unit in rows for item in trace_restated(unit, line, standing, again)]
