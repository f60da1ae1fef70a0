"""The docx of a document, read back: styles, tables, pages, pictures, properties, its bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from msgspec.structs import replace

from giaoban.reports.documents.blocks import (
    Annex,
    Cell,
    Document,
    Foot,
    Heading,
    Listing,
    Paragraph,
    Signature,
    Title,
)
from giaoban.reports.documents.walking import charts
from giaoban.reports.rendering.docx import render
from giaoban.reports.rendering.printable import LOST
from tests.reports.reading import docx_lines, docx_told, rest
from tests.reports.sample import BODY, DOCUMENT, DRAFT, MARKUP, STATEMENT, prose
from tests.reports.word_files import BARE, margins, millimetres, of_style, opened, parts

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def word() -> Word:
    return opened(DOCUMENT)


# What it says


@pytest.mark.parametrize("document", [DOCUMENT, DRAFT], ids=["final", "draft"])
def test_every_line_is_said_in_its_place(document: Document) -> None:
    head, foot = document.letterhead, document.foot
    assert head
    assert foot
    assert rest(docx_lines(render(document)), document, "docx") == [
        head.superior, head.issuer, head.mark, *head.motto, head.number, head.place_and_date,
        document.title.kind, document.title.subject, document.title.rule, foot.recipients_head,
        *foot.recipients, foot.signatures[0].post, foot.signatures[0].name, document.provenance,
    ]  # fmt: skip


def test_markup_stands_as_it_was_written() -> None:
    text = f"{MARKUP} {{{{ x }}}} \\u0041 _x0041_ 'quoted' ends"
    cell = replace(STATEMENT.rows[0], cells=(Cell(text),) * 6)
    document = replace(BARE, body=(
        Paragraph(prose(text)), Heading(2, text, prose(text)), Listing((prose(text),)),
        replace(STATEMENT, title=text, measure=text, rows=(cell,), legend=(prose(text),)),
    ))  # fmt: skip
    assert docx_lines(render(document)).count(text) == 11
    assert f"{text} {text}" in docx_lines(render(document))


def test_a_sign_that_xml_cannot_hold_is_shown_as_lost() -> None:
    text = "Đảng\x00 bộ \x0b\x1f\ud800\uffff huyện"
    cell = replace(STATEMENT.rows[0], cells=(Cell(text),) * 6)
    document = replace(
        DOCUMENT,
        title=Title(text, text),
        body=(Paragraph(prose(text)), replace(STATEMENT, title=text, rows=(cell,)),
              replace(charts(DOCUMENT)[0], title=text, alt=text)),
        annexes=(Annex(text, text, ()),),
    )  # fmt: skip
    shown = f"Đảng{LOST} bộ {LOST * 4} huyện"
    found = docx_lines(render(document))
    # Kind, subject, sentence, table, six cells, chart; the annex has two on one line.
    assert found.count(shown) == 11
    assert f"{shown} {shown}" in found
    assert docx_told(render(document)) == [shown]
    assert not any("\x00" in part or "\x0b" in part for part in parts(document).values())


def test_numbers_of_a_list_begin_anew() -> None:
    items = tuple(prose(f"việc {n}") for n in range(3))
    document = replace(BARE, body=(Listing(items, True), Listing(items), Listing(items, True)))
    word = opened(document)
    counted_by = [
        line._p.pPr.numPr.numId.val for line in word.paragraphs
        if line.style and line.style.name == "List Number"
    ]  # fmt: skip
    assert len(set(counted_by)) == 2
    assert counted_by == sorted(counted_by)
    numbering = word.part.numbering_part.element
    begun = numbering.xpath("./w:num[w:lvlOverride/w:startOverride/@w:val='1']/@w:numId")
    assert {str(number) for number in counted_by} == set(begun)
    assert of_style(word, "List Bullet") == ["việc 0", "việc 1", "việc 2"]


# How it is built


def test_headings_are_seen_in_the_navigation(word: Word) -> None:
    assert of_style(word, "Heading 1") == ["I. Kết quả đạt được", "II. Kiến nghị, đề xuất"]
    assert of_style(word, "Heading 2") == ["1. Kết nạp đảng viên"]
    assert of_style(word, "Annex Heading") == [
        "Phụ lục 1\nKết nạp theo đơn vị", "Phụ lục 2\nBiểu ngang",
    ]  # fmt: skip
    levels = {
        name: [one.get(qn("w:val")) for one in word.styles[name].element.iter(qn("w:outlineLvl"))]
        for name in ("Heading 1", "Heading 2", "Heading 3", "Annex Heading", "Body Text")
    }
    assert levels == {"Heading 1": ["0"], "Heading 2": ["1"], "Heading 3": ["2"],
                      "Annex Heading": ["0"], "Body Text": []}  # fmt: skip


def test_in_an_annex_headings_lie_below_its_own() -> None:
    blocks = (Heading(1, "I.", prose("Một")), Heading(2, "1.", prose("Hai")))
    word = opened(replace(BARE, annexes=(Annex("Phụ lục", "Số liệu", blocks),)))
    levels = [
        int(line._p.xpath("./w:pPr/w:outlineLvl/@w:val")[0])
        for line in word.paragraphs
        if line.style and line.style.name in ("Heading 1", "Heading 2")
    ]
    assert levels == [1, 2]


def test_every_paragraph_has_a_style_of_the_office(word: Word) -> None:
    used = {line.style.name for line in word.paragraphs if line.style}
    assert {"Title", "Subtitle", "Body Text", "Note", "List Bullet", "List Number", "Caption",
            "Measure", "Legend", "Picture", "Provenance"} <= used  # fmt: skip
    # Of the template's 160 styles those that are used are left.
    assert len(list(word.styles)) < 50


def test_type_and_lines_are_the_layouts(word: Word) -> None:
    normal, body = word.styles["Normal"], word.styles["Body Text"].paragraph_format
    assert (normal.font.size, normal.paragraph_format.line_spacing) == (Pt(14), Pt(18))
    assert normal.paragraph_format.line_spacing_rule == 4  # exactly
    assert body.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert body.first_line_indent
    assert (round(body.first_line_indent.mm, 1), body.space_after) == (10, Pt(6))
    assert word.styles["Heading 1"].font.all_caps
    assert word.styles["Recipients Head"].font.underline
    fonts = set(word.element.body.xpath("//w:rFonts/@w:ascii")) | set(
        word.styles.element.xpath("//w:rFonts/@w:ascii | //w:rFonts/@w:asciiTheme")
    )
    assert fonts == {"Times New Roman"}


def test_other_layouts_give_other_styles() -> None:
    layout = replace(
        DOCUMENT.layout, line=1.2, line_exact=False, headings_in_capitals=False, body_size=13,
        recipients_head_style="bold_italic",
    )  # fmt: skip
    word = opened(replace(DOCUMENT, layout=layout))
    assert word.styles["Normal"].paragraph_format.line_spacing == 1.2
    assert word.styles["Normal"].font.size == Pt(13)
    assert not word.styles["Heading 1"].font.all_caps
    head = word.styles["Recipients Head"].font
    assert (head.underline, head.bold, head.italic) == (None, True, True)


@pytest.mark.parametrize(("language", "tag"), [("vi", "vi-VN"), ("en", "en-GB")])
def test_the_language_is_said(language: str, tag: str) -> None:
    document = replace(DOCUMENT, language=language)
    found = parts(document)
    assert f'<w:lang w:val="{tag}"' in found["word/styles.xml"]
    assert f'<w:themeFontLang w:val="{tag}"' in found["word/settings.xml"]
    assert opened(document).core_properties.language == tag
    assert not any("en-US" in part or "ja-JP" in part for part in found.values())


# Pages


def test_pages_have_the_margins_of_the_form(word: Word) -> None:
    body, upright, across = word.sections
    for section in (body, upright):
        assert section.orientation == WD_ORIENT.PORTRAIT
        assert millimetres(section.page_width, section.page_height) == [210, 297]
        assert margins(section) == [25, 15, 25, 35]
    # Turned to the right: the left margin, where it is bound, is on top.
    assert across.orientation == WD_ORIENT.LANDSCAPE
    assert millimetres(across.page_width, across.page_height) == [297, 210]
    assert margins(across) == [35, 25, 15, 25]


def test_the_number_stands_above_from_the_second_page_on(word: Word) -> None:
    first, *others = word.sections
    assert first.different_first_page_header_footer
    assert not first.first_page_header._element.xpath(".//w:fldSimple")
    for section in word.sections:
        assert millimetres(section.header_distance) == [10]
        assert section.header._element.xpath(".//w:fldSimple/@w:instr") == [" PAGE "]
        assert not section.header.is_linked_to_previous
    # An annex goes on counting, and has its number on its first page, too.
    assert not any(section.different_first_page_header_footer for section in others)
    assert not word.element.body.xpath(".//w:pgNumType")
    assert word.styles["Header"].font.size == Pt(14)


@pytest.mark.parametrize(("language", "mark"), [("vi", "DỰ THẢO"), ("en", "DRAFT")])
def test_a_draft_says_so_on_every_page(language: str, mark: str) -> None:
    word = opened(replace(DRAFT, language=language))
    first, *others = word.sections
    heads = [first.first_page_header, *(section.header for section in (first, *others))]
    assert all(head.paragraphs[0].text.startswith(mark) for head in heads)
    final = opened(DOCUMENT)
    assert not any(mark in section.header.paragraphs[0].text for section in final.sections)


def test_the_last_words_go_with_the_signature(word: Word) -> None:
    before = [line for line in word.paragraphs if line.style and line.style.name == "Note"][-1]
    assert before.paragraph_format.keep_with_next
    foot = word.tables[2]
    assert all(row._tr.trPr.xpath("./w:cantSplit") for row in foot.rows)
    assert [cell.text for cell in foot.rows[0].cells] == [
        "Nơi nhận:\nBan Thường vụ Huyện ủy,\nCác tổ chức cơ sở đảng,\nLưu Ban Tổ chức.",
        "TRƯỞNG BAN\nNguyễn Văn Ước",
    ]  # fmt: skip
    name = word.styles["Signature Name"].paragraph_format
    assert name.space_before
    assert 4.5 < name.space_before.pt / (14 * 1.2) < 5.5  # lines for the hand


def test_there_is_room_for_the_hand_before_a_name_is_known() -> None:
    unsigned = Foot("", (), (Signature((), "TRƯỞNG BAN", ""),))
    [foot] = opened(replace(BARE, foot=unsigned)).tables
    assert [line.style.name for line in foot.rows[0].cells[1].paragraphs if line.style] == [
        "Signature", "Signature Name",
    ]  # fmt: skip


def test_two_signatures_stand_side_by_side_their_names_on_one_line() -> None:
    signatures = (Signature((), "NGƯỜI LẬP BIỂU", "Đỗ Thị Hạnh"),
                  Signature(("T/M BAN THƯỜNG VỤ",), "PHÓ BÍ THƯ", "Nguyễn Văn Ước"))  # fmt: skip
    foot = opened(replace(BARE, foot=Foot("Nơi nhận:", ("Lưu.",), signatures))).tables[0]
    rows = [[cell.text for cell in row.cells] for row in foot.rows]
    assert rows[0] == ["NGƯỜI LẬP BIỂU", "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ"]
    assert rows[1] == ["Đỗ Thị Hạnh", "Nguyễn Văn Ước"]
    assert rows[2] == ["Nơi nhận:\nLưu."] * 2  # one cell over both columns
    kept = [cell for row in foot.rows[:2] for cell in row.cells]
    assert all(line.paragraph_format.keep_with_next for cell in kept for line in cell.paragraphs)
    posts = foot.rows[0].cells[1].paragraphs
    assert [line.runs[0].bold for line in posts] == [None, False]
    bold = replace(BARE, foot=Foot("", (), signatures),
                   layout=replace(BARE.layout, post_bold=True))  # fmt: skip
    [_, post] = opened(bold).tables[0].rows[0].cells[1].paragraphs
    assert post.runs[0].bold is None


def test_the_head_is_two_columns_without_lines(word: Word) -> None:
    head = word.tables[0]
    assert [[cell.text.strip() for cell in row.cells] for row in head.rows] == [
        ["HUYỆN ỦY THẠCH THẤT\nBAN TỔ CHỨC\n*", "ĐẢNG CỘNG SẢN VIỆT NAM"],
        ["Số 45-BC/BTC", "Thạch Thất, ngày 05 tháng 10 năm 2018"],
    ]
    assert not head._tbl.xpath(".//w:tblBorders | .//w:tcBorders")
    # The rule below the motto is as long as its words: 22 signs of 15 points, bold.
    motto = head.rows[0].cells[1]
    rule = motto.paragraphs[-1]
    assert rule.style
    assert rule.style.name == "Rule"
    assert motto.width
    sides = rule.paragraph_format.left_indent, rule.paragraph_format.right_indent
    long = motto.width - sum(side or 0 for side in sides)
    assert 180 < long / Pt(1) < 220
    assert sides[0] == sides[1]


# Pictures


def test_pictures_have_words_and_a_title_and_fit_the_page(word: Word) -> None:
    shapes = list(word.inline_shapes)
    assert docx_told(render(DOCUMENT)) == [chart.alt for chart in charts(DOCUMENT)]
    assert len(shapes) == len(charts(DOCUMENT))
    assert {shape._inline.docPr.get("id") for shape in shapes} == {"1", "2", "3", "4"}
    assert all(Mm(100) < shape.width <= Mm(160.1) for shape in shapes)
    captions = of_style(word, "Caption")
    assert [chart.title for chart in charts(DOCUMENT) if chart.title not in captions] == []
    pictures = [part for part in word.part.package.iter_parts() if part.content_type == "image/png"]
    assert len(pictures) == len(shapes)
    for line, following in pairwise(word.paragraphs):
        if following._p.xpath(".//w:drawing"):
            assert line.style
            assert line.style.name == "Caption"
            assert line.style.paragraph_format.keep_with_next


def test_a_picture_on_a_wide_page_is_no_higher_than_it() -> None:
    document = replace(BARE, annexes=(Annex("Phụ lục", "Ngang", charts(DOCUMENT), wide=True),))
    section = opened(document).sections[-1]
    assert section.page_height
    room = section.page_height - (section.top_margin or 0) - (section.bottom_margin or 0)
    assert all(shape.height < room for shape in opened(document).inline_shapes)


# The file


def test_properties_say_what_it_is() -> None:
    about = opened(DRAFT).core_properties
    assert about.title == (
        "BÁO CÁO Kết quả công tác tổ chức xây dựng Đảng 9 tháng đầu năm 2018 (dự thảo)"
    )
    assert about.author == about.last_modified_by == "BAN TỔ CHỨC, HUYỆN ỦY THẠCH THẤT"
    assert about.created == about.modified == datetime(2018, 10, 5, tzinfo=about.created.tzinfo)
    assert (about.comments, about.identifier) == ("", DRAFT.name)


def test_nothing_of_the_template_is_left() -> None:
    found = parts(DOCUMENT)
    assert sorted(name for name in found if name.startswith(("custom", "docProps"))) == [
        "docProps/core.xml"
    ]
    assert not any("python-docx" in part or "Macintosh" in part for part in found.values())
    assert 'w:name="compatibilityMode"' in found["word/settings.xml"]
    assert 'w:val="15"' in found["word/settings.xml"]
    assert not any("rsid" in found[name] for name in found)


def test_the_same_document_is_the_same_bytes_in_any_process() -> None:
    script = (
        "import django, hashlib, sys; django.setup();"
        "from tests.reports.sample import DRAFT;"
        "from giaoban.reports.rendering.docx import render;"
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
    with ZipFile(BytesIO(render(DRAFT))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = packed.namelist()
        assert names[0] == "[Content_Types].xml"
        assert names[1:] == sorted(names[1:])


def test_long_names_and_all_of_vietnamese_are_set() -> None:
    name = "Đảng bộ Ẫ Ệ Ễ Ỡ Ợ ẵ ỷ " * 10
    assert len(name) > 200
    head = DOCUMENT.letterhead
    assert head
    document = replace(
        DOCUMENT, letterhead=replace(head, superior=name.strip(), issuer=name.strip()),
        body=(*BODY, Paragraph(prose(name.strip()))),
    )  # fmt: skip
    assert docx_lines(render(document)).count(name.strip()) == 3
    about = opened(document).core_properties
    assert len(about.author) == 255
    assert about.author.endswith("…")
