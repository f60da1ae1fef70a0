"""The editors' screens for everybody: no violation that axe knows but what Wagtail itself draws,
and each such one is named here; nothing wider than the window; light, dark, and on a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from giaoban.cli.demonstration.diary import EDITOR, PASSWORD, PUBLISHER
from tests.browser import looking
from tests.browser.looking import still
from tests.browser.serving import DESK, PHONE, Served, seat

HEADLINE = "134 đảng viên"
SCREENS = (
    "", "pages/", "pages/search/?q=dang", "images/", "images/add/", "images/multiple/add/",
    "documents/", "documents/multiple/add/", "bao-cao/", "so-lieu-da-khac/", "bang/", "y-kien/",
    "y-kien/nhat-ky/", "snippets/", "snippets/portal_comments/declinereason/",
    "snippets/portal_pages/unitcontact/add/", "snippets/portal_pages/officialdocument/add/",
    "reports/locked/", "reports/workflow/", "reports/workflow_tasks/", "reports/site-history/",
    "reports/aging-pages/", "reports/page-types-usage/", "redirects/", "redirects/add/", "account/",
)  # fmt: skip
OF_AN_ARTICLE = ("edit", "history", "usage", "unpublish", "copy", "move", "delete")
DARK = {"", "pages/", "edit", "history", "y-kien/", "bang/", "images/"}
# What Wagtail draws and no sheet, script or template of ours can mend without taking its place:
# (rule of axe, how the element's tag begins) → why it may stay.
WAGTAIL = {
    ("aria-allowed-role", '<h2 role="alert">'): "a search that finds nothing says so in a heading",
    ("heading-order", '<h3 id="other-searches-title"'): "beside a search stands a list under an h3",
    ("landmark-unique", '<section class="w-panel w-panel--nested"'):
        "no landmark, for names.js makes it a group; the rule looks at the element alone",
}  # fmt: skip


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A publisher at the editors' first page, before a desk and with a telephone."""
    with_size = seat(browser, served.portal, size=request.param)
    yield signed_in(with_size.new_page(), PUBLISHER)
    with_size.close()


def signed_in(page: Page, login: str) -> Page:
    page.goto("/bien-tap/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.click("form[action='/tai-khoan/dang-nhap/'] button[type=submit]")
    page.wait_for_url("**/bien-tap/")
    return page


def article(page: Page) -> str:
    """Where the article on the nine months is edited, without the last word of the address."""
    page.goto(f"/bien-tap/pages/search/?q={HEADLINE}")
    found = page.locator("a[href$='/edit/']").first.get_attribute("href")
    assert found
    return found.removesuffix("edit/")


def faults(page: Page, where: str, of: str | None = None) -> list[str]:
    """What axe finds on the page, or in one part of it, and what is too wide."""
    still(page)
    return [f"{where}: {fault}" for fault in looking.faults(page, of=of, known=WAGTAIL)]


def faults_in_every_look(page: Page, where: str) -> list[str]:
    """The same at a desk and with a telephone; those of each kind in the dark, too."""
    wanted = (*looking.LIGHT, "desk, dark") if where in DARK else looking.LIGHT
    return [
        f"{where} ({look}): {fault}"
        for look, rules in looking.looks(page, wanted, quiet=looking.QUIET_MS)
        for fault in looking.faults(page, rules, known=WAGTAIL)
    ]


def test_every_screen(browser: Browser, served: Served) -> None:
    context = seat(browser, served.portal)
    page, found = signed_in(context.new_page(), PUBLISHER), []
    for screen in SCREENS:
        answer = page.goto(f"/bien-tap/{screen}")
        assert answer is not None
        assert answer.status == 200, screen
        found += faults_in_every_look(page, screen)
    own = article(page)
    for act in OF_AN_ARTICLE:
        page.goto(f"{own}{act}/")
        found += faults_in_every_look(page, act)
    page.goto("/bien-tap/images/")
    page.goto(
        page.locator("#main a[href*='/images/'][href*='?next=']").first.get_attribute("href") or ""
    )
    found += faults_in_every_look(page, "a picture")
    context.close()
    assert found == []


def new_article(page: Page) -> None:
    """The form of an article that nobody has begun."""
    page.goto("/bien-tap/")
    page.goto(page.locator("a[href*='/articlepage/']").first.get_attribute("href") or "")


def test_an_article_with_every_kind_of_block(page: Page) -> None:
    new_article(page)
    found = faults(page, "new")
    body = page.locator("[data-contentpath=body]")
    kinds = ("Đoạn văn", "Đề mục", "Ảnh", "Lời trích", "Tệp đính kèm", "Biểu đồ")
    for kind in kinds:
        body.get_by_role("button", name="Chèn khối nội dung").last.click()
        page.get_by_role("option", name=re.compile(f"^{kind}")).click()
    assert "Image" not in body.inner_text()
    assert found + faults(page, "every block") == []
    # Each field says its name to who doesn't see it.
    for named in ("Sapô", "Đoạn văn", "Đề mục"):
        assert page.get_by_role("textbox", name=re.compile(named)).count(), named


def test_choosers(page: Page) -> None:
    new_article(page)
    page.get_by_role("button", name="Chọn ảnh").first.click()
    page.locator(".modal-body img").first.wait_for()
    found = faults(page, "pictures", ".modal")
    page.goto(f"{article(page)}edit/")
    page.locator("[data-contentpath=lead] [contenteditable=true]").click()
    page.locator("[data-contentpath=lead] .Draftail-BlockToolbar__trigger").click()
    page.locator(".Draftail-Tooltip").wait_for()
    found += faults(page, "what can be put in", ".Draftail-Tooltip")
    page.get_by_role("option", name=re.compile("^Số liệu")).click()
    page.locator(".modal-body .figures-found").wait_for()
    found += faults(page, "figures", ".modal")
    assert page.get_by_role("dialog", name="Chọn số liệu").count() == 1
    assert found == []


def test_dark(browser: Browser, served: Served) -> None:
    """What an editor sees who publishes nothing; the publisher's screens are looked at above."""
    context = seat(browser, served.portal, dark=True)
    page = signed_in(context.new_page(), EDITOR)
    found = []
    own = article(page)
    for place in ("/bien-tap/", "/bien-tap/pages/", f"{own}edit/", f"{own}history/",
                  "/bien-tap/y-kien/", "/bien-tap/bang/", "/bien-tap/images/"):  # fmt: skip
        page.goto(place)
        still(page)
        found += [f"{place}: {fault}" for fault in looking.faults(page, looking.IN_THE_DARK)]
    context.close()
    assert found == []
