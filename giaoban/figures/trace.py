"""Trace: from any cell of a statement to the entries behind it.

Computed person by person, not from the sums, so that the two check each other: the quantities of
a trace add up to its cell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.figures import persons
from giaoban.figures.boundaries import changed_units
from giaoban.figures.breakdowns import group_of
from giaoban.figures.errors import CellUnknown
from giaoban.figures.indicators import INDICATORS, LineFormula, RatioFormula, UnitsFormula
from giaoban.figures.lines import Line, StandingGroup, kinds_of
from giaoban.figures.restating import Restated
from giaoban.figures.stretches import Stretch, stretch
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf
from giaoban.periods import Span
from giaoban.plans.queries import target_entries
from giaoban.units.queries import (
    placement_entries,
    tree_on,
    unit_ids_of_sector,
    units_of_family,
)
from giaoban.units.tree import Tree


@dataclass(frozen=True, slots=True)
class Item:
    """One thing behind a cell: ``quantity`` persons (or a unit) by one entry.

    ``person`` is None for a unit's founding, and for members who went with a unit that moved.
    """

    entry: int
    person: int | None
    unit: int
    quantity: int
    effective_on: date


def cell_named(name: str) -> tuple[Line, StandingGroup | None] | UnitsFormula:
    """What a cell's name stands for: a line (``admitted``), a line of one standing
    (``closing:probationary``), or an indicator's code. Raises ``CellUnknown``."""
    code, colon, standing = name.partition(":")
    formula = INDICATORS[code].formula if code in INDICATORS else None
    if isinstance(formula, UnitsFormula) and not colon:
        return formula
    try:
        group = StandingGroup[standing.upper()] if colon else None
        if isinstance(formula, LineFormula):
            if group is None:
                return formula.line, formula.standing
            if formula.standing in (None, group):
                return formula.line, group
        return Line[code.upper().replace("-", "_")], group
    except KeyError:
        raise CellUnknown(cell=name, cells=cell_names()) from None


def cell_names() -> list[str]:
    """The names that ``cell_named`` knows, without the standings."""
    lines = [line.name.lower().replace("_", "-") for line in Line]
    counts = (code for code, one in INDICATORS.items() if not isinstance(one.formula, RatioFormula))
    return lines + [code for code in counts if code not in lines]


def trace(
    unit: int, cell: tuple[Line, StandingGroup | None] | UnitsFormula, span: Span, known: int,
    family: str,
) -> list[Item]:  # fmt: skip
    """The items behind one cell of a unit's statement by the tree of each day.

    Their quantities sum to the cell. Recognitions are told by who became full.
    """
    if isinstance(cell, UnitsFormula):
        return _units(unit, cell, span, known)
    line, standing = cell
    parts = stretch(span, known)
    if line == Line.OPENING:
        return _balance(unit, span.start, parts.trees[0], standing, known, family)
    if line == Line.CLOSING:
        return _balance(unit, span.end, parts.trees[-1], standing, known, family)
    if line in (Line.CAME_WITH_UNIT, Line.LEFT_WITH_UNIT):
        return _with_unit(unit, line, parts, standing, known, family)
    if line == Line.RECOGNISED and standing is None:
        standing = StandingGroup.FULL
    return _moved(unit, line, parts, span, standing, known, family)


def trace_restated(
    unit: int, line: Line, standing: StandingGroup | None, again: Restated
) -> list[Item]:
    """The items behind one cell of a restated statement, of a unit of the target tree.

    The closing is told by who stands there: what came in less what went out, person by person.
    """
    tree = again.tree
    at = tree.position(unit)
    if at < 0:
        return []
    below = range(at, at + int(tree.size[at]))
    if line == Line.RECOGNISED and standing is None:
        standing = StandingGroup.FULL
    inside = [item for item in again.items if item.position in below]
    ends = Counter((item.entry, item.person, item.standing) for item in inside if item.transfer)
    found: list[Item] = []
    for item in inside:
        if standing is not None and item.standing != standing:
            continue
        # A transfer with both ends inside is neither in nor out here.
        if item.transfer and ends[item.entry, item.person, item.standing] == 2:
            continue
        if line == Line.CLOSING and (standing is not None or item.line != Line.RECOGNISED):
            sign = -1 if item.line.sign < 0 else 1
            found.append(Item(item.entry, item.person, item.unit, sign * item.quantity, item.day))
        elif item.line == line:
            found.append(Item(item.entry, item.person, item.unit, item.quantity, item.day))
    return found


def trace_plan(unit: int, indicator: str, year: int, known: int) -> list[Item]:
    """The entry behind a unit's target: the newest known revision."""
    rows = target_entries(unit, indicator, year, known)
    return [Item(entry, None, unit, value, day) for entry, value, day in rows]


def of_group(items: list[Item], field: str, code: str | None, as_of: AsOf) -> list[Item]:
    """Those of a cell's items whose person is in one group of a breakdown."""
    people = {item.person for item in items if item.person is not None}
    groups = group_of(people, field, as_of)
    return [i for i in items if i.person is not None and groups.get(i.person) == code]


def _moved(
    unit: int, line: Line, parts: Stretch, span: Span, standing: StandingGroup | None, known: int,
    family: str,
) -> list[Item]:  # fmt: skip
    subtrees = [set(tree.below(unit).tolist()) for tree in parts.trees]
    everywhere = sorted(set().union(*subtrees) & set(units_of_family(family, known).tolist()))
    found = persons.movements(span.start, span.end, known, everywhere, kinds_of(line))
    inside = [m for m in found if m.unit in subtrees[parts.part(m.unit, m.day)]]
    ends: dict[tuple[int, int], set[bool]] = defaultdict(set)
    for m in inside:
        ends[m.entry, m.person].add(m.inward)
    return [
        Item(m.entry, m.person, m.unit, m.amount, m.day)
        for m in inside
        if m.line == line
        and (standing is None or m.standing == standing)
        # A transfer with both ends inside is neither in nor out here.
        and (m.kind != Kind.TRANSFER or len(ends[m.entry, m.person]) == 1)
    ]


def _balance(
    unit: int, before: date, tree: Tree, standing: StandingGroup | None, known: int, family: str
) -> list[Item]:
    """Every entry that put somebody into the subtree's books or took them out, up to a day."""
    units = sorted(set(tree.below(unit).tolist()) & set(units_of_family(family, known).tolist()))
    moved = persons.balance_items(before, known, units, standing)
    return [Item(*row) for row in moved]


def _with_unit(
    unit: int, line: Line, parts: Stretch, standing: StandingGroup | None, known: int, family: str
) -> list[Item]:
    items: list[Item] = []
    members = set(units_of_family(family, known).tolist())
    for number, day in enumerate(parts.cuts):
        old, new = parts.trees[number], parts.trees[number + 1]
        before, after = set(old.below(unit).tolist()), set(new.below(unit).tolist())
        moves = persons.moves_of(known, day, day + timedelta(days=1), open_ends=True)
        items += _crossed(line, moves, before, after, new, standing, members)
        if line == Line.CAME_WITH_UNIT:
            before, after = after, before
        items += _carried(day, moves, old, new, before, after, standing, known, members)
    return items


def _crossed(
    line: Line, moves: list[persons.Move], before: set[int], after: set[int], new: Tree,
    standing: StandingGroup | None, members: set[int],
) -> list[Item]:  # fmt: skip
    """Persons whom mergers and splits of a day took over the subtree's border."""
    came = line == Line.CAME_WITH_UNIT
    items = []
    for move in moves:
        inner = move.taken if came else move.left
        if (
            move.crosses(before, after, new) == (not came, came)
            and inner in members
            and standing in (None, move.standing)
        ):
            items.append(Item(move.entry, move.person, inner, 1, move.day))
    return items


def _carried(
    day: date, moves: list[persons.Move], old: Tree, new: Tree, here: set[int], there: set[int],
    standing: StandingGroup | None, known: int, members: set[int],
) -> list[Item]:  # fmt: skip
    """Units that a move took over the border, with how many stayed in their books."""
    crossing = [u for u in changed_units(old, new).tolist() if u in here and u not in there]
    crossing = sorted(set(crossing) & members)
    if not crossing:
        return []
    left = {(m.person, m.left) for m in moves if not m.counts_from_evening(new)}
    count: dict[int, int] = defaultdict(int)
    for seat in persons.seats_before(day, known, crossing):
        if (seat.person, seat.unit) not in left and standing in (None, seat.standing):
            count[seat.unit] += 1
    entries = placement_entries(crossing, old, new, day, known)
    return [Item(entries[u], None, u, n, day) for u, n in count.items() if n]


def _units(unit: int, formula: UnitsFormula, span: Span, known: int) -> list[Item]:
    below = set(tree_on(AsOf(span.last_day, known)).below(unit).tolist())
    below &= set(units_of_family(formula.family, known).tolist())
    if formula.sector is not None:
        below &= set(unit_ids_of_sector(formula.sector, known).tolist())
    rows = persons.unit_items(formula.act, span.start, span.end, known, sorted(below))
    return [Item(*row) for row in rows]


def total(items: Iterable[Item]) -> int:
    """What the items add up to."""
    return sum(item.quantity for item in items)


def net_persons(items: Iterable[Item]) -> list[int]:
    """Who stands behind a cell: persons whose quantities don't cancel out."""
    net: dict[int, int] = defaultdict(int)
    for item in items:
        if item.person is not None:
            net[item.person] += item.quantity
    return [person for person, quantity in net.items() for _ in range(quantity)]
