"""Where a page may part a table of a pdf, and where it may not; how a list is set."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from giaoban.reports.documents.blocks import Cell, Column, Document, Listing, Paragraph, Row, Table
from tests.reports.sample import LONG, counted, prose
from tests.reports.test_pdf import BARE, POINTS, pieces, read, tags

COLUMNS = (Column("STT", weight=0.5), Column("Đơn vị", "text", 3), Column("Số"))


def rows(count: int, name: str) -> tuple[Row, ...]:
    return tuple(Row((counted(n, ""), Cell(f"{name} {n}"), counted(n, ""))) for n in range(count))


def said_by_page(document: Document) -> list[str]:
    return [page.extract_text() for page in read(document).pages]


@pytest.mark.parametrize("above", [10, 14, 18])
def test_a_short_table_stays_on_one_page(above: int) -> None:
    table = Table("t", "Bảng", COLUMNS, rows(15, "Hàng"))
    lines = [Paragraph(prose("Một dòng chữ."))] * above
    pages = said_by_page(replace(BARE, body=(*lines, table)))
    assert [page.count("Hàng") for page in pages] in ([15], [0, 15])
    assert ["Bảng" in page for page in pages] == ["Hàng" in page for page in pages]


def test_few_rows_that_fill_a_page_are_parted() -> None:
    tall = tuple(Row((counted(n, ""), Cell(f"Hàng {LONG} {LONG}"), counted(n, "")))
                 for n in range(19))  # fmt: skip
    document = replace(BARE, body=(Paragraph(prose("Chữ.")), Table("t", "Bảng", COLUMNS, tall)))
    pages = said_by_page(document)
    assert sum(page.count("Hàng") for page in pages) == 19
    assert "Hàng" in pages[0]


@pytest.mark.parametrize("before", range(34, 44))
def test_the_head_of_a_group_never_ends_a_page(before: int) -> None:
    group = Row((Cell(""), Cell("Nhóm"), Cell("")), "group")
    table = Table("t", "Bảng", COLUMNS, (*rows(before, "Trước"), group, *rows(4, "Sau")))
    pages = said_by_page(replace(BARE, body=(table,)))
    [headed] = [page for page in pages if "Nhóm" in page]
    assert "Sau 0" in headed
    assert "Nhóm" not in pages[-1].split("Sau 0")[-1]


def test_the_head_of_a_group_is_read_as_a_head() -> None:
    group = Row((Cell(""), Cell("Nhóm"), Cell("")), "group")
    table = Table("t", "Bảng", COLUMNS, (group, *rows(2, "Hàng"), group))
    kinds = [element["/S"] for element in tags(replace(BARE, body=(table,)))]
    assert kinds.count("/TH") == len(COLUMNS) + 2 * 2
    assert kinds.count("/TD") == 2 * len(COLUMNS)


@pytest.mark.parametrize("ordered", [False, True])
def test_the_second_line_of_an_item_begins_at_the_margin(ordered: bool) -> None:
    words = "Một việc phải làm cho xong trong năm, " * 5
    listing = Listing((prose(words), prose("Ngắn")), ordered=ordered)
    document = replace(BARE, body=(Paragraph(prose("Chữ " * 60)), listing))
    at = [(piece.text, piece.x) for piece in pieces(read(document).pages[0])]
    lines = [(text, x) for text, x in at if "việc" in text or "xong" in text]
    margin = BARE.layout.left * POINTS
    assert [abs(x - margin) < 0.5 for _text, x in lines] == [False] + [True] * (len(lines) - 1)
    assert len(lines) > 2
    items = [element for element in tags(document) if element["/S"] == "/LI"]
    assert len(items) == 2
