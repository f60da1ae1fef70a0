"""Words in a drawing: how wide they are, and how a long Vietnamese name fits beside its bar.

Widths are those of Be Vietnam Pro, in which charts are lettered; where a page has only a stand-in
they are near enough. A name breaks at spaces, on two lines at most, and is cut at a space with an
ellipsis; the drawing then carries it whole as a title. Only what has no space is cut inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont

from giaoban.reports.errors import FontMissing

PACKAGE = "fontpkg_be_vietnam_pro"
FAMILY = "Be Vietnam Pro, Arial, Liberation Sans, sans-serif"
ELLIPSIS = "…"
LINE = 1.38  # of the size: Ế below Ộ needs 1.35
MIDDLE = 0.355  # half the height of capitals: from the middle of a line down to its baseline
Weight = Literal[400, 600]
_STYLES: dict[Weight, str] = {400: "Regular", 600: "SemiBold"}


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words: ``y`` is its middle, in pixels; ``title`` is the name that was cut."""

    x: float
    y: float
    text: str
    size: float = 13
    weight: Weight = 400
    anchor: Literal["start", "middle", "end"] = "start"
    colour: str = "ink"
    title: str = ""

    @property
    def baseline(self) -> float:
        return self.y + MIDDLE * self.size


def fonts() -> Path:
    """The folder of the typeface's files, as its package brings them. Raises ``FontMissing``."""
    package = find_spec(PACKAGE)
    folders = (package.submodule_search_locations if package else None) or ()
    for folder in folders:
        if (files := Path(folder) / "files").is_dir():
            return files
    raise FontMissing(font="Be Vietnam Pro", package=PACKAGE.replace("_", "-"))


@cache
def _advances(weight: Weight) -> tuple[dict[int, float], float]:
    """The width of each character of the typeface at size 1, and that of one it lacks."""
    with TTFont(fonts() / f"BeVietnamPro-{_STYLES[weight]}.ttf", lazy=True) as font:
        per_em = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        advances = {code: widths[name][0] / per_em for code, name in font.getBestCmap().items()}
        return advances, widths[".notdef"][0] / per_em


def width(text: str, size: float, weight: Weight = 400) -> float:
    """How wide a line is, in pixels at ``size`` pixels; kerning left out."""
    advances, lacking = _advances(weight)
    return size * sum(advances.get(ord(letter), lacking) for letter in text)


def fitted(
    text: str, room: float, size: float, *, weight: Weight = 400, lines: int = 2
) -> tuple[str, ...]:
    """The text on so many lines of ``room`` pixels at most; the last ends in "…" if it is cut."""
    words = text.split(" ")
    done: list[str] = []
    while words and len(done) < lines:
        taken = _taken(words, room, size, weight)
        last = len(done) == lines - 1 and taken < len(words)
        if last or not taken:  # no line more, or a word without a space that is wider than a line
            return (*done, _cut(words, room, size, weight))
        done.append(" ".join(words[:taken]))
        words = words[taken:]
    return tuple(done)


def _taken(words: list[str], room: float, size: float, weight: Weight) -> int:
    """How many words stand on one line."""
    used, space = 0.0, width(" ", size, weight)
    for number, word in enumerate(words):
        used += width(word, size, weight) + (space if number else 0)
        if used > room:
            return number
    return len(words)


def _cut(words: list[str], room: float, size: float, weight: Weight) -> str:
    """As many whole words as fit before an ellipsis; of one that is too long, its letters."""
    left = room - width(ELLIPSIS, size, weight)
    taken = _taken(words, left - width(" ", size, weight), size, weight)
    if taken:
        return f"{' '.join(words[:taken])} {ELLIPSIS}"
    kept = words[0]
    while kept and width(kept, size, weight) > left:
        kept = kept[:-1]
    return kept + ELLIPSIS


def stacked(
    parts: Sequence[str], name: str, x: float, middle: float, *, size: float = 13,
    weight: Weight = 400, colour: str = "ink",
) -> list[Words]:  # fmt: skip
    """The fitted lines of a name round a middle; cut, each carries it whole."""
    title = "" if " ".join(parts) == name else name
    top = middle - size * LINE * (len(parts) - 1) / 2
    return [
        Words(x, top + size * LINE * number, part, size, weight, colour=colour, title=title)
        for number, part in enumerate(parts)
    ]
