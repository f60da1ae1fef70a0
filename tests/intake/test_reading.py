"""Files as offices have them: old encodings, merged heads, and what must not be read."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import date

import pytest

from giaoban import vietnamese
from giaoban.intake import reading
from giaoban.intake.errors import (
    FileNotRead,
    FileSwells,
    FileTooLarge,
    HeadsMissing,
    SheetEmpty,
    TooManyRows,
)
from giaoban.intake.fields import Subject
from giaoban.intake.heading import find_heads
from giaoban.intake.matching import suggest
from giaoban.intake.reading import open_workbook
from giaoban.vietnamese import Encoding
from tests.intake.sheets import HEADS, members, ods, xlsx

CSV = "STT;Họ và tên;Ngày sinh\n1;Nguyễn Thị Ước;1/2/1985\n2;Đặng Văn Hưởng;3/4/1990\n"


def test_an_xlsx_with_a_title_above_and_numbers_under_its_heads() -> None:
    file = members([1, 2, 3, 4, 5, 6, 7], [1, "Nguyễn Văn An", date(1985, 2, 1), "Nam"])
    headed = find_heads(open_workbook(file).table(), Subject.MEMBERS)
    assert headed.heads == HEADS
    assert headed.first_row == 5
    assert headed.rows == [[1, "Nguyễn Văn An", date(1985, 2, 1), "Nam", None, None, None]]


def test_heads_merged_over_two_rows() -> None:
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "", "Chi bộ"],
        ["", "", "Nam", "Nữ", ""],
        [1, "Nguyễn Văn An", "1/2/1985", "", "CB1"],
    ]
    merges = [(0, 2, 0, 3, "Ngày sinh"), (0, 4, 1, 4, "Chi bộ")]
    table = open_workbook(xlsx(rows, merges=merges)).table()
    assert table.rows[0][3] == "Ngày sinh"
    assert table.rows[1][4] == "Chi bộ"


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI, Encoding.UNICODE])
def test_a_csv_in_an_old_encoding_is_recognised(encoding: Encoding) -> None:
    table = open_workbook(vietnamese.encode(CSV, encoding)).table()
    assert table.encoding.encoding == encoding
    assert table.rows[1] == ["1", "Nguyễn Thị Ước", "1/2/1985"]


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_an_xlsx_typed_in_an_old_font_is_recognised(encoding: Encoding) -> None:
    def shown(text: str) -> str:
        return vietnamese.encode(text, encoding).decode("latin-1")

    names = ["Nguyễn Thị Ước", "Đặng Văn Hưởng", "Trần Đình Thắng"]
    rows = [[shown("Họ và tên"), shown("Ngày sinh")], *[[shown(n), "1/2/1985"] for n in names]]
    table = open_workbook(xlsx(rows)).table()
    assert table.encoding.encoding == encoding
    assert [row[0] for row in table.rows[1:]] == names


def test_marks_apart_and_spaces_are_mended() -> None:
    apart = unicodedata.normalize("NFD", "Nguyễn Thị Hòa")
    table = open_workbook(xlsx([["Họ và tên", "Chi bộ"], [f" {apart}\u00a0 ", "CB1  "]])).table()
    assert table.rows[1] == ["Nguyễn Thị Hòa", "CB1"]


def test_an_opendocument_table() -> None:
    table = open_workbook(ods([HEADS, ["1", "Nguyễn Văn An", "1/2/1985"]])).table()
    assert table.sheet == "Trang 1"
    assert find_heads(table, Subject.MEMBERS).rows[0][:3] == ["1", "Nguyễn Văn An", "1/2/1985"]


def test_utf16_and_a_byte_order_mark() -> None:
    assert open_workbook(CSV.encode("utf-16")).table().rows[1][1] == "Nguyễn Thị Ước"
    assert open_workbook(CSV.encode("utf-8-sig")).table().rows[0][0] == "STT"


def test_heads_are_known_in_both_languages_and_without_diacritics() -> None:
    for heads in (["Họ và tên", "Ngày sinh", "Chi bộ"], ["Full name", "Date of birth", "Unit"],
                  ["ho va ten (*)", "NGAY SINH", "Don vi"]):  # fmt: skip
        table = open_workbook(xlsx([heads, ["An", "1/2/1985", "CB1"]])).table()
        found = find_heads(table, Subject.MEMBERS)
        assert found.heads == heads


@pytest.mark.django_db
def test_a_match_is_suggested_by_the_heads() -> None:
    assert suggest(HEADS, Subject.MEMBERS) == {
        1: "name", 2: "born_on", 3: "sex", 4: "ethnicity", 5: "unit", 6: "standing",
    }  # fmt: skip


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for n in range(20):
            packed.writestr(f"xl/worksheets/sheet{n}.xml", b"0" * 20_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (b"\x7fELF\x00\x00", FileNotRead),
        (b"PK\x03\x04rubbish", FileNotRead),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rubbish", FileNotRead),
        (b"", SheetEmpty),
        (b"\n\n;;;\n", SheetEmpty),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        open_workbook(data).table()


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    with pytest.raises(FileSwells):
        open_workbook(bomb())


def test_sizes_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    with pytest.raises(FileTooLarge):
        open_workbook(members())
    monkeypatch.undo()
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    with pytest.raises(TooManyRows):
        open_workbook(members([1], [2], [3])).table()


def test_a_table_without_heads_is_refused() -> None:
    with pytest.raises(HeadsMissing):
        find_heads(open_workbook(xlsx([["a", "b"], [1, 2]])).table(), Subject.MEMBERS)
