"""Every page of the desk in a browser: no violation that axe knows, nothing wider than the window,
nothing refused by the policy, light enough for a village's network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response

from tests.browser.conftest import Opening
from tests.browser.looking import faults, looks

THEN = "on=29/10/2018&known=29/10/2018"
NINE_MONTHS = "unit=HU-THACH-THAT&period=2018-9M&known=29/10/2018"
PRINTED = "definition=organisation-work&unit=HU-THACH-THAT&year=2018&part=9M&known=05/10/2018"
MISSING = "/khong-co/"
PAGES = [
    "/", f"/?{THEN}&unit=HU-THACH-THAT",
    "/to-chuc/", f"/to-chuc/?{THEN}",
    "/to-chuc/XA-YEN-XUAN-2025/", f"/to-chuc/XA-TIEN-XUAN/?{THEN}",
    "/to-chuc/sap-xep/", "/to-chuc/sap-xep/thanh-lap/", "/to-chuc/sap-xep/sap-nhap/",
    "/to-chuc/sap-xep/chia/",
    "/dang-vien/", "/dang-vien/?q=hoa&col=born_on&col=unit", "/dang-vien/9001/",
    "/ghi-viec/", "/ghi-viec/admit/", "/ghi-viec/give-paper/", "/ghi-viec/de-xuat/",
    "/so-nhat-ky/", "/so-nhat-ky/20000/",
    "/chi-tieu/", f"/chi-tieu/?{THEN}", f"/chi-tieu/lich-su/?{THEN}&unit=HU-THACH-THAT",
    "/so-lieu/", f"/so-lieu/?{NINE_MONTHS}", f"/so-lieu/?{NINE_MONTHS}&view=months",
    f"/so-lieu/?{NINE_MONTHS}&view=statement", f"/so-lieu/?{NINE_MONTHS}&view=groups",
    f"/so-lieu/?{NINE_MONTHS}&view=indicators", f"/so-lieu/?{NINE_MONTHS}&tree=01/07/2026",
    "/bao-cao/", "/bao-cao/du-thao/", "/bao-cao/soan/", f"/bao-cao/in-thu/?{PRINTED}",
    f"/bao-cao/con-so/?{NINE_MONTHS}&of=ratio(admitted)", "/bao-cao/so-sanh/",
    "/bao-cao/mau/", "/bao-cao/mau/organisation-work/",
    "/bao-cao/mau/organisation-work/sao-chep/", "/bao-cao/so-van-ban/", "/bao-cao/so-van-ban/mo/",
    "/bao-cao/gui-dinh-ky/", "/bao-cao/gui-dinh-ky/them/",
    "/nhap-du-lieu/", "/phan-quyen/", "/phan-quyen/nhat-ky/", "/tim/?q=hoa", "/tai-khoan/",
    MISSING,
]  # fmt: skip
MOST_BYTES = 150_000  # what a village's network bears
PARTS = 2


def _settle(page: Page, path: str) -> list[Response]:
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


# A page is opened once and looked at from every side; what it weighs is what came for that visit,
# nothing of it kept from another.
@pytest.mark.parametrize("of", range(PARTS))
def test_pages(sign_in: Opening, of: int) -> None:
    page = sign_in()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda broken: complaints.append(str(broken)))
    found: list[str] = []
    for path in PAGES[of::PARTS]:
        weight = sum(
            int(answer.header_value("content-length") or len(answer.body()))
            for answer in _settle(page, path) if answer.ok
        )  # fmt: skip
        found += [f"{path}: weighs {weight}"] if weight > MOST_BYTES else []
        for look, rules in looks(page):
            found += [f"{path} ({look}): {fault}" for fault in faults(page, rules)]
    wanted = [said for said in complaints if "404" not in said]
    assert not wanted, wanted
    assert not found, "\n".join(found)
