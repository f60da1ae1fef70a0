"""The pdf of a document, read back: what it says, how it is tagged, that it is always the same."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from giaoban.reports.documents.blocks import (
    Annex,
    Bullet,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Foot,
    Heading,
    Paragraph,
    Row,
    Signature,
    Table,
    Title,
)
from giaoban.reports.documents.walking import charts, lines
from giaoban.reports.errors import FontMissing, LetterMissing
from giaoban.reports.rendering.pdf import faces, render, rows

from .sample import BODY, DOCUMENT, DRAFT, LONG, MARKUP, STATEMENT, UNITS, counted, prose

POINTS = 72 / 25.4
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BARE = replace(DOCUMENT, body=(), annexes=(), foot=None, letterhead=None, provenance="")


class Piece(NamedTuple):
    """A piece of text and where on the page its baseline begins, in points from below."""

    text: str
    x: float
    y: float


def read(document: Document) -> PdfReader:
    return PdfReader(BytesIO(render(document)))


def pieces(page: PageObject) -> list[Piece]:
    """The texts of a page in the order in which they are said."""
    found: list[Piece] = []

    def keep(text: str, page: list[float], at: list[float], _font: object, _size: float) -> None:
        if text.strip():
            x, y = at[4:6]
            x, y = (x * page[i] + y * page[i + 2] + page[i + 4] for i in (0, 1))
            found.append(Piece(text.strip(), x, y))

    page.extract_text(visitor_text=keep)
    return found


def squeezed(text: str) -> str:
    """Without white space, and without case: headings are set in capitals."""
    return "".join(text.split()).casefold()


def said(document: Document) -> str:
    return squeezed("".join(page.extract_text() for page in read(document).pages))


def elements(node: Any) -> Iterator[DictionaryObject]:
    """The elements of the structure, in the order of reading."""
    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, ArrayObject):
        for one in node:
            yield from elements(one)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def tags(document: Document) -> list[DictionaryObject]:
    return list(elements(read(document).trailer["/Root"]["/StructTreeRoot"]))


def long_table(rows: int) -> Table:
    return Table(
        "danh-sach", "Danh sách dài",
        (Column("STT", weight=0.5), Column("Đầu cột Ễ", "text", 3), Column("Số lượng")),
        tuple(Row((counted(n, ""), Cell(f"Chi bộ số {n}"), counted(n * 7, "")))
              for n in range(1, rows + 1)),
    )  # fmt: skip


@pytest.mark.parametrize("document", [DOCUMENT, DRAFT], ids=["final", "draft"])
def test_every_line_is_said_in_order(document: Document) -> None:
    text, at = said(document), 0
    for line in lines(document):
        found = text.find(squeezed(line), at)
        assert found >= 0, line
        at = found + len(squeezed(line))


def test_head_foot_and_provenance_are_said() -> None:
    text = said(DOCUMENT)
    head, foot = DOCUMENT.letterhead, DOCUMENT.foot
    assert head
    assert foot
    expected = (
        head.superior, head.issuer, head.mark, *head.motto, head.number, head.place_and_date,
        DOCUMENT.title.kind, DOCUMENT.title.subject, DOCUMENT.title.rule, foot.recipients_head,
        *foot.recipients, foot.signatures[0].post, foot.signatures[0].name, DOCUMENT.provenance,
    )  # fmt: skip
    assert [line for line in expected if squeezed(line) not in text] == []


def test_it_is_tagged_for_who_does_not_see_it() -> None:
    root = read(DOCUMENT).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    found = tags(DOCUMENT)
    kinds = [element["/S"] for element in found]
    assert kinds.count("/Title") == 1
    assert kinds.count("/Table") == 3
    assert kinds.count("/THead") == 3
    assert kinds.count("/Caption") == 3 + len(charts(DOCUMENT))
    assert kinds.count("/TH") == 2 * len(STATEMENT.columns) + len(UNITS.columns)
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Strong", "/Em"} <= set(kinds)
    told = [element["/Alt"] for element in found if element["/S"] == "/Figure"]
    assert told == [chart.alt for chart in charts(DOCUMENT)]


def test_the_outline_has_headings_and_annexes() -> None:
    def titles(level: Any) -> list[Any]:
        return [titles(one) if isinstance(one, list) else one["/Title"] for one in level]

    assert titles(read(DOCUMENT).outline) == [
        "I. KẾT QUẢ ĐẠT ĐƯỢC", ["1. Kết nạp đảng viên"], "II. KIẾN NGHỊ, ĐỀ XUẤT",
        "Phụ lục 1 Kết nạp theo đơn vị", "Phụ lục 2 Biểu ngang",
    ]  # fmt: skip


def test_an_outline_without_a_level_is_mended() -> None:
    """Readers for the blind refuse a jump from 1 to 3; the heading looks as it was meant."""
    body = (Heading(3, "a)", prose("Sâu")), Heading(1, "I.", prose("Cao")),
            Heading(3, "b)", prose("Sâu")))  # fmt: skip
    kinds = [element["/S"] for element in tags(replace(BARE, body=body))]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H1", "/H2"]


def test_its_properties() -> None:
    told = read(DOCUMENT).metadata
    assert told
    assert told.title == f"{DOCUMENT.title.kind} {DOCUMENT.title.subject}"
    assert told.author == "BAN TỔ CHỨC, HUYỆN ỦY THẠCH THẤT"
    assert told.creation_date
    assert told.creation_date.date() == date(2018, 10, 5)
    english = replace(DRAFT, language="en")
    assert read(english).trailer["/Root"]["/Lang"] == "en"
    assert str(read(english).metadata.title).endswith("(draft)")


def test_it_can_be_kept_in_an_archive() -> None:
    """PDF/A-2a and PDF/UA-1 are claimed, and what they ask for is there."""
    root = read(DOCUMENT).trailer["/Root"]
    claims = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part\W+2\b", claims)
    assert re.search(r"pdfaid:conformance\W+A\b", claims)
    assert re.search(r"pdfuaid:part\W+1\b", claims)
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"


def test_only_the_offices_own_typefaces_are_embedded() -> None:
    names = set()
    for page in read(DOCUMENT).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            described = inner["/FontDescriptor"].get_object()
            assert "/FontFile3" in described or "/FontFile2" in described
            assert "/ToUnicode" in font.get_object()
            names.add(str(inner["/BaseFont"]).partition("+")[2].partition("-")[0])
    assert names == {"TeXGyreTermes", "BeVietnamPro"}


def test_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib, django; django.setup();"
        "from tests.reports.sample import DRAFT;"
        "from giaoban.reports.rendering.pdf import render;"
        "print(hashlib.sha256(render(DRAFT)).hexdigest())"
    )
    others = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C",
                              "DJANGO_SETTINGS_MODULE": "giaoban.settings"},
        ).stdout.strip()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Ho_Chi_Minh"))
    ]  # fmt: skip
    assert {hashlib.sha256(render(DRAFT)).hexdigest(), *others} == {others[0]}


def test_several_at_a_time_are_the_same_as_one() -> None:
    expected = render(DOCUMENT)
    with ThreadPoolExecutor(4) as threads:
        assert {*threads.map(lambda _: render(DOCUMENT), range(8))} == {expected}


def test_nothing_of_the_office_is_taken_for_markup() -> None:
    words = MARKUP + " @key <label> $x^2$ #pagebreak() // no comment --- ~ = Heading"
    head = DOCUMENT.letterhead
    assert head
    table = Table("t", words, (Column(words, "text"),), (Row((Cell(words),)),), measure=words,
                  legend=(prose(words),))  # fmt: skip
    document = replace(
        DOCUMENT,
        letterhead=replace(head, superior=words, issuer=words),
        title=Title("BÁO CÁO", words),
        body=(Heading(2, "1.", prose(words)), Paragraph(prose(words)), table),
        foot=Foot("Nơi nhận:", (words,), (Signature((words,), words, words),)),
        annexes=(Annex(words, words, ()),),
        provenance=words,
    )
    assert said(document).count(squeezed(words)) == 17


LONG_NAME = "Nguyễn Thị Ẫ " * 15 + "Ngô"


@pytest.mark.parametrize("name", [LONG_NAME, "Ẫ" + "xă" * 99], ids=["words", "one word"])
def test_a_name_of_200_characters_stays_on_the_page(name: str) -> None:
    assert len(name) >= 198
    table = Table("t", "Bảng", (Column("Tên", "text"), Column("Số"), Column("Khác", "code")),
                  (Row((Cell(name), counted(1, ""), Cell(name))),
                   Row((Cell(name), counted(1, ""), Cell(name)), "total", indent=2)))  # fmt: skip
    document = replace(
        DOCUMENT,
        body=(Heading(1, "I.", prose(name)), Paragraph(prose(name)), table),
        foot=Foot("Nơi nhận:", (name,), (Signature((), "TRƯỞNG BAN", name),)),
        annexes=(),
    )
    assert said(document).count(squeezed(name)) == 8
    right = (210 - DOCUMENT.layout.right) * POINTS
    for page in read(document).pages:
        for x, letters in strokes(page):
            # No letter of these names is narrower than a third of an em, nothing set below 12.
            assert DOCUMENT.layout.left * POINTS - 1 <= x <= x + letters * 4 <= right + 1


def strokes(page: PageObject) -> list[tuple[float, int]]:
    """Where each run of Termes letters on the page begins, and how many there are."""
    found: list[tuple[float, int]] = []
    termes = {
        name for name, font in page["/Resources"]["/Font"].items()
        if "Termes" in font.get_object()["/BaseFont"]
    }  # fmt: skip
    current = ""

    def seen(operator: bytes, operands: Any, at: list[float], to: list[float]) -> None:
        nonlocal current
        if operator == b"Tf":
            current = operands[0]
        if operator not in (b"Tj", b"TJ") or current not in termes:
            return
        shown = operands[0] if operator == b"TJ" else operands
        glyphs = sum(
            len(one.original_bytes) // 2 for one in shown if hasattr(one, "original_bytes")
        )
        found.append((to[4] * at[0] + to[5] * at[2] + at[4], glyphs))

    page.extract_text(visitor_operand_before=seen)
    return found


def test_a_draft_says_so_on_every_page() -> None:
    pages = read(DRAFT).pages
    assert len(pages) > 3
    assert [page.extract_text().count("DỰ THẢO") for page in pages] == [1] * len(pages)
    assert "dựthảo" not in said(DOCUMENT)


def test_a_missing_typeface_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = ("TeX Gyre Termes", "no_such_typeface", "regular.otf")
    monkeypatch.setattr(faces, "TERMES", gone)
    with pytest.raises(FontMissing, match=r"TeX Gyre Termes.*no-such-typeface"):
        render(DOCUMENT)


def test_a_sign_without_a_glyph_is_refused_and_a_rare_letter_is_not() -> None:
    with pytest.raises(LetterMissing, match=r"😀.*U\+1F600"):
        render(replace(BARE, body=(Paragraph(prose("Chi bộ 😀")),)))
    assert "ƀuônƀlut" in said(replace(BARE, body=(Paragraph(prose("Buôn ƀlut ƀuôn Ƀlut")),)))


def test_the_heads_of_a_long_table_stand_on_every_page_and_no_row_is_torn() -> None:
    pages = read(replace(BARE, body=(long_table(140),))).pages
    assert len(pages) >= 3
    for page in pages:
        words = [piece.text for piece in pieces(page)]
        assert words.count("Đầu cột Ễ") == 1
    numbers = [
        [int(piece.text.split()[-1]) for piece in pieces(page) if piece.text.startswith("Chi bộ")]
        for page in pages
    ]
    assert [n for page in numbers for n in page] == list(range(1, 141))
    assert kinds_of_tables(replace(BARE, body=(long_table(140),))) == ["/Table"]


def kinds_of_tables(document: Document) -> list[str]:
    return [element["/S"] for element in tags(document) if element["/S"] == "/Table"]


def test_a_row_higher_than_a_page_goes_on_and_loses_nothing() -> None:
    words = " ".join(f"chữ-{n}" for n in range(1500))
    table = Table("t", "Bảng", (Column("Ghi chú", "text"), Column("Số")),
                  (Row((Cell(words), counted(1, ""))),))  # fmt: skip
    text = said(replace(BARE, body=(table,)))
    assert "chữ-0" in text
    assert "chữ-1499" in text


def placed(document: Document) -> list[Piece]:
    return [piece for page in read(document).pages for piece in pieces(page)]


def test_rows_set_at_once_look_as_those_set_cell_by_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of very many cells is set otherwise, to spare memory: to the eye it is the same."""
    document = replace(BARE, body=(long_table(60),))
    cell_by_cell = placed(document)
    monkeypatch.setattr(rows, "MANY", 100)
    monkeypatch.setattr(rows, "MANY_SIZE", DOCUMENT.layout.table_size)
    at_once = placed(document)
    assert [piece.text for piece in at_once] == [piece.text for piece in cell_by_cell]
    for one, other in zip(at_once, cell_by_cell, strict=True):
        assert abs(one.y - other.y) < 0.1
        assert abs(one.x - other.x) < (0.1 if one.text.isdigit() else 0.5)  # heads lose kerning
    cells = [element for element in tags(document) if element["/S"] == "/TD"]
    assert len(cells) == 60


def test_long_names_in_rows_set_at_once_go_on_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MANY", 10)
    name = "Chi bộ Ễnh Ương " * 8 + "X" * 90
    table = Table(
        "t", "Bảng",
        (Column("STT"), Column("Tên", "text", 2), Column("Số"), Column("Khác", "text")),
        tuple(Row((counted(n, ""), Cell(name), counted(n, ""), Cell(f"{n} hết {name}")))
              for n in range(1, 9)),
    )  # fmt: skip
    document = replace(BARE, body=(table,))
    text, at = said(document), 0
    for line in lines(document):
        found = text.find(squeezed(line), at)
        assert found >= 0, line
        at = found
    page = read(document).pages[0]
    bottom = DOCUMENT.layout.bottom * POINTS
    assert all(piece.y > bottom for piece in pieces(page))
    right = (210 - DOCUMENT.layout.right) * POINTS
    assert all(x + letters * 3.3 <= right + 1 for x, letters in strokes(page))


@given(st.text("aẪ Wi-\u00a0", max_size=80), st.floats(1.2, 20))
def test_broken_lines_say_the_text_and_fit(text: str, room: float) -> None:
    broken = list(rows.lines(text, room))
    assert "".join(broken) == text
    for line in broken:
        assert faces.width(line.rstrip(" "), "regular") <= room or len(line.strip()) <= 1


def test_signs_that_no_file_may_hold_are_shown_as_lost() -> None:
    text = said(replace(BARE, body=(Paragraph(prose("Chi\x00bộ \ud800 1\ufeff")),)))
    assert "chi\ufffdbộ\ufffd1" in text


def test_numbers_stand_right_on_figures_of_one_width() -> None:
    rows = tuple(Row((Cell("a"), counted(n, ""))) for n in (7, 134, 8996, 1234567))
    table = Table("t", "Bảng", (Column("Chữ", "text"), Column("Số", weight=2)), rows)
    found = [
        piece for piece in pieces(read(replace(BARE, body=(table,))).pages[0])
        if re.fullmatch(r"[\d.]+", piece.text)
    ]  # fmt: skip
    size = DOCUMENT.layout.table_size
    ends = {round(piece.x + faces.width(piece.text) * size, 1) for piece in found}
    assert len(found) == 4
    assert len(ends) == 1


def test_lines_are_exactly_as_high_as_the_form_says() -> None:
    """Whatever stands on them: the marks above Ẫ push nothing apart."""
    words = "ẪỆỄ ợ ự trong một dòng và " * 40
    found = pieces(read(replace(BARE, body=(Paragraph(prose(words)),))).pages[0])
    heights = sorted({round(piece.y, 2) for piece in found if "một" in piece.text}, reverse=True)
    assert len(heights) > 5
    steps = {round(above - below, 1) for above, below in pairwise(heights)}
    assert steps == {DOCUMENT.layout.line}


def test_pages_are_numbered_above_the_text_from_the_second_on() -> None:
    for number, page in enumerate(read(DOCUMENT).pages, start=1):
        height = float(page.mediabox.height)
        above = [piece for piece in pieces(page) if piece.y > height - 18 * POINTS]
        assert [piece.text for piece in above] == ([str(number)] if number > 1 else [])
        for piece in above:
            middle = piece.x + faces.width(piece.text) * DOCUMENT.layout.page_number_size / 2
            assert abs(middle - float(page.mediabox.width) / 2) < 1


def test_a_wide_annex_lies_across_a_page_of_its_own() -> None:
    pages = read(DOCUMENT).pages
    across = [page.mediabox.width > page.mediabox.height for page in pages]
    assert across == [False] * (len(pages) - 1) + [True]
    assert "Phụ lục 1" in pages[-2].extract_text()
    last = pages[-1].extract_text()
    assert "Phụ lục 2" in last
    assert DOCUMENT.provenance in last


def test_a_high_chart_stays_on_its_page_in_a_wide_annex_too() -> None:
    bars = tuple(Bullet(f"Xã số {n}", n, 8, None, "behind", f"{n}/8") for n in range(70))
    chart = Chart("c", "Biểu đồ", "Bảy mươi đơn vị.", Bullets(bars))
    annexes = tuple(Annex(f"Phụ lục {n}", "", (chart,), wide=n == 2) for n in (1, 2))
    pages = read(replace(BARE, annexes=annexes)).pages
    assert len(pages) == 3
    for page in pages[1:]:
        found = pieces(page)
        assert "Xã số 69" in page.extract_text()
        assert min(piece.y for piece in found) > DOCUMENT.layout.right * POINTS


@pytest.mark.parametrize("paragraphs", range(6, 40, 2))
def test_the_foot_is_never_torn_nor_alone(paragraphs: int) -> None:
    body = tuple(Paragraph(prose(f"Đoạn {n}.")) for n in range(1, paragraphs + 1))
    pages = [page.extract_text() for page in read(replace(DOCUMENT, body=body, annexes=())).pages]
    signed = [page for page in pages if "Nguyễn Văn Ước" in page]
    assert len(signed) == 1
    for words in ("Nơi nhận:", "TRƯỞNG BAN", "Lưu Ban Tổ chức.", f"Đoạn {paragraphs}."):
        assert words in signed[0]


def test_there_is_room_for_the_hand() -> None:
    found = pieces(read(replace(DOCUMENT, annexes=())).pages[-1])
    post = next(piece for piece in found if piece.text == "TRƯỞNG BAN")
    name = next(piece for piece in found if piece.text == "Nguyễn Văn Ước")
    assert 5 * 14 < post.y - name.y < 8 * 18


def test_two_signatures_stand_side_by_side() -> None:
    two = (Signature((), "NGƯỜI LẬP BIỂU", "Đỗ Ẩn"), Signature((), "TRƯỞNG BAN", "Ngô Ễ"))
    found = pieces(read(replace(DOCUMENT, body=(), annexes=(), foot=Foot("", (), two))).pages[0])
    by_text = {piece.text: piece for piece in found}
    left, right = by_text["Đỗ Ẩn"], by_text["Ngô Ễ"]
    assert abs(left.y - right.y) < 0.1
    assert left.x < 105 * POINTS < right.x


def test_a_document_with_hardly_anything_in_it() -> None:
    empty = Table("t", "Bảng trống", (Column("A", "text"), Column("B")), ())
    document = replace(BARE, title=Title("BIỂU", ""), body=(empty, Paragraph(())))
    assert "bảngtrống" in said(document)


def test_a_group_runs_on_over_the_empty_cells_behind_it() -> None:
    head = "Khối các cơ quan và doanh nghiệp thuộc thành phố quản lý trực tiếp"
    rows = (Row((Cell(head), Cell(""), Cell("")), "group"), *long_table(2).rows)
    table = replace(long_table(0), rows=rows)
    found = [piece.text for piece in pieces(read(replace(BARE, body=(table,))).pages[0])]
    assert head in found


def test_the_sample_has_a_page_to_speak_of() -> None:
    assert len(LONG) > 200
    assert len(BODY) > 10
