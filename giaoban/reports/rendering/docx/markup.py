"""Elements of WordprocessingML for what python-docx has no word for, and for tables at speed."""

from __future__ import annotations

from typing import TypeAlias

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

from giaoban.reports.rendering.printable import printable

Element: TypeAlias = BaseOxmlElement
TWIPS = 20  # in a point
MILLIMETRE = 72 / 25.4  # in points
_W = {"w": nsmap["w"]}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(tag: str, /, *children: Element, **attributes: str | int) -> Element:
    """An element of the namespace w with its children; attributes are of the namespace, too."""
    made: Element = oxml_parser.makeelement(qn(f"w:{tag}"), nsmap=_W)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def run(text: str, *properties: Element) -> Element:
    """A run of text: nothing in it is taken for more than a letter."""
    words = w("t")
    words.text = printable(text)
    words.set(_SPACE, "preserve")
    return w("r", w("rPr", *properties), words) if properties else w("r", words)


def twips(points: float) -> int:
    """Points in the twentieths that Word counts in."""
    return round(points * TWIPS)
