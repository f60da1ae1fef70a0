"""The working print: a report as the books knew it on a day, and never more than that."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from giaoban.reports.actions import sign_off_discrepancy
from tests.desk.conftest import sit_down
from tests.desk.reports_world import REPORT, begun, plan
from tests.world import World

# The tests themselves look at documents of every unit.
pytestmark = pytest.mark.usefixtures("open_office")

PRINT = reverse("desk:reports-print")
ASKED = {"definition": REPORT, "unit": "HU", "year": "2018", "part": "9M"}
ADMITTED = re.compile(r'cell=admitted">0?(\d+)</a>')


@pytest.fixture
def planned(office: World) -> World:
    """Three admissions in March; one of September, told in October."""
    plan(office)
    office.by(date(2018, 10, 8))
    office.admit("CY1", date(2018, 9, 7), office.person("Lê Thị Hai"))
    return office


def _admitted(client: Client, **asked: str) -> str:
    found = ADMITTED.search(client.get(PRINT, ASKED | asked).content.decode())
    assert found is not None
    return found[1]


def test_it_is_printed_as_known_on_a_day(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    assert _admitted(client, known="05/10/2018") == "3"
    assert _admitted(client, known="08/10/2018") == "4"
    assert _admitted(client) == "4"


def test_it_says_that_it_is_no_issued_document(planned: World, at_desk: Client) -> None:
    page = sit_down(at_desk, planned.clerk).get(PRINT, ASKED | {"known": "05/10/2018"})
    said = page.content.decode()
    assert 'class="draft-mark"' in said
    assert 'class="asof past"' in said
    assert 'class="letterhead"' not in said


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "html"])
def test_it_is_taken_away(planned: World, at_desk: Client, form: str) -> None:
    client = sit_down(at_desk, planned.clerk)
    answer = client.get(reverse("desk:reports-print-file", args=[form]), ASKED)
    assert answer.status_code == 200
    assert "in-thu-" in answer.headers["Content-Disposition"]


def test_a_day_before_the_books_is_told(planned: World, at_desk: Client) -> None:
    page = sit_down(at_desk, planned.clerk).get(PRINT, ASKED | {"known": "01/01/2001"})
    assert page.status_code == 200
    assert '<article class="document' not in page.content.decode()


@pytest.mark.parametrize("login", ["dongnghiep", "phutrach"])
def test_another_unit_is_not_printed(planned: World, at_desk: Client, login: str) -> None:
    client = sit_down(at_desk, login)
    for unit in ("HU", "TX", "NL", "KHONG-CO"):
        assert client.get(PRINT, ASKED | {"unit": unit}).status_code == 404
        url = reverse("desk:reports-print-file", args=["html"])
        assert client.get(url, ASKED | {"unit": unit}).status_code == 404


@pytest.mark.parametrize("login", ["bientap", "quantri"])
def test_editors_and_administrators_print_nothing(
    planned: World, at_desk: Client, login: str
) -> None:
    assert sit_down(at_desk, login).get(PRINT, ASKED).status_code == 403


def test_it_says_what_was_signed_off(planned: World, at_desk: Client) -> None:
    sign_off_discrepancy(
        draft=begun(planned).pk, figure="admitted", discrepancy="sổ của Huyện đoàn ghi 5, lệch 1",
        explanation="một hồ sơ nộp muộn", signed_off_by="Nguyễn Văn Ước", by=planned.by(),
    )  # fmt: skip
    page = sit_down(at_desk, planned.clerk).get(PRINT, ASKED).content.decode()
    assert "Chênh lệch đã giải trình, số đảng viên kết nạp" in page.replace("\u00a0", " ")
    then = sit_down(at_desk, planned.clerk).get(PRINT, ASKED | {"known": "05/10/2018"})
    assert "Chênh lệch" not in then.content.decode()
