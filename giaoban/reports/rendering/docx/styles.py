"""The styles of a document from its layout: what an office sees, uses and changes in Word.

The template of python-docx brings 160 styles of its author's taste in two Western typefaces; all
but the few that are used go, and those are set anew. Everything is based on Normal, which has the
typeface, the size and the line of the form; what is measured by the layout is named in ``_looks``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from giaoban.reports.documents.blocks import Layout
from giaoban.reports.rendering.docx.markup import Element, w

TYPEFACE = "Times New Roman"
CENTRE, RIGHT, BOTH, LEFT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.LEFT,
)
SINGLE = 1.0
# Lines that a signature takes, between the post and the name.
LINES_FOR_THE_HAND = 5
PROVENANCE_SIZE = 8.5
RULE_ROOM = Pt(3)  # of the line that bears a rule, and above it
_KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid", "Strong",
         "Emphasis", "Header", "Heading 1", "Heading 2", "Heading 3", "Title", "Subtitle",
         "List Bullet", "List Number", "Caption", "Body Text"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a style differs from the one it is based on; points, ``first_line`` in millimetres."""

    base: str = "Normal"
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    capitals: bool | None = None
    align: WD_ALIGN_PARAGRAPH | None = None
    first_line: float | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    keep_next: bool | None = None
    outline: int | None = None
    followed_by: str = ""


def dress(word: Word, layout: Layout, language: str) -> None:
    """Give a new document of python-docx the styles of the layout."""
    styles = word.styles
    for style in list(styles.element.style_lst):
        if style.name_val is None or _title(style.name_val) not in _KEPT:
            styles.element.remove(style)
    for mark in styles.element.xpath("./w:style/w:rsid"):
        mark.getparent().remove(mark)
    _defaults(word, language)
    looks = _looks(layout)
    for name in looks:
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for name, look in looks.items():
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        _set(style, look, word)
    _draw(styles["Rule"].element.get_or_add_pPr())


def _draw(shape: Element) -> None:
    """A rule is a border above an empty line."""
    border = w("pBdr", w("top", val="single", sz=6, space=0, color="auto"))
    shape.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _title(name: str) -> str:
    """The name of a built-in style as people see it: heading 1 is Heading 1."""
    return name[:1].upper() + name[1:]


def _defaults(word: Word, language: str) -> None:
    """The typeface and language of whatever has no style of its own."""
    defaults = word.styles.element.find(w("docDefaults").tag)
    assert defaults is not None
    defaults[:] = [
        w("rPrDefault", w("rPr",
            w("rFonts", ascii=TYPEFACE, hAnsi=TYPEFACE, eastAsia=TYPEFACE, cs=TYPEFACE),
            w("lang", val=language, eastAsia=language, bidi="ar-SA"))),
        w("pPrDefault", w("pPr", w("spacing", before=0, after=0, line=240, lineRule="auto"))),
    ]  # fmt: skip


def _looks(layout: Layout) -> dict[str, Look]:
    return {**_text_looks(layout), **_form_looks(layout), **_table_looks(layout)}


def _text_looks(layout: Layout) -> dict[str, Look]:
    """Of the body: headings, sentences, lists."""
    gap, first = layout.paragraph_gap, layout.first_line
    line = Pt(layout.line) if layout.line_exact else layout.line
    heading = Look(
        "Normal", bold=True, align=BOTH, first_line=first, before=gap, after=gap, keep_next=True,
        followed_by="Body Text",
    )  # fmt: skip
    item = Look("Body Text", after=gap / 2)
    return {
        "Normal": Look("", layout.body_size, line=line),
        "Body Text": Look(align=BOTH, first_line=first, after=gap),
        "Heading 1": replace(heading, align=LEFT, before=gap + 4, outline=0,
                             capitals=layout.headings_in_capitals),
        "Heading 2": replace(heading, outline=1),
        "Heading 3": replace(heading, italic=True, outline=2),
        "List Bullet": item,
        "List Number": item,
        "Note": Look("Body Text", min(layout.body_size - 2, 12), italic=True, line=SINGLE,
                     before=gap, after=gap),
    }  # fmt: skip


def _form_looks(layout: Layout) -> dict[str, Look]:
    """Of what makes it official: head, title, foot, annexes."""
    middle = Look(align=CENTRE, line=SINGLE)
    hand = layout.signature_size * 1.2 * LINES_FOR_THE_HAND
    underlined = layout.recipients_head_style == "underline"
    return {
        "Header": replace(middle, size=layout.page_number_size),
        "Superior": replace(middle, size=layout.superior_size, after=2),
        "Issuer": replace(middle, size=layout.issuer_size, bold=True, keep_next=True),
        "Document Number": replace(middle, size=layout.number_size, before=5),
        "Motto": replace(middle, size=layout.motto_sizes[0], bold=True, keep_next=True),
        "Place and Date": replace(middle, size=layout.date_size, italic=True, before=5),
        "Title": replace(middle, size=layout.kind_size, bold=True, before=20, keep_next=True,
                          followed_by="Subtitle"),
        "Subtitle": replace(middle, size=layout.subject_size, bold=True, before=3,
                             followed_by="Body Text", keep_next=True),
        "Title Rule": replace(middle, size=layout.subject_size, after=12),
        "Recipients Head": Look(
            size=layout.recipients_head_size, line=SINGLE, after=3, keep_next=True,
            underline=underlined or None, bold=not underlined or None,
            italic=not underlined or None),
        "Recipients": Look(size=layout.recipients_size, line=SINGLE, after=1),
        "Signature": replace(middle, size=layout.signature_size, bold=True, after=2,
                              keep_next=True),
        "Signature Name": replace(middle, size=layout.signature_size, bold=True, before=hand),
        "Annex Heading": replace(middle, bold=True, after=14, keep_next=True, line=1.15,
                                 outline=0, followed_by="Body Text"),
        "Rule": Look(size=1, line=RULE_ROOM, before=2),
        "Provenance": Look(size=PROVENANCE_SIZE, line=SINGLE, before=18),
    }  # fmt: skip


def _table_looks(layout: Layout) -> dict[str, Look]:
    """Of tables and pictures, and what stands beside them."""
    cell = Look("Table Text", layout.table_size)
    return {
        "Caption": Look(size=layout.body_size - 1, bold=True, align=CENTRE, line=SINGLE,
                        before=layout.paragraph_gap + 4, after=5, keep_next=True),
        "Measure": Look(size=layout.table_size, italic=True, align=RIGHT, line=SINGLE, after=3,
                        keep_next=True),
        "Table Text": Look(size=layout.table_size, line=SINGLE, before=2, after=2),
        "Table Head": replace(cell, size=None, bold=True, align=CENTRE),
        "Table Number": replace(cell, size=None, align=RIGHT),
        "Legend": Look(size=layout.table_size - 1, italic=True, line=SINGLE, before=3),
        "After a Table": Look(size=2, line=SINGLE, after=layout.paragraph_gap + 2),
        "Picture": Look(align=CENTRE, line=SINGLE, after=layout.paragraph_gap + 4),
    }  # fmt: skip


def _set(style: ParagraphStyle, look: Look, word: Word) -> None:
    """Set a style anew, whatever it was."""
    for part in ("pPr", "rPr", "link"):
        for found in style.element.findall(w(part).tag):
            style.element.remove(found)
    style.base_style = word.styles[look.base] if look.base else None
    style.next_paragraph_style = word.styles[look.followed_by] if look.followed_by else style
    style.hidden, style.unhide_when_used, style.quick_style = False, False, True
    font, shape = style.font, style.paragraph_format
    font.size = None if look.size is None else Pt(look.size)
    font.bold, font.italic, font.underline = look.bold, look.italic, look.underline
    font.all_caps = look.capitals or None
    shape.alignment, shape.keep_with_next = look.align, look.keep_next
    shape.space_before = None if look.before is None else Pt(look.before)
    shape.space_after = None if look.after is None else Pt(look.after)
    shape.first_line_indent = None if look.first_line is None else Mm(look.first_line)
    if look.line is not None:
        shape.line_spacing = look.line
    if look.outline is not None:
        style.element.get_or_add_pPr().append(w("outlineLvl", val=look.outline))
