"""Charts for tests of the drawings: bars by the dozen, statements, a tree; and reading an svg."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
import zlib

from giaoban.reports.documents.blocks import (
    Bullet,
    Bullets,
    Chart,
    Icicle,
    Node,
    Step,
    Trend,
    Waterfall,
)

NAMES = ("Xã Tiến Xuân", "Đảng bộ xã Yên Bình", "Trung tâm Y tế",
         "Chi bộ Trường Trung học phổ thông Phùng Khắc Khoan",
         "Chi cục Thi hành án Dân sự huyện")  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def chart(shows: Bullets | Waterfall | Trend | Icicle) -> Chart:
    """A chart with no more than what it shows."""
    return Chart("bieu-do", "Biểu đồ", "Lời thay hình.", shows)


def bar(number: int) -> Bullet:
    """One of many bars: some reached, some on pace, some behind, every fifth without a plan."""
    plan, done = (8, 10, 5, 3, None)[number % 5], number * 7 % 13
    if plan is None:
        return Bullet(f"{NAMES[number % 5]} {number}", done, None, None, "", str(done))
    state = "reached" if done >= plan else "on_pace" if done * 4 >= plan * 3 else "behind"
    text = f"{done}/{plan} · {100 * done // plan}%"
    return Bullet(f"{NAMES[number % 5]} {number}", done, plan, (plan * 3, 4), state, text)


def bars(n: int) -> Chart:
    """A chart of so many bars."""
    return chart(Bullets(tuple(bar(number) for number in range(n))))


def statement(opening: int, *changes: int) -> Chart:
    """A waterfall from an opening by its changes to the closing."""
    steps = [Step(f"Mục {n}", amount, False, str(amount)) for n, amount in enumerate(changes)]
    closing = opening + sum(changes)
    return chart(Waterfall((
        Step("Đầu kỳ", opening, True, str(opening)), *steps,
        Step("Cuối kỳ", closing, True, str(closing)),
    )))  # fmt: skip


def tree(*sizes: int, whole: int | None = None) -> Chart:
    """A superior with one unit of each size below it."""
    total = sum(sizes) if whole is None else whole
    units = (Node(f"u{n}", "top", f"{NAMES[n % 5]} {n}", size, str(size))
             for n, size in enumerate(sizes))  # fmt: skip
    top = Node("top", "", "Đảng bộ huyện Thạch Thất", total, str(total))
    return chart(Icicle((*units, top)))


def lettered(svg: str) -> list[str]:
    """What is lettered in a drawing, line by line, titles left out."""
    texts = (element for element in ET.fromstring(svg).iter(f"{SVG}text"))
    return ["".join([element.text or "", *(child.tail or "" for child in element)])
            for element in texts]  # fmt: skip


def titles(svg: str) -> list[str]:
    """The titles of marks and words; that of the whole drawing left out."""
    root = ET.fromstring(svg)
    return [found.text or "" for found in root.iter(f"{SVG}title")][1:]


def rects(svg: str, colour: str) -> list[tuple[float, float, float, float]]:
    """(x, y, width, height) of the bars filled with one of the look's colours, in their order."""
    return [
        box(path.attrib["d"])
        for path in ET.fromstring(svg).iter(f"{SVG}path")
        if f"fill-{colour}" in path.get("class", "").split() and "transform" not in path.attrib
    ]


def box(path: str) -> tuple[float, float, float, float]:
    """(x, y, width, height) of a rectangle's path: Mx,yhwvhh-wZ."""
    begin, wide, rest = path[1:].partition("h")[0], *path[1:].partition("h")[2].split("v", 1)
    x, y = map(float, begin.split(","))
    return x, y, float(wide), float(rest.split("h")[0])


def first_pixel(png: bytes) -> bytes:
    """The colour of the upper left corner: nothing is left or above it, so no filter changes it."""
    at, packed = 8, b""
    while at < len(png):
        (long,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + long]
        at += long + 12
    return zlib.decompress(packed)[1:5]
