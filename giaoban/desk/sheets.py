"""Tables as spreadsheets: numbers stay numbers, days days, and no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from giaoban.reports.rendering.xlsx.names import sheet_name

XLSX, CSV = "xlsx", "csv"
FORMS = (XLSX, CSV)
_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
# A text that begins so would be run by the program that opens the file.
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDEST = 50


def sheet_response(
    form: str, name: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A file to download, named ``name`` with the form's ending."""
    told = [list(row) for row in rows]
    content = as_xlsx(title, heads, told) if form == XLSX else as_csv(heads, told)
    response = HttpResponse(content, content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """CSV that spreadsheets open as UTF-8; a text that looks like a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(head) for head in heads])
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """One sheet with a frozen head; texts are written as texts, whatever they begin with."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(sheet_name(title))
        bold, day = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        )
        number = book.add_format({"num_format": "#,##0"})
        sheet.freeze_panes(1, 0)
        for at, head in enumerate(heads):
            sheet.write_string(0, at, str(head), bold)
            longest = max((len(str(row[at])) for row in rows if row[at] is not None), default=0)
            sheet.set_column(at, at, min(max(len(str(head)), longest) + 2, WIDEST))
        for line, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                if isinstance(value, bool) or value is None:
                    continue
                if isinstance(value, date):
                    sheet.write_datetime(line, at, value, day)
                elif isinstance(value, int | float):
                    sheet.write_number(line, at, value, number)
                else:
                    sheet.write_string(line, at, str(value))
    return out.getvalue()


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float) else _harmless(str(value))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_RUN) else text
