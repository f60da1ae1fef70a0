"""The drawings: every text of the model, the right lengths, the same bytes anywhere."""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest

from giaoban.reports.charts import bullets, drawing, icicle
from giaoban.reports.charts.palette import PRINTED
from giaoban.reports.documents.blocks import (
    Bullet,
    Bullets,
    Chart,
    Icicle,
    Node,
    Point,
    Trend,
    Waterfall,
)
from tests.reports.drawings import (
    SVG,
    bars,
    chart,
    first_pixel,
    lettered,
    rects,
    statement,
    tree,
)
from tests.reports.sample import CHARTS, MARKUP

ROOT = Path(__file__).resolve().parents[2]
NOTHING = (Bullets(()), Waterfall(()), Trend((), "2018", "2017"), Icicle(()),
           Icicle((Node("a", "", "Huyện", 0, "0"),)))  # fmt: skip
WIDE = 640


def texts(one: Chart) -> list[str]:
    """The numbers and names that a drawing must carry, as the model has them."""
    match one.shows:
        case Bullets(bars=shown):
            return [text for bar in shown for text in (bar.label, bar.text)]
        case Waterfall(steps=steps):
            return [text for step in steps for text in (step.label, step.text)]
        case Icicle(nodes=nodes):
            return [text for node in nodes for text in (node.label, node.text)]
        case Trend(points=points, now=now, before=before):
            months = [(p.label, p.now_text, p.before_text) for p in points]
            return [now, before, *(text for month in months for text in month if text)]


@pytest.mark.parametrize("one", CHARTS, ids=lambda one: one.name)
def test_the_texts_of_the_model_stand_in_the_drawing(one: Chart) -> None:
    svg = drawing.svg(one, "vi")
    said = " ".join(lettered(svg))
    assert [text for text in texts(one) if text not in said] == []
    root = ET.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title") == one.title
    assert root.findtext(f"{SVG}desc") == one.alt


@pytest.mark.parametrize("one", [*CHARTS, bars(80)], ids=lambda one: one.name)
def test_a_drawing_stands_in_a_page_under_a_strict_policy(one: Chart) -> None:
    svg = drawing.svg(one, "vi")
    for element in ET.fromstring(svg).iter():
        assert element.tag.removeprefix(SVG) in {
            "svg",
            "g",
            "path",
            "line",
            "text",
            "title",
            "desc",
        }
        assert not {"style", "id", "href"} & set(element.attrib)
        assert not [name for name in element.attrib if name.startswith(("on", "{"))]
    assert svg.count("http") == 1  # the namespace


def test_colours_are_named_so_that_a_page_can_put_its_own() -> None:
    for element in ET.fromstring(drawing.svg(CHARTS[0], "vi")).iter():
        named = element.get("class", "").split()
        for part in ("fill", "stroke"):
            colour = element.get(part, "none")
            if colour != "none":
                (name,) = [one.removeprefix(f"{part}-") for one in named if one.startswith(part)]
                assert PRINTED[name] == colour


def test_names_are_no_markup() -> None:
    svg = drawing.svg(chart(Bullets((Bullet(MARKUP, 1, 2, None, "", "<i>1</i>"),))), "vi")
    assert MARKUP.replace(" ", "") in "".join(lettered(svg)).replace(" ", "")
    assert "<i>" not in svg


def test_a_sign_that_no_file_can_hold_is_shown_as_lost() -> None:
    name = "Xã \x07 Cẩm Yên \ud800 " + "dài " * 50
    units = (Node("x", "", name, 9, "9"), Node("y", "x", name, 9, "9"))
    for shows in (Bullets((Bullet(name, 1, 2, None, "", "1"),)), Icicle(units)):
        svg = drawing.svg(chart(shows), "vi")
        assert "Xã \ufffd Cẩm Yên \ufffd" in " ".join(lettered(svg))
        assert drawing.png(chart(shows), "vi").startswith(b"\x89PNG")


# The same drawing


def test_the_same_chart_is_drawn_once() -> None:
    assert drawing.svg(bars(3), "vi") is drawing.svg(bars(3), "vi")
    assert drawing.png(bars(3), "vi") is drawing.png(bars(3), "vi")
    assert drawing.svg(bars(3), "en") != drawing.svg(bars(3), "vi")
    assert drawing.svg(bars(4), "vi") != drawing.svg(bars(3), "vi")
    for n in range(drawing.KEPT + 1):
        drawing.svg(chart(Bullets((Bullet(str(n), 0, None, None, "", "0"),))), "vi")
    assert drawing.svg.cache_info().currsize == drawing.KEPT


HASHED = """
import hashlib, django
django.setup()
from giaoban.reports.charts import drawing
from tests.reports.sample import CHARTS
for one in CHARTS[::{step}]:
    for drawn in (drawing.svg(one, "vi").encode(), drawing.png(one, "vi")):
        print(hashlib.sha256(drawn).hexdigest())
"""


def _elsewhere(seed: str, step: int) -> list[str]:
    """The hashes of the drawings in a process of its own, drawn in one order or the other."""
    environment = os.environ | {"PYTHONHASHSEED": seed,
                                "DJANGO_SETTINGS_MODULE": "giaoban.settings"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", HASHED.format(step=step)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return sorted(done.stdout.split())


def test_the_same_chart_is_the_same_bytes_in_any_process() -> None:
    here = [
        hashlib.sha256(drawn).hexdigest()
        for one in CHARTS
        for drawn in (drawing.svg(one, "vi").encode(), drawing.png(one, "vi"))
    ]
    assert sorted(here) == _elsewhere("1", 1) == _elsewhere("2", -1)


def test_the_picture_is_the_drawing_twice_as_large_on_white() -> None:
    for one in CHARTS:
        png = drawing.png(one, "vi")
        height = ET.fromstring(drawing.svg(one, "vi")).attrib["height"]
        assert struct.unpack(">II", png[16:24]) == (2 * WIDE, 2 * int(height))
    assert first_pixel(drawing.png(CHARTS[0], "vi")) == b"\xff\xff\xff\xff"


def test_a_picture_taller_than_a_page_has_no_more_pixels_than_one_shows() -> None:
    png = drawing.png(bars(80), "vi")
    height = int(ET.fromstring(drawing.svg(bars(80), "vi")).attrib["height"])
    wide, high = struct.unpack(">II", png[16:24])
    assert high == drawing.TALLEST < 2 * height
    assert wide == pytest.approx(WIDE * high / height, abs=1)


# Lengths


def test_a_bar_over_its_plan_is_longer_than_the_track_by_as_much() -> None:
    svg = drawing.svg(CHARTS[0], "vi")
    tracks, (reached, *_key) = rects(svg, "track"), rects(svg, "jade")
    assert reached[2] == pytest.approx(1.5 * tracks[0][2], abs=0.1)
    assert rects(svg, "amber-bar")[0][2] == pytest.approx(tracks[1][2] / 3, abs=0.1)
    assert len(tracks) == 3  # two units have a plan; the third is the key's


def test_without_any_plan_bars_are_as_long_as_their_counts() -> None:
    counts = tuple(Bullet(f"Xã {n}", n, None, None, "", str(n)) for n in (3, 6, 12))
    svg = drawing.svg(chart(Bullets(counts)), "vi")
    longs = [long for _x, _y, long, _h in rects(svg, "slate-bar")][:3]
    assert longs == pytest.approx([longs[2] / 4, longs[2] / 2, longs[2]], abs=0.1)
    assert not rects(svg, "track")


@pytest.mark.parametrize(("opening", "changes"), [
    (9210, (134, 40, -21)), (4, (9, -3)), (5, (3, -20)), (0, (0, 0)), (-7, (3,)),
])  # fmt: skip
def test_each_bar_begins_where_the_one_before_ended(opening: int, changes: tuple[int]) -> None:
    svg = drawing.svg(statement(opening, *changes), "vi")
    up, down = rects(svg, "slate-bar"), rects(svg, "paper")
    stocks = rects(svg, "ink")
    at = stocks[0][0] + (stocks[0][2] if opening > 0 else 0)
    for change in changes:
        if not change:
            continue
        x, _y, long, _h = up.pop(0) if change > 0 else down.pop(0)
        assert (x if change > 0 else x + long) == pytest.approx(at, abs=0.1)
        at = x + long if change > 0 else x
    closing = opening + sum(changes)
    ends = stocks[1][0] + stocks[1][2] if closing > 0 else stocks[1][0]
    assert ends == pytest.approx(at, abs=0.1)


def test_a_cut_axis_is_drawn_and_said_and_another_is_not() -> None:
    for opening, cut in ((9210, True), (20, False)):
        svg = drawing.svg(statement(opening, 134, -21), "vi")
        said = "Trục không bắt đầu từ 0." in lettered(svg)
        strokes = sum("stroke-paper" in one.get("class", "") for one in ET.fromstring(svg).iter())
        assert (said, strokes) == (cut, 4 if cut else 0)
        assert ("0" in lettered(svg)) is not cut


def test_units_of_the_tree_are_as_tall_as_they_are_many() -> None:
    svg = drawing.svg(tree(300, 200, 100, whole=800), "vi")
    talls = [box[3] + icicle.GAP for box in rects(svg, "sunk")]
    assert talls == pytest.approx([talls[0], talls[0] * 2 / 3, talls[0] / 3], abs=0.1)
    assert rects(svg, "track")[0][3] + icicle.GAP == pytest.approx(talls[0] * 800 / 300, abs=0.1)


def test_units_too_small_for_a_line_stand_together_and_are_counted() -> None:
    svg = drawing.svg(tree(*[400] * 20, *[7] * 30), "vi")
    assert "30 đơn vị nhỏ hơn" in lettered(svg)
    assert "210" in lettered(svg)
    assert len(rects(svg, "sunk")) == 20
    tall = ET.fromstring(svg).attrib["height"]
    assert all(y + height <= int(tall) for _x, y, _w, height in rects(svg, "sunk"))


def test_units_in_a_circle_are_no_tree() -> None:
    circle = Icicle((Node("a", "b", "A", 1, "1"), Node("b", "a", "B", 1, "1")))
    with pytest.raises(ValueError, match="circle"):
        drawing.svg(chart(circle), "vi")


def test_a_month_that_has_not_come_has_no_column() -> None:
    months = tuple(Point(f"T{n}", n if n < 3 else None, 4, str(n) if n < 3 else "", "4")
                   for n in range(1, 5))  # fmt: skip
    svg = drawing.svg(chart(Trend(months, "2018", "2017")), "vi")
    now, before = rects(svg, "slate-bar")[:-1], rects(svg, "slate-2")[:-1]  # the last is the key's
    assert (len(now), len(before)) == (2, 4)
    assert now[1][3] == pytest.approx(before[0][3] / 2, abs=0.1)


# Few, many, none


@pytest.mark.parametrize("shows", NOTHING, ids=lambda shows: type(shows).__name__)
def test_nothing_to_draw_is_said(shows: Bullets | Waterfall | Trend | Icicle) -> None:
    assert lettered(drawing.svg(chart(shows), "vi")) == ["Chưa có số liệu."]
    assert drawing.png(chart(shows), "vi").startswith(b"\x89PNG")


@pytest.mark.parametrize("n", [1, 28, 42, 80, 95])
def test_many_bars_stay_readable(n: int) -> None:
    svg = drawing.svg(bars(n), "vi")
    shown = min(n, bullets.MOST_BARS)
    words = list(ET.fromstring(svg).iter(f"{SVG}text"))
    assert min(float(one.attrib["font-size"]) for one in words) >= 11
    assert len([line for line in lettered(svg) if "·" in line]) == shown - shown // 5
    assert ("Còn 15 đơn vị không vẽ trong biểu đồ." in lettered(svg)) is (n == 95)
    baselines: dict[str, list[float]] = {}
    for one in words:
        if one.get("text-anchor") == "end":
            baselines.setdefault(one.attrib["x"], []).append(float(one.attrib["y"]))
    for column in baselines.values():
        assert all(below - above >= 18 for above, below in pairwise(sorted(column)))


def test_state_is_told_by_sign_and_word() -> None:
    svg = drawing.svg(CHARTS[0], "vi")
    assert {"đạt", "chậm tiến độ", "thực hiện, đạt"} <= set(lettered(svg))
    signs = [one for one in ET.fromstring(svg).iter(f"{SVG}path") if "transform" in one.attrib]
    assert len(signs) == 4  # two units, and both in the key
