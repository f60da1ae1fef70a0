"""The months of a year beside those of the year before: two columns a month, numbers below them.

The numbers stand in rows under the months, as in a small table, with what they are of at the left:
above the columns they would touch each other. A month that has not come yet leaves its place empty.
It is made for the twelve months of a year; more of them are set in smaller type.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from giaoban.reports.charts import measuring
from giaoban.reports.charts.lettering import LINE, Weight, Words, fitted, stacked, width
from giaoban.reports.charts.painting import WIDTH, Picture, Rect, Rule
from giaoban.reports.documents.blocks import Point, Trend
from giaoban.vietnamese import format_number

TOP, PLOT, GAP = 8, 170, 10
SIZE, ROW = 12, 20
SWATCH = 14
WIDEST_HEAD = 120


def picture(shows: Trend) -> Picture:
    """Measure and set the months in the order given."""
    points, drawn = shows.points, Picture()
    known = [value for point in points for value in (point.now, point.before) if value is not None]
    low, high = min([*known, 0]), max([*known, 0])
    step = measuring.round_step(max(high - low, 1))
    low, high = low // step * step, max(-(-high // step) * step, step)
    left = _head_room(shows, low, high) + GAP
    place = (WIDTH - left) / max(len(points), 1)

    def down(value: int) -> float:
        return TOP + PLOT * (high - value) / (high - low)

    for value in range(low, high + 1, step):
        drawn.behind.append(Rule(left, down(value), WIDTH, down(value), "rule-2"))
        text = format_number(value)
        drawn.words.append(Words(left - GAP, down(value), text, 11, anchor="end", colour="ink-2"))
    for number, point in enumerate(points):
        _columns(drawn, point, left + place * number, place, down)
    drawn.across.append(Rule(left, down(0), WIDTH, down(0), "ink"))
    _rows(drawn, shows, left, place)
    return drawn


def _head_room(shows: Trend, low: int, high: int) -> float:
    """The column at the left: numbers of the axis, and below them the names of the two years."""
    lines = [line for name in (shows.now, shows.before) for line in _head(name)]
    named = SWATCH + 6 + max((width(line, SIZE, 600) for line in lines), default=0)
    return max(named, *(width(format_number(value), 11) for value in (low, high)))


def _head(name: str) -> tuple[str, ...]:
    return fitted(name, WIDEST_HEAD, SIZE, weight=600)


def _columns(
    drawn: Picture, point: Point, left: float, place: float, down: Callable[[int], float]
) -> None:
    """Two columns in a month's place, the year before to the left."""
    wide = place * 0.34
    for value, at, fill in (
        (point.before, place * 0.14, "slate-2"),
        (point.now, place * 0.14 + wide + place * 0.04, "slate-bar"),
    ):
        if value:
            top, bottom = sorted((down(value), down(0)))
            drawn.bars.append(Rect(left + at, top, wide, bottom - top, fill))


def _rows(drawn: Picture, shows: Trend, left: float, place: float) -> None:
    """Under the months: their names, this year's numbers, those of the year before."""
    months = [(point.label, point.now_text, point.before_text) for point in shows.points]
    looks: list[tuple[str, Weight, str, str]] = [
        ("", 400, "ink-2", ""), (shows.now, 600, "ink", "slate-bar"),
        (shows.before, 400, "ink-2", "slate-2"),
    ]  # fmt: skip
    size = min(_size([month[row] for month in months], look[1], place)
               for row, look in enumerate(looks))  # fmt: skip
    top = float(TOP + PLOT + 4)
    for row, (name, weight, colour, fill) in enumerate(looks):
        head = _head(name)
        tall = max(ROW, len(head) * SIZE * LINE + 3)
        y = top + tall / 2
        for number, month in enumerate(months):
            if month[row]:
                x = left + place * (number + 0.5)
                drawn.words.append(Words(x, y, month[row], size, weight, "middle", colour))
        if fill:
            drawn.bars.append(Rect(0, y - 5, SWATCH, 10, fill))
            drawn.words += stacked(head, name, SWATCH + 6, y, size=SIZE, weight=weight)
        top += tall
    drawn.height = top


def _size(texts: Sequence[str], weight: Weight, place: float) -> float:
    """The size at which the widest of a row leaves a gap to the next."""
    widest = max((width(text, SIZE, weight) for text in texts), default=0)
    return SIZE if widest <= place - 6 else round(SIZE * max(place - 6, 1) / widest, 2)
