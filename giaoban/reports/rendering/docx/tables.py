"""Tables of the document as tables of Word: a head on every page, rows that are never torn.

Cells are built as elements: python-docx finds a cell by counting all before it, which takes
minutes for a table of thousands of rows.
"""

from __future__ import annotations

from docx.document import Document as Word

from giaoban.reports.documents.blocks import Cell, Row, Table
from giaoban.reports.rendering.docx.markup import Element, run, twips, w
from giaoban.reports.rendering.docx.words import say
from giaoban.reports.rendering.pdf.columns import INSET_X, fit
from giaoban.reports.rendering.printable import printable

# Ids of the styles, as python-docx makes them from their names.
LEFT, RIGHT, HEAD = "TableText", "TableNumber", "TableHead"

_LINE = 0.75  # points beside a cell's text that its lines take
_STEP = 12  # points that an indent steps in
_SHADE = "F2F2F2"
_SHADED = ("group", "total")


def table(word: Word, block: Table, room: float, size: float) -> None:
    """The title, the measure, the table in ``room`` points of width, and its legend."""
    word.add_paragraph(printable(block.title), "Caption")
    if block.measure:
        word.add_paragraph(printable(block.measure), "Measure")
    fitted = fit(block, room, size)
    shrunk = fitted.size if fitted.size < size else None
    grid = _Grid([twips(width) for width in fitted.widths], block, shrunk)
    word.element.body.insert_element_before(grid.element(), "w:sectPr")
    for line in block.legend:
        say(word.add_paragraph(style="Legend"), line)
    word.add_paragraph(style="After a Table")


class _Grid:
    """A table as an element; ``widths`` in twips, ``size`` where its type is smaller."""

    def __init__(self, widths: list[int], block: Table, size: float | None) -> None:
        self.widths, self.block, self.size = widths, block, size
        holds = [column.holds for column in block.columns]
        self.stepped = holds.index("text") if "text" in holds else 0
        self.styles = [LEFT if hold in ("text", "code") else RIGHT for hold in holds]

    def element(self) -> Element:
        """Properties, columns, head and rows."""
        head = Row(tuple(Cell(column.head) for column in self.block.columns))
        rows = self.block.rows
        last = len(rows) - 1
        return w(
            "tbl", _properties(self.widths, self.block.title),
            w("tblGrid", *(w("gridCol", w=width) for width in self.widths)),
            self._row(head, kept=True, head=True),
            *(self._row(row, kept=row.role == "group" or (
                number == last - 1 and rows[last].role != "row"))
              for number, row in enumerate(rows)),
        )  # fmt: skip

    def _row(self, row: Row, *, kept: bool, head: bool = False) -> Element:
        """A row; ``kept`` with the one after it."""
        marks = [w("cantSplit"), *([w("tblHeader")] if head else [])]
        made = w("tr", w("trPr", *marks))
        stop = _stop(row)
        for number, cell in enumerate(row.cells[: stop + 1]):
            spanned = self.widths[number:] if number == stop else self.widths[number : number + 1]
            style = HEAD if head else LEFT if len(spanned) > 1 else self.styles[number]
            step = row.indent if number == self.stepped else 0
            properties = w("tcPr", w("tcW", w=sum(spanned), type="dxa"))
            if len(spanned) > 1:
                properties.append(w("gridSpan", val=len(spanned)))
            if row.role in _SHADED:
                properties.append(w("shd", val="clear", color="auto", fill=_SHADE))
            properties.append(w("vAlign", val="center"))
            made.append(
                w("tc", properties, self._words(cell.text, style, step, row.role != "row", kept))
            )
        return made

    def _words(self, text: str, style: str, step: int, strong: bool, kept: bool) -> Element:
        about = w("pPr", w("pStyle", val=style))
        if kept:
            about.append(w("keepNext"))
        if step:
            about.append(w("ind", left=twips(step * _STEP)))
        if not text:
            return w("p", about)
        look = [w("rStyle", val="Strong")] if strong else []
        if self.size is not None:
            look.append(w("sz", val=round(2 * self.size)))
        return w("p", about, run(text, *look))


def _stop(row: Row) -> int:
    """The last cell of a row: a group's head runs on over the empty ones behind it."""
    last = len(row.cells) - 1
    if row.role != "group":
        return last
    return max((number for number, cell in enumerate(row.cells) if cell.text), default=last)


def _properties(widths: list[int], title: str) -> Element:
    margin = twips(INSET_X - _LINE)
    return w(
        "tblPr", w("tblStyle", val="TableGrid"), w("tblW", w=sum(widths), type="dxa"),
        w("jc", val="center"), w("tblLayout", type="fixed"),
        w("tblCellMar", w("left", w=margin, type="dxa"), w("right", w=margin, type="dxa")),
        w("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1,
          noVBand=1),
        w("tblCaption", val=printable(title)),
    )  # fmt: skip
