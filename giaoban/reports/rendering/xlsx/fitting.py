"""How wide a text is and how many lines it takes, in the widths that Excel counts in.

Excel fits the height of a row when it opens the file; other programs take what the file says, and
none does it for merged cells. So heights are set wherever a text takes more than a line.
"""

from __future__ import annotations

from collections.abc import Sequence

# Of a capital beyond that of a digit, and of bold letters; small ones are a little narrower.
_CAPITAL, BOLD = 0.45, 1.08
LINE_HEIGHT, SIZE = 15.75, 12.0  # points
_HIGHEST = 25  # lines, of Excel's 409 points


def wide(text: str) -> float:
    """The width of a text in digits of its own size."""
    return len(text) + _CAPITAL * sum(map(str.isupper, text))


def lines(text: str, width: float) -> int:
    """The lines that a text takes in a column of ``width`` digits: never fewer, at times one more.

    Lines part at spaces; a word wider than the column is parted inside.
    """
    if len(text) * (1 + _CAPITAL) <= width:
        return 1
    return sum(_lines(line, width) for line in text.split("\n"))


def _lines(text: str, width: float) -> int:
    taken, used = 1, 0.0
    for word in text.split(" "):
        needed = wide(word)
        if used and used + 1 + needed > width:
            taken, used = taken + 1, 0.0
        used += needed + (1 if used else 0)
        while used > width:
            taken, used = taken + 1, used - width
    return taken


def widest_word(texts: Sequence[str]) -> float:
    """The width of the widest word."""
    return max((wide(word) for text in texts for word in text.split(" ")), default=0.0)


def height(count: int, size: float = SIZE) -> float | None:
    """The points of a row of so many lines; None for Excel's own, of one line."""
    if count < 2 and size <= SIZE:
        return None
    return min(count, _HIGHEST) * LINE_HEIGHT * size / SIZE + 3
