"""From measured marks to a drawing: Altair paints them, the words are set beside them.

Vega neither wraps nor cuts a name at a space, and takes a millisecond to measure each piece of
text; so words don't go through it. What comes back is cleaned: no style attribute, no script's
roles, colours as attribute and class (``palette.py``), full names as titles. The same text serves
a page under a strict policy, Typst, and the picture for Word.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import altair as alt
import vl_convert

from giaoban.reports.charts.lettering import FAMILY, Words
from giaoban.reports.charts.palette import NAMES, PRINTED
from giaoban.reports.rendering.printable import printable

WIDTH = 640  # pixels: a text column of 170 mm at 96 to the inch
_SVG = "http://www.w3.org/2000/svg"
_VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
# Signs on a grid from -1 to 1: reached, on pace, behind; and a bar that leaves its scale.
SIGNS = {
    "reached": "M-0.95,0.05L-0.3,0.7L0.95,-0.65",
    "on_pace": "M-0.4,-0.75L-0.4,0.75M0.4,-0.75L0.4,0.75",
    "behind": "M-0.95,-0.7L0.95,-0.7L0,0.85Z",
    "beyond": "M-0.35,-0.7L0.35,0L-0.35,0.7",
}
SIGN_SIZE = 10  # pixels across


@dataclass(frozen=True, slots=True)
class Rect:
    """A bar: its upper left corner and its size in pixels, filled or only outlined."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x: float
    y: float
    x2: float
    y2: float
    colour: str = "edge"
    width: float = 1


@dataclass(frozen=True, slots=True)
class Sign:
    """One of ``SIGNS``, round its middle."""

    x: float
    y: float
    shape: str
    colour: str


@dataclass(slots=True)
class Picture:
    """What is drawn, from the ground up, and how tall it is in pixels: a layer for each sort.

    So a chart is four layers, however many bars it has: Vega's time is by the layer.
    """

    height: float = 0
    behind: list[Rule] = field(default_factory=list)
    bars: list[Rect] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)


def drawing(picture: Picture, *, title: str, alt_text: str) -> str:
    """The picture as svg: an image with a name and a description, dark on no ground."""
    height = round(picture.height)
    root = ET.Element("svg", {
        "xmlns": _SVG, "role": "img", "width": str(WIDTH), "height": str(height),
        "viewBox": f"0 0 {WIDTH} {height}", "font-family": FAMILY,
    })  # fmt: skip
    ET.SubElement(root, "title").text = printable(title)
    ET.SubElement(root, "desc").text = printable(alt_text)
    for layer in _painted(picture):
        root.append(layer)
    for words in picture.words:
        root.append(_lettered(words))
    return ET.tostring(root, encoding="unicode")


def _painted(picture: Picture) -> list[ET.Element]:
    """The marks as Vega draws them, cleaned."""
    rows = {
        "behind": [_rule(rule) for rule in picture.behind],
        "bars": [_rect(bar) for bar in picture.bars],
        "across": [_rule(rule) for rule in picture.across],
        "signs": [_sign(sign) for sign in picture.signs],
    }
    if not any(rows.values()):
        return []
    spec = specification() | {"height": round(picture.height), "datasets": rows}
    drawn = ET.fromstring(vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE))
    layers = [found for found in drawn.iter(f"{{{_SVG}}}g") if "layer_" in found.get("class", "")]
    return [_cleaned_layer(layer) for layer in layers if len(layer)]


@cache
def specification() -> dict[str, Any]:
    """The Vega-Lite specification of every chart: four layers, each of rows given by its name.

    Made once: Altair takes longer to make and check it than Vega to draw from it.
    """
    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    fill, stroke = alt.Fill("fill:N", scale=None), alt.Stroke("stroke:N", scale=None)
    x2, y2 = alt.X2("x2:Q"), alt.Y2("y2:Q")
    weight, shape = alt.StrokeWidth("width:Q", scale=None), alt.Shape("shape:N", scale=None)

    def layer(name: str) -> alt.Chart:
        return alt.Chart(alt.NamedData(name))

    def rules(name: str) -> alt.Chart:
        lines: alt.Chart = (
            layer(name)
            .mark_rule()
            .encode(x=x, x2=x2, y=y, y2=y2, stroke=stroke, strokeWidth=weight)
        )
        return lines

    bars = layer("bars").mark_rect(strokeWidth=1.5).encode(
        x=x, x2=x2, y=y, y2=y2, fill=fill, stroke=stroke, description=alt.Description("title:N"),
    )  # fmt: skip
    signs = layer("signs").mark_point(size=SIGN_SIZE**2, strokeWidth=1.6).encode(
        x=x, y=y, shape=shape, fill=fill, stroke=stroke
    )  # fmt: skip
    chart = alt.layer(rules("behind"), bars, rules("across"), signs).properties(
        width=WIDTH, padding=0, background="transparent", autosize=alt.AutoSizeParams(type="none")
    )
    spec: dict[str, Any] = chart.configure(view=alt.ViewConfig(stroke=None)).to_dict()
    return spec


# Positions to a hundredth of a pixel: a name's width is a sum of floats.


def _rect(bar: Rect) -> dict[str, Any]:
    return {
        "x": round(bar.x, 2), "x2": round(bar.x + bar.width, 2),
        "y": round(bar.y, 2), "y2": round(bar.y + bar.height, 2),
        "fill": _colour(bar.fill), "stroke": _colour(bar.stroke), "title": printable(bar.title),
    }  # fmt: skip


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "x": round(rule.x, 2), "x2": round(rule.x2, 2),
        "y": round(rule.y, 2), "y2": round(rule.y2, 2),
        "stroke": _colour(rule.colour), "width": rule.width,
    }  # fmt: skip


def _sign(sign: Sign) -> dict[str, Any]:
    filled = sign.colour if sign.shape == "behind" else ""
    return {
        "x": round(sign.x, 2), "y": round(sign.y, 2), "shape": SIGNS[sign.shape],
        "fill": _colour(filled), "stroke": _colour(sign.colour),
    }  # fmt: skip


def _colour(name: str) -> str | None:
    return PRINTED[name] if name else None


KEPT = ("d", "x2", "y2", "transform", "fill", "stroke", "stroke-width")


def _cleaned_layer(layer: ET.Element) -> ET.Element:
    group = ET.Element("g", {"fill": "none"})
    for mark in layer:
        cleaned = ET.SubElement(group, mark.tag.removeprefix(f"{{{_SVG}}}"))
        cleaned.attrib = {name: mark.attrib[name] for name in KEPT if name in mark.attrib}
        _classed(cleaned)
        if title := mark.get("aria-label"):
            ET.SubElement(cleaned, "title").text = title
    return group


def _classed(element: ET.Element) -> None:
    """Name the element's colours, so that a style sheet can put its own in their place."""
    classes = [
        f"{part}-{NAMES[element.attrib[part]]}"
        for part in ("fill", "stroke")
        if element.attrib.get(part) in NAMES
    ]
    if classes:
        element.set("class", " ".join(classes))


def _lettered(words: Words) -> ET.Element:
    text = ET.Element("text", {
        "x": f"{words.x:.2f}", "y": f"{words.baseline:.2f}", "font-size": f"{words.size:g}",
        "fill": PRINTED[words.colour],
    })  # fmt: skip
    if words.weight != 400:
        text.set("font-weight", str(words.weight))
    if words.anchor != "start":
        text.set("text-anchor", words.anchor)
    _classed(text)
    if words.title:
        title = ET.SubElement(text, "title")
        title.text, title.tail = printable(words.title), printable(words.text)
    else:
        text.text = printable(words.text)
    return text
