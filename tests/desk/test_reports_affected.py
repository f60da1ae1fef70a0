"""Before an act is recorded: which issued reports would read otherwise by it, and by how much."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from giaoban.journal.queries import head
from giaoban.reports.models import ReportDraft
from tests.desk.conftest import sit_down
from tests.desk.reports_world import issued, late, open_book, plan
from tests.world import World

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
