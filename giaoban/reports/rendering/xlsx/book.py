"""A document as a workbook: the text first, then a sheet for each table."""

from __future__ import annotations

import io
from datetime import datetime, time

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from giaoban.reports.documents.blocks import Block, Document, Table
from giaoban.reports.rendering.printable import printable
from giaoban.reports.rendering.properties import DRAFT, author_of, title_of
from giaoban.reports.rendering.xlsx.looks import OPTIONS, Looks
from giaoban.reports.rendering.xlsx.names import sheet_name
from giaoban.reports.rendering.xlsx.prose import Prose
from giaoban.reports.rendering.xlsx.sheets import TableSheet

_A4 = 9  # as Excel numbers papers
_MARGIN = 0.6  # inches


def render(document: Document) -> bytes:
    """The document as an xlsx: the same bytes for the same document on any day."""
    out, taken = io.BytesIO(), set[str]()
    with Workbook(out, OPTIONS) as book:
        _say_what_it_is(book, document)
        looks = Looks(book)
        text = _page(book, sheet_name(document.title.kind or document.name, taken), document)
        found = _tables(document)
        names = [sheet_name(table.title or table.name, taken) for table, _across in found]
        Prose(text, looks, names).fill(document)
        for name, (table, across) in zip(names, found, strict=True):
            sheet = _page(book, name, document)
            TableSheet(sheet, table, looks).fill(across=across)
    return out.getvalue()


def _tables(document: Document) -> list[tuple[Table, bool]]:
    """Each table, and whether it lies across."""
    parts: list[tuple[tuple[Block, ...], bool]] = [(document.body, False)]
    parts += [(annex.blocks, annex.wide) for annex in document.annexes]
    return [(block, wide) for blocks, wide in parts for block in blocks
            if isinstance(block, Table)]  # fmt: skip


def _page(book: Workbook, name: str, document: Document) -> Worksheet:
    """A sheet that is printed on A4, a page wide, numbered, and as a draft if it is one."""
    sheet: Worksheet = book.add_worksheet(name)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    mark = f'&L&"Times New Roman,Bold"{DRAFT[document.language]}'
    sheet.set_header(mark if document.state == "draft" else "")
    sheet.set_footer('&C&"Times New Roman,Regular"&P/&N')
    return sheet


def _say_what_it_is(book: Workbook, document: Document) -> None:
    book.set_properties({
        "title": printable(title_of(document)),
        "subject": printable(document.title.subject),
        "author": printable(author_of(document)),
        "created": datetime.combine(document.dated_on, time()),
    })  # fmt: skip
