"""Before a browser: the section below an article, the form with its faults, the writer's own page
and the editors' queue. No violation that axe knows, nothing wider than a phone, all by keyboard."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.contrib.staticfiles.views import serve
from django.db import connections
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from giaoban.journal.writing import Recorder
from giaoban.people.models import Login
from giaoban.portal.comments import suggesting
from giaoban.portal.comments.actions import show_comments
from giaoban.portal.comments.models import Comment, State
from giaoban.portal.pages.models import ArticlePage
from tests.browser.serving import DESK, PHONE, browser_or_skip, seat
from tests.portal.comments.conftest import BARE, NAME, TEXT, lay_out, seat_editor
from tests.world import World

PICTURES = os.environ.get("PICTURES")


class Handler(StaticFilesHandler):
    """Static files as they stand in the source."""

    def serve(self, request: Any) -> Any:
        """The file."""
        return serve(request, self.file_path(request.path), insecure=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip that says so."""
    with browser_or_skip() as one:
        yield one


@pytest.fixture
def stands(committed: World) -> ArticlePage:
    """The article with two comments, in a database that other threads see."""
    article = lay_out(committed)
    at = timezone.now()
    words = (
        TEXT,
        "Bài nên nói thêm vì sao các xã làng nghề khó kết nạp:\n\nlao động đi xưởng cả ngày.",
    )
    for n, text in enumerate(words):
        one = Comment.objects.create(
            page=article, name=(NAME, "Vũ Đình Toàn")[n], text=text, received_at=at,
            key_digest=str(n),
        )  # fmt: skip
        show_comments(ids=[one.pk], by=Recorder("bientap", at))
    return article


@pytest.fixture
def address(stands: ArticlePage) -> Iterator[str]:
    """Where the portal is served."""
    server = LiveServerThread("127.0.0.1", Handler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    for connection in connections.all():
        connection.close()


def look(page: Page, name: str) -> None:
    """No fault that axe finds, nothing wider than the window; and a picture, if asked for."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) <= 0
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_reader_writes(
    browser: Browser, address: str, stands: ArticlePage, size: tuple[int, int], dark: bool
) -> None:
    assert suggesting.suggestion("ket nap dang vien", patience=60)
    shade = f"{'phone' if size == PHONE else 'desk'}-{'dark' if dark else 'light'}"
    context = seat(browser, address, size=size, dark=dark)
    page = context.new_page()
    page.goto(stands.url)
    look(page, f"section-{shade}")
    page.get_by_label("Tên ghi cùng ý kiến").fill("Nguyễn Khắc Tùng")
    page.get_by_label("Bình luận", exact=True).fill(BARE)
    page.wait_for_timeout(3100)
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("alert")).to_contain_text("Nội dung đã gõ vẫn được giữ")
    assert page.url == f"{address}{stands.url}"
    look(page, f"caught-{shade}")
    page.get_by_role("button", name="Dùng gợi ý này").click()
    expect(page.get_by_label("Bình luận", exact=True)).to_have_value(re.compile("giáo viên trẻ"))
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.wait_for_url("**/y-kien/cua-toi/**")
    look(page, f"mine-{shade}")
    context.close()
    assert Comment.objects.filter(state=State.WAITING, name="Nguyễn Khắc Tùng").count() == 1


def test_without_script_by_keyboard(browser: Browser, address: str, stands: ArticlePage) -> None:
    context = seat(browser, address, script=False)
    page = context.new_page()
    page.goto(stands.url)
    page.get_by_label("Tên ghi cùng ý kiến").focus()
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.type(f"{TEXT} Xin cảm ơn.")
    page.wait_for_timeout(3100)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/y-kien/cua-toi/**")
    page.get_by_role("button", name="Rút lại và xóa").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ý kiến đã được xóa")
    context.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_editor_decides(
    browser: Browser, address: str, stands: ArticlePage, committed: World, size: tuple[int, int]
) -> None:
    login = seat_editor(committed)
    for n in range(3):
        Comment.objects.create(
            page=stands, name=NAME, text=f"{TEXT} Lần {n}.", received_at=timezone.now(),
            key_digest=f"w{n}",
        )  # fmt: skip
    context = seat(browser, address, size=size)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(login),
                          "url": address}])  # fmt: skip
    page = context.new_page()
    page.goto("/bien-tap/y-kien/")
    shade = "phone" if size == PHONE else "desk"
    look(page, f"queue-{shade}")
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Lý do, báo cho người viết").select_option("Quảng cáo")
    page.get_by_role("button", name="Không duyệt").click()
    expect(page.locator(".queue > li")).to_have_count(2)
    page.wait_for_load_state()
    page.goto("/bien-tap/y-kien/nhat-ky/")
    look(page, f"log-{shade}")
    context.close()


def session_of(login: Login) -> str:
    """A session as the desk opens one."""
    session = SessionStore()
    session["_auth_user_id"] = str(login.pk)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = login.get_session_auth_hash()
    session.create()
    return str(session.session_key)
