"""A clerk's whole day at the served desk, in one story, as a person sees it on the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from giaoban.cli.demonstration.diary import SECRETARY
from giaoban.vietnamese import VIETNAM_TIME, format_date
from tests.browser.conftest import Opening
from tests.intake.sheets import members

TODAY = datetime.now(VIETNAM_TIME).date()
YESTERDAY = TODAY - timedelta(days=1)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COMMUNE = "XA-THACH-THAT-2025"
CELL, NEXT_CELL, THIRD_CELL = (f"XA-CAM-YEN-THON-{n}" for n in (1, 2, 3))
NEWCOMER = "Khuất Thị Ánh Tuyết"
PROPOSED = "Quách Thị Thảo Nguyên"
BROUGHT = ("Đỗ Thị Bích Hường", "Vương Đình Thưởng")


@dataclass
class Day:
    """What one step of the story leaves to the next."""

    total: int = 0
    namesake: tuple[str, str] = ("", "")
    entry: str = ""


def said(day: date) -> str:
    return format_date(day)


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def button(page: Page, name: str) -> Any:
    return page.locator("main").get_by_role("button", name=name, exact=True)


def go(page: Page, name: str) -> None:
    """A page of the menu."""
    page.get_by_role("navigation", name="Mục lục").get_by_role("link", name=name).click()


def members_of(page: Page, unit: str) -> int:
    page.goto(f"/dang-vien/?unit={unit}")
    return number(page.locator(".page-head .sub").inner_text().split(" đảng viên")[0])


def choose(page: Page, label: str, text: str) -> None:
    """Type into a field of persons or units; what it may mean comes up to be chosen."""
    box = page.get_by_label(label, exact=True)
    box.fill("")
    box.press_sequentially(text)
    options = page.locator(f"#{box.get_attribute('id')}_options")
    expect(options.get_by_role("radio").first).to_be_visible()
    expect(options.get_by_role("radio")).to_have_count(1)
    expect(options.get_by_role("radio")).to_be_checked()


def paper(page: Page, number: str, day: date) -> None:
    page.get_by_label("Số và ký hiệu").fill(number)
    page.get_by_label("Ngày ban hành").fill(said(day))
    page.get_by_label("Cơ quan ban hành").fill("Đảng ủy xã Thạch Thất")


def recorded(page: Page) -> str:
    """The number under which the act just recorded stands in the journal."""
    expect(page.locator("#notes")).to_contain_text("Đã ghi sổ, số")
    return page.url.rstrip("/").rpartition("/")[2]


def test_a_clerks_whole_day(sign_in: Opening) -> None:
    page, day = sign_in(), Day()
    complaints: list[str] = []
    page.on("pageerror", lambda broken: complaints.append(str(broken)))
    the_overview(page, day)
    a_spreadsheet_is_brought_in(page, day)
    the_register_is_searched(page, day)
    an_admission(page, day)
    it_is_taken_back(page, day)
    a_transfer(page, day)
    targets(page, day)
    two_cells_become_one(page, day)
    a_cell_is_split(page, day)
    a_secretary_proposes(page, sign_in(SECRETARY), day)
    a_figure_down_to_its_entry(page, day)
    search_everywhere(page, day)
    the_other_language(page)
    signed_out(page)
    assert complaints == []


def the_overview(page: Page, day: Day) -> None:
    heading(page, "Tổng quan")
    main = page.locator("main")
    for part in ("Việc cần làm", "Đến hạn công nhận chính thức", "Đang chuyển sinh hoạt"):
        expect(main).to_contain_text(part)
    expect(page.locator(".who b")).to_have_text("ban-to-chuc")
    day.total = members_of(page, COMMUNE)


def a_spreadsheet_is_brought_in(page: Page, day: Day) -> None:
    day.namesake = _somebody(page, NEXT_CELL)
    name, born = day.namesake
    file = members(
        [1, BROUGHT[0], "1/2/1985", "Nữ", "Kinh", CELL, "Chính thức"],
        [2, BROUGHT[1], "30/4/1975", "Nam", "Kinh", CELL, "Chính thức"],
        [3, name, born, "Nam", "Kinh", CELL, "Chính thức"],
    )
    go(page, "Nhập dữ liệu")
    heading(page, "Nhập dữ liệu")
    sent = {"name": "dang-vien-moi.xlsx", "mimeType": XLSX, "buffer": file}
    page.set_input_files("input[type=file]", [sent])
    expect(page.locator(".drop output")).to_have_text("dang-vien-moi.xlsx")
    button(page, "Tiếp tục").click()
    heading(page, "dang-vien-moi.xlsx")
    # The heads were understood; the clerk says as of which day.
    expect(page.get_by_label("Họ và tên")).to_have_value("name")
    expect(page.get_by_label("Ngày, tháng, năm sinh")).to_have_value("born_on")
    expect(page.get_by_label("Chi bộ")).to_have_value("unit")
    expect(page.get_by_role("row", name=re.compile("Họ và tên"))).to_contain_text(BROUGHT[0])
    page.get_by_label("Danh sách tính đến hết ngày").fill(said(YESTERDAY))
    button(page, "Xem trước").click()
    # One of the three is suspected; nothing can be recorded before a person has decided.
    suspected = page.get_by_role("row", name=re.compile(re.escape(name)))
    expect(suspected).to_have_count(1)
    expect(page.get_by_role("button", name=re.compile("^Ghi sổ"))).to_have_count(0)
    suspected.get_by_label("người trùng tên").check()
    button(page, "Giữ các quyết định này").click()
    expect(page.get_by_role("row", name=re.compile(BROUGHT[0]))).to_contain_text("sẽ ghi sổ")
    button(page, "Ghi sổ 3 dòng").click()
    # The queue records; the page follows by itself.
    expect(page.locator("#going .note.success")).to_contain_text("Đã ghi sổ, số", timeout=60_000)
    page.get_by_role("link", name="Mở danh sách đảng viên").click()
    assert members_of(page, COMMUNE) == day.total + 3
    day.total += 3


def _somebody(page: Page, unit: str) -> tuple[str, str]:
    """The first member of a cell as the register shows them: name and day of birth."""
    page.goto(f"/dang-vien/?unit={unit}&col=born_on")
    row = page.locator("#list tbody tr").first
    return row.locator("th a").inner_text().strip(), row.locator("td").filter(
        has_text=re.compile(r"^\s*\d\d/\d\d/\d{4}\s*$")
    ).first.inner_text().strip()


def the_register_is_searched(page: Page, day: Day) -> None:
    go(page, "Đảng viên")
    page.get_by_label("Tên, có dấu hoặc không dấu").press_sequentially("bich huong")
    expect(page.locator("#list tbody tr").first).to_contain_text(BROUGHT[0])
    assert "q=bich" in page.url
    page.get_by_role("link", name=BROUGHT[0]).click()
    heading(page, BROUGHT[0])
    expect(page.locator("main")).to_contain_text("Chi bộ Thôn 1 Cẩm Yên")


def an_admission(page: Page, day: Day) -> None:
    go(page, "Ghi việc")
    page.get_by_role("link", name="Kết nạp", exact=True).click()
    heading(page, "Kết nạp")
    page.get_by_label("Họ và tên").fill(NEWCOMER)
    page.get_by_label("Giới tính").select_option(label="Nữ")
    page.get_by_label("Ngày sinh").fill("12/3/1995")
    choose(page, "Nơi sinh hoạt", CELL)
    page.get_by_label("Số và ký hiệu").fill("15-QĐ/ĐU")
    page.get_by_label("Ngày ban hành").fill(said(YESTERDAY))
    page.get_by_label("Ngày lễ kết nạp").fill(said(TODAY + timedelta(days=9)))
    button(page, "Xem trước").click()
    # Refused: no issuer. What was typed is kept, and the refusal is read first.
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("Chưa ghi sổ. Nội dung đã nhập vẫn được giữ.")
    expect(refusal).to_be_focused()
    expect(page.get_by_label("Họ và tên")).to_have_value(NEWCOMER)
    expect(page.get_by_label("Số và ký hiệu")).to_have_value("15-QĐ/ĐU")
    expect(page.get_by_label("Cơ quan ban hành")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Cơ quan ban hành").fill("Đảng ủy xã Thạch Thất")
    button(page, "Xem trước").click()
    # Refused again: the ceremony lies ahead.
    expect(page.get_by_label("Ngày lễ kết nạp")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Ngày lễ kết nạp").fill(said(YESTERDAY))
    button(page, "Xem trước").click()
    lines = page.locator("#lines")
    expect(lines).to_contain_text("Chi bộ Thôn 1 Cẩm Yên")
    expect(lines.get_by_role("row", name=re.compile("dự bị"))).to_contain_text("+1")
    expect(lines.get_by_role("row", name=re.compile("Cộng"))).to_contain_text("cân")
    button(page, "Ghi sổ").click()
    day.entry = recorded(page)
    heading(page, re.compile("^Kết nạp, số"))
    assert members_of(page, COMMUNE) == day.total + 1


def it_is_taken_back(page: Page, day: Day) -> None:
    page.goto(f"/so-nhat-ky/{day.entry}/")
    button(page, "Xem trước").click()
    expect(page.get_by_label("Lý do")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Lý do").fill("Ghi nhầm tổ chức")
    button(page, "Xem trước").click()
    expect(page.get_by_role("table", name=re.compile("Sẽ vào sổ"))).to_contain_text("\u22121")
    button(page, "Ghi hủy").click()
    recorded(page)
    expect(page.locator("main")).to_contain_text("Ghi nhầm tổ chức")
    # Both stand in the journal, each naming the other.
    page.goto(f"/so-nhat-ky/{day.entry}/")
    expect(page.locator("main")).to_contain_text("Dòng này đã ghi hủy tại dòng số")
    assert members_of(page, COMMUNE) == day.total


def a_transfer(page: Page, day: Day) -> None:
    page.goto("/ghi-viec/give-paper/")
    choose(page, "Đảng viên", BROUGHT[1])
    paper(page, "21-GT", YESTERDAY)
    button(page, "Xem trước").click()
    expect(page.locator("#lines")).to_contain_text("đang chuyển sinh hoạt")
    button(page, "Ghi sổ").click()
    recorded(page)
    # Until the paper is received the old cell goes on counting the member.
    assert members_of(page, COMMUNE) == day.total
    page.goto("/")
    expect(page.locator(".transit")).to_contain_text(BROUGHT[1])
    page.goto("/ghi-viec/receive/")
    choose(page, "Đảng viên", BROUGHT[1])
    choose(page, "Tổ chức tiếp nhận", NEXT_CELL)
    page.get_by_label("Ngày tiếp nhận").fill(said(TODAY))
    button(page, "Xem trước").click()
    button(page, "Ghi sổ").click()
    recorded(page)
    page.locator(".page-head .sub a").first.click()
    heading(page, BROUGHT[1])
    expect(page.locator(".page-head .sub")).to_contain_text("Chi bộ Thôn 2 Cẩm Yên")
    assert members_of(page, COMMUNE) == day.total


def targets(page: Page, day: Day) -> None:
    page.goto(f"/chi-tieu/?unit={COMMUNE}")
    heading(page, re.compile(r"^Chỉ tiêu năm \d{4}$"))
    fields = page.get_by_role("grid").get_by_role("textbox")
    fields.nth(0).click()
    page.keyboard.type("60")
    page.keyboard.press("ArrowDown")
    expect(fields.nth(1)).to_be_focused()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(fields.nth(2)).to_be_focused()
    # A column out of a spreadsheet fills the cells below.
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "5\\n6\\n7");
            document.activeElement.dispatchEvent(new ClipboardEvent(
                "paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    for at, value in ((1, "4"), (2, "5"), (3, "6"), (4, "7")):
        expect(fields.nth(at)).to_have_value(value)
    rest = page.locator("[data-top]")
    expect(rest).to_contain_text("Chưa giao hết")
    expect(rest.locator("[data-whole]")).to_have_text("60")
    left = number(rest.locator("[data-main]").inner_text())
    assert left == 60 - number(rest.locator("[data-handed]").inner_text())
    page.get_by_label("Số và ký hiệu").fill("30-QĐ/ĐU")
    page.get_by_label("Ngày ban hành").fill(said(TODAY))
    page.get_by_label("Cơ quan ban hành").fill("Đảng ủy xã Thạch Thất")
    button(page, "Ghi sổ").click()
    expect(page.locator("#notes")).to_contain_text("Đã ghi sổ, số")
    fourth = page.get_by_role("grid").locator("tbody tr").nth(4)
    expect(fourth.locator("td").nth(2)).to_have_text("7")
    assert number(page.locator("[data-top] [data-main]").inner_text()) == left


def two_cells_become_one(page: Page, day: Day) -> None:
    before = members_of(page, CELL) + members_of(page, THIRD_CELL)
    page.goto("/to-chuc/sap-xep/")
    page.get_by_role("link", name="Sáp nhập", exact=True).click()
    page.get_by_label("Tổ chức kết thúc, 1").fill(THIRD_CELL)
    page.get_by_label("Tổ chức giữ lại").fill(CELL)
    paper(page, "40-QĐ/ĐU", TODAY)
    button(page, "Tiếp: xem trước và sau").click()
    # Before and after as trees; nothing is lost on the way.
    expect(page.locator(".totals")).to_contain_text("Tổng số không đổi")
    expect(page.locator(".turn")).to_contain_text("Chi bộ Thôn 3 Cẩm Yên")
    button(page, "Ghi sổ").click()
    expect(page.locator("main")).to_contain_text("Đã ghi sổ, số")
    assert members_of(page, CELL) == before
    assert members_of(page, COMMUNE) == day.total


def a_cell_is_split(page: Page, day: Day) -> None:
    before = members_of(page, NEXT_CELL)
    page.goto(f"/to-chuc/sap-xep/tach/?unit={NEXT_CELL}")
    page.get_by_label(re.compile("Tổ chức kế thừa 1")).fill("Chi bộ Thôn Cẩm Sơn")
    paper(page, "41-QĐ/ĐU", TODAY)
    button(page, "Tiếp: xếp nơi đến").click()
    # Not before everybody has a place.
    button(page, "Tiếp: xem trước và sau").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa ghi sổ")
    page.get_by_label("Tên, có dấu hoặc không dấu").fill(BROUGHT[1].rpartition(" ")[2])
    button(page, "Tìm").click()
    row = page.get_by_role("row", name=re.compile(BROUGHT[1]))
    row.get_by_role("combobox").select_option(label="Chi bộ Thôn Cẩm Sơn")
    button(page, "Lưu nháp").click()
    page.goto(page.url.partition("?")[0])
    page.get_by_label("Xếp vào").select_option(label="Chi bộ Thôn 2 Cẩm Yên")
    button(page, "Xếp mọi người chưa có nơi đến").click()
    button(page, "Tiếp: xem trước và sau").click()
    expect(page.locator(".totals")).to_contain_text("Tổng số không đổi")
    button(page, "Ghi sổ").click()
    expect(page.locator("main")).to_contain_text("Đã ghi sổ, số")
    assert members_of(page, NEXT_CELL) == before - 1
    assert members_of(page, COMMUNE) == day.total


def a_secretary_proposes(page: Page, theirs: Page, day: Day) -> None:
    theirs.goto("/ghi-viec/admit/")
    theirs.get_by_label("Họ và tên").fill(PROPOSED)
    choose(theirs, "Nơi sinh hoạt", "XA-TIEN-XUAN-THON-4")
    paper(theirs, "16-QĐ/ĐU", YESTERDAY)
    theirs.get_by_label("Ngày lễ kết nạp").fill(said(YESTERDAY))
    button(theirs, "Xem trước").click()
    button(theirs, "Gửi đề nghị").click()
    expect(theirs.locator("#notes")).to_contain_text("Đã gửi đề nghị")
    # It waits outside the journal; the clerk sees it and records it.
    page.goto("/ghi-viec/")
    page.get_by_role("link", name=re.compile("1 đề nghị chờ duyệt")).click()
    page.get_by_role("link", name=re.compile(PROPOSED)).click()
    expect(page.locator("main")).to_contain_text("phu-trach-tien-xuan")
    button(page, "Ghi sổ").click()
    day.entry = recorded(page)
    theirs.reload()
    expect(theirs.locator("main")).to_contain_text("đã ghi sổ, số")


def a_figure_down_to_its_entry(page: Page, day: Day) -> None:
    page.goto(f"/so-lieu/?unit=XA-YEN-XUAN-2025&period={YESTERDAY.year}&indicator=admitted")
    heading(page, "Số đảng viên kết nạp")
    row = page.locator("#figures").get_by_role("row", name=re.compile("Thôn 4 Tiến Xuân"))
    cell = row.locator("td[data-label='thực hiện'] a")
    told = number(cell.inner_text())
    cell.click()
    behind = page.locator("#drill")
    expect(behind).to_contain_text(PROPOSED)
    expect(behind.locator("tbody tr")).to_have_count(told)
    expect(behind).to_contain_text("cân")
    assert "cell=" in page.url
    entry = behind.get_by_role("row", name=re.compile(PROPOSED)).get_by_role("link").first
    entry.click()
    heading(page, re.compile("^Kết nạp, số"))
    assert page.url.rstrip("/").endswith(day.entry)
    expect(page.locator("main")).to_contain_text("16-QĐ/ĐU")


def search_everywhere(page: Page, day: Day) -> None:
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.type("thao nguyen")
    hit = dialog.get_by_role("link", name=re.compile(PROPOSED)).first
    expect(hit).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    heading(page, PROPOSED)


def the_other_language(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    heading(page, PROPOSED)
    expect(page.locator("main")).to_contain_text("Timeline")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("main")).not_to_contain_text("Timeline")


def signed_out(page: Page) -> None:
    page.get_by_role("button", name="Đăng xuất").click()
    heading(page, "Đăng nhập")
    page.goto("/dang-vien/")
    heading(page, "Đăng nhập")


def _admission(page: Page, name: str) -> None:
    """An admission filled in and looked at, ready to be recorded."""
    page.goto("/ghi-viec/admit/")
    page.get_by_label("Họ và tên").fill(name)
    choose(page, "Nơi sinh hoạt", "TT-LIEN-QUAN-TDP-3")
    paper(page, "17-QĐ/ĐU", YESTERDAY)
    page.get_by_label("Ngày lễ kết nạp").fill(said(YESTERDAY))
    button(page, "Xem trước").click()
    expect(button(page, "Ghi sổ")).to_be_focused()


def _found(page: Page, name: str) -> int:
    page.goto(f"/dang-vien/?q={name}")
    return page.locator("#list tbody tr").count()


def test_a_double_click_posts_once(sign_in: Opening) -> None:
    page = sign_in()
    _admission(page, "Phùng Thị Nhấp Đúp")
    button(page, "Ghi sổ").dblclick()
    recorded(page)
    assert _found(page, "Phùng Thị Nhấp Đúp") == 1


def test_the_back_button_and_sending_again_post_once(sign_in: Opening) -> None:
    page = sign_in()
    _admission(page, "Phùng Thị Quay Lại")
    button(page, "Ghi sổ").click()
    first = recorded(page)
    page.go_back()
    button(page, "Ghi sổ").click()
    expect(page.locator("#notes")).to_contain_text("đã ghi sổ trước đó")
    assert page.url.rstrip("/").endswith(first)
    assert _found(page, "Phùng Thị Quay Lại") == 1


def test_a_lost_answer_and_sending_again_post_once(sign_in: Opening) -> None:
    """The connection breaks after the desk has recorded and before the page is told."""
    page = sign_in()
    _admission(page, "Phùng Thị Mất Mạng")
    lost: list[str] = []
    context: BrowserContext = page.context

    def lose(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(str(route.fetch(max_redirects=0).status))
            route.abort("connectionreset")
        else:
            route.continue_()

    context.route("**/ghi-viec/admit/", lose)
    button(page, "Ghi sổ").click()
    page.wait_for_url("chrome-error://**")
    page.reload()
    expect(page.locator("#notes")).to_contain_text("đã ghi sổ trước đó")
    assert lost == ["302"]
    assert _found(page, "Phùng Thị Mất Mạng") == 1
