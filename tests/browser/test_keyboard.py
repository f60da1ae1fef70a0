"""The desk without a mouse: everything is reached, what is reached is seen, what opens closes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opening
from tests.browser.test_clerks_day import button, heading

WALKED = [
    "/", "/ghi-viec/admit/", "/dang-vien/?q=lan&col=born_on",
    "/so-lieu/?unit=HU-THACH-THAT&period=2018-9M&known=29/10/2018",
    "/to-chuc/sap-xep/tach/?unit=XA-CAM-YEN-THON-5",
]  # fmt: skip
MOST_STOPS = 400
# Everything of the page that can be used: shown, enabled, not taken out of the order; of radios
# with one name and of a grid's run of cells one stands for all.
USABLE = """() => {
    const found = [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex='0']")];
    const seen = found.filter((one) =>
        one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0
        && !one.disabled && one.type !== "hidden" && !one.closest("[inert], dialog:not([open])"));
    const names = new Set();
    const wanted = seen.filter((one) => {
        if (one.type !== "radio") return true;
        const fresh = !names.has(one.name);
        names.add(one.name);
        return fresh;
    });
    wanted.forEach((one, at) => { one.dataset.stop = at; });
    return wanted.length;
}"""
# Where the focus is, whether it is seen: an outline, or a shadow or a frame that it brings.
FOCUSED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const ringed = (it) => {
        const how = getComputedStyle(it);
        return how.outlineStyle !== "none" && parseFloat(how.outlineWidth) >= 1
            || how.boxShadow !== "none";
    };
    const around = one.closest("label, td, form");
    const ring = ringed(one) || around && ringed(around);
    const covered = () => {
        const x = box.left + Math.min(box.width, 12) / 2, y = box.top + box.height / 2;
        const top = document.elementFromPoint(x, y);
        return top && top !== one && !one.contains(top) && !top.contains(one)
            && !one.closest("label")?.contains(top) && getComputedStyle(top).position;
    };
    const hidden = covered();
    const words = (one.textContent || one.name || "").trim().slice(0, 40);
    return {
        stop: one.dataset.stop ?? null, ring: Boolean(ring),
        inside: box.bottom > 0 && box.top < innerHeight,
        covered: hidden === "sticky" || hidden === "fixed",
        what: `${one.tagName.toLowerCase()} ${one.className} ${words}`,
    };
}"""


@pytest.mark.parametrize("path", WALKED)
def test_tab_reaches_everything_and_is_seen(sign_in: Opening, path: str) -> None:
    page = sign_in()
    page.goto(path)
    page.wait_for_load_state("networkidle")
    stops = page.evaluate(USABLE)
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    reached: set[str] = set()
    unseen = []
    for _ in range(min(stops + 20, MOST_STOPS)):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found is None:
            continue
        if found["stop"] in reached:
            break
        reached.add(found["stop"])
        if not found["ring"] or not found["inside"] or found["covered"]:
            unseen.append(found["what"])
    assert unseen == []
    missing = page.evaluate(
        """(reached) => [...document.querySelectorAll("[data-stop]")]
            .filter((one) => !reached.includes(one.dataset.stop))
            .map((one) => one.outerHTML.slice(0, 120))""",
        [one for one in reached if one],
    )
    if stops <= MOST_STOPS - 20:
        assert missing == []


def test_the_skip_link_comes_first_and_leads_to_the_content(sign_in: Opening) -> None:
    page = sign_in()
    page.goto("/dang-vien/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_escape_closes_the_search_and_gives_the_focus_back(sign_in: Opening) -> None:
    page = sign_in()
    page.goto("/so-nhat-ky/")
    page.locator("[data-seek]").focus()
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator("[data-seek]")).to_be_focused()


def test_escape_closes_the_menu_of_a_phone(sign_in: Opening) -> None:
    page = sign_in(size=(390, 844))
    page.goto("/dang-vien/")
    menu = page.get_by_role("button", name="Mục lục")
    menu.press("Enter")
    link = page.get_by_role("link", name="Số liệu")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(menu).to_be_focused()


def _cell(page: Page, at: int) -> None:
    field = page.get_by_role("grid").get_by_role("textbox").nth(at)
    expect(field).to_be_focused()


def test_the_sheet_of_targets_is_walked_with_arrows(sign_in: Opening) -> None:
    page = sign_in()
    page.goto("/chi-tieu/?unit=XA-THACH-THAT-2025")
    fields = page.get_by_role("grid").get_by_role("textbox")
    fields.nth(0).focus()
    page.keyboard.press("ArrowDown")
    _cell(page, 1)
    page.keyboard.press("Enter")
    _cell(page, 2)
    page.keyboard.press("Shift+Enter")
    _cell(page, 1)
    page.keyboard.press("ArrowUp")
    _cell(page, 0)
    page.keyboard.press("ArrowUp")
    _cell(page, 0)
    # What is typed replaces the number; Escape takes it back.
    before = fields.nth(0).input_value()
    page.keyboard.type("77")
    expect(fields.nth(0)).to_have_value("77")
    page.keyboard.press("Escape")
    expect(fields.nth(0)).to_have_value(before)
    # Enter never sends the form: only the button records.
    page.keyboard.press("Enter")
    assert page.url.endswith("/chi-tieu/?unit=XA-THACH-THAT-2025")


def test_a_refused_form_is_read_first(sign_in: Opening) -> None:
    page = sign_in()
    page.goto("/ghi-viec/admit/")
    button(page, "Xem trước").press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    heading(page, "Kết nạp")
    # Each refusal leads to its field.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id || location.hash.slice(1)") == "id_full_name"
