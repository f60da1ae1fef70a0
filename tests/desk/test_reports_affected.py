"""Before an act is recorded: which issued reports would read otherwise by it, and by how much."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from giaoban.desk.reports.since import changed
from giaoban.journal.queries import head
from giaoban.plans.queries import targets
from giaoban.reports.actions import (
    begin_correction,
    check_report,
    hand_in_report,
    issue_report,
)
from giaoban.reports.issues import issued_by
from giaoban.reports.models import ReportDraft
from tests.desk.conftest import sit_down
from tests.desk.reports_world import issued, late, open_book, plan
from tests.intake.sheets import members
from tests.world import World

# The tests themselves look at documents of every unit.
pytestmark = pytest.mark.usefixtures("open_office")

ADMIT = reverse("desk:acts-form", args=["admit"])
TOLD = {
    "key": "k", "full_name": "Phí Thị Muộn", "unit_text": "CY1", "basis_number": "7-QĐ/HU",
    "basis_on": "20/09/2018", "basis_issuer": "Huyện ủy Thạch Thất", "ceremony_on": "26/09/2018",
    "decided_on": "20/09/2018", "step": "look",
}  # fmt: skip


@pytest.fixture
def told(office: World) -> World:
    """A district whose nine months were reported."""
    plan(office)
    open_book(office)
    return office


def _said(page: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def test_a_late_admission_names_the_report_and_its_figures(told: World, at_desk: Client) -> None:
    entry, before = issued(told), head().number
    page = sit_down(at_desk, told.clerk).post(ADMIT, TOLD).content
    assert reverse("desk:reports-issued", args=[entry]) in page.decode()
    assert "Số đảng viên kết nạp từ 3 thành 4" in _said(page)
    assert head().number == before


def test_an_act_after_the_period_concerns_none(told: World, at_desk: Client) -> None:
    issued(told)
    days = {"basis_on": "02/10/2018", "decided_on": "02/10/2018", "ceremony_on": "04/10/2018"}
    page = sit_down(at_desk, told.clerk).post(ADMIT, {**TOLD, **days}).content.decode()
    assert 'id="lines"' in page
    assert 'class="note warning affected"' not in page


def test_a_reversal_tells_it_too(told: World, at_desk: Client) -> None:
    entry = issued(told)
    changed = late(told)
    told.by(date(2018, 10, 22))
    url = reverse("desk:journal-reverse", args=[changed])
    page = sit_down(at_desk, told.clerk).post(url, {"reason": "ghi nhầm", "step": "look"}).content
    # By it the report reads again as it was issued: nothing is left to tell.
    assert reverse("desk:reports-issued", args=[entry]) not in page.decode()


def test_a_reversal_of_what_was_reported(told: World, at_desk: Client) -> None:
    admitted = told.admit("CY1", date(2018, 9, 3), told.person("Lê Thị Hai"))
    entry = issued(told)
    url = reverse("desk:journal-reverse", args=[admitted])
    page = sit_down(at_desk, told.clerk).post(url, {"reason": "ghi nhầm", "step": "look"}).content
    assert reverse("desk:reports-issued", args=[entry]) in page.decode()
    assert "Số đảng viên kết nạp từ 4 thành 3" in _said(page)


def test_a_report_out_of_sight_is_not_named(told: World, at_desk: Client) -> None:
    entry = issued(told)
    page = sit_down(at_desk, told.colleague).post(ADMIT, TOLD).content.decode()
    assert 'id="lines"' in page
    assert reverse("desk:reports-issued", args=[entry]) not in page


def test_a_notice_is_drafted_from_what_changed(told: World, at_desk: Client) -> None:
    entry = issued(told)
    client, url = sit_down(at_desk, told.clerk), reverse("desk:reports-correct", args=[entry])
    assert 'role="alert"' in client.post(url, {"key": "a"}).content.decode()
    late(told)
    answer = client.post(url, {"key": "b"})
    draft = ReportDraft.objects.get(key="b")
    assert answer.url == reverse("desk:reports-draft", args=[draft.pk])
    assert "01-BC/BTC" in _said(client.get(answer.url).content)


def test_a_report_names_the_notice_that_corrected_it(told: World, at_desk: Client) -> None:
    entry = issued(told)
    late(told)
    open_book(told, kind="TB")
    notice = begin_correction(issue=entry, key="tb", by=told.by())
    seen = hand_in_report(draft=notice, by=told.by())
    url = reverse("desk:reports-issued", args=[entry])
    client = sit_down(at_desk, told.clerk)
    assert "01-TB/BTC" not in _said(client.get(url).content)
    check_report(draft=notice, seen=seen, by=told.by(login="lanhdao"))
    told_of = issue_report(draft=notice, by=told.by(login="lanhdao"))
    page = client.get(url).content
    assert "đã điều chỉnh" in _said(page)
    assert reverse("desk:reports-issued", args=[told_of]) in page.decode()


def test_a_waiting_proposal_tells_it_to_who_decides(told: World, at_desk: Client) -> None:
    entry = issued(told)
    proposal = {**TOLD, "step": "record"}
    secretary = sit_down(at_desk, "phutrach")
    looked = secretary.post(ADMIT, TOLD).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', looked)
    assert seen is not None
    url = secretary.post(ADMIT, {**proposal, "seen": seen[1]}).url
    page = sit_down(at_desk, "lanhdao").get(url).content
    assert reverse("desk:reports-issued", args=[entry]) in page.decode()
    assert "Số đảng viên kết nạp từ 3 thành 4" in _said(page)


def test_a_file_of_members_names_the_reports_that_it_could_concern(
    told: World, at_desk: Client
) -> None:
    entry, client = issued(told), sit_down(at_desk, told.clerk)
    rows = [[1, "Nguyễn Văn An", "1/2/1985", "Nam", "Kinh", "CY1", ""]]
    for on, named in (("02/09/2018", True), ("02/10/2018", False)):
        file = SimpleUploadedFile(f"{on[3:5]}.xlsx", members(*rows))
        answer = client.post("/nhap-du-lieu/", {"subject": "members", "file": file})
        match = {"on": on, "column-1": "name", "column-2": "born_on", "column-3": "sex",
                 "column-4": "ethnicity", "column-5": "unit", "column-6": "standing"}  # fmt: skip
        page = client.get(client.post(answer["Location"], match)["Location"]).content.decode()
        assert "Nguyễn Văn An" in page
        assert (reverse("desk:reports-issued", args=[entry]) in page) == named


# Before a reorganisation


PAPER = {
    "basis_number": "12-QĐ/HU", "basis_on": "01/08/2018", "basis_issuer": "Huyện ủy Thạch Thất",
    "basis_title": "", "on": "", "note": "",
}  # fmt: skip


def _rehearsed(client: Client, verb: str, **fields: str) -> str:
    """The last step's page of a reorganisation, with everybody placed in the first unit."""
    answer = client.post(f"/to-chuc/sap-xep/{verb}/", {**PAPER, **fields})
    assert answer.status_code == 302, _said(answer.content)
    if "noi-den" in answer.url:
        client.post(answer.url, {"do": "rest", "bulk_to": fields["code_1"]})
        answer = client.post(answer.url, {"do": "next"})
        assert answer.status_code == 302, _said(answer.content)
    return client.get(answer.url).content.decode()


def _affected(page: str) -> str:
    found = re.search(r'<div class="note warning affected">.*?</ul>', page, re.S)
    return _said(found[0].encode()).replace("\u00a0", " ") if found else ""


def test_a_merger_inside_the_period_names_the_reports_it_concerns(
    told: World, at_desk: Client
) -> None:
    open_book(told, "CY", symbol="ĐUCY")
    district, commune = issued(told), issued(told, "CY", "xa")
    before = head().number
    page = _rehearsed(sit_down(at_desk, told.clerk), "sap-nhap", source_1="TX", into="CY")
    assert head().number == before
    for entry in (district, commune):
        assert reverse("desk:reports-issued", args=[entry]) in page
    said = _affected(page)
    assert re.search(r"01-BC/BTC , \d\d/\d\d/\d{4}: .*từ", said), said
    assert "Tỷ lệ thực hiện, Xã Tiến Xuân từ 33,3% thành –" in said, "units have their names"


def test_what_is_shown_is_what_the_report_reads_afterwards(told: World, at_desk: Client) -> None:
    entry, client = issued(told), sit_down(at_desk, told.clerk)
    page = _rehearsed(client, "sap-nhap", source_1="TX", into="CY")
    url = re.search(r'action="(/to-chuc/sap-xep/sap-nhap/[^"]+)"', page)
    assert url is not None
    assert client.post(url[1]).status_code == 302
    changes = changed(issued_by(entry), head(), why=False)
    assert changes
    for one in changes[:5]:
        assert f"{one.label} từ {one.then} thành {one.now}" in _affected(page)


def test_a_move_concerns_both_who_loses_and_who_gains(told: World, at_desk: Client) -> None:
    open_book(told, "TX", symbol="ĐUTX")
    open_book(told, "CY", symbol="ĐUCY")
    entries = [issued(told, unit, f"k-{unit}") for unit in ("CY", "TX")]
    page = _rehearsed(sit_down(at_desk, told.clerk), "chuyen-giao", unit="CY1", parent="TX")
    for entry in entries:
        assert reverse("desk:reports-issued", args=[entry]) in page
    assert "Có trong danh sách cuối kỳ từ 2 thành 1" in _affected(page)


def test_a_split_is_told_where_a_number_of_units_changes(told: World, at_desk: Client) -> None:
    entry = issued(told)
    page = _rehearsed(
        sit_down(at_desk, told.clerk), "tach", unit="CY", name_1="Đảng bộ B", code_1="B"
    )
    assert reverse("desk:reports-issued", args=[entry]) in page
    assert "Xã Cẩm Yên từ 2 thành 0" in _affected(page)
    assert "Tổ chức cơ sở đảng từ 3 thành 4" in _affected(page)


def test_a_reorganisation_after_the_period_concerns_none(told: World, at_desk: Client) -> None:
    issued(told)
    client = sit_down(at_desk, told.clerk)
    page = _rehearsed(client, "sap-nhap", source_1="TX", into="CY", on="02/10/2018")
    assert 'class="turn"' in page
    assert _affected(page) == ""


def test_reports_out_of_sight_are_not_named_before_a_reorganisation(
    told: World, at_desk: Client
) -> None:
    entry, client = issued(told), sit_down(at_desk, told.colleague)
    page = _rehearsed(client, "sap-nhap", source_1="CY1", into="CY2")
    assert 'class="turn"' in page
    assert reverse("desk:reports-issued", args=[entry]) not in page


# Before targets are set

SHEET = reverse("desk:targets") + "?unit=HU&indicator=admitted&year="


def _typed(client: Client, cells: dict[str, str], year: int = 2018, **more: str) -> Any:
    told = {f"t-{code}": text for code, text in cells.items()}
    return client.post(f"{SHEET}{year}", {**told, "seen": str(head().number), "key": "k", **more})


def _looked(page: bytes) -> str:
    found = re.search(r'name="looked" value="([^"]+)"', page.decode())
    assert found is not None
    return found[1]


def test_targets_of_a_reported_year_name_the_report_and_its_figures(
    told: World, at_desk: Client
) -> None:
    entry, before = issued(told), head().number
    client = sit_down(at_desk, told.clerk)
    page = _typed(client, {"HU": "15"}).content
    assert head().number == before
    assert reverse("desk:reports-issued", args=[entry]) in page.decode()
    said = _affected(page.decode())
    assert "Chỉ tiêu từ 10 thành 15" in said
    assert "Tỷ lệ thực hiện từ 30,0% thành 20,0%" in said
    assert 'name="t-HU" value="15"' in page.decode(), "what was typed is kept"
    # Looked at, it is recorded; pressed twice, once.
    told_again = {"seen": str(before), "looked": _looked(page)}
    for _again in range(2):
        assert _typed(client, {"HU": "15"}, **told_again).status_code == 302
    assert head().number == before + 1
    assert targets("admitted", 2018, head().number)[told.unit("HU")] == 15


def test_just_the_targets_that_were_looked_at_are_recorded(told: World, at_desk: Client) -> None:
    issued(told)
    client, before = sit_down(at_desk, told.clerk), head().number
    looked = _looked(_typed(client, {"CY": "8"}).content)
    page = _typed(client, {"CY": "9"}, looked=looked).content
    assert head().number == before
    assert "Chỉ tiêu, Xã Cẩm Yên từ 6 thành 9" in _affected(page.decode())
    assert _looked(page) != looked


def test_targets_of_another_year_are_recorded_at_once(told: World, at_desk: Client) -> None:
    issued(told)
    before = head().number
    assert _typed(sit_down(at_desk, told.clerk), {"HU": "15"}, 2019).status_code == 302
    assert head().number == before + 1


def test_targets_that_change_no_figure_are_recorded_at_once(told: World, at_desk: Client) -> None:
    """The report tells nothing of a unit far below, though it could."""
    issued(told)
    before = head().number
    url = f"{reverse('desk:targets')}?unit=CY&indicator=admitted&year=2018"
    answer = sit_down(at_desk, told.clerk).post(
        url, {"t-CY1": "2", "seen": str(before), "key": "k"}
    )
    assert (answer.status_code, head().number) == (302, before + 1)


def test_a_target_does_not_name_reports_out_of_sight(told: World, at_desk: Client) -> None:
    issued(told)
    before = head().number
    client = sit_down(at_desk, told.colleague)
    answer = client.post(f"{reverse('desk:targets')}?unit=CY&indicator=admitted&year=2018",
                         {"t-CY": "8", "seen": str(before), "key": "k"})  # fmt: skip
    assert (answer.status_code, head().number) == (302, before + 1)


def test_a_refused_sheet_names_no_reports(told: World, at_desk: Client) -> None:
    issued(told)
    page = _typed(sit_down(at_desk, told.clerk), {"HU": "-1"}).content.decode()
    assert 'id="t-HU-fault"' in page
    assert _affected(page) == ""
