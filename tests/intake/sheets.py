"""Spreadsheets for tests, as offices make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter

MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
HEADS = ["STT", "Họ và tên", "Ngày, tháng, năm sinh", "Nam/nữ", "Dân tộc", "Chi bộ", "Diện"]


def xlsx(rows: Sequence[Sequence[Any]], *, merges: Sequence[tuple[int, int, int, int, str]] = (),
         sheet: str = "DS đảng viên") -> bytes:  # fmt: skip
    """A workbook with one sheet; ``merges`` are (top, left, bottom, right, text)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                page.write(at, column, value)
        for top, left, bottom, right, text in merges:
            page.merge_range(top, left, bottom, right, text)
    return out.getvalue()


def members(*rows: Sequence[Any]) -> bytes:
    """A list of members under the heads that offices use."""
    return xlsx([["ĐẢNG BỘ XÃ CẨM YÊN"], [], HEADS, *rows])


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """An OpenDocument table, as LibreOffice lays one out."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body>'
        f'<office:spreadsheet><table:table table:name="Trang 1">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr("content.xml", content)
    return out.getvalue()
