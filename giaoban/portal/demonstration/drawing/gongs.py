"""Mường gongs on their frame, in a house on stilts."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.portal.demonstration.drawing.shapes import (
    ellipse,
    fade,
    picture,
    polygon,
    rect,
    stroke,
)

GONGS = ((368, 420, 150), (668, 400, 124), (926, 384, 102), (1134, 372, 84), (1322, 364, 68))
# From the rim to the boss: share of the radius, colour.
RINGS = ((1.0, "#5f3c17"), (0.95, "#a8742c"), (0.82, "#8a5c20"), (0.78, "#c08d3e"),
         (0.56, "#9a6a26"), (0.52, "#b98538"), (0.3, "#7a501b"), (0.27, "#d3a455"),
         (0.13, "#ecc987"))  # fmt: skip


def draw() -> str:
    """The gongs."""
    return picture([*_house(), *_frame(), *_gongs(), *_mats()])


def _house() -> Iterator[str]:
    yield "<defs>"
    yield fade("dusk", (0, "#55463c"), (1, "#8a6d52"))
    yield fade("hills", (0, "#9fb8a0"), (1, "#6f9277"))
    yield fade("floor", (0, "#a57a4c"), (1, "#6e4b2b"))
    yield "</defs>"
    yield rect(0, 0, 1600, 900, "url(#dusk)")
    # The open side of the house, with the hills behind.
    yield rect(90, 96, 1420, 560, "#e9dfc4")
    yield polygon([(90, 656), (90, 420), (300, 300), (470, 420), (700, 250), (980, 430),
                   (1210, 320), (1510, 450), (1510, 656)], "url(#hills)")  # fmt: skip
    yield polygon([(90, 656), (90, 540), (420, 500), (820, 560), (1220, 510), (1510, 560),
                   (1510, 656)], "#5d8265")  # fmt: skip
    for at in range(0, 1600, 46):
        yield polygon([(at, 0), (at + 34, 0), (at + 26, 104), (at + 8, 104)], "#7a6247")
    yield rect(0, 96, 1600, 26, "#4b3727")
    yield rect(0, 656, 1600, 244, "url(#floor)")
    for at in range(668, 900, 40):
        yield stroke(f"M0 {at}H1600", "#563a20", 2.5, 'stroke-opacity="0.6"')
    for at in (44, 1556):
        yield rect(at - 30, 0, 60, 720, "#4b3727", round_=8)
    yield rect(74, 610, 1452, 14, "#4b3727", round_=5)


def _frame() -> Iterator[str]:
    yield rect(150, 190, 1300, 26, "#3b2a1c", round_=12)
    for at in (176, 1424):
        yield rect(at - 16, 180, 32, 560, "#3b2a1c", round_=10)
        yield rect(at - 70, 724, 140, 24, "#33241a", round_=10)


def _gongs() -> Iterator[str]:
    for x, y, radius in GONGS:
        for lean in (-0.42, 0.42):
            yield stroke(f"M{x + lean * radius * 0.7:.0f} 206L{x + lean * radius:.0f} "
                         f"{y - radius * 0.86:.0f}", "#c8b48c", 6)  # fmt: skip
        for share, colour in RINGS:
            yield ellipse(x, y, radius * share, radius * share, colour)
        yield ellipse(x - radius * 0.36, y - radius * 0.42, radius * 0.2, radius * 0.1, "#f1dcae",
                      f'fill-opacity="0.5" transform="rotate(-42 {x - radius * 0.36:.0f} '
                      f'{y - radius * 0.42:.0f})"')  # fmt: skip


def _mats() -> Iterator[str]:
    """Two beaters on a mat with a woven hem."""
    yield polygon([(430, 770), (1170, 770), (1250, 868), (350, 868)], "#b2483a")
    yield polygon([(446, 778), (1154, 778), (1176, 804), (424, 804)], "#efe3c4")
    for at in range(446, 1150, 44):
        yield polygon([(at, 802), (at + 22, 780), (at + 44, 802), (at + 22, 791)], "#2b4a5e")
    yield stroke("M560 842L860 820", "#5d3f22", 12)
    yield ellipse(878, 818, 34, 22, "#f3e4bd", 'transform="rotate(-4 878 818)"')
    yield stroke("M690 852L1000 842", "#5d3f22", 12)
    yield ellipse(1020, 841, 34, 22, "#f3e4bd", 'transform="rotate(-2 1020 841)"')
