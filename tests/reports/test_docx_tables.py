"""Tables in a docx, read back: heads on every page, widths, alignment, sums, groups."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from msgspec.structs import replace

from giaoban.reports.documents.blocks import Cell, Column, Row, Table, Title
from giaoban.reports.documents.walking import tables
from giaoban.reports.rendering.docx import render
from tests.reports.reading import docx_lines, rest
from tests.reports.sample import DOCUMENT, LONG, STATEMENT, counted
from tests.reports.word_files import BARE, cell_styles, grids, opened


@pytest.fixture(scope="module")
def word() -> Word:
    return opened(DOCUMENT)


def test_tables_are_tables(word: Word) -> None:
    found = grids(word)
    assert len(found) == len(tables(DOCUMENT)) == 3
    for grid, table in zip(found, tables(DOCUMENT), strict=True):
        head, *rows = grid.tr_lst
        assert len(rows) == len(table.rows)
        # The head alone stands on every page, and no row is torn.
        assert [bool(row.trPr.xpath("./w:tblHeader")) for row in grid.tr_lst] == (
            [True] + [False] * len(rows)
        )
        assert all(row.trPr.xpath("./w:cantSplit") for row in grid.tr_lst)
        assert set(cell_styles(head)) == {"TableHead"}
        aligned = ["TableText" if column.holds in ("text", "code") else "TableNumber"
                   for column in table.columns]  # fmt: skip
        assert [cell_styles(row) for row in rows] == [aligned] * len(rows)
    styles = word.styles
    assert styles["Table Number"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert styles["Table Head"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_columns_share_the_width_by_weight_and_part_no_number(word: Word) -> None:
    section = word.sections[0]
    assert section.page_width
    room = section.page_width - (section.left_margin or 0) - (section.right_margin or 0)
    widths = [Pt(int(one) / 20) for one in grids(word)[0].xpath("./w:tblGrid/w:gridCol/@w:w")]
    assert abs(sum(widths) - room) < Mm(1)
    assert widths[1] == max(widths)
    # The digits of Times New Roman are half as wide as high; 1.234.567 in bold at 12 points.
    assert widths[2] > Pt(12 * (7 * 0.5 + 2 * 0.25)) + Pt(5)
    cells = grids(word)[0].tr_lst[1].xpath("./w:tc/w:tcPr/w:tcW/@w:w")
    assert [Pt(int(one) / 20) for one in cells] == widths


def test_sums_are_bold_and_steps_are_indented(word: Word) -> None:
    rows = grids(word)[0].tr_lst[1:]
    bold = [len(row.xpath(".//w:rStyle[@w:val='Strong']")) for row in rows]
    assert [bool(n) for n in bold] == [True, True, False, True]
    assert [len(row.xpath(".//w:ind")) for row in rows] == [0, 0, 1, 0]
    assert rows[2].tc_lst[1].xpath(".//w:ind")


def kept_with_the_next(table: Table) -> list[bool]:
    """For each row below the head, whether it goes with the one after it."""
    [grid] = grids(opened(replace(BARE, body=(table,))))
    return [bool(row.xpath(".//w:keepNext")) for row in grid.tr_lst[1:]]


def test_a_short_table_stays_on_one_page() -> None:
    assert kept_with_the_next(STATEMENT) == [True] * (len(STATEMENT.rows) - 1) + [False]


def test_a_long_table_is_parted_but_its_last_total_never_stands_alone() -> None:
    rows = STATEMENT.rows[2:3] * 30 + STATEMENT.rows[-1:]
    assert rows[-1].role == "total"
    assert kept_with_the_next(replace(STATEMENT, rows=rows)) == [False] * 29 + [True, False]


def test_the_head_of_a_group_runs_on_over_the_empty_cells() -> None:
    table = Table(
        "nhom", "Nhóm", (Column("Mục", "code"), Column("Đơn vị", "text", 3), Column("Số")),
        (Row((Cell("I"), Cell("Khối xã"), Cell("")), "group"),
         Row((Cell("1"), Cell("Xã A"), counted(3, "")))),
    )  # fmt: skip
    [grid] = grids(opened(replace(BARE, body=(table,))))
    group = grid.tr_lst[1]
    assert [cell.grid_span for cell in group.tc_lst] == [1, 2]
    assert group.xpath(".//w:keepNext")
    assert docx_lines(render(replace(BARE, body=(table,))))[-5:] == [
        "I", "Khối xã", "1", "Xã A", "3",
    ]  # fmt: skip


def test_a_table_of_many_columns_is_set_smaller_and_stays_on_the_page() -> None:
    columns = (Column("Đơn vị", "text", 3), *(Column(f"Chỉ tiêu {n}") for n in range(14)))
    row = Row((Cell(LONG), *(counted(1234567, "") for _ in range(14))))
    word = opened(replace(BARE, body=(Table("rong", "Rộng", columns, (row,)),)))
    [grid] = grids(word)
    widths = [int(one) for one in grid.xpath("./w:tblGrid/w:gridCol/@w:w")]
    assert sum(widths) <= 160 / 25.4 * 1440 + 20
    assert {int(one) for one in grid.xpath(".//w:sz/@w:val")} <= set(range(14, 24))
    assert grid.xpath(".//w:sz")


def test_an_empty_table_and_a_document_of_nothing_are_set() -> None:
    assert docx_lines(render(replace(BARE, title=Title("", "")))) == []
    empty = replace(STATEMENT, rows=(), legend=())
    assert rest(docx_lines(render(replace(BARE, body=(empty,)))), replace(BARE, body=(empty,)),
                "docx")  # fmt: skip


def test_word_adds_up_the_numbers_as_they_are_written_in_either_language() -> None:
    for document in (BARE, replace(BARE, language="en")):
        with ZipFile(BytesIO(render(document))) as parts:
            settings = parts.read("word/settings.xml").decode()
        assert 'decimalSymbol w:val=","' in settings
        assert 'listSeparator w:val=";"' in settings
