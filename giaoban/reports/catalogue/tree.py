"""The icicle: the report's unit and those below it, each as wide as its members are many."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.journal.queries import AsOf
from giaoban.reports.documents.blocks import Chart, Icicle, Node
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.families import MEMBER_WORDS
from giaoban.units.queries import UnitLife, lives, units_of_family

MOST_UNITS = 150  # with more on it, a level is left out
LEVELS = 3
NAMED = 3


def strengths(reckoning: Reckoning) -> Chart | None:
    """Members at and below each unit, down to a level that can be read; None without any below."""
    work, question, tree = reckoning.work, reckoning.question, reckoning.tree
    top = tree.position(question.unit)
    units = [] if top < 0 else list(_shown(reckoning, top))
    if len(units) < 2:
        return None
    found = lives([unit for unit, _parent in units], AsOf(tree.on, question.head.number))
    nodes = [_node(reckoning, found, unit, parent) for unit, parent in units]
    root, rest = nodes[0], [node for node in nodes[1:] if node.size > 0]
    if not rest:
        return None
    members = MEMBER_WORDS[work.unit.family].many
    title = _("{members} by unit").format(members=vietnamese.capitalise_first(str(members)))
    return Chart("so-luong-theo-don-vi", title, _in_words(root, rest), Icicle((root, *rest)))


def _shown(reckoning: Reckoning, top: int) -> Iterator[tuple[int, int | None]]:
    """(unit, its superior) of the levels that have room, superiors first."""
    tree = reckoning.tree
    part = slice(top, top + int(tree.size[top]))
    family = units_of_family(reckoning.work.unit.family, reckoning.question.head.number)
    depth = tree.depth[part] - tree.depth[top]
    own = np.isin(tree.ids[part], family)
    levels = [int(((depth <= level) & own).sum()) for level in range(LEVELS)]
    deepest = max(level for level, units in enumerate(levels) if units <= MOST_UNITS or level < 2)
    for at in np.flatnonzero((depth <= deepest) & own).tolist():
        parent = int(tree.parent[top + at])
        yield int(tree.ids[top + at]), int(tree.ids[parent]) if at else None


def _node(reckoning: Reckoning, found: dict[int, UnitLife], unit: int, parent: int | None) -> Node:
    life = found[unit]
    address = Address("closing", "" if parent is None else life.code)
    size = int(reckoning.value(address) or 0)
    above = found[parent].code if parent is not None else ""
    return Node(life.code, above, life.name, size, vietnamese.format_number(size), str(address))


def _in_words(root: Node, rest: list[Node]) -> str:
    direct = sorted(
        (node for node in rest if node.parent == root.name), key=lambda node: -node.size
    )
    named = "; ".join(f"{node.label} {node.text}" for node in direct[:NAMED])
    said = _("{unit}: {n}. Most of them in: {units}.")
    return said.format(unit=root.label, n=root.text, units=named)
