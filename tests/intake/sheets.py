"""Spreadsheets for tests, as offices make them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

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
