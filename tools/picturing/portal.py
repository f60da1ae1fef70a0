"""The pictures of the public site and of its editors' screens.

What they are to show is made in the served demonstration, once: an article handed in by its writer,
an admission of 2018 recorded by the clerk long after its report, a correction of what it changed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial

from playwright.sync_api import Browser, BrowserContext, Page

from giaoban.cli.demonstration.diary import EDITOR, PASSWORD, PUBLISHER, WRITER
from tests.browser.serving import seat
from tests.browser.serving import signed_in as signed_in_at_the_desk
from tests.portal.editing.test_editors_day import choose
from tools.picturing.desk import pick
from tools.picturing.scene import AND_A_PHONE, AT_A_DESK, Picture, Places, Variant

EDITORS = "/bien-tap/"
LEARNED, SENTENCE = f"{EDITORS}so-lieu-da-khac/", "input[name=sentence]"
ARTICLE = "/chinh-tri/ket-nap-dang-vien-chin-thang-2018/"
HEADLINE = "Đảng bộ xã Tiến Xuân vượt kế hoạch kết nạp cả năm"
LEAD = ("Đến hết tháng 9, Đảng bộ xã Tiến Xuân đạt ", " kế hoạch năm.")
TEXT = "Các chi bộ rà soát nguồn từ đầu năm, mỗi tháng xem lại hồ sơ một lần."
NOTE = "Một đảng viên xã Cẩm Yên kết nạp ngày 19/09/2018 được ghi sổ sau khi báo cáo ban hành."
TO_THE_TOP = "(top) => { document.activeElement.blur(); top.scrollIntoView({block: 'center'}); }"
# The queue compares what is cited with the books each minute.
PATIENCE_SECONDS = 180


def signed_in(context: BrowserContext, login: str) -> Page:
    """The editors' first page before somebody who has signed in at the desk."""
    page = context.new_page()
    page.goto(EDITORS)
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.click("form[action='/tai-khoan/dang-nhap/'] button[type=submit]")
    page.wait_for_url(f"**{EDITORS}")
    return page


@contextmanager
def _editing(browser: Browser, places: Places, login: str) -> Iterator[Page]:
    context = seat(browser, places.portal)
    try:
        yield signed_in(context, login)
    finally:
        context.close()


def _choose_figure(page: Page) -> None:
    page.locator("[data-contentpath=lead] [contenteditable=true]").click()
    page.keyboard.type(LEAD[0])
    page.keyboard.type("/")
    page.get_by_role("option", name="Số liệu dẫn nguồn").click()
    page.locator("#figure-words").fill("tien xuan ty le")
    page.locator(".figure-chooser").get_by_role("button", name="Tìm").click()
    page.get_by_text("2 số liệu.").wait_for()


def _begin(page: Page, headline: str) -> None:
    page.get_by_role("link", name="Chính trị").first.click()
    page.wait_for_url("**/add/**")
    page.wait_for_load_state("networkidle")
    # Wagtail notes what an untouched form holds a moment after it is drawn.
    page.wait_for_timeout(1500)
    page.fill("#id_title", headline)


def _write(page: Page, headline: str) -> None:
    _begin(page, headline)
    _choose_figure(page)
    page.locator("[data-figure]").first.click()
    page.locator(".figure-chooser").wait_for(state="hidden")
    page.keyboard.type(LEAD[1])
    body = page.locator("[data-contentpath=body]")
    body.get_by_role("button", name="Chèn khối nội dung").first.click()
    page.get_by_role("option", name="Đoạn văn").click()
    body.locator("[contenteditable=true]").first.click()
    page.keyboard.type(TEXT)
    page.fill("input[name=byline]", "T.X.")
    # What was typed last is saved half a second later.
    page.wait_for_timeout(1500)
    page.get_by_text("Đã lưu", exact=True).first.wait_for()


@cache
def _handed_in(browser: Browser, places: Places) -> None:
    with _editing(browser, places, EDITOR) as page:
        if page.get_by_role("link", name=HEADLINE).count():
            return
    with _editing(browser, places, WRITER) as page:
        _write(page, HEADLINE)
        choose(page, "Trình theo quy trình")


def _record_late(browser: Browser, places: Places) -> None:
    context = seat(browser, places.desk)
    page = signed_in_at_the_desk(context)
    page.goto("/ghi-viec/admit/")
    page.get_by_label("Họ và tên").fill("Phí Thị Ngọc Lan")
    page.get_by_label("Giới tính").select_option(label="Nữ")
    page.get_by_label("Ngày sinh").fill("12/03/1995")
    pick(page, "Nơi sinh hoạt", "XA-CAM-YEN-THON-1")
    page.get_by_label("Số và ký hiệu").fill("27-QĐ/ĐU")
    page.get_by_label("Ngày ban hành").fill("10/09/2018")
    page.get_by_label("Cơ quan ban hành").fill("Đảng ủy xã Cẩm Yên")
    page.get_by_label("Ngày lễ kết nạp").fill("19/09/2018")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Ghi sổ").click()
    page.wait_for_url("**/so-nhat-ky/**")
    context.close()


@cache
def _known_otherwise(browser: Browser, places: Places) -> None:
    with _editing(browser, places, PUBLISHER) as page:
        page.goto(LEARNED)
        if page.locator(SENTENCE).count():
            return
        _record_late(browser, places)
        until = time.monotonic() + PATIENCE_SECONDS
        while not page.locator(SENTENCE).count():
            assert time.monotonic() < until, "nothing is known otherwise"
            page.wait_for_timeout(5000)
            page.reload()


@cache
def _corrected(browser: Browser, places: Places) -> None:
    with _editing(browser, places, PUBLISHER) as page:
        page.goto("/dinh-chinh/")
        if page.locator(".mended").count():
            return
        _known_otherwise(browser, places)
        page.goto(LEARNED)
        page.fill("#note", NOTE)
        page.get_by_role("button", name="Xem trước đính chính").click()
        page.get_by_role("button", name="Đăng đính chính").click()
        page.get_by_text("Đã đăng đính chính.").wait_for()


def _open_card(page: Page) -> None:
    page.locator(".prose .fig").first.click()
    page.locator(".card:popover-open").wait_for()


def _open_figure(page: Page) -> None:
    _open_card(page)
    page.locator(".card:popover-open").get_by_text("Định nghĩa, bảng theo tổ chức").click()
    page.wait_for_url("**/so-lieu/**")


def _open_article(page: Page) -> None:
    page.get_by_role("link", name=HEADLINE).first.click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Thao tác khác").last.click()


def _draft(headline: str, act: Callable[[Page], None] | None = None) -> Callable[[Page], None]:
    """A draft that nobody hands in, and something done with it."""

    def ready(page: Page) -> None:
        begun = page.get_by_role("link", name=headline)
        if begun.count():
            begun.first.click()
            page.wait_for_load_state("networkidle")
        else:
            _write(page, headline)
        page.locator("#id_title").evaluate(TO_THE_TOP)
        if act:
            act(page)

    return ready


def _preview(page: Page) -> None:
    page.get_by_role("button", name="Mở, thu bản xem trước").click()
    page.frame_locator("iframe").first.locator("h1").wait_for()
    page.wait_for_timeout(1500)


def _chooser(page: Page) -> None:
    _begin(page, "Tiến Xuân vượt kế hoạch kết nạp")
    _choose_figure(page)


def _say_why(page: Page) -> None:
    page.fill("#note", NOTE)
    page.locator("h1").first.evaluate(TO_THE_TOP)


_site = partial(Picture, login=None, portal=True)
_editors = partial(Picture, portal=True, variants=AT_A_DESK)

PICTURES = (
    _site("cong-trang-chu", "/", height=1500, variants=AND_A_PHONE),
    _site("cong-bai-viet", ARTICLE, variants=(Variant(phone=True), Variant(dark=True)),
          height=1300),
    _site("cong-the-nguon", ARTICLE, _open_card, variants=AND_A_PHONE, height=960),
    _site("cong-trang-so-lieu", ARTICLE, _open_figure, variants=AT_A_DESK, height=1200),
    _editors("cong-ban-bien-tap", EDITORS, login=EDITOR, height=720, before=_handed_in),
    _editors("cong-viet-bai", EDITORS, _draft("Tiến Xuân vượt kế hoạch năm 2018"), WRITER),
    _editors("cong-chon-so-lieu", EDITORS, _chooser, WRITER, height=640),
    _editors("cong-xem-truoc", EDITORS, _draft("Kết nạp ở Tiến Xuân", _preview), WRITER),
    _editors("cong-duyet-bai", EDITORS, _open_article, EDITOR, before=_handed_in),
    _editors("cong-binh-luan", f"{EDITORS}y-kien/", login=EDITOR, height=640),
    _editors("cong-bao-cao", f"{EDITORS}bao-cao/", login=PUBLISHER, height=520),
    _editors("cong-bang-gia", f"{EDITORS}bang/", login=EDITOR, height=1000),
    _editors("cong-so-lieu-da-khac", LEARNED, _say_why, PUBLISHER, height=1160,
             before=_known_otherwise),
    _site("cong-dinh-chinh", "/dinh-chinh/", variants=AT_A_DESK, before=_corrected),
)  # fmt: skip
