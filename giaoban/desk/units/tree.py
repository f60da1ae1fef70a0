"""The tree of a day as the page shows it: as deep as a page can carry, further where asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.http import HttpRequest
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.door import Sitting
from giaoban.desk.templatetags.marks import NARROWEST, Branch
from giaoban.desk.units.links import link
from giaoban.figures.strengths import strengths_in
from giaoban.journal.queries import AsOf
from giaoban.units.all_names import all_names, flat
from giaoban.units.finding import FEW
from giaoban.units.forest import Grove, Node, grove
from giaoban.units.history import names_ever
from giaoban.units.models import Family, Sector, UnitKind
from giaoban.units.queries import (
    UnitLife,
    closed_days,
    lives,
    successions,
    tree_on,
    units_by_codes,
    units_of_family,
)
from giaoban.units.tree import Ints, Tree

FAMILY, OPEN, SEARCH = "family", "open", "q"
PARTY = "party"
MOST_ROWS = 150  # whole levels of the tree are shown up to so many units
MOST_FOUND, MOST_ENDED = 60, 200
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
    """What the page shows of one family on one day: of all its units in sight how deep they stand
    and how many members they have, and of those that are listed or drawn what they are called.

    ``family_at`` are the positions of the family's units in ``tree``, rising, ``grove`` they as a
    forest; ``sizes`` are members by position of ``tree``, of the own book and with all below.
    """

    family: str
    families: list[tuple[Family, int]]
    tree: Tree
    grove: Grove
    sizes: tuple[Ints, Ints]
    mine: frozenset[int]
    closed: list[int]
    as_of: AsOf

    @property
    def total(self) -> int:
        """Members of all units shown, each counted once."""
        return int(self.sizes[1][self.grove.at[self.grove.depth == 0]].sum())

    @property
    def many(self) -> int:
        """How many units there are."""
        return len(self.grove.at)


def shown(sitting: Sitting, family: str) -> Shown:
    """Look a family up as of the page's day; the Party where another is not in sight."""
    as_of = sitting.as_of
    tree, sight = tree_on(as_of), np.fromiter(sitting.units, np.int64, len(sitting.units))
    seen = np.isin(tree.ids, sight)
    of_family = {one.code: units_of_family(one.code, as_of.known) for one in Family.objects.all()}
    counts = {code: int(np.isin(tree.ids[seen], ids).sum()) for code, ids in of_family.items()}
    families = [(one, counts[one.code]) for one in Family.objects.all() if counts[one.code]]
    asked = family if counts.get(family) else next((one.code for one, _n in families), PARTY)
    mine = sight[np.isin(sight, of_family.get(asked, sight[:0]))]
    at = np.flatnonzero(np.isin(tree.ids, mine))
    closed = closed_days(as_of.known)
    ended = [unit for unit in mine.tolist() if unit in closed and closed[unit] <= as_of.on]
    return Shown(
        asked, families, tree, grove(tree, at), strengths_in(tree, mine, as_of, asked),
        frozenset(mine.tolist()), ended, as_of,
    )  # fmt: skip


def heading() -> str:
    """What the page is called."""
    return _("Organisations")


def depth_shown(depth: Ints) -> int:
    """How many levels of the tree a page can carry, one at least."""
    counts = np.bincount(depth).tolist()
    so_far = np.cumsum(counts).tolist()
    return next((d for d in range(1, len(counts)) if so_far[d] > MOST_ROWS), len(counts)) - 1


def rows(request: HttpRequest, seen: Shown, opened: Collection[str]) -> list[Row]:
    """The rows of the tree: whole levels, and what is below the units opened by their codes."""
    titles, kept, result = Titles.read(), _kept(seen, opened), []
    parents = {node.above for node in kept}
    units = lives([node.unit for node in kept], seen.as_of)
    for at, node in enumerate(kept):
        after = kept[at + 1].depth if at + 1 < len(kept) else 0
        branch, life = node.unit in parents, units[node.unit]
        opens = None
        if node.below and not branch:
            opens = _opened(request, seen.family, sorted({*opened, life.code}), life.code)
        own, size = (int(of[seen.tree.position(node.unit)]) for of in seen.sizes)
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
    """What is listed: whole levels, and those directly below each listed unit that is opened."""
    ids, grove_ = seen.tree.ids[seen.grove.at], seen.grove
    levels = depth_shown(grove_.depth) if len(ids) else 0
    kept = set(np.flatnonzero(grove_.depth <= levels).tolist())
    for at in np.flatnonzero(np.isin(ids, units_by_codes(opened))).tolist():
        if at in kept:
            below = np.arange(at + 1, at + 1 + grove_.below[at])
            kept |= set(below[grove_.depth[below] == grove_.depth[at] + 1].tolist())
    nodes: list[Node] = []
    way: list[int] = []  # the units above the next one, for all that are above it are listed
    for at in sorted(kept):
        unit, depth = int(ids[at]), int(grove_.depth[at])
        del way[depth:]
        nodes.append(Node(unit, depth, way[-1] if way else None, int(grove_.below[at])))
        way.append(unit)
    return nodes


def _opened(request: HttpRequest, family: str, codes: list[str], at: str) -> str:
    url = link(request, "desk:units", family=family if family != PARTY else None)
    joiner = "&" if url and "?" in url else "?"
    return f"{url}{joiner}{OPEN}={','.join(codes)}#{at}"


def drawings(request: HttpRequest, seen: Shown) -> list[list[Branch]]:
    """The tree by size, one picture for each unit at the top that has others below it; no level
    in which most would be too narrow to be seen."""
    drawn = [part for top in np.flatnonzero(seen.grove.depth == 0).tolist()
             if len(part := _drawn(seen, top)) > 1]  # fmt: skip
    ids, sizes = seen.tree.ids[seen.grove.at], seen.sizes[1][seen.grove.at]
    units = lives([unit for part in drawn for unit in ids[part].tolist()], seen.as_of)

    def branch(at: int) -> Branch:
        life = units[int(ids[at])]
        url = link(request, "desk:units-unit", life.code) or ""
        return Branch(life.name, int(sizes[at]), int(seen.grove.depth[at]), url)

    return [[branch(at) for at in part.tolist()] for part in drawn]


def _drawn(seen: Shown, top: int) -> Ints:
    """Which units of the grove are drawn below one at the top; it alone where none is."""
    part = np.arange(top, top + 1 + seen.grove.below[top])
    depth, sizes = seen.grove.depth[part], seen.sizes[1][seen.grove.at[part]]
    total = int(sizes[0])
    wide = sizes * NARROWEST.denominator >= NARROWEST.numerator * total
    deep = next(
        d for d in range(1, DRAWN_LEVELS + 1)
        if d == DRAWN_LEVELS or 2 * int(sizes[wide & (depth == d)].sum()) < total
    )  # fmt: skip
    found: Ints = part[depth < deep] if total else part[:1]
    return found


def ended(request: HttpRequest, seen: Shown) -> list[dict[str, Any]]:
    """Closed units with what became of them, the last ones first, not too many for a page."""
    days = closed_days(seen.as_of.known)
    last = sorted(seen.closed, key=lambda unit: (days[unit], unit), reverse=True)[:MOST_ENDED]
    closed = list(lives(last, seen.as_of).values())
    closed.sort(key=lambda life: (days[life.id], life.name), reverse=True)
    after = successions(seen.as_of.known, last)
    names = lives({line.successor for line in after}, seen.as_of)
    return [
        {
            "life": life,
            "url": link(request, "desk:units-unit", life.code),
            "after": [names[line.successor].name for line in after if line.unit == life.id],
        }
        for life in closed
    ]


def matches(seen: Shown, text: str) -> list[tuple[UnitLife, list[str]]]:
    """Units of the family, open or closed, one of whose names or whose code holds the text, with
    or without diacritics; exact marks first. With each the other names it was found by. Of very
    many the shortest names."""
    wanted, exact = vietnamese.fold(text), flat(vietnamese.nfc(text))
    mine: Collection[int] = seen.mine
    if len(mine) > FEW:
        mine = all_names(seen.as_of).candidates(exact, wanted, mine, MOST_FOUND)
    ever, units = names_ever(mine, seen.as_of), lives(mine, seen.as_of)
    found = []
    for unit, life in units.items():
        hits = [name for name in ever.get(unit, []) if wanted in vietnamese.fold(name)]
        if hits or wanted in life.code.lower():
            found.append((life, [name for name in hits if name != life.name]))
    found.sort(
        key=lambda one: (exact not in one[0].name.lower(), one[0].closed is not None, one[0].name)
    )
    return found[:MOST_FOUND]
