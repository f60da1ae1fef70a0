"""Tables of the document as tables of Word: a head on every page, rows that are never torn.

A table is written down and read in at once: python-docx finds a cell by counting all before it,
and to build a tree of thousands of rows element by element takes four times as long.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document as Word
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from giaoban.reports.documents.blocks import Cell, Row, Table
from giaoban.reports.rendering.docx.markup import twips, w
from giaoban.reports.rendering.docx.pages import Room
from giaoban.reports.rendering.docx.words import say
from giaoban.reports.rendering.pdf.columns import INSET_X, fit
from giaoban.reports.rendering.pdf.rows import stays_whole
from giaoban.reports.rendering.printable import printable

# Ids of the styles, as python-docx makes them from their names.
LEFT, RIGHT, HEAD = "TableText", "TableNumber", "TableHead"

_LINE = 0.75  # points beside a cell's text that its lines take
_STEP = 12  # points that an indent steps in
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
_STRONG = '<w:rStyle w:val="Strong"/>'


def table(word: Word, block: Table, room: Room, size: float) -> None:
    """The title, the measure, the table in the width of ``room``, and its legend."""
    word.add_paragraph(printable(block.title), "Caption")
    if block.measure:
        word.add_paragraph(printable(block.measure), "Measure")
    fitted = fit(block, room.width, size)
    shrunk = fitted.size if fitted.size < size else None
    holds = [column.holds for column in block.columns]
    stepped = holds.index("text") if "text" in holds else 0
    whole = stays_whole(block, fitted, stepped, room.height)
    grid = _Grid([twips(width) for width in fitted.widths], block, shrunk, whole=whole)
    word.element.body.insert_element_before(grid.element(), "w:sectPr")
    for line in block.legend:
        say(word.add_paragraph(style="Legend"), line)
    word.add_paragraph(style="After a Table")


class _Grid:
    """A table; ``widths`` in twips, ``size`` where its type is smaller than the style's.

    Each row of a ``whole`` one is kept with the next.
    """

    def __init__(self, widths: list[int], block: Table, size: float | None, *, whole: bool) -> None:
        self.widths, self.block, self.whole = widths, block, whole
        holds = [column.holds for column in block.columns]
        self.stepped = holds.index("text") if "text" in holds else 0
        self.styles = [LEFT if hold in ("text", "code") else RIGHT for hold in holds]
        self.smaller = "" if size is None else f'<w:sz w:val="{round(2 * size)}"/>'

    def element(self) -> BaseOxmlElement:
        """Properties, columns, head and rows."""
        head = Row(tuple(Cell(column.head) for column in self.block.columns))
        rows = self.block.rows
        last = len(rows) - 1
        written = [
            f"<w:tbl {nsdecls('w')}>", _properties(self.widths),
            *(f'<w:gridCol w:w="{width}"/>' for width in self.widths), "</w:tblGrid>",
            self._row(head, kept=True, style=HEAD),
            *(self._row(row, kept=number < last and (
                self.whole or row.role == "group" or (
                    number == last - 1 and rows[last].role != "row")))
              for number, row in enumerate(rows)),
            "</w:tbl>",
        ]  # fmt: skip
        made = parse_xml("".join(written))
        made.tblPr.append(w("tblCaption", val=printable(self.block.title)))
        return made

    def _row(self, row: Row, *, kept: bool, style: str = "") -> str:
        """A row; ``kept`` with the one after it; ``style`` is that of a head."""
        stop = _stop(row)
        shade = _SHADE if row.role in ("group", "total") else ""
        written = ["<w:tr><w:trPr><w:cantSplit/>", "<w:tblHeader/>" if style else "", "</w:trPr>"]
        for number, cell in enumerate(row.cells[: stop + 1]):
            spanned = self.widths[number:] if number == stop else self.widths[number : number + 1]
            wide = f'<w:tcW w:w="{sum(spanned)}" w:type="dxa"/>'
            if len(spanned) > 1:
                wide += f'<w:gridSpan w:val="{len(spanned)}"/>'
            own = style or (LEFT if len(spanned) > 1 else self.styles[number])
            written += (
                "<w:tc><w:tcPr>", wide, shade, '<w:vAlign w:val="center"/></w:tcPr>',
                '<w:p><w:pPr><w:pStyle w:val="', own, '"/>', "<w:keepNext/>" if kept else "",
                _step(row.indent) if row.indent and number == self.stepped else "", "</w:pPr>",
                self._run(cell.text, "" if row.role == "row" else _STRONG), "</w:p></w:tc>",
            )  # fmt: skip
        return "".join((*written, "</w:tr>"))

    def _run(self, text: str, strong: str) -> str:
        if not text:
            return ""
        said = escape(printable(text), {"\r": "&#13;"})
        look = f"<w:rPr>{strong}{self.smaller}</w:rPr>" if strong or self.smaller else ""
        return f'<w:r>{look}<w:t xml:space="preserve">{said}</w:t></w:r>'


def _step(indent: int) -> str:
    return f'<w:ind w:left="{twips(indent * _STEP)}"/>'


def _stop(row: Row) -> int:
    """The last cell of a row: a group's head runs on over the empty ones behind it."""
    last = len(row.cells) - 1
    if row.role != "group":
        return last
    return max((number for number, cell in enumerate(row.cells) if cell.text), default=last)


def _properties(widths: list[int]) -> str:
    margin = twips(INSET_X - _LINE)
    return (
        f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>'
    )
