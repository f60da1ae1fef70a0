"""Writing texts into cells: as texts whatever they begin with, and never lost."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from giaoban.reports.rendering.printable import printable

# Excel's most signs in a cell, in its own count, in which some signs are two.
_MOST = 32_767 // 2


def write_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Write a text as one. A sheet that has no such row or room for it is a bug."""
    if sheet.write_string(row, column, printable(text), look):
        raise ValueError(f"row {row}, column {column}: {len(text)} signs do not fit")


def pieces(text: str) -> list[str]:
    """A text in pieces that a cell can hold, parted at spaces; nearly always one."""
    made = []
    while len(text) > _MOST:
        at = text.rfind(" ", 1, _MOST)
        at = at if at > 0 else _MOST
        made.append(text[:at])
        text = text[at:].lstrip(" ")
    return [*made, text]
