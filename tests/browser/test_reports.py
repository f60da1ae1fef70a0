"""A report's whole life at the served desk: begun by a clerk, checked and issued by a leader, taken
away, and told otherwise by an act that came late."""

from __future__ import annotations

import io
import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from giaoban.cli.demonstration.diary import CLERK, EDITOR, LEADER
from tests.browser.conftest import Opening
from tests.browser.serving import DESK, PHONE

UNIT, REPORT = "HU-THACH-THAT", "organisation-work"
BEGIN = f"/bao-cao/soan/?definition={REPORT}&year=2018&part=9M&unit={UNIT}"
NUMBER = "47-BC/BTCHU"  # after the two that the demonstration has issued
# Of what the members' own entries tell; the report issued on 29 October says 134.
LATE = "Phí Thị Báo Cáo Muộn"


def _button(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def _hand_in(page: Page, known: str) -> str:
    page.goto(BEGIN)
    _button(page, "Lập dự thảo")
    expect(page.locator("article.document .draft-mark")).to_be_visible()
    page.get_by_label("Ngày của văn bản").fill("30/10/2018")
    page.get_by_label("Người ký").fill("Nguyễn Văn Ước")
    page.get_by_label("Theo sổ ghi đến hết ngày").fill(known)
    _button(page, "Trình soát")
    expect(page.locator("#notes")).to_contain_text("Đã trình soát")
    expect(page.locator("main")).to_contain_text("Người soạn không tự soát")
    return page.url


def _issue(page: Page, draft: str) -> str:
    page.goto(draft)
    _button(page, "Xác nhận đã soát")
    page.get_by_role("link", name="Ban hành", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text(NUMBER)
    _button(page, "Ban hành")
    expect(page.locator("h1")).to_have_text(f"Số {NUMBER}")
    return page.url


def _complaints(page: Page) -> list[str]:
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    found = [f"{one['id']} {one['nodes'][0]['target']}" for one in results.response["violations"]]
    over = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return [*found, *(["wider than the window"] if page.evaluate(over) else [])]


def test_a_report_from_its_draft_to_then_and_now(sign_in: Opening) -> None:
    clerk, leader = sign_in(CLERK), sign_in(LEADER)
    draft = _hand_in(clerk, "29/10/2018")
    address = _issue(leader, draft)

    admitted = leader.locator("article.document a[href*='cell=admitted']").first
    expect(admitted).to_have_text("134")
    leader.get_by_text("Tải về").click()
    with leader.expect_download() as taken:
        leader.get_by_role("link", name=re.compile("pdf")).click()
    text = "".join(one.extract_text() for one in PdfReader(
        io.BytesIO(taken.value.path().read_bytes())
    ).pages)  # fmt: skip
    assert "134" in text
    assert NUMBER in text

    _late_admission(clerk)
    leader.goto(address)
    then = leader.locator("#since").locator("xpath=ancestor::section").get_by_role("row")
    row = then.filter(has_text=re.compile("^Số đảng viên kết nạp")).first
    expect(row).to_contain_text("134")
    expect(row).to_contain_text("135")
    row.get_by_role("link").first.click()
    expect(leader.locator("h1")).to_contain_text("Kết nạp, số")
    _looks(sign_in, (draft, address))


def _late_admission(page: Page) -> None:
    """Somebody admitted in September 2018, told only now."""
    page.goto("/ghi-viec/admit/")
    page.get_by_label("Họ và tên").fill(LATE)
    page.get_by_label("Nơi sinh hoạt").fill("XA-CAM-YEN-THON-1")
    page.get_by_label("Số và ký hiệu").fill("301-QĐ/HU")
    page.get_by_label("Ngày ban hành").fill("20/09/2018")
    page.get_by_label("Cơ quan ban hành").fill("Huyện ủy Thạch Thất")
    page.get_by_label("Ngày lễ kết nạp").fill("26/09/2018")
    _button(page, "Xem trước")
    _button(page, "Ghi sổ")
    expect(page.locator("#notes")).to_contain_text("Đã ghi sổ, số")


def _looks(sign_in: Opening, paths: tuple[str, ...]) -> None:
    """No violation and nothing too wide, on a desk and a phone, in the dark; an editor reads what
    is issued."""
    for size, dark in ((DESK, False), (PHONE, True)):
        page = sign_in(CLERK, size=size, dark=dark)
        for path in (*paths, f"/bao-cao/so-sanh/?mot={paths[-1].rstrip('/').rpartition('/')[2]}"):
            page.goto(path)
            assert _complaints(page) == [], (path, size)
    editor = sign_in(EDITOR)
    editor.goto(paths[-1])
    expect(editor.locator("article.document")).to_contain_text("134")
    assert editor.locator("article.document a").count() == 0
    assert _complaints(editor) == []


def test_a_draft_is_written_without_a_script(sign_in: Opening) -> None:
    page = sign_in(CLERK, script=False)
    page.goto(BEGIN)
    page.get_by_label("Năm").select_option("2019")
    _button(page, "Xem lại lựa chọn phù hợp")
    expect(page.get_by_label("Năm")).to_have_value("2019")
    _button(page, "Lập dự thảo")
    page.get_by_label("Người ký").fill("Lê Thị Hai")
    _button(page, "Lưu")
    expect(page.locator("#notes")).to_contain_text("Đã lưu")
    expect(page.get_by_label("Người ký")).to_have_value("Lê Thị Hai")
    page.goto(f"/bao-cao/mau/{REPORT}/sao-chep/")
    page.get_by_role("button", name="Thêm mục", exact=True).click()
    expect(page.locator("article.document")).to_be_visible()
