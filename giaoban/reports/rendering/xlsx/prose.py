"""The first sheet: what the document says beside its tables, a line a row.

Tables and charts are named where they stand; a table's name leads to its sheet, and of a chart its
words are there, its numbers being in tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from giaoban.reports.documents.blocks import (
    Block,
    Chart,
    Document,
    Foot,
    Heading,
    Letterhead,
    Listing,
    Paragraph,
    Table,
    Title,
)
from giaoban.reports.documents.walking import lines_of, plain
from giaoban.reports.rendering.printable import printable
from giaoban.reports.rendering.properties import DRAFT
from giaoban.reports.rendering.xlsx.fitting import BOLD, SIZE, height, lines
from giaoban.reports.rendering.xlsx.looks import Looks
from giaoban.reports.rendering.xlsx.writing import pieces, write_text

# A narrow column for the marks of lists, a wide one for the text.
MARKS, TEXT = 0, 1
_MARK_WIDTH, _TEXT_WIDTH = 4, 92
_BODY = {"text_wrap": True, "valign": "top"}
_STRONG = {**_BODY, "bold": True}
_QUIET = {**_BODY, "italic": True}
_SMALL = {**_BODY, "font_size": 9}
_MIDDLE = {**_STRONG, "align": "center"}
_LINK = {**_BODY, "underline": 1, "font_color": "#1F4E79"}
_MARK = {"align": "right", "valign": "top"}


class Prose:
    """The sheet, filled from top to bottom; ``sheets`` has the name of each table's sheet."""

    def __init__(self, sheet: Worksheet, looks: Looks, sheets: list[str]) -> None:
        self.sheet, self.looks, self.sheets = sheet, looks, iter(sheets)
        self.row = 0

    def fill(self, document: Document) -> None:
        """Write the document from its head to its provenance."""
        self.sheet.set_column(MARKS, MARKS, _MARK_WIDTH)
        self.sheet.set_column(TEXT, TEXT, _TEXT_WIDTH)
        self.sheet.hide_gridlines(2)
        if document.state == "draft":
            self._say(DRAFT[document.language], _STRONG)
        if document.letterhead is not None:
            self._head(document.letterhead)
        self._title(document.title)
        self._blocks(document.body)
        if document.foot is not None:
            self._foot(document.foot)
        for annex in document.annexes:
            self.row += 1
            self._say(annex.label, _MIDDLE)
            self._say(annex.title, _MIDDLE)
            self._blocks(annex.blocks)
        self.row += 1
        self._say(document.provenance, _SMALL)

    def _say(self, text: str, look: dict[str, Any], mark: str = "") -> None:
        """A text on a row of its own, or on more where a cell can't hold it; nothing is no row."""
        if not text:
            return
        if mark:
            write_text(self.sheet, self.row, MARKS, mark, self.looks.of(_MARK))
        size = look.get("font_size", SIZE)
        for piece in pieces(text):
            write_text(self.sheet, self.row, TEXT, piece, self.looks.of(look))
            count = lines(piece, _TEXT_WIDTH * SIZE / size / BOLD)
            if (points := height(count, size)) is not None:
                self.sheet.set_row(self.row, points)
            self.row += 1

    def _head(self, head: Letterhead) -> None:
        for line in (head.superior, head.issuer, head.number, *head.motto, head.place_and_date):
            self._say(line, _STRONG if line in (head.issuer, *head.motto) else _BODY)
        self.row += 1

    def _title(self, title: Title) -> None:
        self._say(title.kind, {**_MIDDLE, "font_size": 16})
        self._say(title.subject, {**_MIDDLE, "font_size": 14})
        self.row += 1

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            match block:
                case Heading():
                    self.row += block.level == 1
                    self._say(next(lines_of(block)), _STRONG)
                case Paragraph():
                    self._say(plain(block.content), _QUIET if block.role == "note" else _BODY)
                case Listing():
                    for number, item in enumerate(block.items, start=1):
                        self._say(plain(item), _BODY, f"{number}." if block.ordered else "-")
                case Table():
                    self._lead_to(block)
                case Chart():
                    self._say(block.title, _STRONG)
                    self._say(block.alt, _QUIET)

    def _lead_to(self, table: Table) -> None:
        """The title of a table, which leads to its sheet."""
        name = next(self.sheets).replace("'", "''")
        title, look = printable(table.title), self.looks.of(_LINK)
        if self.sheet.write_url(self.row, TEXT, f"internal:'{name}'!A1", look, title):
            raise ValueError(f"the title of {table.name} does not fit into a cell")
        self.row += 1

    def _foot(self, foot: Foot) -> None:
        self.row += 1
        self._say(foot.recipients_head, _STRONG)
        for recipient in foot.recipients:
            self._say(recipient, _BODY, "-")
        for signature in foot.signatures:
            self.row += 1
            for line in (*signature.authority, signature.post, signature.name):
                self._say(line, _MIDDLE)
