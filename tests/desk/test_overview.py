"""The overview: what needs the login today, for its units, on the day looked at."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from giaoban.ledger import actions
from giaoban.plans.actions import set_targets
from tests.desk.conftest import sit_down
from tests.world import DECISION, World


def shown(client: Client, query: str = "") -> str:
    response = client.get(f"/{query}")
    assert response.status_code == 200
    return response.content.decode().replace("<b>", "").replace("</b>", "")


def test_actual_and_plan_of_the_year_looked_at(at_desk: Client, office: World) -> None:
    set_targets(
        {office.unit("CY"): 40, office.unit("TX"): 1}, indicator="admitted", year=2018,
        basis=DECISION, by=office.by(date(2018, 1, 15)),
    )  # fmt: skip
    for day in (date(2018, 1, 20), date(2018, 2, 20)):
        office.admit("CY1", day)
    office.admit("TX1", date(2018, 2, 21))
    page = shown(sit_down(at_desk, "lanhdao"), "?on=28/02/2018")
    for words in ("Xã Cẩm Yên", "Xã Tiến Xuân", "100,0%"):
        assert words in page
    assert "1: 1, 2: 3" in page  # admitted by the end of each month
    january = shown(at_desk, "?on=31/01/2018")
    assert "1: 1" in january
    assert "100,0%" not in january


def test_recognitions_falling_due_and_overdue(at_desk: Client, office: World) -> None:
    person = office.person("Kiều Thị Dung")
    office.admit("CY1", date(2018, 2, 5), person)
    client = sit_down(at_desk, office.clerk)
    assert "Kiều Thị Dung" in shown(client, "?on=05/01/2019")
    assert "Kiều Thị Dung" not in shown(client, "?on=05/12/2018")
    assert "Kiều Thị Dung" not in shown(sit_down(Client(), "phutrach"), "?on=01/06/2018&unit=CY1")


def test_who_is_in_transit_and_for_how_long(at_desk: Client, office: World) -> None:
    person = office.member("CY1", "Phùng Văn Kiên")
    actions.give_transfer_paper(
        person=person, unit=office.unit("CY1"), given_on=date(2018, 3, 1), basis=DECISION,
        by=office.by(date(2018, 3, 1)),
    )  # fmt: skip
    page = shown(sit_down(at_desk, office.colleague), "?on=05/04/2018")
    assert "Phùng Văn Kiên" in page
    assert "35" in page
    actions.receive_transfer(
        person=person, unit=office.unit("TX1"), received_on=date(2018, 4, 6),
        by=office.by(date(2018, 4, 6)),
    )  # fmt: skip
    assert "Phùng Văn Kiên" not in shown(at_desk, "?on=07/04/2018")


def test_what_was_recorded_late_stands_below(at_desk: Client, office: World) -> None:
    person = office.person("Bùi Thị Uyên")
    office.by(date(2018, 10, 8))
    office.admit("TX1", date(2018, 9, 27), person)
    assert "Bùi Thị Uyên" in shown(sit_down(at_desk, office.clerk), "?on=29/10/2018")
    assert "Bùi Thị Uyên" not in shown(sit_down(Client(), office.colleague), "?on=29/10/2018")


def test_a_unit_out_of_sight_is_not_found(at_desk: Client, office: World) -> None:
    assert sit_down(at_desk, office.colleague).get("/?unit=TX").status_code == 404


@pytest.mark.parametrize(
    ("login", "own"),
    [("bientap", "/bao-cao/"), ("quantri", "/phan-quyen/"), ("nguoila", "/tai-khoan/")],
)
def test_who_reads_no_members_begins_elsewhere(
    at_desk: Client, office: World, login: str, own: str
) -> None:
    assert sit_down(at_desk, login).get("/")["Location"] == own


def test_as_many_questions_for_three_as_for_one(at_desk: Client, office: World) -> None:
    client = sit_down(at_desk, office.clerk)
    office.admit("CY1", date(2018, 3, 1))
    shown(client, "?on=01/04/2018")
    with CaptureQueriesContext(connection) as one:
        shown(client, "?on=01/04/2018")
    for unit in ("CY1", "TX1"):
        office.admit(unit, date(2018, 3, 2))
    with CaptureQueriesContext(connection) as three:
        shown(client, "?on=01/04/2018")
    assert len(one) == len(three)
