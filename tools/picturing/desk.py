"""The pictures of the desk. What the forms on them hold is typed and looked at, never recorded;
only a proposal is sent, a file brought in, a reorganisation and a report begun."""

from __future__ import annotations

from playwright.sync_api import Page

from giaoban.cli.demonstration.diary import SECRETARY
from tests.intake.sheets import members
from tools.picturing.scene import YESTERDAY, Picture

THEN = "on=29/10/2018&known=29/10/2018"
DISTRICT, COMMUNE = "HU-THACH-THAT", "XA-THACH-THAT-2025"
NINE_MONTHS = f"unit={DISTRICT}&period=2018-9M&known=29/10/2018"
REPORT = f"definition=organisation-work&unit={DISTRICT}&year=2018&part=9M"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pick(page: Page, label: str, text: str) -> None:
    """Choose what comes up below a field after some letters."""
    page.get_by_label(label, exact=True).press_sequentially(text)
    page.locator(".picks input[type=radio]:checked").first.wait_for()


def _paper(page: Page, number: str) -> None:
    page.get_by_label("Số và ký hiệu").fill(number)
    page.get_by_label("Ngày ban hành").fill(YESTERDAY)
    page.get_by_label("Cơ quan ban hành").fill("Đảng ủy xã Thạch Thất")


def _sign_out(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/tai-khoan/dang-nhap/")


def _admission(page: Page, unit: str = "XA-CAM-YEN-THON-1") -> None:
    page.get_by_label("Họ và tên").fill("Phí Thị Ngọc Lan")
    page.get_by_label("Giới tính").select_option(label="Nữ")
    page.get_by_label("Ngày sinh").fill("12/03/1995")
    pick(page, "Nơi sinh hoạt", unit)
    _paper(page, "15-QĐ/ĐU")
    page.get_by_label("Ngày lễ kết nạp").fill(YESTERDAY)


def _look(page: Page) -> None:
    _admission(page)
    page.get_by_role("button", name="Xem trước").click()
    page.locator("#lines table").wait_for()
    page.evaluate("document.activeElement.blur()")


def _refused(page: Page) -> None:
    _admission(page)
    page.get_by_label("Ngày lễ kết nạp").fill("31/2/2026")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("alert").wait_for()


def _give_paper(page: Page) -> None:
    page.get_by_label("Đảng viên", exact=True).press_sequentially("nguyen ngoc tuan")
    page.locator(".picks input[type=radio]").first.wait_for()


def _propose(page: Page) -> None:
    _admission(page, "XA-TIEN-XUAN-THON-4")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Gửi đề nghị").click()
    page.wait_for_url("**/de-xuat/**")


def _targets(page: Page) -> None:
    fields = page.get_by_role("grid").get_by_role("textbox")
    for at, value in enumerate(("60", "2", "2", "1", "3", "2", "1")):
        fields.nth(at).fill(value)
    fields.nth(7).focus()


def _drill(page: Page) -> None:
    page.locator("#figures").get_by_role("row", name="Xã Tiến Xuân").locator(
        "td[data-label='thực hiện'] a"
    ).click()
    page.locator("#drill").wait_for()
    page.evaluate("document.activeElement.blur()")


def _begin_report(page: Page) -> None:
    page.get_by_role("button", name="Lập dự thảo").click()
    page.locator("article.document").wait_for()
    page.get_by_label("Ngày của văn bản").fill("05/10/2018")
    page.get_by_label("Người ký").fill("Nguyễn Văn Ước")
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")


def _bring_in(page: Page) -> None:
    file = members(
        [1, "Đỗ Thị Bích Hường", "1/2/1985", "Nữ", "Kinh", "XA-CAM-YEN-THON-1", "Chính thức"],
        [2, "Vương Đình Thưởng", "30/4/1975", "Nam", "Mường", "XA-CAM-YEN-THON-1", "Chính thức"],
        [3, "Dương Thị An", "22/11/1974", "Nữ", "Kinh", "XA-CAM-YEN-THON-1", "Dự bị"],
    )
    sent = {"name": "dang-vien-cam-yen.xlsx", "mimeType": XLSX, "buffer": file}
    page.set_input_files("input[type=file]", [sent])
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Danh sách tính đến hết ngày").fill(YESTERDAY)


def _look_at_file(page: Page) -> None:
    _bring_in(page)
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("table").wait_for()


def _places(page: Page) -> None:
    page.get_by_label("Tổ chức kế thừa 1").fill("Chi bộ Thôn Cẩm Sơn")
    _paper(page, "41-QĐ/ĐU")
    page.get_by_role("button", name="Tiếp: xếp nơi đến").click()
    for at in (0, 1, 3):
        page.locator("#seats tbody select").nth(at).select_option(index=1)


def _turn(page: Page) -> None:
    page.get_by_label("Tổ chức kết thúc, 1").fill("XA-CAM-YEN-THON-3")
    page.get_by_label("Tổ chức giữ lại").fill("XA-CAM-YEN-THON-1")
    _paper(page, "40-QĐ/ĐU")
    page.get_by_role("button", name="Tiếp: xem trước và sau").click()
    page.locator(".totals").wait_for()


def _seek(page: Page) -> None:
    page.evaluate("document.getElementById('seek-all').showModal()")
    page.locator("#seek-all input").press_sequentially("cam yen")
    page.locator("#seek-hits a").first.wait_for()


def _member(page: Page) -> None:
    page.locator("#list tbody th a").first.click()
    page.wait_for_load_state()


PICTURES = (
    Picture("dang-nhap", "/", _sign_out),
    Picture("tong-quan", f"/?{THEN}&unit={DISTRICT}", height=1180),
    Picture("tim-moi-noi", "/", _seek),
    Picture("dang-vien", "/dang-vien/?q=lan&col=born_on&col=unit"),
    Picture("mot-dang-vien", "/dang-vien/?q=lan", _member, height=1000),
    Picture("ghi-viec", "/ghi-viec/"),
    Picture("ket-nap", "/ghi-viec/admit/", _look, height=1200),
    Picture("chua-ghi", "/ghi-viec/admit/", _refused, height=1100),
    Picture("cap-giay", "/ghi-viec/give-paper/", _give_paper),
    Picture("de-xuat", "/ghi-viec/admit/", _propose, login=SECRETARY),
    Picture("so-nhat-ky", f"/so-nhat-ky/?{THEN}"),
    Picture("ghi-huy", "/so-nhat-ky/23414/", height=1000),
    Picture("chi-tieu", f"/chi-tieu/?unit={COMMUNE}", _targets),
    Picture("so-lieu", f"/so-lieu/?{NINE_MONTHS}", height=1300),
    Picture("xem-nguon", f"/so-lieu/?{NINE_MONTHS}", _drill, top="#drill"),
    Picture("bang-tang-giam", f"/so-lieu/?{NINE_MONTHS}&view=statement", top="#answer"),
    Picture("du-thao", f"/bao-cao/soan/?{REPORT}", _begin_report, height=1100),
    Picture("in-thu", f"/bao-cao/in-thu/?{REPORT}&known=05/10/2018", height=1200),
    Picture("mau-bao-cao", "/bao-cao/mau/statement/sao-chep/", height=1100),
    Picture("to-chuc", f"/to-chuc/?{THEN}", height=1000),
    Picture("mot-to-chuc", f"/to-chuc/XA-TIEN-XUAN/?{THEN}", height=1200),
    Picture("nhap-tep", "/nhap-du-lieu/", _bring_in, height=900),
    Picture("xem-truoc-tep", "/nhap-du-lieu/", _look_at_file, height=760),
    Picture("xep-noi-den", "/to-chuc/sap-xep/tach/?unit=XA-CAM-YEN-THON-2", _places, height=1100),
    Picture("truoc-va-sau", "/to-chuc/sap-xep/sap-nhap/", _turn, height=1000),
)
