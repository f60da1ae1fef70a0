"""The report that stands alone as a page: nothing that axe knows, nothing wider than the window;
room for a finger; and in print the sheets of the form."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pypdf import PdfReader

from giaoban.reports.rendering.html import fragment, render
from tests.browser.serving import DESK, PHONE
from tests.reports.reading import squeezed
from tests.reports.sample import DOCUMENT, DRAFT


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_anybody(
    browser: Browser, tmp_path: Path, size: tuple[int, int], scheme: str
) -> None:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    found: list[str] = []
    for document in (DOCUMENT, DRAFT):
        file = tmp_path / f"{document.state}.html"
        file.write_bytes(render(document))
        page = context.new_page()
        page.goto(file.as_uri())
        results = Axe().run(page, options={"resultTypes": ["violations"]})
        found += [
            f"{document.state}: {one['id']} {one['nodes'][0]['target']}"
            for one in results.response["violations"]
        ]
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 0:
            found.append(f"{document.state}: {over} pixels wider than the window")
    context.close()
    assert found == []


def test_a_number_in_a_table_has_room_for_a_finger(browser: Browser, tmp_path: Path) -> None:
    alone, linked = render(DOCUMENT).decode(), fragment(DOCUMENT, lambda address: f"#{address}")
    head, _, rest = alone.partition("<article")
    file = tmp_path / "linked.html"
    file.write_text(f"{head}{linked}{rest.partition('</article>')[2]}", encoding="utf-8")
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(file.as_uri())
    boxes = [link.bounding_box() for link in page.locator("table a").all()]
    context.close()
    assert len(boxes) > 20
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)


A4_POINTS = (595, 842)


def test_in_print_it_is_the_sheets_of_the_form(browser: Browser, tmp_path: Path) -> None:
    for document in (DOCUMENT, DRAFT):
        file = tmp_path / "print.html"
        file.write_bytes(render(document))
        page = browser.new_page(color_scheme="dark")
        page.goto(file.as_uri())
        sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        page.close()
        sizes = [(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets]
        assert sizes[-1] == A4_POINTS[::-1]  # the annex that lies across, with the last line on it
        assert {*sizes[:-1]} == {A4_POINTS}
        texts = [squeezed(sheet.extract_text()) for sheet in sheets]
        marked = [text.count(squeezed("DỰ THẢO")) for text in texts]
        assert marked == [int(document.state == "draft")] * len(texts), "once on each sheet"
        assert squeezed(document.provenance) in texts[-1]
        for number, text in enumerate(texts[1:], start=2):
            assert text.startswith(f"{number}"), "pages are numbered from the second on"
