"""Registers of outgoing documents at the desk: seen, opened, refused beside the field."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from giaoban.reports.models import Register
from tests.desk.conftest import sit_down
from tests.desk.reports_world import open_book
from tests.world import World

# The tests themselves look at documents of every unit.
pytestmark = pytest.mark.usefixtures("open_office")

LIST, OPEN = reverse("desk:reports-registers"), reverse("desk:reports-registers-open")
TOLD = {
    "key": "k", "unit": "HU", "kind": "BC", "symbol": "BTC", "family": "party",
    "superior": "Huyện ủy Thạch Thất", "issuer": "Ban Tổ chức", "place": "Thạch Thất",
    "authority": "", "body": "", "post": "Trưởng Ban", "from_on": "01/01/2018",
    "recipients": "Ban Thường vụ Huyện ủy\n\nLưu Ban Tổ chức", "first_number": "45",
}  # fmt: skip


def test_a_register_is_opened_once(office: World, at_desk: Client) -> None:
    client = sit_down(at_desk, office.clerk)
    for _again in range(2):
        assert client.post(OPEN, TOLD).url == LIST
    [book] = Register.objects.all()
    assert (book.symbol, book.first_number) == ("BTC", 45)
    assert book.recipients == "Ban Thường vụ Huyện ủy\nLưu Ban Tổ chức"
    page = client.get(LIST).content.decode()
    assert "BC/BTC" in page
    assert ">45<" in page


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"unit": ""}, "unit"),
        ({"issuer": ""}, "issuer"),
        ({"from_on": "31/2/2018"}, "from_on"),
        ({"from_on": "01/01/2999"}, "from_on"),
        ({"first_number": "0"}, "first_number"),
        ({"first_number": "một"}, "first_number"),
    ],
)
def test_a_refusal_keeps_what_was_typed(
    office: World, at_desk: Client, told: dict[str, str], field: str
) -> None:
    page = sit_down(at_desk, office.clerk).post(OPEN, {**TOLD, **told}).content.decode()
    assert f'id="id_{field}_error"' in page
    assert "Lưu Ban Tổ chức" in page
    assert not Register.objects.exists()


def test_an_older_one_is_refused_at_its_day(office: World, at_desk: Client) -> None:
    open_book(office, from_on=date(2018, 3, 1))
    page = sit_down(at_desk, office.clerk).post(OPEN, TOLD).content.decode()
    assert 'id="id_from_on_error"' in page


def test_a_later_one_closes_it(office: World, at_desk: Client) -> None:
    open_book(office)
    open_book(office, from_on=date(2019, 1, 1), symbol="BXDĐ")
    page = sit_down(at_desk, office.clerk).get(LIST).content.decode()
    assert page.index("BC/BXDĐ") < page.index("BC/BTC")


def test_a_unit_out_of_charge_is_refused(office: World, at_desk: Client) -> None:
    page = sit_down(at_desk, office.colleague).post(OPEN, TOLD).content.decode()
    assert 'id="id_unit_error"' in page
    assert not Register.objects.exists()


def test_only_registers_in_sight_are_listed(office: World, at_desk: Client) -> None:
    open_book(office)
    open_book(office, "CY", symbol="ĐUCY")
    page = sit_down(at_desk, office.colleague).get(LIST).content.decode()
    assert "ĐUCY" in page
    assert "BC/BTC" not in page


@pytest.mark.parametrize(("login", "status"), [("phutrach", 200), ("bientap", 403),
                                               ("quantri", 403)])  # fmt: skip
def test_who_sees_and_who_opens(office: World, at_desk: Client, login: str, status: int) -> None:
    client = sit_down(at_desk, login)
    assert client.get(LIST).status_code == status
    assert client.get(OPEN).status_code == 403
    assert client.post(OPEN, TOLD).status_code == 403


def test_more_registers_cost_no_more_queries(office: World, at_desk: Client) -> None:
    client, counted = sit_down(at_desk, office.clerk), []
    open_book(office)
    client.get(LIST)
    for units in ((), ("CY", "TX")):
        for unit in units:
            open_book(office, unit)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
