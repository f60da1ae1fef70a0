"""Lists that Word numbers itself: a dash, or a number that begins anew with each list."""

from __future__ import annotations

from docx.document import Document as Word
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from giaoban.reports.documents.blocks import Layout
from giaoban.reports.rendering.docx.markup import MILLIMETRE, Element, twips, w

_DASHES, _NUMBERS, _RECIPIENTS = 1, 2, 3
_HANGING = 8  # points that a recipient's second line steps in


def define(word: Word, layout: Layout) -> None:
    """Give the styles of lists their marks. The template's own definitions go."""
    first = twips(layout.first_line * MILLIMETRE)
    kinds = (
        (_DASHES, "List Bullet", "bullet", "-", w("ind", left=0, firstLine=first)),
        (_NUMBERS, "List Number", "decimal", "%1.", w("ind", left=0, firstLine=first)),
        (_RECIPIENTS, "Recipients", "bullet", "-",
         w("ind", left=twips(_HANGING), hanging=twips(_HANGING))),
    )  # fmt: skip
    numbering = word.part.numbering_part.element
    numbering[:] = []
    for number, name, form, mark, indent in kinds:
        style = word.styles[name]
        assert isinstance(style, ParagraphStyle)
        numbering.append(_kind(number, str(style.style_id), form, mark, indent))
        _count_by(style.element, number)
    for number, *_ in kinds:
        numbering.append(w("num", w("abstractNumId", val=number), numId=number))


def _kind(number: int, style_id: str, form: str, mark: str, indent: Element) -> Element:
    level = w(
        "lvl",
        w("start", val=1), w("numFmt", val=form), w("pStyle", val=style_id),
        w("suff", val="space"), w("lvlText", val=mark), w("lvlJc", val="left"),
        w("pPr", indent),
        ilvl=0,
    )  # fmt: skip
    return w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=number)


def begin_anew(word: Word, items: list[Paragraph]) -> None:
    """Number these items from 1, whatever list stands before them."""
    numbering = word.part.numbering_part.element
    number = 1 + len(numbering.findall(w("num").tag))
    numbering.append(
        w(
            "num", w("abstractNumId", val=_NUMBERS),
            w("lvlOverride", w("startOverride", val=1), ilvl=0), numId=number,
        )
    )  # fmt: skip
    for item in items:
        _count_by(item._p, number)


def _count_by(owner: Element, number: int) -> None:
    """Hang a paragraph or style on a definition."""
    counted = owner.get_or_add_pPr().get_or_add_numPr()
    counted.get_or_add_ilvl().val = 0
    counted.get_or_add_numId().val = number
