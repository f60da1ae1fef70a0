"""From the opening to the closing: a bar a step, each beginning where the one before ended.

In is solid, out hollow, a stock in ink: told apart without colour. Where the changes are small
beside the stock, the axis is cut so that they can be seen; two strokes show it and a line says it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from giaoban.reports.charts import legend, measuring
from giaoban.reports.charts.lettering import LINE, Weight, Words, fitted, stacked, width
from giaoban.reports.charts.painting import WIDTH, Picture, Rect, Rule
from giaoban.reports.documents.blocks import Step, Waterfall
from giaoban.vietnamese import format_number

SIZE, AXIS_SIZE = 13, 11
TOP, GAP = 22, 16
WIDEST_LABEL = 230
THICK = 14


def picture(shows: Waterfall) -> Picture:
    """Measure and set the steps in the order given."""
    steps, drawn = shows.steps, Picture()
    fall = measuring.fall([(step.amount, step.stock) for step in steps])
    parts = [fitted(step.label, WIDEST_LABEL, SIZE, weight=_weight(step)) for step in steps]
    label = max((width(line, SIZE, 600) for lines in parts for line in lines), default=0)
    numbers = label + GAP + max((width(step.text, SIZE, 600) for step in steps), default=0)
    left = numbers + GAP
    room = WIDTH - left
    middles, bottom = _rows(parts)
    _axis(drawn, fall, left, room, bottom)
    ends = [left + float(fall.place(level)) * room for level in fall.levels]
    _ties(drawn, steps, ends, middles)
    before = fall.base
    for step, lines, level, middle in zip(steps, parts, fall.levels, middles, strict=True):
        after = fall.place(level)
        begin = fall.base if step.stock else before
        x = sorted((left + float(begin) * room, left + float(after) * room))
        drawn.bars += _bar(step, x[0], x[1] - x[0], middle)
        weight = _weight(step)
        drawn.words += stacked(lines, step.label, 0, middle, size=SIZE, weight=weight)
        drawn.words.append(Words(numbers, middle, step.text, SIZE, weight, anchor="end"))
        if step.stock and fall.cut:
            drawn.across += _cut(left, room, middle)
        before = after
    drawn.height = bottom
    _explain(drawn, steps, fall.cut)
    return drawn


def _weight(step: Step) -> Weight:
    return 600 if step.stock else 400


def _rows(parts: Sequence[Sequence[str]]) -> tuple[list[float], float]:
    """The middle of each row, and where the last one ends."""
    middles, top = [], float(TOP)
    for lines in parts:
        tall = len(lines) * SIZE * LINE + 10
        middles.append(top + tall / 2)
        top += tall
    return middles, top


def _axis(drawn: Picture, fall: measuring.Fall, left: float, room: float, bottom: float) -> None:
    """Its numbers above, lines behind the bars; every other number where they would touch."""
    places = [(left + float(fall.place(value)) * room, value) for value in fall.ticks]
    free = 0.0
    for x, value in places:
        ink = "edge" if value == 0 else "rule-2"
        drawn.behind.append(Rule(x, TOP - 2, x, bottom, ink))
        text = format_number(value)
        half = width(text, AXIS_SIZE) / 2
        if x - half >= free:
            # The last number may stand at the very edge.
            at = min(x, WIDTH - half)
            drawn.words.append(Words(at, 9, text, AXIS_SIZE, anchor="middle", colour="ink-2"))
            free = at + half + 8


def _ties(
    drawn: Picture, steps: Sequence[Step], ends: Sequence[float], middles: Sequence[float]
) -> None:
    """A line down from the end of each bar to the one below, through rows without a bar."""
    for number in range(len(ends) - 1):
        barless = not steps[number].stock and not steps[number].amount
        y = middles[number] + (-THICK / 2 if barless else THICK / 2)
        y2 = middles[number + 1] - THICK / 2
        drawn.behind.append(Rule(ends[number], y, ends[number], y2))


def _bar(step: Step, x: float, long: float, middle: float) -> list[Rect]:
    y = middle - THICK / 2
    if step.stock:
        return [Rect(x, y, long, THICK, "ink")]
    if step.amount > 0:
        return [Rect(x, y, long, THICK, "slate-bar")]
    if step.amount < 0:
        return [Rect(x, y, long, THICK, "paper", "slate-bar")]
    return []


def _cut(left: float, room: float, middle: float) -> list[Rule]:
    """Two strokes across the stub of a stock."""
    return [
        Rule(left + share * room, middle + 11, left + (share + 0.02) * room, middle - 11,
             "paper", 2.5)
        for share in (0.022, 0.045)
    ]  # fmt: skip


def _explain(drawn: Picture, steps: Sequence[Step], cut: bool) -> None:
    items: list[legend.Item] = []
    if any(not step.stock and step.amount > 0 for step in steps):
        items.append(legend.Bar(pgettext("movement", "in"), "slate-bar"))
    if any(not step.stock and step.amount < 0 for step in steps):
        items.append(legend.Bar(pgettext("movement", "out"), "paper", "slate-bar"))
    legend.add(drawn, items, [_("The axis does not begin at zero.")] if cut else [])
