"""A document as a page: nothing of the office's becomes markup, numbers lead where they should."""

from __future__ import annotations

import re
from itertools import pairwise

from django.utils.html import escape

from giaoban.reports.rendering.html import fragment, render
from tests.reports.reading import html_lines
from tests.reports.sample import DOCUMENT, DRAFT, MARKUP

STYLED = re.compile(r"<[^>]*\sstyle=|<style|<script|\son\w+=|javascript:", re.IGNORECASE)


def test_the_article_has_nothing_that_a_strict_policy_refuses() -> None:
    assert not STYLED.search(str(fragment(DOCUMENT)))


def test_the_page_asks_nobody_for_anything_and_runs_nothing() -> None:
    page = render(DOCUMENT).decode()
    assert "<script" not in page
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", page)
    assert not re.search(r"url\((?!['\"]?data:)", page)


def test_names_are_said_letter_by_letter() -> None:
    page = render(DOCUMENT).decode()
    assert escape(MARKUP) in page
    assert "<b>A&B</b>" not in page
    assert any(MARKUP in line for line in html_lines(page.encode()))


def test_each_number_leads_to_what_is_behind_it_where_there_is_something() -> None:
    plain = str(fragment(DOCUMENT))
    assert "<a " not in plain

    def link(address: str) -> str | None:
        return f"/x/?of={address}&y=1" if address == "admitted" else None

    linked = str(fragment(DOCUMENT, link))
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>\s*134\s*</a>', linked)
    assert found
    assert set(found) == {"/x/?of=admitted&amp;y=1"}
    assert "of=achievement" not in linked


def test_a_draft_says_so_and_a_final_one_does_not() -> None:
    assert "DỰ THẢO" in render(DRAFT).decode()
    assert "DỰ THẢO" not in render(DOCUMENT).decode()


def test_tables_have_captions_and_heads_of_columns() -> None:
    article = str(fragment(DOCUMENT))
    assert article.count("<table") == article.count("<caption")
    assert article.count('scope="col"') >= 6


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", render(DOCUMENT).decode())]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_charts_are_pictures_with_words() -> None:
    article = str(fragment(DOCUMENT))
    assert article.count("<figure") == 4
    assert article.count('role="img"') == 4


def test_the_same_document_is_the_same_bytes() -> None:
    assert render(DOCUMENT) == render(DOCUMENT)
    assert render(DRAFT) != render(DOCUMENT)
