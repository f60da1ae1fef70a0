"""An article's day in a browser: written, handed on, published, through the served product."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from giaoban.cli.demonstration.diary import EDITOR, PASSWORD, PUBLISHER, WRITER
from tests.browser.serving import Served, seat

HEADLINE = "Xã Cẩm Yên kết nạp đảng viên mới"
# The checker tells the console what it has found.
TOLD = re.compile(r"^axe\.run results")


class Seen:
    """What a browser asked for, and what it complained of."""

    def __init__(self) -> None:
        self.hosts: set[str] = set()
        self.complaints: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("request", lambda asked: self.hosts.add(urlsplit(asked.url).netloc))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def unexpected(self) -> list[str]:
        return [one for one in self.complaints if not TOLD.search(one)]


Sitting = Callable[[str], Page]


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def sit(browser: Browser, served: Served, seen: Seen) -> Iterator[Sitting]:
    """Sign somebody in, beginning where they want to go: at the editors' first page."""
    opened: list[BrowserContext] = []

    def open_page(login: str) -> Page:
        context = seat(browser, served.portal)
        opened.append(context)
        page = context.new_page()
        seen.watch(page)
        page.goto("/bien-tap/")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD)
        page.click("form[action='/tai-khoan/dang-nhap/'] button[type=submit]")
        page.wait_for_url(f"{served.portal}/bien-tap/")
        return page

    yield open_page
    for context in opened:
        context.close()


def choose(page: Page, act: str) -> str:
    """Choose an act from the menu beside the chief one; what is said when it is done."""
    page.get_by_role("button", name="Thao tác khác").last.click()
    named = re.compile(rf"^\s*{act}\b(?! kèm)")
    page.locator("footer").get_by_role("button", name=named).first.click()
    said = page.locator(".messages li.success")
    expect(said).to_be_visible()
    return said.inner_text()


def write(page: Page, headline: str) -> None:
    """A short article, typed; nobody presses "save"."""
    page.get_by_role("link", name="Chính trị").first.click()
    page.wait_for_url("**/add/**")
    page.wait_for_load_state("networkidle")
    # Wagtail notes what an untouched form holds a moment after it is drawn; nobody types sooner.
    page.wait_for_timeout(1500)
    page.fill("#id_title", headline)
    page.locator("[data-contentpath=lead] [contenteditable=true]").click()
    page.keyboard.type("Sáng 28/10, Đảng ủy xã tổ chức lễ kết nạp.")
    body = page.locator("[data-contentpath=body]")
    body.get_by_role("button", name="Chèn khối nội dung").first.click()
    page.get_by_role("option", name="Đề mục").click()
    body.locator("input[name=body-0-value]").fill("Lễ kết nạp")
    expect(page).to_have_url(re.compile(r"/bien-tap/pages/\d+/edit/"))
    expect(page.get_by_text("Đã lưu", exact=True).first).to_be_visible()


def test_written_submitted_approved_published(sit: Sitting, served: Served, seen: Seen) -> None:
    writer = sit(WRITER)
    expect(writer.get_by_role("heading", name="Bàn biên tập")).to_be_visible()
    write(writer, HEADLINE)
    assert "Đã trình duyệt" in choose(writer, "Trình theo quy trình")
    for login, act in ((EDITOR, "Duyệt"), (PUBLISHER, "Duyệt và đăng")):
        page = sit(login)
        expect(page.get_by_role("heading", name="Bài đang chờ duyệt")).to_be_visible()
        page.get_by_role("link", name=HEADLINE).first.click()
        assert HEADLINE in choose(page, act)
    public = sit(PUBLISHER)
    public.goto("/chinh-tri/")
    expect(public.get_by_role("link", name=HEADLINE).first).to_be_visible()
    assert seen.hosts <= {urlsplit(served.portal).netloc, urlsplit(served.address).netloc}
    assert seen.unexpected() == []


# The autosave is done at the server a good while before the page hears of it.
SLOW_ANSWERS = """
const ask = window.fetch;
window.fetch = async (where, how) => {
  const answer = await ask(where, how);
  if (/post/i.test(how?.method)) await new Promise((done) => setTimeout(done, 2000));
  return answer;
};
"""


def test_what_is_submitted_after_several_autosaves_is_no_conflict(sit: Sitting) -> None:
    writer = sit(WRITER)
    write(writer, "Bài đặt tên lần đầu")
    for headline in ("Bài đặt tên lần hai", "Bài đặt tên lần ba"):
        with writer.expect_response(lambda heard: "/edit/" in heard.url) as saved:
            writer.fill("#id_title", headline)
        assert saved.value.status == 200
        expect(writer.get_by_text("Đã lưu", exact=True).first).to_be_visible()
    assert "Bài đặt tên lần ba" in choose(writer, "Trình theo quy trình")


def test_what_is_submitted_during_its_own_autosave_is_no_conflict(sit: Sitting, seen: Seen) -> None:
    writer = sit(WRITER)
    writer.add_init_script(SLOW_ANSWERS)
    writer.reload()
    write(writer, "Bài trình ngay khi còn đang tự lưu")
    with writer.expect_request(lambda asked: asked.method == "POST" and "/edit/" in asked.url):
        writer.fill("#id_title", "Bài vừa đổi tên thì trình")
    assert "Bài vừa đổi tên thì trình" in choose(writer, "Trình theo quy trình")
    assert seen.unexpected() == []


PLACES = (
    "", "pages/", "images/", "images/add/", "documents/", "reports/locked/", "reports/workflow/",
    "reports/site-history/", "account/", "redirects/",
)  # fmt: skip
# What Wagtail says where nobody has said it in Vietnamese.
ENGLISH = re.compile(
    r"\b(the|and|your|you|page|image|document|save|publish|search|edit)\b", re.IGNORECASE
)


def test_screens_ask_nobody_outside_and_speak_vietnamese(
    sit: Sitting, served: Served, seen: Seen
) -> None:
    page = sit(PUBLISHER)
    for place in PLACES:
        answer = page.goto(f"/bien-tap/{place}")
        assert answer is not None
        assert answer.status == 200, place
        page.wait_for_load_state("networkidle")
        buttons = page.locator("#main input[type=submit]").evaluate_all(
            "all => all.map(one => one.value)"
        )
        said = " ".join([page.locator("#main").inner_text(), *buttons])
        assert ENGLISH.findall(said) == [], place
        assert "Wagtail" not in page.content().split("<main", 1)[-1].split("</main")[0], place
    assert seen.hosts <= {urlsplit(served.portal).netloc, urlsplit(served.address).netloc}
    assert seen.unexpected() == []


def test_the_checker_reads_the_preview(sit: Sitting, seen: Seen) -> None:
    """The words are counted and the rules run inside the frame with the public page."""
    page = sit(WRITER)
    write(page, "Bài để kiểm tra")
    page.get_by_role("button", name="Mở, thu phần kiểm tra").click()
    checks = page.locator("[data-side-panel=checks]")
    expect(checks.get_by_text("Số đo của bài")).to_be_visible()
    expect(checks.get_by_text("Chỗ cần sửa")).to_be_visible()
    expect(checks.get_by_text(re.compile(r"^\d+\sphút$"))).to_be_visible()
    assert seen.unexpected() == []


# A draft with a picture whose description is the name of its file.
BADLY_DESCRIBED = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "giaoban.every_door"
import django
django.setup()
from giaoban.portal.pages.models import ArticlePage, Picture
from giaoban.portal.demonstration.hands import WRITER, who
shown = ArticlePage.objects.live().exclude(picture=None).first()
picture = Picture.objects.get(pk=shown.picture_id)
picture.pk, picture.alt = None, "IMG_2043.jpg"
picture.save(force_insert=True)
draft = ArticlePage(title="Bài có ảnh chưa tả", lead="<p>Sapô của bài.</p>", live=False,
                    picture=picture, owner=who(WRITER), body=[("text", "<p>Mười chữ.</p>")])
shown.get_parent().add_child(instance=draft)
draft.save_revision(user=who(WRITER))
print(draft.pk)
"""
# As Wagtail counts them.
WORDS = """element => [...new Intl.Segmenter("vi", {granularity: "word"})
    .segment(element.innerText)].filter(one => one.isWordLike).length"""


def test_the_checker_tells_what_is_wrong_and_counts_the_article_alone(
    sit: Sitting, served: Served, seen: Seen
) -> None:
    made = subprocess.run([sys.executable, "-c", BADLY_DESCRIBED], env=served.home.environment,
                          capture_output=True, text=True, check=True)  # fmt: skip
    page = sit(WRITER)
    page.goto(f"/bien-tap/pages/{made.stdout.strip()}/edit/")
    page.get_by_role("button", name="Mở, thu phần kiểm tra").click()
    checks = page.locator("[data-side-panel=checks]")
    expect(checks.get_by_text("Mô tả ảnh giống tên tệp")).to_be_visible()
    expect(checks.locator("[data-content-checker-count]")).not_to_have_text("0")
    public = page.frame_locator("#w-preview-iframe")
    words = public.locator("main article").evaluate(WORDS)
    assert public.locator("main").evaluate(WORDS) > words
    expect(checks.locator("[data-content-word-count]")).to_have_text(str(words))
    assert seen.unexpected() == []
