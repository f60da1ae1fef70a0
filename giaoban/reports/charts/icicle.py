"""The tree by size, lying on its side: superiors at the left, each unit as tall as it has members.

So names stand in lines and not on end, and forty units of a district fit on a page. Units too small
for a line of type stand together, in a cell that says how many they are; members that belong to
the superior itself leave a gap. Every cell carries its unit's whole name as a title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.translation import ngettext

from giaoban.reports.charts import measuring
from giaoban.reports.charts.lettering import LINE, Weight, Words, fitted, stacked, width
from giaoban.reports.charts.painting import WIDTH, Picture, Rect
from giaoban.reports.documents.blocks import Icicle, Node
from giaoban.vietnamese import format_number

SIZE = 12
PADDING, GAP = 7, 2
LEAST = 17  # pixels: a line of type
SHORTEST, TALLEST, A_UNIT = 180, 860, 26
ROOT = 140  # pixels across: its name has lines enough
FILLS = ("track", "sunk")  # level by level, in turn


@dataclass(frozen=True, slots=True)
class Grown:
    """A unit with its depth and the size it needs: its own, or more if those below add up to it."""

    node: Node
    depth: int
    size: int


def picture(shows: Icicle) -> Picture:
    """Measure and set the tree; its height is by its widest level."""
    grown, drawn = preorder(shows.nodes), Picture()
    total = sum(each.size for each in grown if each.depth == 0)
    if total <= 0:
        return drawn
    depths = [each.depth for each in grown]
    widest = max(depths.count(depth) for depth in set(depths))
    drawn.height = min(max(SHORTEST, widest * A_UNIT), TALLEST)
    columns = _columns(max(depths) + 1)
    places = measuring.icicle(
        [(total, -1), *((each.size, each.depth) for each in grown)],
        Fraction(LEAST, round(drawn.height)),
    )
    for place in places[1:]:
        x, wide = columns[place.depth]
        top = float(place.begin) * drawn.height + GAP / 2
        tall = max(float(place.share) * drawn.height - GAP, 1)
        cell = Rect(x + GAP / 2, top, wide - GAP / 2, tall, "paper", "rule-2")
        if place.unit is None:
            _together(drawn, place, cell)
        else:
            _unit(drawn, grown[place.unit - 1], cell)
    return drawn


def preorder(nodes: Sequence[Node]) -> list[Grown]:
    """The units superior first, whatever their order; one without a known superior is a root.

    Raises ``ValueError`` where units stand below each other in a circle.
    """
    names = {node.name for node in nodes}
    below: dict[str, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.parent if node.parent in names else "", []).append(node)

    def grow(node: Node, depth: int) -> list[Grown]:
        parts = [part for child in below.get(node.name, []) for part in grow(child, depth + 1)]
        needed = sum(part.size for part in parts if part.depth == depth + 1)
        return [Grown(node, depth, max(node.size, needed, 0)), *parts]

    grown = [part for root in below.get("", []) for part in grow(root, 0)]
    if len(grown) != len(nodes):
        raise ValueError("units of the icicle stand below each other in a circle")
    return grown


def _columns(levels: int) -> list[tuple[float, float]]:
    """Where each level begins, and how wide it is."""
    if levels == 1:
        return [(0, WIDTH)]
    unit = (WIDTH - ROOT) / (levels - 1)
    return [(0, ROOT - GAP), *((ROOT + unit * n, unit - GAP) for n in range(levels - 1))]


def _unit(drawn: Picture, each: Grown, cell: Rect) -> None:
    """A unit's cell: its name beside its number, or over it where there is height and no width."""
    node, fill = each.node, FILLS[each.depth % 2]
    title = f"{node.label}, {node.text}"
    drawn.bars.append(replace(cell, fill=fill, stroke="rule-2", title=title))
    weight: Weight = 600 if each.depth == 0 else 400
    lines = max(int((cell.height + GAP) // (SIZE * LINE)), 1)
    room = cell.width - 2 * PADDING
    beside = room - width(node.text, SIZE, 600) - 12
    parts = fitted(node.label, beside, SIZE, weight=weight, lines=min(lines, 2))
    middle = cell.y + cell.height / 2
    x, end = cell.x + PADDING, cell.x + cell.width - PADDING
    if lines >= 3 and (" ".join(parts) != node.label or len(parts) > 1):
        parts = fitted(node.label, room, SIZE, weight=weight, lines=lines - 1)
        top = middle - (len(parts) + 1) * SIZE * LINE / 2
        number = Words(x, top + (len(parts) + 0.5) * SIZE * LINE, node.text, SIZE, 600)
        middle = top + len(parts) * SIZE * LINE / 2
    else:
        number = Words(end, middle, node.text, SIZE, 600, "end")
    drawn.words += [*stacked(parts, node.label, x, middle, size=SIZE, weight=weight), number]


def _together(drawn: Picture, place: measuring.Place, cell: Rect) -> None:
    """Units too small to stand alone, as one cell."""
    said = ngettext("%(n)s smaller unit", "%(n)s smaller units", place.others)
    text = said % {"n": format_number(place.others)}
    count = format_number(place.size)
    drawn.bars.append(replace(cell, title=f"{text}, {count}"))
    if cell.height + GAP >= LEAST:
        middle, end = cell.y + cell.height / 2, cell.x + cell.width - PADDING
        drawn.words.append(Words(cell.x + PADDING, middle, text, SIZE, colour="ink-2"))
        drawn.words.append(Words(end, middle, count, SIZE, 600, "end", "ink-2"))
