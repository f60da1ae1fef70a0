"""How cells look: one set of properties for each, made into a format of the book once."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

# The typeface of the whole book, also of what somebody adds. The scheme would make it the theme's.
DEFAULT = {"font_name": "Times New Roman", "font_size": 12, "font_scheme": "none"}
# What Excel makes of it, in pixels: heights of rows, widths of columns, the digit they count in.
OPTIONS = {
    "in_memory": True,
    "default_format_properties": DEFAULT,
    "default_row_height": 21,
    "default_column_width": 72,
}
LINE, QUIET = "#BFBFBF", "#F2F2F2"

TITLE = {"bold": True, "font_size": 14, "text_wrap": True, "align": "center", "valign": "vcenter"}
MEASURE = {"italic": True, "align": "right"}
LEGEND = {"italic": True, "font_size": 11, "text_wrap": True, "valign": "top"}
_BORDERED = {"border": 1, "border_color": LINE, "valign": "vcenter"}
HEAD = {**_BORDERED, "bold": True, "text_wrap": True, "align": "center", "bottom_color": "#000000"}
CELL = _BORDERED
WORDS = {**_BORDERED, "text_wrap": True}
# Excel would make a number of a code, and lose its zeros, when somebody types it again.
CODE = {**_BORDERED, "num_format": "@"}
DASH = {**_BORDERED, "align": "right"}
BY_ROLE: dict[str, dict[str, Any]] = {
    "row": {},
    "group": {"bold": True, "bg_color": QUIET},
    "sum": {"bold": True, "top": 1, "top_color": "#000000"},
    "total": {"bold": True, "top": 1, "top_color": "#000000", "bg_color": QUIET},
}


class Looks:
    """The formats of a book: a sheet of thousands of rows has but a dozen."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, *properties: dict[str, Any], **more: Any) -> Format:
        """The format with all these properties, the later ones over the earlier."""
        wanted: dict[str, Any] = {}
        for one in (*properties, more):
            wanted.update(one)
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]
