"""A table as a sheet: its title and measure, a head that stays in sight, the rows, the legend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from giaoban.reports.documents.blocks import Column, Row, Table
from giaoban.reports.documents.walking import plain
from giaoban.reports.rendering.xlsx import looks
from giaoban.reports.rendering.xlsx.fitting import (
    BOLD,
    SIZE,
    height,
    lines,
    wide,
    widest_word,
)
from giaoban.reports.rendering.xlsx.looks import Looks
from giaoban.reports.rendering.xlsx.numbers import number
from giaoban.reports.rendering.xlsx.writing import write_text

# In digits, as Excel counts widths.
BESIDE = 1.5  # beside a text and its lines
WIDEST_TEXT, NARROWEST = 55.0, 6.0
# A sheet wider than this is printed across.
UPRIGHT = 110
_STAYS = 60  # as wide as frozen columns may be
_INDENT = 1.3  # that a step in takes


class TableSheet:
    """A sheet that is filled from top to bottom."""

    def __init__(self, sheet: Worksheet, table: Table, made: Looks) -> None:
        self.sheet, self.table, self.looks = sheet, table, made
        self.widths = [_width(column, (row.cells[at].text for row in table.rows))
                       for at, column in enumerate(table.columns)]  # fmt: skip
        holds = [column.holds for column in table.columns]
        self.stepped = holds.index("text") if "text" in holds else 0
        self.row = 0

    def fill(self, *, across: bool) -> None:
        """Write the table; ``across`` prints it across the page whatever its width."""
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, width)
        self._across(self.table.title, looks.TITLE)
        if self.table.measure:
            self._across(self.table.measure, looks.MEASURE)
        self.row += 1
        self._head()
        first = self.row
        for row in self.table.rows:
            self._write(row)
        self._quieten(first)
        self.row += 1
        for line in self.table.legend:
            self._across(plain(line), looks.LEGEND)
        if across or sum(self.widths) > UPRIGHT:
            self.sheet.set_landscape()

    def _across(self, text: str, look: dict[str, Any]) -> None:
        """A line over the whole width."""
        shown, last = self.looks.of(look), len(self.widths) - 1
        if last:
            self.sheet.merge_range(self.row, 0, self.row, last, "", shown)
        write_text(self.sheet, self.row, 0, text, shown)
        size = look.get("font_size", SIZE)
        self._end_row(lines(text, sum(self.widths) * SIZE / size / BOLD), size)

    def _end_row(self, count: int, size: float = SIZE) -> None:
        """Go to the next row."""
        if (points := height(count, size)) is not None:
            self.sheet.set_row(self.row, points)
        self.row += 1

    def _head(self) -> None:
        """The heads of the columns, in sight while one scrolls and on every printed page."""
        for at, column in enumerate(self.table.columns):
            write_text(self.sheet, self.row, at, column.head, self.looks.of(looks.HEAD))
        self.sheet.repeat_rows(self.row)
        self._end_row(max(
            lines(column.head, (width - BESIDE) / BOLD)
            for column, width in zip(self.table.columns, self.widths, strict=True)
        ))  # fmt: skip
        # The names of rows stay, too, where they leave room for what is beside them.
        names = self.stepped + 1
        self.sheet.freeze_panes(self.row, names if sum(self.widths[:names]) <= _STAYS else 0)

    def _write(self, row: Row) -> None:
        role, count = looks.BY_ROLE[row.role], 1
        for at, (cell, column) in enumerate(zip(row.cells, self.table.columns, strict=True)):
            if found := number(cell, column):
                value, shown = found
                look = self.looks.of(looks.CELL, role, num_format=shown)
                self.sheet.write_number(self.row, at, value, look)
                continue
            step = row.indent if at == self.stepped else 0
            look = self.looks.of(_text_look(column, row.role), role, _stepped_in(column, step))
            if not cell.text:
                self.sheet.write_blank(self.row, at, None, look)
                continue
            write_text(self.sheet, self.row, at, cell.text, look)
            if row.role != "group" and column.holds == "text":
                room = self.widths[at] - BESIDE - (step + 1) * _INDENT
                count = max(count, lines(cell.text, room / (BOLD if role else 1)))
        self._end_row(count)

    def _quieten(self, first: int) -> None:
        """No green corner at each code that looks like a number."""
        codes = [f"{xl_col_to_name(at)}{first + 1}:{xl_col_to_name(at)}{self.row}"
                 for at, column in enumerate(self.table.columns)
                 if column.holds == "code"]  # fmt: skip
        if codes and self.row > first:
            self.sheet.ignore_errors({"number_stored_as_text": " ".join(codes)})


def _text_look(column: Column, role: str) -> dict[str, Any]:
    """How a text stands in a column; the head of a group runs on over the empty cells behind."""
    if role == "group":
        return looks.CELL
    if column.holds == "text":
        return looks.WORDS
    return looks.CODE if column.holds == "code" else looks.DASH


def _stepped_in(column: Column, step: int) -> dict[str, Any]:
    """Texts stand a step in, off the number beside them, and more where the row is indented."""
    return {"indent": 1 + step} if column.holds in ("text", "code") else {}


def _width(column: Column, texts: Iterable[str]) -> float:
    """As wide as the longest text, a text column up to a line that is still easily read."""
    longest = max(map(wide, texts), default=0)
    if column.holds == "text":
        longest = min(longest, WIDEST_TEXT)
    # A head takes two lines before it makes its column wider, and breaks no word.
    head = max(wide(column.head) / 2 + 1, widest_word([column.head]))
    beside = BESIDE if column.holds not in ("text", "code") else BESIDE + _INDENT
    return max(longest, head, NARROWEST) * BOLD + beside
