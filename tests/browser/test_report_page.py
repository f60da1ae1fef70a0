"""The report that stands alone as a page: nothing that axe knows, nothing wider than the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from giaoban.reports.rendering.html import render
from tests.browser.serving import DESK, PHONE
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
