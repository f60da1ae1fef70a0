"""The xlsx of a document, read back: numbers read as on paper, texts stay texts, sheets, print."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from giaoban.reports.documents.blocks import (
    Annex,
    Cell,
    Column,
    Document,
    Heading,
    Listing,
    Paragraph,
    Row,
    Table,
    Title,
)
from giaoban.reports.documents.walking import charts, lines_of, tables
from giaoban.reports.rendering.printable import LOST
from giaoban.reports.rendering.xlsx import render
from giaoban.reports.rendering.xlsx.names import LONGEST, sheet_name
from giaoban.vietnamese import format_number, format_percent
from tests.reports.reading import rest, shown, xlsx_cells, xlsx_lines
from tests.reports.sample import (
    BODY,
    DOCUMENT,
    DRAFT,
    LONG,
    MARKUP,
    STATEMENT,
    UNITS,
    counted,
    prose,
)

ROOT = Path(__file__).resolve().parents[2]
BARE = replace(DOCUMENT, body=(), annexes=(), foot=None, letterhead=None, provenance="")
HOLDS = ("text", "code", "number", "percent", "ratio")


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(DOCUMENT)


def opened(document: Document) -> Workbook:
    return openpyxl.load_workbook(BytesIO(render(document)))


def of(columns: Iterable[Column], *rows: Row, **more: str) -> Document:
    """A document of one table."""
    return replace(BARE, body=(Table("bang", "Bảng", tuple(columns), rows, **more),))


def sheet_of(document: Document) -> Worksheet:
    """The sheet of its first table."""
    return opened(document).worksheets[1]


def body_rows(sheet: Worksheet) -> list[tuple[openpyxl.cell.Cell, ...]]:
    """The rows below the head."""
    head = int(sheet.print_title_rows.split("$")[-1])
    return list(sheet.iter_rows(min_row=head + 1))


# What it says


@pytest.mark.parametrize("document", [DOCUMENT, DRAFT], ids=["final", "draft"])
def test_every_line_is_said_in_its_place(document: Document) -> None:
    head, foot = document.letterhead, document.foot
    assert head
    assert foot
    mark = ["DỰ THẢO"] if document.state == "draft" else []
    assert rest(xlsx_lines(render(document)), document, "xlsx") == [
        *mark, head.superior, head.issuer, head.number, *head.motto, head.place_and_date,
        document.title.kind, document.title.subject, foot.recipients_head, *foot.recipients,
        foot.signatures[0].post, foot.signatures[0].name, document.provenance,
    ]  # fmt: skip


def test_each_table_has_a_sheet_that_says_it_whole(book: Workbook) -> None:
    cells = xlsx_cells(render(DOCUMENT))
    names = list(cells)
    assert names == [
        "BÁO CÁO", "Bảng tăng, giảm đảng viên", "Kết nạp đảng viên so với kế",
        "Bảng tăng, giảm đảng viên (2)",
    ]  # fmt: skip
    for name, table in zip(names[1:], tables(DOCUMENT), strict=True):
        said = [text for row in cells[name] for text in row if text]
        assert said == list(lines_of(table))
    leads = [cell.hyperlink.location for (cell,) in book.worksheets[0].iter_rows(min_col=2)
             if cell.hyperlink]  # fmt: skip
    assert leads == [f"'{name}'!A1" for name in names[1:]]


def test_marks_of_lists_stand_beside_the_text() -> None:
    items = (prose("một"), prose("hai"))
    cells = xlsx_cells(render(replace(BARE, body=(Listing(items, True), Listing(items)))))
    assert [row for row in cells["BÁO CÁO"] if row[0]] == [
        ["1.", "một"], ["2.", "hai"], ["-", "một"], ["-", "hai"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [MARKUP, LONG, "=1+1", "+84", "-5", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "007", "1e5",
     "{=1}", "http://vi.du", "mailto:a@b", "internal:'x'!A1", "'1", "_x0041_", " a  b ", "#REF!",
     "TRUE", "12/8", "\t=1", "a\nb"],
)  # fmt: skip
def test_a_text_is_a_text_whatever_it_begins_with(text: str) -> None:
    columns = [Column(text, holds) for holds in HOLDS]
    document = of(columns, Row((Cell(text),) * 5), measure=text)
    document = replace(
        document,
        body=(Paragraph(prose(text)), Heading(1, "", prose(text)), Listing((prose(text),)),
              *document.body),
    )  # fmt: skip
    sheets = opened(document).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    # Of a heading the ends are cut.
    assert [cell.value for cell in cells].count(text) == 13 + (text == text.strip())
    raw = ZipFile(BytesIO(render(document)))
    assert not any(b"<f>" in raw.read(name) for name in raw.namelist())


def test_a_sign_that_xml_cannot_hold_is_shown_as_lost() -> None:
    text, shown_as = "Đảng\x00 bộ\x1b\uffff", f"Đảng{LOST} bộ{LOST * 2}"
    document = replace(
        of([Column(text, "text"), Column("b")], Row((Cell(text), Cell("–"))), measure=text),
        title=Title(text, text), provenance=text,
        annexes=(Annex(text, text, (replace(charts(DOCUMENT)[0], title=text, alt=text),)),),
    )  # fmt: skip
    said = xlsx_lines(render(document))
    # Kind, subject, provenance, measure, head, cell, two of the annex, two of the chart.
    assert said.count(shown_as) == 10
    assert opened(document).worksheets[0].title == shown_as
    assert opened(document).properties.title == f"{shown_as} {shown_as}"


def test_a_text_that_no_cell_can_hold_goes_on_in_the_next() -> None:
    long = " ".join(f"từ{n}" for n in range(9000))
    assert len(long) > 50_000
    cells = [line for line in xlsx_lines(render(replace(BARE, body=(Paragraph(prose(long)),))))
             if line.startswith("từ")]  # fmt: skip
    assert len(cells) > 1
    assert " ".join(cells) == long
    with pytest.raises(ValueError, match="do not fit"):
        render(of([Column("a", "text")], Row((Cell("x" * 40_000),))))


# Numbers


@pytest.mark.parametrize(
    ("holds", "text", "value", "number", "form"),
    [
        ("number", "0", (0, 1), 0, "#,##0"),
        ("number", "8", (8, 1), 8, "#,##0"),
        ("number", "04", (4, 1), 4, "00"),
        ("number", "1.234.567", (1234567, 1), 1234567, "#,##0"),
        ("number", "2018", (2018, 1), 2018, "0"),
        ("number", "−21", (-21, 1), -21, '#,##0;"−"#,##0'),
        ("number", "-1.021", (-1021, 1), -1021, '#,##0;"-"#,##0'),
        ("number", "+134", (134, 1), 134, '"+"#,##0;"−"#,##0;#,##0'),
        ("percent", "53,6%", (67, 125), 0.536, "0.0%"),
        ("percent", "33,3%", (1, 3), 0.333, "0.0%"),
        ("percent", "66,67%", (2, 3), 0.6667, "0.00%"),
        ("percent", "100%", (1, 1), 1, "0%"),
        ("percent", "150,0%", (3, 2), 1.5, "0.0%"),
        ("percent", "1.250,0%", (25, 2), 12.5, "#,##0.0%"),
        ("percent", "53,6", (67, 125), 53.6, "0.0"),
        ("percent", "−3,2%", (-4, 125), -0.032, '0.0%;"−"0.0%'),
        ("ratio", "109,8", (549, 5), 109.8, "0.0"),
        ("ratio", "100", (100, 1), 100, "#,##0"),
        ("ratio", "1.109,8", (5549, 5), 1109.8, "#,##0.0"),
    ],
)  # fmt: skip
def test_a_number_is_one_and_reads_as_on_paper(
    holds: str, text: str, value: tuple[int, int], number: float, form: str
) -> None:
    for role in ("row", "sum", "total"):
        document = of([Column("a", "text"), Column("b", holds)],
                      Row((Cell("x"), Cell(text, value, "closing")), role))  # fmt: skip
        [[_, cell]] = body_rows(sheet_of(document))
        assert (cell.data_type, cell.value, cell.number_format) == ("n", number, form)
        assert shown(cell) == text


@pytest.mark.parametrize(
    ("holds", "text", "value"),
    [
        ("number", "–", None), ("percent", "–", None), ("number", "", None),
        ("number", "7", None),  # no number behind it
        ("code", "007", (7, 1)), ("text", "7", (7, 1)),
        ("number", "12.34", (617, 50)),  # which is no way to write it here
        ("number", "7 người", (7, 1)), ("number", "8", (7, 1)), ("percent", "53,6%", (1, 3)),
        ("number", "1.234.567.890.123.456", (1234567890123456, 1)),
    ],
)  # fmt: skip
def test_what_would_read_otherwise_stays_text(
    holds: str, text: str, value: tuple[int, int] | None
) -> None:
    document = of([Column("a", "text"), Column("b", holds)], Row((Cell("x"), Cell(text, value))))
    [[_, cell]] = body_rows(sheet_of(document))
    assert (cell.value or "") == text
    assert cell.data_type == ("s" if text else "n")  # openpyxl calls an empty cell a number


@given(st.fractions(-(10**6), 10**6), st.integers(0, 3))
def test_any_number_reads_as_it_was_written(value: Fraction, places: int) -> None:
    texts = {
        "number": format_number(value, places),
        "ratio": format_number(value, places),
        "percent": format_percent(value, 1, places),
    }
    row = Row(tuple(Cell(text, (value.numerator, value.denominator)) for text in texts.values()))
    document = of([Column(holds, holds) for holds in texts], row)
    [cells] = body_rows(sheet_of(document))
    assert [shown(cell) for cell in cells] == list(texts.values())
    assert {cell.data_type for cell in cells} == {"n"}


# Sheets


def test_codes_keep_their_zeros_and_are_not_called_wrong(book: Workbook) -> None:
    sheet = book.worksheets[2]
    first = body_rows(sheet)[0]
    assert (first[1].value, first[1].number_format) == ("007", "@")
    raw = ZipFile(BytesIO(render(DOCUMENT))).read("xl/worksheets/sheet3.xml").decode()
    assert 'numberStoredAsText="1"' in raw
    assert re.search(r'<ignoredError sqref="B(\d+):B(\d+)"', raw)


def test_heads_stay_in_sight_and_on_every_page(book: Workbook) -> None:
    for sheet, table in zip(book.worksheets[1:], tables(DOCUMENT), strict=True):
        head = int(sheet.print_title_rows.split("$")[-1])
        assert [cell.value for cell in sheet[head]] == [one.head for one in table.columns]
        assert all(cell.alignment.wrap_text and cell.font.bold for cell in sheet[head])
        assert sheet.print_title_rows == f"${head}:${head}"
        # Below the head; beside the names of rows where these leave room.
        assert sheet.freeze_panes == f"{'ABCD'[0 if table is UNITS else 2]}{head + 1}"


def test_widths_fit_what_stands_in_the_columns(book: Workbook) -> None:
    sheet = book.worksheets[1]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEF"]
    for at, column in enumerate(STATEMENT.columns):
        texts = [row.cells[at].text for row in STATEMENT.rows]
        words = column.head.split()
        assert widths[at] >= max(map(len, [*texts, *words]))
    assert widths[5] < len(STATEMENT.columns[5].head)  # on two lines
    assert all(6 < width < 80 for width in widths)
    long = body_rows(book.worksheets[2])[1]
    assert long[2].alignment.wrap_text
    height = book.worksheets[2].row_dimensions[long[2].row].height
    assert height >= 3 * 15  # 210 signs on lines of some 60


def test_sums_are_bold_below_a_thin_line_and_steps_are_indented(book: Workbook) -> None:
    rows = body_rows(book.worksheets[1])[:4]
    assert [row[1].font.bold for row in rows] == [True, True, False, True]
    assert [row[2].font.bold for row in rows] == [True, True, False, True]
    assert [row[2].border.top.color.rgb[-6:] for row in rows] == [
        "000000", "000000", "BFBFBF", "000000",
    ]  # fmt: skip
    assert {row[2].border.top.style for row in rows} == {"thin"}
    assert [row[1].alignment.indent for row in rows] == [1, 1, 2, 1]
    dash = rows[1][5]
    assert (dash.value, dash.alignment.horizontal) == ("–", "right")


def test_measure_and_legend_stand_over_the_whole_width(book: Workbook) -> None:
    sheet = book.worksheets[1]
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert merged == {"A1:F1", "A2:F2", "A10:F10"}
    assert sheet["A1"].value == STATEMENT.title
    assert (sheet["A2"].value, sheet["A2"].alignment.horizontal) == (STATEMENT.measure, "right")
    assert sheet["A10"].value == "Dấu “–”: năm trước không có số liệu."


def test_a_group_has_its_head_and_a_table_of_one_column_is_not_merged() -> None:
    rows = (Row((Cell("Khối xã"), Cell("")), "group"), Row((Cell("Xã A"), counted(3, ""))))
    [group, row] = body_rows(sheet_of(of([Column("a", "text"), Column("b")], *rows)))
    assert group[0].font.bold
    assert not row[0].font.bold
    assert not group[0].alignment.wrap_text  # it runs on over the empty cell
    alone = sheet_of(of([Column("a", "text")], Row((Cell("x"),))))
    assert not alone.merged_cells.ranges
    assert sheet_of(of([Column("a", "text"), Column("b")])).max_row >= 3


def test_sheets_are_printed_a_page_wide(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)  # one is what it is unless said
        assert sheet.page_setup.fitToHeight == 0
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.oddFooter.center.text == "&P/&N"
        assert not sheet.oddHeader.left.text
    across = [sheet.page_setup.orientation for sheet in book.worksheets]
    assert across == ["portrait", "portrait", "portrait", "landscape"]
    columns = [Column("Đơn vị", "text", 3), *(Column(f"Chỉ tiêu số {n}") for n in range(12))]
    wide = of(columns, Row((Cell(LONG), *(counted(1234567, "") for _ in range(12)))))
    assert sheet_of(wide).page_setup.orientation == "landscape"


@pytest.mark.parametrize(("language", "mark"), [("vi", "DỰ THẢO"), ("en", "DRAFT")])
def test_a_draft_says_so_on_every_printed_page(language: str, mark: str) -> None:
    sheets = opened(replace(DRAFT, language=language)).worksheets
    assert [sheet.oddHeader.left.text for sheet in sheets] == [mark] * len(sheets)
    assert sheets[0]["B1"].value == mark


# Names of sheets


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Bảng tăng, giảm đảng viên", "Bảng tăng, giảm đảng viên"),
        ("a[b]c:d*e?f/g\\h", "a b c d e f g h"),
        (LONG, "Chi bộ Trường Trung học phổ"),
        ("x" * 40, "x" * 31),
        ("'Đảng' bộ '", "Đảng' bộ"),
        ("  ", "1"), ("???", "1"),
        ("History", "History (2)"),
    ],
)  # fmt: skip
def test_a_sheets_name_is_one_that_excel_takes(title: str, name: str) -> None:
    assert sheet_name(title) == name


def test_names_of_sheets_differ_in_more_than_case() -> None:
    taken: set[str] = set()
    found = [sheet_name(title, taken) for title in ("Bảng", "BẢNG", "bảng", LONG, LONG, "x" * 99,
                                                    "X" * 99)]  # fmt: skip
    assert len({name.casefold() for name in found}) == len(found)
    assert all(len(name) <= LONGEST for name in found)
    assert found[:3] == ["Bảng", "BẢNG (2)", "bảng (3)"]
    assert found[4] == "Chi bộ Trường Trung học phổ (2)"


@given(st.lists(st.text(), max_size=6))
def test_any_titles_give_names_that_the_book_takes(titles: list[str]) -> None:
    body = tuple(replace(STATEMENT, title=title) for title in titles)
    sheets = opened(replace(BARE, body=body)).worksheets
    assert len(sheets) == len(titles) + 1


# The file


def test_properties_say_what_it_is() -> None:
    about = opened(DRAFT).properties
    assert about.title == (
        "BÁO CÁO Kết quả công tác tổ chức xây dựng Đảng 9 tháng đầu năm 2018 (dự thảo)"
    )
    assert about.creator == "BAN TỔ CHỨC, HUYỆN ỦY THẠCH THẤT"
    assert about.created.replace(tzinfo=None) == datetime(2018, 10, 5)
    assert about.modified.replace(tzinfo=None) == datetime(2018, 10, 5)


def test_the_same_document_is_the_same_bytes_in_any_process() -> None:
    script = (
        "import django, hashlib, sys; django.setup();"
        "from tests.reports.sample import DRAFT;"
        "from giaoban.reports.rendering.xlsx import render;"
        "print(hashlib.sha256(render(DRAFT)).hexdigest())"
    )
    others = [
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT),
                 "DJANGO_SETTINGS_MODULE": "giaoban.settings"},
        ).stdout.strip()
        for seed, zone in (("1", "Asia/Ho_Chi_Minh"), ("2", "America/New_York"))
    ]  # fmt: skip
    assert {hashlib.sha256(render(DRAFT)).hexdigest(), *others} == {others[0]}


def test_a_document_of_words_alone_has_one_sheet() -> None:
    words = tuple(block for block in BODY if not isinstance(block, Table))
    assert len(opened(replace(BARE, body=words)).worksheets) == 1
    nameless = replace(BARE, title=Title("", ""))
    assert opened(nameless).sheetnames == [nameless.name]
