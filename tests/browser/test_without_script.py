"""The desk where scripts are switched off: every step is a plain request."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opening
from tests.browser.test_clerks_day import (
    XLSX,
    YESTERDAY,
    button,
    heading,
    paper,
    recorded,
    said,
)
from tests.intake.sheets import members

NINE_MONTHS = "/so-lieu/?unit=HU-THACH-THAT&period=2018-9M&known=29/10/2018"


def test_the_register_is_searched(sign_in: Opening) -> None:
    page = sign_in(script=False)
    page.goto("/dang-vien/")
    page.get_by_label(re.compile("có dấu hoặc không dấu")).fill("nguyen hong lan")
    page.locator("main form").get_by_role("button", name="Tìm", exact=True).click()
    rows = page.locator("#list tbody tr")
    expect(rows.first).to_contain_text("Nguyễn Hồng Lan")
    assert "q=nguyen+hong+lan" in page.url
    rows.first.get_by_role("link").first.click()
    heading(page, re.compile("Lan$"))


def test_an_act_is_recorded(sign_in: Opening) -> None:
    page = sign_in(script=False)
    page.goto("/ghi-viec/admit/")
    page.get_by_label("Họ và tên").fill("Khuất Thị Không Kịch Bản")
    page.get_by_label("Nơi sinh hoạt").fill("to dan pho")
    paper(page, "18-QĐ/ĐU", YESTERDAY)
    page.get_by_label("Ngày lễ kết nạp").fill(said(YESTERDAY))
    button(page, "Xem trước").click()
    # Many cells are meant: they come back as a choice, what was typed is kept.
    expect(page.get_by_role("alert")).to_contain_text("Nội dung đã nhập vẫn được giữ")
    expect(page.get_by_label("Họ và tên")).to_have_value("Khuất Thị Không Kịch Bản")
    page.get_by_role("radio", name=re.compile("Tổ dân phố 5 Liên Quan")).check()
    button(page, "Xem trước").click()
    expect(page.locator("#lines")).to_contain_text("Tổ dân phố 5 Liên Quan")
    button(page, "Ghi sổ").click()
    recorded(page)
    heading(page, re.compile("^Kết nạp, số"))


def test_a_file_is_brought_in(sign_in: Opening) -> None:
    page = sign_in(script=False)
    page.goto("/nhap-du-lieu/")
    file = members(
        [1, "Phí Văn Không Kịch Bản", "5/6/1980", "Nam", "Kinh", "TT-LIEN-QUAN-TDP-6", "Chính thức"]
    )
    sent = {"name": "mot-dong.xlsx", "mimeType": XLSX, "buffer": file}
    page.set_input_files("input[type=file]", [sent])
    button(page, "Tiếp tục").click()
    page.get_by_label("Danh sách tính đến hết ngày").fill(said(YESTERDAY))
    button(page, "Xem trước").click()
    button(page, "Ghi sổ 1 dòng").click()
    # Nothing asks again by itself: the page has a link for that.
    done = page.locator("#going .note.success")
    for _ in range(60):
        again = page.get_by_role("link", name="Xem lại")
        if done.count() or not again.count():
            break
        page.wait_for_timeout(500)
        again.click()
    expect(done).to_contain_text("Đã ghi sổ, số")
    page.goto("/dang-vien/?q=khong kich ban")
    expect(page.locator("#list")).to_contain_text("Phí Văn Không Kịch Bản")


def test_a_figure_is_drilled(sign_in: Opening) -> None:
    page = sign_in(script=False)
    page.goto(NINE_MONTHS)
    row = page.locator("#figures").get_by_role("row", name=re.compile("Xã Cẩm Yên"))
    row.locator("td[data-label='thực hiện'] a").click()
    behind = page.locator("#drill")
    expect(behind.locator("tbody tr")).to_have_count(6)
    expect(behind).to_contain_text("cân")
    behind.locator("tbody a").first.click()
    heading(page, re.compile("^Kết nạp, số"))
    expect(page.locator("main")).to_contain_text("Cẩm Yên")


def test_targets_are_counted_again_and_recorded(sign_in: Opening) -> None:
    page = sign_in(script=False)
    page.goto("/chi-tieu/?unit=XA-HA-BANG-2025")
    fields = page.get_by_role("grid").get_by_role("textbox")
    fields.nth(0).fill("50")
    fields.nth(1).fill("4")
    button(page, "Tính lại").click()
    expect(fields.nth(0)).to_have_value("50")
    expect(page.locator("[data-whole]")).to_have_text("50")
    paper(page, "31-QĐ/ĐU", YESTERDAY)
    button(page, "Ghi sổ").click()
    expect(page.locator("#notes")).to_contain_text("Đã ghi sổ, số")
