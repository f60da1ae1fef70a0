"""Cells of an office's file: xlsx, xls, ods and csv, as texts, numbers and days.

Spreadsheets are read by calamine; csv by the standard library, in whichever encoding it is. What
would swell, hide or run is refused before it is opened.
"""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from giaoban import vietnamese
from giaoban.intake.errors import FileNotRead, FileSwells, FileTooLarge, SheetEmpty, TooManyRows
from giaoban.vietnamese import Detection, Encoding

Cell = str | int | float | date | None
MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_UNPACKED, MOST_ROWS = 50 * MEGABYTE, 1024 * MEGABYTE, 200_000
MOST_COLUMNS = 200
# A honest sheet shrinks to a tenth or twentieth; bombs to a thousandth.
MOST_SWELLING = 200
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAMPLE_CELLS = 4000
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a sheet, its name, and the encoding its texts were found in."""

    sheet: str
    rows: list[list[Cell]]
    encoding: Detection


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a file; a csv has one without a name."""

    sheets: list[str]
    _book: CalamineWorkbook | None
    _text: bytes

    def table(self, sheet: str | None = None, encoding: Encoding | None = None) -> Table:
        """One sheet (the first by default), its texts decoded from ``encoding`` or from the one
        that is found beyond doubt. Raises ``SheetEmpty``, ``TooManyRows``."""
        name = sheet if sheet in self.sheets else self.sheets[0]
        if self._book is None:
            text, found = _csv_text(self._text, encoding)
            rows = _csv_cells(text)
        else:
            rows = self._cells(name)
            found = _detected(rows)
            rows = _decoded(rows, encoding or _certain(found))
        rows = [[_clean(cell) for cell in row[:MOST_COLUMNS]] for row in rows]
        if not any(cell is not None for row in rows for cell in row):
            raise SheetEmpty
        if len(rows) > MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
        return Table(name, rows, found)

    def _cells(self, name: str) -> list[list[Cell]]:
        assert self._book is not None
        try:
            sheet = self._book.get_sheet_by_name(name)
            if sheet.total_height > MOST_ROWS:
                raise TooManyRows(most=MOST_ROWS)
            # What is merged has its value in each of its cells, as people read it.
            return [[_plain(cell) for cell in row] for row in _unmerged(sheet)]
        except CalamineError as broken:
            raise FileNotRead from broken


def open_workbook(data: bytes) -> Workbook:
    """Open a file's bytes. Raises ``FileTooLarge``, ``FileSwells``, ``FileNotRead``."""
    if len(data) > MOST_BYTES:
        raise FileTooLarge(size=len(data) // MEGABYTE, most=MOST_BYTES // MEGABYTE)
    if data.startswith(_ZIP):
        _refuse_bomb(data)
    elif not data.startswith(_OLE):
        if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise FileNotRead
        return Workbook([""], None, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, OSError, ValueError) as broken:
        raise FileNotRead from broken
    if not book.sheet_names:
        raise SheetEmpty
    return Workbook(list(book.sheet_names), book, b"")


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(item.file_size for item in packed.infolist())
    except zipfile.BadZipFile as broken:
        raise FileNotRead from broken
    if unpacked > min(MOST_UNPACKED, max(len(data) * MOST_SWELLING, 10 * MEGABYTE)):
        raise FileSwells(size=unpacked // MEGABYTE)


def _unmerged(sheet: CalamineSheet) -> list[list[object]]:
    rows: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top < len(rows) and left < len(rows[top]):
            value = rows[top][left]
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [value] * len(row[left : right + 1])
    return rows


def _plain(cell: object) -> Cell:
    """A cell as texts, whole numbers and days; what is neither (true, a time) as its text.

    Texts stay as they are: in an old encoding a soft hyphen is a letter.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, bool | time | timedelta):
        return str(cell)
    return cell if isinstance(cell, int | float | date) else str(cell)


def _clean(cell: Cell) -> Cell:
    """A text without what hides in it: marks apart from their letters, spaces at the ends."""
    if not isinstance(cell, str):
        return cell
    try:
        return vietnamese.clean(cell) or None
    except vietnamese.BadText:
        kept = "".join(sign if sign.isprintable() else " " for sign in cell if sign != "\ufffd")
        return " ".join(vietnamese.nfc(kept).split()) or None


def _csv_cells(text: str) -> list[list[Cell]]:
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:8192], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), dialect)]
    except csv.Error as broken:
        raise FileNotRead from broken


def _csv_text(data: bytes, wanted: Encoding | None) -> tuple[str, Detection]:
    """The text of a csv in the encoding wanted, or in the one found, and what was found."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), Detection(Encoding.UNICODE, 1.0)
    found = vietnamese.detect(data)
    encoding = wanted or found.encoding or Encoding.UNICODE
    try:
        return vietnamese.decode(data, encoding).removeprefix("\ufeff"), found
    except vietnamese.BadText:
        return data.decode("utf-8-sig", errors="replace"), found


def _detected(rows: list[list[Cell]]) -> Detection:
    """Which encoding the texts of a sheet are in, judged together."""
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    return vietnamese.detect("\n".join(texts[:SAMPLE_CELLS]))


def _certain(found: Detection) -> Encoding | None:
    return found.encoding if found.confidence >= SURE else None


def _decoded(rows: list[list[Cell]], encoding: Encoding | None) -> list[list[Cell]]:
    if encoding in (None, Encoding.UNICODE, Encoding.DECOMPOSED):
        return rows
    return [
        [_told(cell, encoding) if isinstance(cell, str) else cell for cell in row] for row in rows
    ]


def _told(cell: str, encoding: Encoding) -> str:
    try:
        return vietnamese.decode(cell, encoding)
    except vietnamese.BadText:
        return cell
