"""A field at harvest: rows that run to the horizon, ricks, three blue summits, egrets."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from giaoban.portal.demonstration.drawing.shapes import (
    ellipse,
    fade,
    path,
    picture,
    polygon,
    rect,
    stroke,
)

HORIZON = 372
VANISHING = 1020


def draw() -> str:
    """The field."""
    chance = Random(29)
    return picture([*_sky(), *_summits(), *_village(chance), *_rows(chance), *_way(), *_ricks(),
                    *_egrets(), *_stubble(chance)])  # fmt: skip


def _sky() -> Iterator[str]:
    yield "<defs>"
    yield fade("sky", (0, "#cfe0e2"), (0.7, "#f3ead2"), (1, "#f8e2b6"))
    yield fade("far", (0, "#7f9fac"), (1, "#b4c6c6"))
    yield fade("near", (0, "#6c9080"), (1, "#8fae93"))
    yield fade("ripe", (0, "#e6c860"), (1, "#c99a34"))
    yield fade("rick", (0, "#e7c772"), (1, "#b98a3c"), across=True)
    yield "</defs>"
    yield rect(0, 0, 1600, HORIZON + 40, "url(#sky)")
    yield ellipse(330, 150, 58, 58, "#fff7df")
    for x, y, across in ((900, 110, 150), (1010, 132, 120), (1340, 86, 110), (560, 92, 80)):
        yield ellipse(x, y, across, 15, "#ffffff", 'fill-opacity="0.75"')


def _summits() -> Iterator[str]:
    """Ba Vì as one sees it from the plain."""
    yield path(f"M0 {HORIZON}V300Q120 250 210 262Q330 120 420 190Q470 226 520 168Q600 84 690 190"
               f"Q740 246 800 206Q860 166 930 246Q1060 300 1220 280T1600 300V{HORIZON}Z",
               "url(#far)")  # fmt: skip
    yield path(f"M0 {HORIZON + 10}V330Q180 292 340 330T700 322T1060 338T1380 318T1600 332"
               f"V{HORIZON + 10}Z", "url(#near)")  # fmt: skip


def _village(chance: Random) -> Iterator[str]:
    """Trees and red roofs along the dyke."""
    for at in range(40, 760, 34):
        rise = chance.uniform(16, 40)
        yield ellipse(at + chance.uniform(-8, 8), HORIZON - rise * 0.4, 26, rise, "#4f7757")
    for at in (176, 344, 548):
        yield rect(at, HORIZON - 26, 62, 28, "#f1e7d4")
        yield polygon([(at - 10, HORIZON - 24), (at + 31, HORIZON - 50), (at + 72, HORIZON - 24)],
                      "#a9462f")  # fmt: skip
        yield rect(at + 22, HORIZON - 16, 12, 18, "#8a6a4a")
    for at in (1290, 1330, 1420, 1470):
        yield stroke(f"M{at} {HORIZON + 4}q4 -30 0 -62", "#6f5a44", 5)
        for lean in (-28, -14, 4, 18, 30):
            yield stroke(f"M{at} {HORIZON - 58}q{lean / 2:.0f} -16 {lean} {abs(lean) / 3 - 8:.0f}",
                         "#4f7757", 6)  # fmt: skip


def _rows(chance: Random) -> Iterator[str]:
    """The ripe field, its rows meeting far away; green where it was sown later."""
    yield rect(0, HORIZON, 1600, 900 - HORIZON, "url(#ripe)")
    yield polygon([(0, HORIZON), (700, HORIZON), (0, 560)], "#9fb35a")
    yield polygon([(1240, HORIZON), (1600, HORIZON), (1600, 470)], "#93ab58")
    x0 = VANISHING
    for foot in range(-2600, 4300, 150):
        width = chance.uniform(26, 44)
        near = [(foot, 900), (foot + width, 900)]
        yield polygon(
            [(x0 + (foot - x0) * 0.074, HORIZON), *near], "#b5862a", 'fill-opacity="0.42"'
        )
        yield polygon([(x0 + (foot + 74 - x0) * 0.074, HORIZON), (foot + 74, 900),
                       (foot + 92, 900)], "#f1dc8a", 'fill-opacity="0.5"')  # fmt: skip
    for y, thick in ((430, 3), (520, 5), (662, 9)):
        yield rect(0, y, 1600, thick, "#8f6d2b", more='fill-opacity="0.22"')


def _way() -> Iterator[str]:
    """The way between the fields, and somebody who wheels a load of sheaves home."""
    yield polygon([(1002, HORIZON), (1034, HORIZON), (1180, 900), (700, 900)], "#d9bf94")
    yield polygon([(1015, HORIZON), (1022, HORIZON), (968, 900), (906, 900)], "#c2a576")
    x, y = 1010, 640
    for at in (x - 52, x + 58):
        yield ellipse(at, y + 62, 36, 36, "none", 'stroke="#3c342c" stroke-width="6"')
    yield stroke(f"M{x - 52} {y + 62}L{x - 6} {y + 10}H{x + 40}L{x + 58} {y + 62}H{x}Z",
                 "#5d4b3a", 6)  # fmt: skip
    yield path(f"M{x - 92} {y + 14}q-8 -70 50 -76t92 14q26 30 4 62Z", "url(#rick)")
    for at in range(x - 82, x + 52, 16):
        yield stroke(f"M{at} {y + 8}q4 -34 {14 if at > x else -6} -58", "#9a722c", 3)
    yield stroke(f"M{x - 96} {y - 10}q70 22 148 -2", "#8a6a35", 5)
    # In brown, with a conical hat, pushing from the near side.
    yield polygon([(x + 58, y - 30), (x + 96, y - 30), (x + 108, y + 60), (x + 50, y + 60)],
                  "#7a4b33")  # fmt: skip
    yield stroke(f"M{x + 66} {y + 58}L{x + 60} {y + 100}", "#2f2a26", 13)
    yield stroke(f"M{x + 92} {y + 58}L{x + 104} {y + 98}", "#2f2a26", 13)
    yield stroke(f"M{x + 66} {y - 12}L{x + 36} {y + 12}", "#7a4b33", 12)
    yield ellipse(x + 76, y - 44, 15, 18, "#c9986f")
    yield polygon([(x + 34, y - 46), (x + 120, y - 46), (x + 77, y - 82)], "#efdcae")
    yield stroke(f"M{x + 34} {y - 46}H{x + 120}", "#cdb37c", 4)


def _ricks() -> Iterator[str]:
    for x, y, size in ((300, 560, 1.0), (470, 500, 0.62), (1370, 540, 0.86)):
        yield ellipse(x + 12 * size, y + 2, 112 * size, 16 * size, "#8f6d2b", 'fill-opacity="0.5"')
        yield path(
            f"M{x - 100 * size} {y}q{-16 * size} {-120 * size} {60 * size} {-176 * size}"
            f"q{26 * size} {-26 * size} "
            f"{40 * size} {-40 * size}q{14 * size} {14 * size} {40 * size} {40 * size}"
            f"q{76 * size} {56 * size} "
            f"{60 * size} {176 * size}Z", "url(#rick)",
        )  # fmt: skip
        yield stroke(f"M{x} {y - 210 * size}V{y - 250 * size}", "#6f5636", 7 * size)
        for lean in (-70, -40, -10, 22, 52, 78):
            yield stroke(f"M{x + lean * 0.45 * size:.0f} {y - 176 * size:.0f}"
                         f"Q{x + lean * size:.0f} {y - 90 * size:.0f} "
                         f"{x + lean * 1.1 * size:.0f} {y - 8 * size:.0f}",
                         "#a87c33", 3 * size)  # fmt: skip


def _egrets() -> Iterator[str]:
    for x, y, size in ((700, 236, 1.0), (760, 212, 0.8), (820, 240, 0.7), (1180, 190, 0.8)):
        yield path(f"M{x} {y}q{-26 * size} {-24 * size} {-54 * size} {-10 * size}q{30 * size} "
                   f"{2 * size} {54 * size} {18 * size}q{24 * size} {-22 * size} {56 * size} "
                   f"{-20 * size}q{-30 * size} {-12 * size} {-56 * size} {12 * size}Z",
                   "#ffffff")  # fmt: skip
    for x, y in ((540, 640), (660, 668)):
        yield path(f"M{x} {y}q30 -22 58 2q-10 22 -42 18q-16 -4 -16 -20Z", "#ffffff")
        yield stroke(f"M{x + 4} {y + 2}q-16 -14 -4 -34q6 -12 -6 -20", "#ffffff", 7)
        yield stroke(f"M{x - 6} {y - 54}l-16 6", "#d99a3a", 4)
        yield stroke(f"M{x + 22} {y + 18}v30m14 -32v30", "#5a5147", 3)


def _stubble(chance: Random) -> Iterator[str]:
    """Ears in the foreground."""
    for _n in range(150):
        x = chance.choice((chance.uniform(-10, 640), chance.uniform(1220, 1610)))
        y, rise = chance.uniform(800, 912), chance.uniform(40, 92)
        lean = chance.uniform(-24, 34)
        yield stroke(f"M{x:.0f} {y:.0f}q2 {-rise / 2:.0f} {lean:.0f} {-rise:.0f}", "#a67c25", 3)
        yield ellipse(x + lean, y - rise, 5, 12, "#efd27a",
                      f'transform="rotate({lean:.0f} {x + lean:.0f} {y - rise:.0f})"')  # fmt: skip
