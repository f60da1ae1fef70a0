"""The key below a drawing: what its bars and signs mean, and what must be said of its axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from giaoban.reports.charts.lettering import Words, fitted, width
from giaoban.reports.charts.painting import SIGN_SIZE, WIDTH, Picture, Rect, Rule, Sign

SIZE, LINE = 12, 18
SWATCH, AFTER, BETWEEN = 20, 6, 20
ABOVE = 12  # pixels between the drawing and its key


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as it is drawn, with the sign that stands beside such bars, if any does."""

    text: str
    fill: str
    stroke: str = ""
    sign: str = ""
    sign_colour: str = ""

    @property
    def swatch(self) -> float:
        return SWATCH + (AFTER + SIGN_SIZE if self.sign else 0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick across a bar."""

    text: str

    @property
    def swatch(self) -> float:
        return SWATCH / 2


Item = Bar | Tick


def add(picture: Picture, items: Sequence[Item], notes: Sequence[str] = ()) -> None:
    """Set the key, then each note on lines of its own, below what the picture has by now."""
    if not items and not notes:
        return
    x, y = 0.0, picture.height + ABOVE + LINE / 2
    for item in items:
        wide = item.swatch + AFTER + width(item.text, SIZE)
        if x and x + wide > WIDTH:
            x, y = 0.0, y + LINE
        _draw(picture, item, x, y)
        picture.words.append(Words(x + item.swatch + AFTER, y, item.text, SIZE, colour="ink-2"))
        x += wide + BETWEEN
    for note in notes:
        for line in fitted(note, WIDTH, SIZE, lines=3):
            y += LINE if x else 0
            x = WIDTH
            picture.words.append(Words(0, y, line, SIZE, colour="ink-2"))
    picture.height = y + LINE / 2


def _draw(picture: Picture, item: Item, x: float, y: float) -> None:
    if isinstance(item, Tick):
        at = x + item.swatch / 2
        picture.across.append(Rule(at, y - 7, at, y + 7, "ink", 1.5))
        return
    picture.bars.append(Rect(x, y - 5, SWATCH, 10, item.fill, item.stroke))
    if item.sign:
        at = x + item.swatch - SIGN_SIZE / 2
        picture.signs.append(Sign(at, y, item.sign, item.sign_colour))
