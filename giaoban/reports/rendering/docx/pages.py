"""Pages: the layout's margins, the number in the margin above, and on every page of a draft that
it is one.
"""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.section import Section, _Header
from docx.shared import Length, Mm, Pt

from giaoban.reports.documents.blocks import Document, Layout
from giaoban.reports.rendering.docx.markup import run, w
from giaoban.reports.rendering.properties import DRAFT

PAPER = (210.0, 297.0)  # A4, millimetres
_MARK_SIZE = Pt(11)


class Room(NamedTuple):
    """The page between its margins, in points."""

    width: float
    height: float


def first_pages(word: Word, document: Document) -> Section:
    """The section that the template brought, for the body; its first page bears no number."""
    section = word.sections[0]
    section._sectPr.attrib.clear()  # by which the template's author was told apart
    _measure(section, document.layout, wide=False)
    section.different_first_page_header_footer = True
    _head(section.first_page_header, section, document, numbered=False)
    _head(section.header, section, document)
    return section


def annex_pages(word: Word, document: Document, *, wide: bool) -> Section:
    """A section from a new page on; ``wide`` lies across. Pages are counted on."""
    section: Section = word.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    _measure(section, document.layout, wide=wide)
    section.header.is_linked_to_previous = False
    _head(section.header, section, document)
    return section


def room(section: Section) -> Room:
    """What the margins leave."""
    sides = (section.page_width, section.left_margin, section.right_margin,
             section.page_height, section.top_margin, section.bottom_margin)  # fmt: skip
    wide, left, right, high, top, bottom = (Length(side or 0) for side in sides)
    return Room(Length(wide - left - right).pt, Length(high - top - bottom).pt)


def _measure(section: Section, layout: Layout, *, wide: bool) -> None:
    """Paper and margins. Lying across, the page is turned to the right: what was its left margin,
    where it is bound, is on top.
    """
    around = [layout.top, layout.right, layout.bottom, layout.left]
    if wide:
        around = [around[3], *around[:3]]
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = map(Mm, PAPER[::-1] if wide else PAPER)
    (section.top_margin, section.right_margin, section.bottom_margin,
     section.left_margin) = map(Mm, around)  # fmt: skip
    section.header_distance = Mm(layout.page_number_from_top)
    section.footer_distance = Mm(min(around[2], layout.page_number_from_top))


def _head(header: _Header, section: Section, document: Document, *, numbered: bool = True) -> None:
    """What stands in the margin: the mark of a draft on the left, the number in the middle."""
    line = header.paragraphs[0]
    line.style = "Header"
    if document.state == "draft":
        middle = room(section).width / 2
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
        line.paragraph_format.tab_stops.add_tab_stop(Pt(middle), WD_TAB_ALIGNMENT.CENTER)
        mark = line.add_run(DRAFT[document.language])
        mark.font.size, mark.bold = _MARK_SIZE, True
        mark._r.get_or_add_rPr().append(w("bdr", val="single", sz=6, space=3, color="auto"))
        if numbered:
            line.add_run("\t")
    if numbered:
        line._p.append(w("fldSimple", run("2"), instr=" PAGE "))
