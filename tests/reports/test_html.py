"""A document as a page: every line escaped and in its place, links, what a screen reader needs."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from giaoban.reports.documents.blocks import (
    Cell,
    Column,
    Document,
    Heading,
    Layout,
    Row,
    Table,
    Text,
)
from giaoban.reports.documents.canonical import read, written
from giaoban.reports.rendering.html import fragment, render
from tests.reports import reading
from tests.reports.elements import Tree
from tests.reports.sample import DOCUMENT, DRAFT, prose

SHEET = Path(__file__).resolve().parents[2] / "giaoban/reports/static/reports/document.css"


@pytest.fixture(scope="module")
def page() -> Tree:
    return Tree(render(DOCUMENT).decode())


def with_body(*blocks: Any) -> Document:
    return replace(DOCUMENT, body=blocks, annexes=(), letterhead=None, foot=None)


# What it says


def test_every_line_is_said_in_its_place() -> None:
    content = render(DOCUMENT)
    beside = reading.rest(reading.html_lines(content), DOCUMENT, "html")
    assert DOCUMENT.provenance in beside
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in beside


def test_a_draft_says_so_and_another_does_not() -> None:
    for document, words in ((DRAFT, "DỰ THẢO"), (replace(DRAFT, language="en"), "DRAFT")):
        assert [text for *_, text in Tree(fragment(document)).all(look="draft-mark")] == [words]
        assert f'content: "{words}"' in render(document).decode()  # on each page of print
    assert not Tree(fragment(DOCUMENT)).all(look="draft-mark")
    assert "DỰ THẢO" not in render(DOCUMENT).decode()


WORDS = {"text", "title", "label", "alt", "head", "measure", "kind", "subject", "superior",
         "issuer", "number", "place_and_date", "motto", "recipients_head", "recipients",
         "authority", "post", "name", "provenance", "now", "before", "done", "address",
         "now_text", "before_text"}  # fmt: skip
EVIL = "</title></style><script>alert(1)</script><b title='x' onload=\"y\">&amp;"


def _spoiled(thing: Any, key: str = "") -> Any:
    """Every text of a document with markup at its end."""
    if isinstance(thing, dict):
        keep = thing.get("is") == "node"  # whose names are how they find each other
        return {k: v if keep and k in ("name", "parent") else _spoiled(v, k)
                for k, v in thing.items()}  # fmt: skip
    if isinstance(thing, list):
        return [_spoiled(each, key) for each in thing]
    return thing + EVIL if isinstance(thing, str) and thing and key in WORDS else thing


def test_no_text_of_the_office_becomes_markup() -> None:
    spoiled = read(msgspec.json.encode(_spoiled(msgspec.json.decode(written(DRAFT)))))
    assert spoiled.title.kind.endswith(EVIL)
    link = {True: lambda address: f"/?{address}", False: lambda _: None}
    for linked, way in link.items():
        before, after = Tree(fragment(DRAFT, way)), Tree(fragment(spoiled, way))
        # Longer names are drawn on more lines, and cut.
        drawn = {"title", "text", "g", "line", "path"}
        tags = [[tag for tag, *_ in each.elements if tag not in drawn] for each in (before, after)]
        assert tags[0] == tags[1]
        assert any(EVIL in (attributes.get("href") or "") for _, attributes, _ in
                   after.elements) is linked  # fmt: skip
        assert not [a for _, a, _ in after.elements if {"onload", "style"} & set(a)]
    whole = Tree(render(spoiled).decode())
    assert not whole.all("script", "b")
    assert next(text for *_, text in whole.all("h1")).count("<script>") == 2


def test_nothing_is_inline_and_nothing_runs() -> None:
    for tag, attributes, _text in Tree(fragment(DRAFT, lambda address: f"/{address}")).elements:
        assert tag not in {"style", "script", "link", "img", "iframe", "object"}
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


# Links


def test_every_number_with_an_address_leads_to_what_is_behind_it() -> None:
    asked: list[str] = []

    def link(address: str) -> str | None:
        asked.append(address)
        return f"/con-so/?of={address}&x=1" if address != "achievement" else None

    links = Tree(fragment(DOCUMENT, link)).all("a")
    assert ("a", {"href": "/con-so/?of=admitted&x=1"}, "134") in links
    assert "increase:full" in asked
    assert asked.count("achievement") == 2  # the sentence, the last row
    assert len(links) == len(asked) - 2
    assert not any("achievement&" in (attributes["href"] or "") for _, attributes, _ in links)
    assert not Tree(fragment(DOCUMENT)).all("a")


# What it is made of


def test_headings_never_leave_a_level_out() -> None:
    body = (Heading(3, "a)", prose("Trước")), Heading(1, "I.", prose("Một")),
            Heading(3, "", prose("Ba")), Heading(2, "1.", prose("Hai")))  # fmt: skip
    for level in (1, 2):
        headings = Tree(fragment(with_body(*body), level=level)).all(
            *(f"h{n}" for n in range(1, 7))
        )
        tags = [int(tag[1]) - level for tag, *_ in headings]
        assert tags == [0, 1, 1, 2, 2]
        looks = [attributes["class"] for _, attributes, _ in headings[1:]]
        assert looks == ["part-3", "part-1", "part-3", "part-2"]


def test_the_letterhead_is_text_and_the_title_the_first_heading(page: Tree) -> None:
    titles = page.all("h1")
    assert [text for *_, text in titles] == [f"{DOCUMENT.title.kind} {DOCUMENT.title.subject}"]
    headed = " ".join(text for *_, text in page.all(*(f"h{n}" for n in range(1, 7))))
    assert "HUYỆN ỦY" not in headed
    assert "CỘNG SẢN" not in headed
    assert [text for *_, text in page.all("p", look="motto")] == ["ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert page.elements[0][1]["lang"] == page.all("article")[0][1]["lang"] == "vi"


def test_tables_say_what_each_number_is_of(page: Tree) -> None:
    assert next(text for *_, text in page.all("caption")).startswith("Bảng tăng, giảm đảng viên")
    columns = [(attributes["scope"], text) for _, attributes, text in page.all("th")]
    assert columns[:3] == [("col", "Mục"), ("col", "Chỉ số"), ("col", "Dự bị")]
    assert ("row", "Kết nạp") in columns
    numbers = [(tag, text) for tag, _, text in page.all(look="amount")]
    assert ("td", "1.234.567") in numbers
    assert ("td", "Kết nạp") not in numbers
    boxes = [attributes for tag, attributes, _ in page.all(look="sideways")]
    assert all(each["tabindex"] == "0" and each["role"] == "group" for each in boxes)
    assert "Biểu ngang" not in {each["aria-label"] for each in boxes}


def test_a_group_is_the_head_of_the_rows_below_it() -> None:
    columns = (Column("Nhóm", "text"), Column(""), Column("Tỷ lệ", "percent"))
    table = Table("bang", "Bảng", columns, (
        Row((Cell("Giới tính"), Cell(""), Cell("")), "group"),
        Row((Cell("Nam"), Cell("79", (79, 1)), Cell("59,0%", (79, 134))), indent=1),
        Row((Cell("Tuổi đời"), Cell(""), Cell("")), "group"),
        Row((Cell("18 - 30"), Cell("50", (50, 1)), Cell("–")), indent=9),
    ))  # fmt: skip
    tree = Tree(fragment(with_body(table)))
    assert len(tree.all("tbody")) == 2
    heads = [(a["scope"], a.get("colspan"), text) for _, a, text in tree.all("th")]
    assert heads == [("col", None, "Nhóm"), ("col", None, "Tỷ lệ"), ("rowgroup", "3", "Giới tính"),
                     ("row", None, "Nam"), ("rowgroup", "3", "Tuổi đời"),
                     ("row", None, "18 - 30")]  # fmt: skip
    assert tree.all("th", look="step-4")[0][2] == "18 - 30"


def test_charts_are_drawn_in_the_page_and_told_in_words(page: Tree) -> None:
    charts = [block for block in DOCUMENT.body if hasattr(block, "alt")]
    drawings = page.all("svg")
    assert len(drawings) == len(page.all("figure")) == 4
    assert all(attributes["role"] == "img" for _, attributes, _ in drawings)
    assert [text for *_, text in page.all("desc")][:2] == [chart.alt for chart in charts]
    assert [text for *_, text in page.all("figcaption")][:2] == [chart.title for chart in charts]


def test_a_paper_without_head_foot_or_blocks_is_a_page_too() -> None:
    bare = replace(with_body(), provenance="", title=replace(DOCUMENT.title, kind="", rule=""))
    tree = Tree(render(bare).decode())
    assert [text for *_, text in tree.all("article")] == [DOCUMENT.title.subject]
    assert not tree.all("footer", "table", look="letterhead")


# The page that stands alone


def test_the_same_document_is_the_same_page() -> None:
    assert render(DOCUMENT) == render(read(written(DOCUMENT)))
    assert render(DOCUMENT) != render(replace(DOCUMENT, body=(Heading(1, "", (Text("x"),)),)))


def test_its_policy_lets_in_its_own_style_and_nothing_else(page: Tree) -> None:
    content = render(DOCUMENT).decode()
    (style,) = re.findall(r"<style>(.*?)</style>", content, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [a["content"] for _, a, _ in page.all("meta") if "http-equiv" in a]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:"
    assert SHEET.read_text(encoding="utf-8") in style
    assert not re.findall(r"url\((?!data:)", style)
    assert "http" not in style


def test_it_prints_with_the_measures_of_its_form() -> None:
    style = render(DOCUMENT).decode()
    assert "@page { size: A4; margin: 25mm 15mm 25mm 35mm;" in style
    assert "--body-size: 14pt;" in style
    assert "--line: 18pt;" in style
    fields: dict[str, Any] = {"top": 20.5, "line": 1.5, "line_exact": False, "body_size": 13}
    other = render(replace(DOCUMENT, layout=replace(DOCUMENT.layout, **fields))).decode()
    assert "margin: 20.5mm 15mm 25mm 35mm;" in other
    assert "--body-size: 13pt;" in other
    assert "--line: 1.5;" in other


def test_what_the_form_asks_of_the_head_is_said_by_class() -> None:
    def classes(**told: Any) -> set[str]:
        layout: Layout = replace(DOCUMENT.layout, **told)
        (article,) = Tree(fragment(replace(DOCUMENT, layout=layout))).all("article")
        return set((article[1]["class"] or "").split())

    assert classes() == {"document", "ruled", "in-capitals"}
    assert classes(motto_ruled=False, post_bold=True) == {"document", "in-capitals", "post-bold"}
    assert classes(headings_in_capitals=False) == {"document", "ruled"}
