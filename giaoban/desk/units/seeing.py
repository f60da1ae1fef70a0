"""Before and after: the tree that a reorganisation finds and the one it leaves, side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from giaoban.desk.door import Sitting
from giaoban.desk.reports.affected import Looking, Report
from giaoban.figures.strengths import strengths
from giaoban.journal.queries import AsOf, head
from giaoban.ledger.rehearsal import Effect, carry_out, effects
from giaoban.units.forest import Node, forest
from giaoban.units.models import Founding
from giaoban.units.queries import UnitLife, lives, tree_on, units_of_family

MOST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Picture:
    """The organisations of one family in sight on a day: who is under whom, and how many."""

    nodes: list[Node]
    units: dict[int, UnitLife]
    sizes: dict[int, tuple[int, int]]

    @property
    def total(self) -> int:
        """Members of all units in sight, each counted once."""
        return sum(self.sizes[node.unit][1] for node in self.nodes if node.depth == 0)

    def facts(self) -> dict[int, tuple[int | None, str, int]]:
        """unit → parent, name and members of its own book: what a reorganisation changes."""
        return {
            node.unit: (node.above, self.units[node.unit].name, self.sizes[node.unit][0])
            for node in self.nodes
        }


@dataclass(frozen=True, slots=True)
class Line:
    """A row of one of the two trees. ``mark`` says what becomes of it: "gone", "new", "moved",
    "renamed", or nothing; ``rest`` counts unchanged units beside it that are not listed."""

    depth: int
    name: str
    code: str
    size: int
    change: int
    mark: str
    was: str = ""
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """What a reorganisation does, as rehearsed: the trees, the books, the totals."""

    before: list[Line]
    after: list[Line]
    total_before: int
    total_after: int
    effects: list[Effect]
    names: dict[int, str] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        """Whether nobody was lost or gained."""
        return self.total_before == self.total_after


def picture(units: Collection[int], as_of: AsOf, family: str) -> Picture:
    """What is in sight of a family on a day, by the state of the books given."""
    mine = set(units) & set(units_of_family(family, as_of.known).tolist())
    tree = tree_on(as_of)
    return Picture(forest(tree, mine), lives(mine, as_of), strengths(mine, as_of, family))


def rehearse(do: Callable[[], int], sitting: Sitting, on: date, family: str) -> Turn:
    """Do it for good in a transaction that is taken back, and look at what it leaves.

    Raises whatever the act is refused for.
    """
    before = picture(sitting.units, AsOf(on, sitting.head.number), family)

    def done() -> Picture:
        do()
        known = head().number
        fresh = set(_newest(known, sitting.head.number))
        return picture(sitting.units | fresh, AsOf(on, known), family)

    looking = Looking(sitting.units)
    carried = carry_out(looking.around(done), by=sitting.by, dry_run=True)
    after = carried.result
    names = {unit: life.name for unit, life in (before.units | after.units).items()}
    seen = effects(carried.postings, set(names))
    gone, come = _lines(before, after, gone=True), _lines(after, before, gone=False)
    return Turn(gone, come, before.total, after.total, seen, names, looking.reports)


def _newest(known: int, before: int) -> list[int]:
    fresh = Founding.objects.filter(entry_id__gt=before, entry_id__lte=known)
    return list(fresh.values_list("unit_id", flat=True))


def _lines(here: Picture, there: Picture, *, gone: bool) -> list[Line]:
    """The rows of one tree: what changes, everything above it, and how many beside it stay."""
    mine, theirs = here.facts(), there.facts()
    changed = {unit for unit, fact in mine.items() if theirs.get(unit) != fact}
    # Where somebody comes from or goes to is shown in both trees, though nothing else changes.
    changed |= {above for unit in theirs.keys() - mine.keys()
                if (above := theirs[unit][0]) in mine}  # fmt: skip
    shown, parents = set(changed), {unit: fact[0] for unit, fact in mine.items()}
    for unit in changed:
        above = parents[unit]
        while above is not None and above not in shown:
            shown.add(above)
            above = parents[above]
    found: list[Line] = []
    waiting: list[tuple[int, int, int]] = []  # (depth of the row, units beside, members of them)
    rest: dict[int | None, list[int]] = {}
    for node in here.nodes:
        if node.unit not in shown and (node.above is None or node.above in shown):
            rest.setdefault(node.above, []).append(here.sizes[node.unit][1])
    for node in here.nodes:
        while waiting and waiting[-1][0] > node.depth:
            found.append(_beside(waiting.pop()))
        if node.unit not in shown or len(found) >= MOST_SHOWN:
            continue
        found.append(_line(node, here, there, mine, theirs, gone=gone))
        if beside := rest.get(node.unit):
            waiting.append((node.depth + 1, len(beside), sum(beside)))
    found += [_beside(one) for one in reversed(waiting)]
    return found


def _beside(one: tuple[int, int, int]) -> Line:
    depth, n, size = one
    return Line(depth, "", "", size, 0, "", rest=n)


def _line(
    node: Node, here: Picture, there: Picture, mine: dict[int, tuple[int | None, str, int]],
    theirs: dict[int, tuple[int | None, str, int]], *, gone: bool,
) -> Line:  # fmt: skip
    life, size = here.units[node.unit], here.sizes[node.unit][1]
    other = theirs.get(node.unit)
    mark, was = "", ""
    if other is None:
        mark = "gone" if gone else "new"
    elif not gone and other[1] != life.name:
        mark, was = "renamed", other[1]
    elif other[0] != mine[node.unit][0]:
        mark = "moved"
        was = "" if gone or other[0] is None else there.units[other[0]].name
    change = 0
    if not gone and other is not None:
        change = size - there.sizes[node.unit][1]
    return Line(node.depth, life.name, life.code, size, change, mark, was)
