"""What is found in a saved page, whatever its layout, its encoding and its faults."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest

from giaoban.portal.bringing.errors import NoArticle, PageEmpty, PageNotText
from giaoban.portal.bringing.finding import find_article
from giaoban.portal.bringing.findings import Findings
from giaoban.portal.bringing.reading import read_page
from giaoban.portal.bringing.times import published_in
from giaoban.vietnamese import VIETNAM_TIME, Encoding
from tests.portal.bringing.old_pages import LAYOUTS, STORY, WRITTEN, bytes_of, laid_out, saved

MOMENT = datetime(2018, 10, 29, 8, 11, tzinfo=VIETNAM_TIME)


def found_in(data: bytes) -> Findings:
    return find_article(read_page(data))


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_part_is_found_in_every_encoding(layout: str, written: str) -> None:
    found = found_in(saved(layout, written))
    assert found.headline == STORY.headline
    assert found.section == STORY.section
    assert found.lead == STORY.lead
    assert tuple(block.words[0] for block in found.body) == STORY.body
    assert [(one.source, one.caption) for one in found.pictures] == [(STORY.picture, STORY.caption)]
    assert found.byline == STORY.byline
    if layout == "divs_2010":
        assert found.at == MOMENT.replace(hour=0, minute=0)
        assert ("no_hour", "") in found.remarks
    else:
        assert found.at == MOMENT
    assert found.missing == []
    assert not [code for code, _told in found.remarks if code in ("doubtful", "letters_lost")]
    texts = [found.headline, found.lead, *(block.words[0] for block in found.body)]
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)


@pytest.mark.parametrize(
    ("text", "hour", "with_hour"),
    [
        ("08:11 29/10/2018", "08:11", True),
        ("Thứ Hai, 29/10/2018 08:11", "08:11", True),
        ("Thứ 2, ngày 29/10/2018 | 08:11 GMT+7", "08:11", True),
        ("(29/10/2018, 08h11)", "08:11", True),
        ("Cập nhật lúc 8:11 ngày 29-10-2018", "08:11", True),
        ("29.10.2018 08:11:45 PM", "20:11", True),
        ("2018-10-29T08:11:00+07:00", "08:11", True),
        ("2018-10-29T01:11:00Z", "08:11", True),
        ("29 Tháng Mười, 2018", "00:00", False),
        ("ngày 29 tháng 10 năm 2018", "00:00", False),
        ("29-10-2018", "00:00", False),
        ("Số 31/02/2018; đăng 29/10/2018", "00:00", False),
    ],
)
def test_times_as_portals_wrote_them(text: str, hour: str, with_hour: bool) -> None:
    found = published_in(text)
    assert found is not None
    assert found.at.strftime("%H:%M %d/%m/%Y") == f"{hour} 29/10/2018"
    assert found.with_hour is with_hour


@pytest.mark.parametrize("text", ["", "31/02/2018", "1.234.567", "Nghị quyết 09-NQ/TU", "2018"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert published_in(text) is None


def test_a_page_of_two_alphabets() -> None:
    """The menu in Unicode, the article pasted from a document with an old font."""
    page = laid_out("sharepoint", STORY, "utf-8")
    for part in (*STORY.body, STORY.caption):
        shown = bytes_of(Encoding.TCVN3)(part).decode("cp1252", "replace")
        page = page.replace(part, shown)
    found = found_in(page.encode())
    assert found.headline == STORY.headline
    assert tuple(block.words[0] for block in found.body) == STORY.body
    assert found.pictures[0].caption == STORY.caption


def test_capitals_of_an_old_font() -> None:
    head = bytes_of(Encoding.TCVN3)("kết nạp đảng viên ở huyện").decode("cp1252")
    page = laid_out("table_2005", STORY, "utf-8").replace(
        f'<font size="4" color="#cc0000"><b>{STORY.headline}</b></font>',
        f'<font size="4" face=".VnTimeH"><b>{head}</b></font>',
    )
    assert found_in(page.encode()).headline == "KẾT NẠP ĐẢNG VIÊN Ở HUYỆN"


def test_what_can_not_be_repaired_is_listed_and_stays() -> None:
    page = laid_out("wordpress", STORY, "utf-8").replace("chỉ tiêu cả năm", "ch? tiêu c\ufffd năm")
    found = found_in(page.encode())
    assert "[?]" in found.lead
    told = [told for code, told in found.remarks if code == "doubtful"]
    assert any("[?]" in one for one in told)


def test_a_few_broken_bytes_of_utf8() -> None:
    data = saved("sharepoint", "utf-8").replace("sáng nay".encode(), b"s\xc3ng nay")
    found = found_in(data)
    assert ("letters_lost", "1") in found.remarks
    assert "s[?]ng nay" in found.body[0].words[0]
    assert found.headline == STORY.headline


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xef\xbb\xbf", b"\0\0\0"])
def test_an_empty_file(data: bytes) -> None:
    with pytest.raises(PageEmpty):
        read_page(data)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"MZ\x90\0" * 99, "Chỉ có chữ.".encode()]
)
def test_no_page_at_all(data: bytes) -> None:
    with pytest.raises(PageNotText):
        read_page(data)


@pytest.mark.parametrize(
    "html", ["<html><body></body></html>", "<div>" * 3000, "<html><title>x</title><p>y</p></html>"]
)
def test_a_page_without_an_article(html: str) -> None:
    with pytest.raises(NoArticle):
        found_in(html.encode())
