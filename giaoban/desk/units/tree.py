"""The tree of a day as the page shows it: as deep as a page can carry, further where asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.door import Sitting
from giaoban.desk.templatetags.marks import NARROWEST, Branch
from giaoban.desk.units.links import link
from giaoban.figures.strengths import strengths
from giaoban.units.forest import Node, forest
from giaoban.units.history import names_ever
from giaoban.units.models import Family, Sector, UnitKind
from giaoban.units.queries import UnitLife, lives, successions, tree_on

FAMILY, OPEN, SEARCH = "family", "open", "q"
PARTY = "party"
MOST_ROWS = 150  # whole levels of the tree are shown up to so many units
MOST_FOUND = 60
DRAWN_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A unit of the tree: ``branch`` says that those below it are shown, ``opens`` the address
    that shows them, ``closes`` how many branches end behind it."""

    life: UnitLife
    node: Node
    size: int
    own: int
    kind: str
    sector: str
    url: str | None
    members_url: str | None
    branch: bool
    opens: str | None
    closes: range


@dataclass(frozen=True, slots=True)
class Titles:
    """What kinds and sectors are called."""

    kinds: dict[str, str]
    sectors: dict[str, str]

    @classmethod
    def read(cls) -> Titles:
        """All of them, in the active language."""
        return cls(
            {kind.code: str(kind) for kind in UnitKind.objects.all()},
            {sector.code: str(sector) for sector in Sector.objects.all()},
        )

    def kind(self, life: UnitLife) -> str:
        return self.kinds.get(life.kind, life.kind)

    def sector(self, life: UnitLife) -> str:
        return self.sectors.get(life.sector or "", "")

    def sector_in_a_sentence(self, life: UnitLife) -> str:
        title = self.sector(life)
        return title[:1].lower() + title[1:]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of one family on one day."""

    family: str
    families: list[tuple[Family, int]]
    nodes: list[Node]
    units: dict[int, UnitLife]
    sizes: dict[int, tuple[int, int]]
    closed: list[UnitLife]

    @property
    def total(self) -> int:
        """Members of all units shown, each counted once."""
        return sum(self.sizes[node.unit][1] for node in self.nodes if node.depth == 0)


def shown(sitting: Sitting, family: str) -> Shown:
    """Look a family up as of the page's day; the Party where another is not in sight."""
    as_of = sitting.as_of
    units = lives(sitting.units, as_of)
    counts: dict[str, int] = {}
    for life in units.values():
        if life.open_on(as_of.on):
            counts[life.family] = counts.get(life.family, 0) + 1
    families = [(one, counts[one.code]) for one in Family.objects.all() if one.code in counts]
    asked = family if family in counts else next((one.code for one, _n in families), PARTY)
    mine = {unit for unit, life in units.items() if life.family == asked}
    nodes = forest(tree_on(as_of), mine)
    ended = [
        units[unit] for unit in mine if units[unit].closed and not units[unit].open_on(as_of.on)
    ]
    closed = [life for life in ended if life.closed is not None and life.closed <= as_of.on]
    closed.sort(key=lambda life: (life.closed, life.name), reverse=True)
    return Shown(asked, families, nodes, units, strengths(mine, as_of, asked), closed)


def heading() -> str:
    """What the page is called."""
    return _("Organisations")


def depth_shown(nodes: Collection[Node]) -> int:
    """How many levels of the tree a page can carry, one at least."""
    counts: dict[int, int] = {}
    for node in nodes:
        counts[node.depth] = counts.get(node.depth, 0) + 1
    depth, so_far = 0, counts.get(0, 0)
    while (more := counts.get(depth + 1)) and so_far + more <= MOST_ROWS:
        depth, so_far = depth + 1, so_far + more
    return depth


def rows(request: HttpRequest, seen: Shown, opened: Collection[str]) -> list[Row]:
    """The rows of the tree: whole levels, and what is below the units opened by their codes."""
    titles, kept, result = Titles.read(), _kept(seen, opened), []
    parents = {node.above for node in kept}
    for at, node in enumerate(kept):
        after = kept[at + 1].depth if at + 1 < len(kept) else 0
        branch, life = node.unit in parents, seen.units[node.unit]
        opens = None
        if node.below and not branch:
            opens = _opened(request, seen.family, sorted({*opened, life.code}), life.code)
        own, size = seen.sizes[node.unit]
        result.append(
            Row(
                life, node, size, own, titles.kind(life), titles.sector(life),
                link(request, "desk:units-unit", life.code),
                link(request, "desk:members", unit=life.code), branch, opens,
                range(max(node.depth - after, 0)),
            )
        )  # fmt: skip
    return result


def _kept(seen: Shown, opened: Collection[str]) -> list[Node]:
    depth = depth_shown(seen.nodes)
    kept: list[Node] = []
    open_units: set[int] = set()
    for node in seen.nodes:
        if node.depth <= depth or node.above in open_units:
            kept.append(node)
            if seen.units[node.unit].code in opened:
                open_units.add(node.unit)
    return kept


def _opened(request: HttpRequest, family: str, codes: list[str], at: str) -> str:
    url = link(request, "desk:units", family=family if family != PARTY else None)
    joiner = "&" if url and "?" in url else "?"
    return f"{url}{joiner}{OPEN}={','.join(codes)}#{at}"


def drawings(request: HttpRequest, seen: Shown) -> list[list[Branch]]:
    """The tree by size, one picture for each unit at the top that has others below it; no level
    in which most would be too narrow to be seen."""
    found: list[list[Branch]] = []
    levels: dict[tuple[int, int], int] = {}
    for node in seen.nodes:
        size = seen.sizes[node.unit][1]
        if node.depth == 0:
            found.append([])
        life, at = seen.units[node.unit], len(found) - 1
        url = link(request, "desk:units-unit", life.code) or ""
        found[at].append(Branch(life.name, size, node.depth, url))
        if size >= NARROWEST * found[at][0].size:
            levels[at, node.depth] = levels.get((at, node.depth), 0) + size
    drawn = []
    for at, branches in enumerate(found):
        total = branches[0].size
        deep = next(
            d for d in range(1, DRAWN_LEVELS + 1)
            if d == DRAWN_LEVELS or 2 * levels.get((at, d), 0) < total
        )  # fmt: skip
        if deep > 1 and total:
            drawn.append([branch for branch in branches if branch.depth < deep])
    return drawn


def ended(request: HttpRequest, sitting: Sitting, closed: list[UnitLife]) -> list[dict[str, Any]]:
    """Closed units with what became of them."""
    known = sitting.as_of.known
    after = successions(known, [life.id for life in closed])
    names = lives({line.successor for line in after}, sitting.as_of)
    return [
        {
            "life": life,
            "url": link(request, "desk:units-unit", life.code),
            "after": [names[line.successor].name for line in after if line.unit == life.id],
        }
        for life in closed
    ]


def matches(sitting: Sitting, seen: Shown, text: str) -> list[tuple[UnitLife, list[str]]]:
    """Units of the family, open or closed, one of whose names or whose code holds the text, with
    or without diacritics; exact marks first. With each the other names it was found by."""
    wanted, exact = vietnamese.fold(text), vietnamese.nfc(text).strip().lower()
    mine = [unit for unit, life in seen.units.items() if life.family == seen.family]
    ever = names_ever(mine, sitting.as_of)
    found = []
    for unit in mine:
        life = seen.units[unit]
        hits = [name for name in ever.get(unit, []) if wanted in vietnamese.fold(name)]
        if hits or wanted in life.code.lower():
            found.append((life, [name for name in hits if name != life.name]))
    found.sort(
        key=lambda one: (exact not in one[0].name.lower(), one[0].closed is not None, one[0].name)
    )
    return found[:MOST_FOUND]
