"""The public site in a browser, page by page: no violation that axe knows, nothing wider than the
window, nothing refused by the policy, nothing from elsewhere, nothing that jumps, light, and all of
it without a script."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.serving import DESK, PHONE, Served, seat, served_desk

ARTICLE = "/chinh-tri/ket-nap-dang-vien-chin-thang-2018/"
MISSING = "/kinh-te/khong-co-bai-nay/"
PAGES = [
    "/", "/chinh-tri/", ARTICLE, f"{ARTICLE}?ban-in=1", "/the/ket-nap-dang-vien/",
    "/van-ban/", "/van-ban/?q=ke+hoach&nam=2018", "/van-ban/?q=khong-co-gi",
    "/to-chuc/", "/tim-kiem/", "/tim-kiem/?q=dang+vien", "/tim-kiem/?q=khongcotunay",
    "/so-do-trang/", "/tiep-can/", "/so-lieu/", "/bao-cao/", "/dinh-chinh/", MISSING,
]  # fmt: skip
# Of each of these lists, its first entry is a kind of page of its own.
FIRST_OF = {
    "/van-ban/": ".docs p a",
    "/so-lieu/": ".figure-list th a",
    "/bao-cao/": ".reports h2 a",
}
MOST_BYTES = 100_000
LEAST_SHIFT_SEEN = 0.001


@pytest.fixture(scope="module")
def portal(browser: Browser) -> Iterator[Served]:
    """The demonstration with its public site, served for the tests of this module."""
    with served_desk(portal=True) as served:
        yield served


def paths(page: Page) -> list[str]:
    """Every kind of page, those that only the site itself can name among them."""
    named = []
    for front, link in FIRST_OF.items():
        page.goto(front)
        address = page.locator(link).first.get_attribute("href")
        assert address, front
        named.append(address)
    return [*PAGES, *named]


def open_page(page: Page, path: str) -> list[Response]:
    """Open a page and wait until it has all it asks for; what came for it."""
    answers: list[Response] = []

    def came(answer: Response) -> None:
        answers.append(answer)

    page.on("response", came)
    answer = page.goto(path, wait_until="load")
    page.remove_listener("response", came)
    assert answer is not None
    assert answer.status == (404 if path == MISSING else 200), path
    return answers


def weight(answers: list[Response]) -> int:
    """How many bytes came over the line, packed as they came."""
    return sum(
        answer.request.sizes()["responseBodySize"] for answer in answers if answer.status == 200
    )


def to_the_end(page: Page) -> None:
    """Read a page to its end, until every picture on the way is there."""
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_function("[...document.images].every(one => one.complete)")
    page.wait_for_load_state("networkidle")


def faults(page: Page, name: str, rules: list[str] | None) -> list[str]:
    """What axe knows to be wrong with the page that is open, and whether it is too wide."""
    asks: dict[str, Any] = {"runOnly": rules} if rules else {}
    results = Axe().run(page, options={"resultTypes": ["violations"], **asks})
    found = [
        f"{name}: {one['id']} {one['nodes'][0]['target']}" for one in results.response["violations"]
    ]
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*found, f"{name}: {over} pixels wider than the window"] if over > 0 else found


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("rules", [None, ["color-contrast"]], ids=["light", "dark"])
def test_pages(
    browser: Browser, portal: Served, size: tuple[int, int], rules: list[str] | None
) -> None:
    context = seat(browser, portal.portal, size=size, dark=rules is not None)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda broken: complaints.append(str(broken)))
    found: list[str] = []
    for path in paths(page):
        here = urlsplit(portal.portal).netloc
        found += [
            f"{path}: {answer.url} is elsewhere"
            for answer in open_page(page, path) if urlsplit(answer.url).netloc != here
        ]  # fmt: skip
        found += faults(page, path, rules)
    assert not context.cookies(), "who only reads is given no cookie"
    context.close()
    assert not found, "\n".join(found)
    assert [said for said in complaints if "404" not in said] == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_article_is_light_and_nothing_in_it_jumps(
    browser: Browser, portal: Served, size: tuple[int, int]
) -> None:
    # Pictures are made in their sizes when a page is first asked for.
    with_pictures = seat(browser, portal.portal, size=size)
    to_the_end(open_page(with_pictures.new_page(), ARTICLE)[0].frame.page)
    with_pictures.close()
    context = seat(browser, portal.portal, size=size)
    page = context.new_page()
    answers: list[Response] = []

    def came(answer: Response) -> None:
        answers.append(answer)

    page.on("response", came)
    page.goto(ARTICLE)
    to_the_end(page)
    assert weight(answers) < MOST_BYTES, {one.url: one.request.sizes() for one in answers}
    assert {".woff2", ".avif"} <= {one.url[one.url.rindex(".") :] for one in answers}
    shifts = page.evaluate(
        """() => new Promise(done => {
            const seen = [];
            new PerformanceObserver(list => seen.push(...list.getEntries().map(one => one.value)))
                .observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(seen), 300);
        })"""
    )
    assert sum(shifts) < LEAST_SHIFT_SEEN, shifts
    context.close()


def test_every_picture_of_an_article_says_its_size_and_what_it_shows(
    browser: Browser, portal: Served
) -> None:
    context = seat(browser, portal.portal)
    page = context.new_page()
    open_page(page, ARTICLE)
    shown = page.eval_on_selector_all(
        "main img", "all => all.map(one => [one.width, one.height, one.getAttribute('alt')])"
    )
    assert shown
    assert all(width and height and alt for width, height, alt in shown)
    context.close()


def test_all_of_it_is_read_and_used_without_a_script(browser: Browser, portal: Served) -> None:
    context = seat(browser, portal.portal, script=False)
    page = context.new_page()
    open_page(page, ARTICLE)
    number = page.locator(".prose .fig").first
    number.click()
    expect(page.locator(".card:popover-open")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".card:popover-open")).to_have_count(0)
    expect(page.locator("#nguon-so-lieu")).to_contain_text("134")
    page.click(".masthead button[name=language]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith(ARTICLE)
    page.goto("/tim-kiem/")
    page.fill("#q", "ket nap dang vien")
    page.keyboard.press("Enter")
    expect(page.locator(".hits h2").first).to_contain_text("kết nạp 134 đảng viên")
    context.close()


def test_a_resting_pointer_and_a_finger_show_what_a_number_counts(
    browser: Browser, portal: Served
) -> None:
    context = seat(browser, portal.portal)
    page = context.new_page()
    open_page(page, ARTICLE)
    opened = page.locator(".card:popover-open")
    page.locator(".prose .fig").first.hover()
    expect(opened).to_have_count(1)
    page.locator(".headline").hover()
    expect(opened).to_have_count(0)
    context.close()
    telephone = browser.new_context(
        base_url=portal.portal, viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True,
        is_mobile=True,
    )  # fmt: skip
    page = telephone.new_page()
    open_page(page, ARTICLE)
    page.locator(".prose .fig").first.tap()
    expect(page.locator(".card:popover-open")).to_have_count(1)
    telephone.close()


def test_the_keyboard_reaches_the_words_first_and_every_part_after(
    browser: Browser, portal: Served
) -> None:
    context = seat(browser, portal.portal)
    page = context.new_page()
    open_page(page, ARTICLE)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".kicker a")).to_be_focused()
    page.locator(".prose .fig").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".card:popover-open")).to_have_count(1)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.card') !== null")
    page.keyboard.press("Escape")
    expect(page.locator(".prose .fig").first).to_be_focused()
    context.close()


# What WCAG 1.4.12 lets a reader set.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                 word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"""
SPACE_OUT = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
# Lower than 24 pixels: what stands alone and is pressed, and lines in which a mark may be cut off.
TOO_SMALL = """() => {
    const shown = one => one.checkVisibility() && one.getBoundingClientRect().width > 1;
    const beside = one => [...one.parentElement.childNodes].some(
        other => other.nodeType === Node.TEXT_NODE && other.textContent.trim().length > 1);
    const alone = [...document.querySelectorAll("a, button, input, select, textarea, summary")]
        .filter(one => shown(one) && !one.closest(".vh, .trap, .paper") && !beside(one))
        .filter(one => one.getBoundingClientRect().height < 23.9);
    const cut = [...document.querySelectorAll("body *")].filter(one => {
        const style = getComputedStyle(one);
        return shown(one) && !(one instanceof SVGElement) && one.innerText?.trim()
            && parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.355;
    });
    return [...alone, ...cut].map(one => one.outerHTML.slice(0, 120));
}"""


def test_enlarged_fourfold_and_spaced_out_nothing_is_cut_off_and_all_can_be_pressed(
    browser: Browser, portal: Served
) -> None:
    context = seat(browser, portal.portal, size=(320, 640))
    page = context.new_page()
    found = []
    for path in paths(page):
        open_page(page, path)
        found += [f"{path}: {one}" for one in page.evaluate(TOO_SMALL)]
        page.evaluate(SPACE_OUT, SPACED)
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        found += [f"{path}: {over} pixels wider than the window"] if over > 0 else []
    context.close()
    assert not found, "\n".join(found)


def test_on_paper_an_article_is_its_words_and_the_sources_of_its_figures(
    browser: Browser, portal: Served
) -> None:
    context = seat(browser, portal.portal)
    page = context.new_page()
    open_page(page, ARTICLE)
    page.emulate_media(media="print")
    for hidden in (".parts", ".side", ".comments", ".next", ".edition .end"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in (".headline", ".prose", ".byline", "#nguon-so-lieu table"):
        expect(page.locator(shown).first).to_be_visible()
    # The same sheet on the screen, for whoever has no script that could print.
    page.emulate_media(media="screen")
    open_page(page, f"{ARTICLE}?ban-in=1")
    for hidden in (".parts", ".side", ".next", ".colophon", ".edition .end"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in (".headline", ".prose", ".byline"):
        expect(page.locator(shown).first).to_be_visible()
    context.close()


@pytest.fixture(scope="module")
def befallen(portal: Served) -> dict[str, str]:
    """The same site after some mishaps; for the last tests of this module."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.mishaps", ARTICLE], env=portal.home.environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, str] = json.loads(done.stdout)
    return told


def answered(page: Page, path: str, form: str = "") -> int:
    """The status of a page; of what comes back for its form, sent as it is without a script."""
    answer = page.goto(path)
    if form:
        with page.expect_navigation() as sent:
            page.evaluate("form => document.querySelector(form).submit()", form)
        answer = sent.value
    assert answer is not None
    return answer.status


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_that_are_closed_refused_broken_corrected_or_withdrawn(
    browser: Browser, portal: Served, befallen: dict[str, str], size: tuple[int, int], dark: bool
) -> None:
    context = seat(browser, portal.portal, size=size, dark=dark)
    page = context.new_page()
    found: list[str] = []
    for path, form, status, words in (
        (befallen["closed"], "", 200, "Trang có mật khẩu"),
        (befallen["closed"], ".ask", 429, "nhập sai mật khẩu. Xin thử lại sau"),
        (befallen["write"], "", 200, "Viết ý kiến"),
        (befallen["write"], "[data-comment]", 429, "Xin gửi lại sau"),
        (befallen["comments"], "", 200, "Ý kiến bạn đọc"),
        (befallen["mine"], "", 200, "đã được tiếp nhận"),
        (befallen["broken"], "", 500, "Xin thử lại"),
        ("/dinh-chinh/", "", 200, "Ghi sổ muộn một trường hợp."),
        (ARTICLE, "", 200, "Ghi sổ muộn một trường hợp."),
    ):
        assert answered(page, path, form) == status, path
        expect(page.locator("main")).to_contain_text(words)
        found += faults(page, f"{path} {form}", ["color-contrast"] if dark else None)
    # The card of a number whose report was withdrawn says so, and the keyboard opens it.
    page.locator(".prose .fig").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".card:popover-open")).to_contain_text("thu hồi")
    found += faults(page, "a withdrawn figure", ["color-contrast"] if dark else None)
    context.close()
    assert not found, "\n".join(found)


def test_a_closed_page_is_asked_for_and_refused_with_the_keyboard(
    browser: Browser, portal: Served, befallen: dict[str, str]
) -> None:
    context = seat(browser, portal.portal)
    page = context.new_page()
    page.goto(befallen["closed"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#closed")).to_be_focused()
    page.keyboard.type("sai")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Xin thử lại sau")
    expect(page.locator("#closed")).to_have_attribute("aria-describedby", "closed-refused")
    page.goto(befallen["mine"])
    page.get_by_role("button", name="Rút").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("đã được xóa")
    context.close()
