"""The conference: a hall seen from the last rows, its windows to the left, somebody speaking."""

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

HAIR = ("#1d1a19", "#262120", "#3a322d", "#6e6863", "#15130f")
CLOTHES = ("#f2efe8", "#e7ecef", "#c9d6dc", "#3e5468", "#7d8f7c", "#a85a4b", "#d8c9a8", "#2f3b45")
SKIN = "#d8a883"
ROWS = ((612, 13, 0.44), (666, 11, 0.58), (736, 9, 0.78), (832, 7, 1.08))


def draw() -> str:
    """The hall."""
    chance = Random(46)
    return picture([*_room(), *_windows(), *_stage(), *_table(), *_speaker(), *_seats(chance)])


def _room() -> Iterator[str]:
    yield "<defs>"
    yield fade("wall", (0, "#efe4cf"), (1, "#dccbb0"))
    yield fade("floor", (0, "#a87a52"), (1, "#6d4a30"))
    yield fade("curtain", (0, "#7c1f1b"), (0.5, "#97302a"), (1, "#6a1815"))
    yield fade("light", (0, "#fff6dd"), (1, "#f6e3b4"), across=True)
    yield fade("wood", (0, "#9c6a43"), (1, "#7b4f30"))
    yield "</defs>"
    yield rect(0, 0, 1600, 900, "url(#wall)")
    yield polygon([(0, 0), (1600, 0), (1340, 96), (420, 96)], "#f7f0e2")
    for at in (560, 760, 960, 1160):
        yield polygon([(at - 46, 24), (at + 46, 24), (at + 36, 40), (at - 36, 40)], "#ffffff")
    yield polygon([(0, 900), (1600, 900), (1600, 640), (1340, 560), (420, 560), (0, 660)],
                  "url(#floor)")  # fmt: skip
    # The right wall, panelled to the height of the stage.
    yield polygon([(1340, 96), (1600, 0), (1600, 640), (1340, 560)], "#d3c0a2")
    yield polygon([(1340, 420), (1600, 440), (1600, 640), (1340, 560)], "#8d6142")
    for at in (1392, 1450, 1516):
        top, foot = 424 + (at - 1340) * 0.077, 560 + (at - 1340) * 0.307
        yield stroke(f"M{at} {top:.0f}V{foot:.0f}", "#7a5136", 3)


def _windows() -> Iterator[str]:
    """Three tall windows in the left wall, with the light that falls through them."""
    yield polygon([(0, 0), (420, 96), (420, 560), (0, 660)], "#e3d3b6")
    for left, right in ((30, 118), (158, 238), (274, 346)):

        def at(x: float, share: float) -> float:
            top, foot = 96 * x / 420 + 74, 640 - 80 * x / 420 - 96
            return top + (foot - top) * share

        frame = [(left, at(left, 0)), (right, at(right, 0)), (right, at(right, 1)),
                 (left, at(left, 1))]  # fmt: skip
        yield polygon(frame, "#fdf6e3", 'stroke="#a98a63" stroke-width="7"')
        middle = (left + right) / 2
        yield stroke(f"M{middle} {at(middle, 0):.0f}V{at(middle, 1):.0f}", "#a98a63", 5)
        for share in (0.33, 0.66):
            yield stroke(f"M{left} {at(left, share):.0f}L{right} {at(right, share):.0f}",
                         "#a98a63", 4)  # fmt: skip
        yield path(f"M{left + 6} {at(left, 0.72):.0f}q{(right - left) / 2:.0f} -46 "
                   f"{right - left - 12} -8V{at(right, 1) - 6:.0f}L{left + 6} "
                   f"{at(left, 1) - 6:.0f}Z", "#a9bd92")  # fmt: skip
        fall = [(left + 90, 640), (right + 120, 622), (right + 330, 900), (left + 190, 900)]
        yield polygon(fall, "#ffe9b8", 'fill-opacity="0.16"')


def _stage() -> Iterator[str]:
    yield rect(420, 96, 920, 380, "#e9dcc3")
    yield rect(486, 128, 788, 350, "url(#curtain)")
    for at in range(500, 1274, 26):
        yield rect(at, 128, 9, 350, "#5f1512", more='fill-opacity="0.35"')
    yield path("M486 128H1274V168Q1225 196 1176 168T1078 168T980 168T880 168T782 168T684 168"
               "T586 168T486 168Z", "#b8423a")  # fmt: skip
    # A banner whose words are too far away to be read.
    yield rect(690, 214, 380, 84, "#f3ead6", round_=3)
    yield rect(726, 234, 308, 11, "#b08a3e", round_=5)
    yield rect(758, 256, 244, 9, "#c9ad72", round_=4)
    yield rect(800, 275, 160, 7, "#d6c295", round_=3)
    yield rect(420, 470, 920, 90, "url(#wood)")
    yield rect(420, 470, 920, 10, "#bd8a5d")
    for at in range(450, 1340, 64):
        yield stroke(f"M{at} 484V556", "#6f4529", 2, 'stroke-opacity="0.6"')
    for at in (452, 1306):
        yield _plant(at, 470)


def _plant(x: float, y: float) -> str:
    leaves = "".join(
        path(
            f"M{x} {y - 40}q{lean} -46 {lean * 1.7:.0f} -{rise}q-4 40 {-lean * 1.7:.0f} {rise}Z",
            colour,
        )
        for lean, rise, colour in (
            (-26, 62, "#41694a"),
            (26, 66, "#41694a"),
            (-12, 92, "#55825c"),
            (14, 88, "#55825c"),
            (0, 104, "#4a7552"),
        )
    )
    return leaves + polygon([(x - 20, y - 44), (x + 20, y - 44), (x + 14, y), (x - 14, y)],
                            "#b5653f")  # fmt: skip


def _table() -> Iterator[str]:
    """The chair of the conference: four people behind a long table with a white cloth."""
    for at, shirt, hair in (
        (842, "#e9eef0", "#1d1a19"), (940, "#31465a", "#262120"), (1038, "#ecd9dc", "#15130f"),
        (1136, "#f2efe8", "#6e6863"),
    ):  # fmt: skip
        yield _facing(at, 404, shirt, hair)
    yield polygon([(786, 420), (1192, 420), (1206, 490), (772, 490)], "#fbf8f1")
    yield path("M786 420H1192L1194 432Q1150 446 1110 432T1030 432T950 432T870 432T784 432Z",
               "#ebe4d5")  # fmt: skip
    for at in (866, 964, 1062, 1160):
        yield rect(at, 404, 7, 18, "#9fc0cf", round_=2)
        yield polygon([(at - 40, 412), (at - 12, 410), (at - 10, 421), (at - 42, 421)], "#ffffff")
    for across, down, colour in (
        (-26, 0, "#c8483f"), (0, -8, "#e0b04c"), (24, 0, "#c8483f"), (-12, 10, "#f0dede"),
        (12, 10, "#5b8a5c"),
    ):  # fmt: skip
        yield ellipse(989 + across, 452 + down, 17, 13, colour)


def _facing(x: float, y: float, shirt: str, hair: str) -> str:
    return "".join((
        path(f"M{x - 38} {y + 34}q2 -46 38 -46t38 46Z", shirt),
        polygon([(x - 9, y - 12), (x + 9, y - 12), (x, y + 8)], SKIN),
        ellipse(x, y - 32, 17, 20, SKIN),
        path(f"M{x - 18} {y - 30}q-2 -26 18 -26t18 26q-5 -14 -18 -14t-18 14Z", hair),
    ))  # fmt: skip


def _speaker() -> Iterator[str]:
    """Somebody at the lectern, to the left, in an áo dài."""
    x, y = 640, 372
    yield path(f"M{x - 34} {y + 100}q-2 -88 34 -88t34 88Z", "#2f6f73")
    yield path(f"M{x + 20} {y + 36}q30 10 44 34l-10 8q-22 -14 -40 -20Z", "#2f6f73")
    yield ellipse(x + 58, y + 74, 9, 8, SKIN)
    yield rect(x - 7, y - 2, 14, 18, SKIN)
    yield ellipse(x, y - 20, 18, 22, SKIN)
    yield path(f"M{x - 21} {y + 12}q-8 -60 21 -60t21 56q-4 -28 -14 -34q-14 8 -22 4q-4 14 -6 34Z",
               "#1a1716")  # fmt: skip
    yield polygon([(x - 52, y + 62), (x + 62, y + 62), (x + 48, y + 172), (x - 38, y + 172)],
                  "#8a5a38")  # fmt: skip
    yield polygon([(x - 60, y + 52), (x + 70, y + 52), (x + 62, y + 68), (x - 52, y + 68)],
                  "#a87148")  # fmt: skip
    yield polygon([(x - 22, y + 84), (x + 32, y + 84), (x + 26, y + 150), (x - 16, y + 150)],
                  "#7a4d2e")  # fmt: skip
    yield stroke(f"M{x - 12} {y + 52}q-4 -20 6 -34", "#3a3a3a", 4)
    yield ellipse(x - 5, y + 16, 6, 7, "#2a2a2a")


def _seats(chance: Random) -> Iterator[str]:
    """Rows of people from behind, the nearer the larger, each between two of the next."""
    for row, (y, many, size) in enumerate(ROWS):
        step = 1500 / many
        for seat in range(many + row % 2):
            x = 60 + step * (seat + (0.5 if row % 2 == 0 else 0)) + chance.uniform(-8, 8)
            yield _behind(x, y + chance.uniform(-6, 6) * size, size, chance)


def _behind(x: float, y: float, size: float, chance: Random) -> str:
    shirt, long_ = chance.choice(CLOTHES), chance.random() < 0.36
    hair = chance.choice(HAIR[:3] if long_ else HAIR)
    head = y - 92 * size
    body = path(
        f"M{x - 66 * size:.1f} {y + 90 * size:.1f}q{2 * size:.1f} {-142 * size:.1f} "
        f"{66 * size:.1f} {-142 * size:.1f}t{66 * size:.1f} {142 * size:.1f}Z", shirt,
    )  # fmt: skip
    neck = rect(x - 13 * size, head + 18 * size, 26 * size, 30 * size, "#c79670", round_=6 * size)
    skull = ellipse(x, head, 31 * size, 37 * size, hair)
    ears = "" if long_ else (
        ellipse(x - 31 * size, head + 5 * size, 5 * size, 9 * size, "#c79670")
        + ellipse(x + 31 * size, head + 5 * size, 5 * size, 9 * size, "#c79670")
    )  # fmt: skip
    fall = path(
        f"M{x - 31 * size:.1f} {head:.1f}q{-6 * size:.1f} {60 * size:.1f} {4 * size:.1f} "
        f"{84 * size:.1f}h{54 * size:.1f}q{10 * size:.1f} {-24 * size:.1f} {4 * size:.1f} "
        f"{-84 * size:.1f}Z", hair,
    ) if long_ else ""  # fmt: skip
    back = rect(x - 74 * size, y + 16 * size, 148 * size, 120 * size, "#5b3a24",
                round_=12 * size) + rect(x - 74 * size, y + 16 * size, 148 * size, 14 * size,
                                         "#77502f", round_=7 * size)  # fmt: skip
    return body + ears + neck + skull + fall + back
