"""How wide the columns of a table are, worked out from its texts before anything is set.

Typst would measure every cell to find out, and set each row twice; a table of ten thousand rows
then takes twice the time and memory. So widths are reckoned from the typeface's own: no number is
ever parted, no word unless it is wider than its column can be, and a table with too many columns
is set smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from giaoban.reports.documents.blocks import Column, Table
from giaoban.reports.rendering.pdf.faces import width

INSET_X, INSET_Y = 3.5, 2.4  # points beside and above a cell's text
LINE, PITCH = 1.17, 1.25  # ems of a line in a cell, and from one to the next, as in tables.typ
SMALLEST = 7.0  # points; below it nobody reads
STEP = 0.5
NAME = 8.0  # ems that a name may have before it is broken at a space
WIDEST_WORD = 11.0  # ems that a word may claim for its column before it is parted
SLACK = 0.5  # points that rounding may eat
SHAPE = str.maketrans("123456789", "000000000")  # all digits are equally wide


class Fitted(Struct, frozen=True):
    """Columns in points at a size of type in points."""

    widths: list[float]
    size: float

    def room(self, column: int, indent: float = 0) -> float:
        """Ems for the text in a column."""
        return (self.widths[column] - 2 * INSET_X - SLACK) / self.size - indent

    def height(self, lines: int) -> float:
        """Points of a row with so many lines."""
        return self.size * (LINE + (lines - 1) * PITCH) + 2 * INSET_Y


def fit(table: Table, room: float, size: float) -> Fitted:
    """Columns for a table in ``room`` points, at ``size`` points or less where it must be."""
    claims = [
        _claim(column, texts) for column, texts in zip(table.columns, _texts(table), strict=True)
    ]
    while True:
        least = [claim * size + 2 * INSET_X + SLACK for claim in claims]
        if sum(least) <= room:
            return Fitted(_shared([column.weight for column in table.columns], least, room), size)
        if size <= SMALLEST:
            return Fitted([one * room / sum(least) for one in least], size)
        size = max(SMALLEST, size - STEP)


def _texts(table: Table) -> Iterator[set[str]]:
    """The different texts of each column, digits made equal."""
    # A group's head runs on over the cells behind it and claims no width.
    rows = [row.cells for row in table.rows if row.role != "group"]
    for column in range(len(table.columns)):
        yield {cells[column].text.translate(SHAPE) for cells in rows}


def _claim(column: Column, texts: set[str]) -> float:
    """The ems that a column can't do without."""
    longest = max(map(width, texts), default=0)
    if column.holds == "text":
        words = (word for text in texts for word in text.split(" "))
        claim = max(_widest(words, WIDEST_WORD), min(longest, NAME))
    elif column.holds == "code":
        claim = min(longest, WIDEST_WORD)
    else:
        claim = longest
    return max(claim, _widest(column.head.split(" "), WIDEST_WORD), 1.0)


def _widest(words: Iterable[str], most: float) -> float:
    return min(max(map(width, set(words)), default=0), most)


def _shared(weights: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """The room by weight; a column that claims more gets its claim, the others share the rest."""
    widths = list(least)
    free = set(range(len(least)))
    while free:
        left = room - sum(widths[column] for column in range(len(least)) if column not in free)
        by_weight = left / sum(weights[column] for column in free)
        narrow = {column for column in free if weights[column] * by_weight < least[column]}
        if not narrow:
            for column in free:
                widths[column] = weights[column] * by_weight
            break
        free -= narrow
    return widths
