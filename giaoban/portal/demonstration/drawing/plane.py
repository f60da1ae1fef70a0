"""A carpenter's plane on a plank in the workshop, with shavings, and tools on the wall."""

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

BENCH = 640


def draw() -> str:
    """The plane."""
    chance = Random(18)
    return picture([*_wall(chance), *_tools(), *_bench(chance), *_plank(chance), *_plane(),
                    *_shavings()])  # fmt: skip


def _wall(chance: Random) -> Iterator[str]:
    yield "<defs>"
    yield fade("board", (0, "#c9a377"), (1, "#a67a4d"))
    yield fade("bench", (0, "#8a5b36"), (1, "#5c3a21"))
    yield fade("plank", (0, "#ecc88f"), (1, "#cf9f5e"))
    yield fade("body", (0, "#93462a"), (0.5, "#7d3520"), (1, "#57210f"))
    yield fade("steel", (0, "#e3e8ea"), (1, "#8d989d"), across=True)
    yield fade("curl", (0, "#fbe6bd"), (1, "#e0b676"), across=True)
    yield "</defs>"
    yield rect(0, 0, 1600, BENCH, "#d8c3a3")
    for at in range(0, 1600, 200):
        yield rect(at + 2, 0, 196, BENCH, "#e0cdb0" if at % 400 else "#d9c4a4")
        for _n in range(3):
            x, bend = at + chance.uniform(30, 170), chance.uniform(-14, 14)
            yield stroke(f"M{x:.0f} 0q{bend:.0f} 160 0 320t{-bend:.0f} 320", "#c7ad88", 2)
    # The evening comes through a window that one doesn't see.
    yield polygon(
        [(980, 0), (1380, 0), (760, BENCH), (300, BENCH)], "#fff3d3", 'fill-opacity="0.34"'
    )
    yield rect(120, 96, 1360, 18, "#8d6440", round_=4)
    yield rect(120, 114, 1360, 8, "#6f4c2f", round_=3, more='fill-opacity="0.5"')


def _tools() -> Iterator[str]:
    """A bow saw, chisels, a mallet and a square, on their nails."""
    yield stroke("M220 150V420M430 150V420", "#8b5a35", 18)
    yield stroke("M220 290H430", "#8b5a35", 14)
    yield stroke("M220 160Q325 176 430 160", "#c9b07f", 5)
    yield polygon([(216, 400), (434, 400), (434, 424), (216, 424)], "url(#steel)")
    for at in range(222, 432, 12):
        yield polygon([(at, 424), (at + 12, 424), (at + 4, 434)], "#8d989d")
    for x, width, long_ in ((560, 20, 150), (630, 28, 170), (706, 36, 186)):
        yield rect(x - 11, 122, 22, 108, "#a5683b", round_=9)
        yield rect(x - 12, 132, 24, 10, "#c9a24b")
        yield rect(x - 12, 216, 24, 12, "#7f8b90")
        yield rect(x - width / 2, 228, width, long_ - 40, "url(#steel)")
        yield polygon([(x - width / 2, 188 + long_), (x + width / 2, 188 + long_),
                       (x + width / 2, 206 + long_), (x - width / 2, 188 + long_)],
                      "#aab4b8")  # fmt: skip
    yield stroke("M860 150V400", "#a87447", 20)
    yield rect(796, 300, 128, 84, "#7c4a2a", round_=10)
    yield rect(796, 300, 18, 84, "#935a35", round_=8)
    yield rect(906, 300, 18, 84, "#935a35", round_=8)
    yield path("M1060 140H1092V360H1260V392H1060Z", "#8b5a35")
    yield path("M1076 156H1082V376H1250V382H1076Z", "#d9c08f")
    yield ellipse(1400, 236, 74, 74, "none", 'stroke="#8a7a5a" stroke-width="15"')
    yield ellipse(1400, 236, 52, 52, "none", 'stroke="#9c8b68" stroke-width="12"')
    yield stroke("M1462 276q30 60 6 120", "#8a7a5a", 12)


def _bench(chance: Random) -> Iterator[str]:
    yield rect(0, BENCH, 1600, 260, "url(#bench)")
    yield rect(0, BENCH, 1600, 20, "#a8733f")
    for _n in range(26):
        x, y = chance.uniform(0, 1500), chance.uniform(BENCH + 40, 890)
        long_ = chance.uniform(90, 380)
        yield stroke(f"M{x:.0f} {y:.0f}q{long_ / 2:.0f} {chance.uniform(-8, 8):.0f} {long_:.0f} 0",
                     "#4b2e19", 2.5, 'stroke-opacity="0.45"')  # fmt: skip


def _plank(chance: Random) -> Iterator[str]:
    yield rect(60, 668, 1500, 18, "#2f1c0f", more='fill-opacity="0.35"')
    yield rect(90, 560, 1420, 108, "url(#plank)", round_=3)
    # Where the plane has been, the plank is brighter.
    yield rect(90, 560, 520, 16, "#f8dfae", round_=3)
    yield rect(610, 556, 900, 20, "#c08d50", round_=3)
    for at, bend in ((598, 8), (622, -6), (646, 7)):
        yield stroke(f"M96 {at}Q420 {at + bend} 760 {at}T1500 {at - bend}", "#b98546", 2.5)
    for across, down in ((330, 622), (1180, 618)):
        for size in (30, 20, 10):
            yield ellipse(across, down, size * 1.7, size * 0.62, "none",
                          'stroke="#b07a3c" stroke-width="2.5"')  # fmt: skip
    for _n in range(60):
        x = chance.uniform(100, 620)
        yield ellipse(x, 560 - chance.uniform(0, 3), chance.uniform(2, 6), 2, "#f3d7a2")


def _plane() -> Iterator[str]:
    """Side on: a body of hard wood, the iron with its wedge, a handle across for both hands."""
    yield path("M560 556V470Q560 452 580 450L1010 440Q1044 440 1052 470L1062 556Z", "url(#body)")
    yield path("M560 470Q562 454 580 452L1010 442Q1040 442 1049 466Q1044 452 1010 450L580 460"
               "Q568 460 560 476Z", "#b96a45")  # fmt: skip
    for at, bend in ((488, 5), (508, -4), (530, 5)):
        yield stroke(f"M572 {at}Q720 {at + bend} 860 {at - 2}T1046 {at - 4}", "#4a1b0c", 2,
                     'stroke-opacity="0.55"')  # fmt: skip
    # The mouth, out of which the shaving comes.
    yield polygon([(700, 447), (800, 445), (744, 520), (730, 520)], "#2c0f06")
    yield polygon([(792, 330), (820, 340), (744, 540), (728, 540)], "url(#steel)")
    yield polygon([(792, 330), (820, 340), (816, 352), (788, 341)], "#f5f8f9")
    yield polygon([(820, 372), (852, 388), (772, 500), (756, 510)], "#c98a4e")
    yield path("M880 444q6 -52 -8 -88q-6 -22 18 -26h64q24 4 18 26q-14 36 -8 86Z", "#6a2b17")
    yield path("M872 356q-4 -20 18 -22h64q20 2 18 18q-50 -14 -100 4Z", "#96492c")
    yield path("M588 456q-18 -26 0 -50h70q18 20 2 48Z", "#7d3520")
    yield stroke("M562 554H1060", "#2c0f06", 5)


def _shavings() -> Iterator[str]:
    """One long curl out of the mouth, and those that have fallen."""
    yield path("M738 470C700 380 690 270 596 252C520 240 470 300 494 352C512 390 566 386 574 350"
               "C580 322 546 306 532 328C528 290 596 282 604 340C610 412 508 430 470 372"
               "C430 300 500 208 604 224C724 244 742 380 762 452Z", "url(#curl)",
               'stroke="#c99a5a" stroke-width="3"')  # fmt: skip
    for x, y, size, turn in ((250, 544, 1.0, 0), (400, 536, 0.74, 40), (160, 620, 0.8, -30),
                             (1220, 706, 1.1, 12), (1380, 744, 0.8, -40), (340, 748, 1.2, 24),
                             (620, 790, 0.9, -14)):  # fmt: skip
        yield (
            f'<g transform="translate({x} {y}) rotate({turn}) scale({size})">'
            + path("M-70 6C-64 -60 30 -78 56 -22C72 16 26 46 -4 22C-24 4 -4 -26 18 -14"
                   "C4 -18 -8 -4 4 8C22 22 44 4 34 -16C18 -48 -44 -36 -46 10Z", "url(#curl)",
                   'stroke="#b98546" stroke-width="3"')
            + "</g>"
        )  # fmt: skip
