"""Which cells are withheld: the small ones, and as many others as keep these from being worked out.

Withheld cells are all marked alike. One stays given away only where the report itself says it, in a
sentence that the public reads; no table adds to that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from giaoban.portal.living.suppression.moves import another_way
from giaoban.portal.living.suppression.system import Cell, Equation, System


@dataclass(frozen=True, slots=True)
class Withheld:
    """The keys of the cells that are not told, and of those among them that follow from what the
    report says in its sentences."""

    cells: frozenset[str]
    given_away: frozenset[str]


def withhold(cells: Iterable[Cell], equations: Iterable[Equation]) -> Withheld:
    """Settle which cells are not told. The same cells always give the same answer."""
    system = System(cells, equations)
    small = {key for key, cell in system.cells.items() if cell.small}
    nobodys = {key for key, cell in system.cells.items() if cell.hidden}
    given_away = {key for key in small if system.cells[key].fixed or _said(system, key)}
    withheld, safe = small - given_away, dict[str, dict[str, int]]()
    while open_ := _open(system, withheld - given_away, nobodys, safe):
        more = _companion(system, withheld | given_away | nobodys, open_)
        unknown = {key for key, cell in system.cells.items() if not cell.fixed} - given_away
        if more is not None and another_way(system, unknown, open_) is not None:
            withheld.add(more)
            continue
        # Nothing that could be withheld would help: the report's own sentences say it.
        given_away.add(open_)
        safe = {key: way for key, way in safe.items() if open_ not in way}
    return Withheld(frozenset(withheld | small), frozenset(given_away))


def _said(system: System, key: str) -> bool:
    """Whether it is a part of a small number that the report says in a sentence."""
    return any(
        system.cells[other].fixed and system.cells[other].small
        for one in system.of[key]
        if not one.share
        for other in one.times
        if one.times[other] * one.times[key] < 0
    )


def _open(
    system: System, withheld: set[str], nobodys: set[str], safe: dict[str, dict[str, int]]
) -> str | None:
    """The first withheld cell that could be worked out; what was proved safe is kept in ``safe``,
    and stays safe whatever else is withheld."""
    for key in sorted(withheld):
        if key in safe:
            continue
        way = another_way(system, withheld | nobodys, key)
        if way is None:
            return key
        safe.update((moved, way) for moved in way)
    return None


def _companion(system: System, hidden: set[str], key: str) -> str | None:
    """The cell to withhold beside one that could be worked out; None where all that could help is
    known anyway.

    It is looked for where the cell stands alone, else where the fewest are withheld. Least is lost
    with a part rather than a sum, and with the smallest number of persons; of targets the largest
    leaves the most open. What a per cent ties to another, and what is none at all, is withheld only
    where nothing else is left.
    """
    alone = [one for one in system.of[key] if not hidden & (one.times.keys() - {key})]
    best: tuple[bool, bool, int, bool, int, str] | None = None
    for one in alone or _next_to(system, hidden, key):
        free = sum(1 for other in one.times if other in hidden)
        for other in one.times:
            cell = system.cells[other]
            if other in hidden or cell.fixed:
                continue
            tied = any(each.share for each in system.of[other])
            loss = abs(cell.value) if cell.persons else -abs(cell.value)
            rank = (cell.value == 0, tied, free, _is_sum(one, other), loss, other)
            best = rank if best is None else min(best, rank)
    return None if best is None else best[-1]


def _next_to(system: System, hidden: set[str], key: str) -> list[Equation]:
    """The equations of every withheld cell that hangs together with one."""
    seen, found, todo = {key}, list[Equation](), [key]
    while todo:
        for one in system.of[todo.pop()]:
            found.append(one)
            fresh = [other for other in one.times if other in hidden and other not in seen]
            seen.update(fresh)
            todo += fresh
    return found


def _is_sum(one: Equation, key: str) -> bool:
    """Whether a cell is what the others of an equation add up to."""
    alike = sum(1 for n in one.times.values() if n * one.times[key] > 0)
    return alike == 1 and len(one.times) > 2
