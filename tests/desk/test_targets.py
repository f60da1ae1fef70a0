"""The sheet of targets: who sees it, who records, refusals beside the cell, once for twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from giaoban.journal.queries import head
from giaoban.plans.actions import set_targets
from giaoban.plans.queries import targets
from tests.desk.conftest import sit_down
from tests.world import World

URL = reverse("desk:targets")
SHEET = {"unit": "HU", "indicator": "admitted", "year": "2018"}
BASIS = {"number": "02-QĐ/HU", "issued_on": "15/01/2018", "issuer": "Huyện ủy"}


@pytest.fixture
def planned(office: World) -> World:
    """The district has 10, of which one commune has 6 and another 3."""
    numbers = {office.unit(code): n for code, n in {"HU": 10, "CY": 6, "TX": 3}.items()}
    set_targets(numbers, indicator="admitted", year=2018, by=office.by(date(2018, 1, 20)))
    return office


def _page(client: Client, **more: str) -> str:
    return client.get(URL, SHEET | more).content.decode()


def _post(client: Client, cells: dict[str, str], **more: str):  # type: ignore[no-untyped-def]
    told = {f"t-{code}": text for code, text in cells.items()}
    told |= {"seen": str(head().number), "key": "k1", **more}
    return client.post(f"{URL}?unit=HU&indicator=admitted&year=2018", told)


def _now() -> dict[int, int]:
    return targets("admitted", 2018, head().number)


def test_a_clerk_types_into_the_sheet(planned: World, at_desk: Client) -> None:
    page = _page(sit_down(at_desk, planned.clerk))
    assert 'role="grid"' in page
    assert 'name="t-CY" value="6"' in page
    assert "<output data-main>1</output>" in page  # 10 less 6 less 3


@pytest.mark.parametrize("login", ["lanhdao", "dongnghiep"])
def test_others_read_what_they_may(planned: World, at_desk: Client, login: str) -> None:
    client = sit_down(at_desk, login)
    if login == "lanhdao":
        page = _page(client)
        assert 'name="t-CY"' not in page
        assert 'role="grid"' not in page
        assert _post(client, {"CY": "9"}).status_code == 403
    else:
        assert client.get(URL, SHEET).status_code == 404
        assert 'name="t-CY1"' in _page(client, unit="CY")
    assert _now()[planned.unit("CY")] == 6


@pytest.mark.parametrize("login", ["bientap", "quantri"])
def test_who_reads_no_members_sees_no_sheet(planned: World, at_desk: Client, login: str) -> None:
    for name in ("desk:targets", "desk:targets-history"):
        assert sit_down(at_desk, login).get(reverse(name), SHEET).status_code == 403


def test_strangers_are_sent_to_sign_in(office: World, at_desk: Client) -> None:
    assert at_desk.get(URL).status_code == 302


@pytest.mark.parametrize("name", ["desk:targets", "desk:targets-history"])
def test_no_parameter_shows_another_unit(planned: World, at_desk: Client, name: str) -> None:
    client = sit_down(at_desk, planned.colleague)
    for unit in ("HU", "TX", "NL", "NONE"):
        assert client.get(reverse(name), SHEET | {"unit": unit}).status_code == 404
    opened = client.get(reverse(name), SHEET | {"unit": "CY", "open": "TX"}).content.decode()
    assert "Xã Tiến Xuân" not in opened
    for form in ("xlsx", "csv"):
        url = reverse("desk:targets-export", args=[form])
        assert client.get(url, SHEET | {"unit": "TX"}).status_code == 404


def test_the_changed_numbers_are_recorded_on_one_entry(planned: World, at_desk: Client) -> None:
    before = head().number
    answer = _post(
        sit_down(at_desk, planned.clerk), {"HU": "10", "CY": "5", "YB": "1.000"}, **BASIS
    )
    assert answer.status_code == 302
    assert head().number == before + 1
    assert _now() == {planned.unit("HU"): 10, planned.unit("CY"): 5, planned.unit("TX"): 3,
                      planned.unit("YB"): 1000}  # fmt: skip


def test_an_empty_cell_takes_back(planned: World, at_desk: Client) -> None:
    assert _post(sit_down(at_desk, planned.clerk), {"CY": ""}).status_code == 302
    assert planned.unit("CY") not in _now()


def test_a_double_click_records_once(planned: World, at_desk: Client) -> None:
    client, before = sit_down(at_desk, planned.clerk), head().number
    seen = str(before)
    for _again in range(2):
        assert _post(client, {"CY": "5", "TX": "3"}, seen=seen).status_code == 302
    assert head().number == before + 1


def test_a_refused_cell_says_why_and_keeps_all(planned: World, at_desk: Client) -> None:
    before = head().number
    page = _post(
        sit_down(at_desk, planned.clerk), {"CY": "sáu", "TX": "4"}, **{**BASIS, "issuer": ""}
    ).content.decode()
    assert head().number == before
    assert 'id="t-CY-fault"' in page
    assert 'name="t-CY" value="sáu"' in page
    assert 'name="t-TX" value="4"' in page
    assert 'value="02-QĐ/HU"' in page
    assert page.count('class="fault"') == 2  # the cell, and the issuer that is missing


def test_a_refusal_of_the_books_stands_beside_its_cell(planned: World, at_desk: Client) -> None:
    page = _post(sit_down(at_desk, planned.clerk), {"CY": "-3", "TX": "4"}).content.decode()
    assert 'id="t-CY-fault"' in page
    assert 'id="t-TX-fault"' not in page
    assert _now()[planned.unit("TX")] == 3


def test_what_a_colleague_changed_meanwhile_is_told(planned: World, at_desk: Client) -> None:
    seen = str(head().number)
    set_targets({planned.unit("CY"): 7}, indicator="admitted", year=2018, by=planned.by())
    page = _post(sit_down(at_desk, planned.clerk), {"CY": "8"}, seen=seen).content.decode()
    assert 'id="t-CY-fault"' in page
    assert _now()[planned.unit("CY")] == 7


def test_opening_a_unit_keeps_what_was_typed(planned: World, at_desk: Client) -> None:
    client, before = sit_down(at_desk, planned.clerk), head().number
    told = {"t-CY": "8", "seen": "1", "key": "k", "recount": "CY", "number": "7-QĐ"}
    page = client.post(f"{URL}?unit=HU&indicator=admitted&year=2018&open=CY", told).content.decode()
    assert 'name="t-CY" value="8"' in page
    assert 'name="t-CY1"' in page
    assert 'value="7-QĐ"' in page
    assert ">−1</output>" not in page
    assert "<output data-main>1</output>" in page
    assert head().number == before


def test_a_page_of_the_past_is_not_typed_into(planned: World, at_desk: Client) -> None:
    page = _page(sit_down(at_desk, planned.clerk), known="19/01/2018")
    assert 'role="grid"' not in page
    assert "<output data-main>–</output>" in page  # nothing was set by then


def test_revisions_are_told(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    _post(client, {"CY": "5"}, **BASIS)
    page = client.get(reverse("desk:targets-history"), SHEET).content.decode()
    assert "02-QĐ/HU" in page
    assert f"/so-nhat-ky/{head().number}/" in page


def test_the_sheet_is_taken_away_with_numbers(planned: World, at_desk: Client) -> None:
    url = reverse("desk:targets-export", args=["csv"])
    lines = sit_down(at_desk, planned.clerk).get(url, SHEET).content.decode("utf-8-sig")
    assert "CY,Xã Cẩm Yên,1,6,,0," in lines


def test_more_rows_cost_no_more_queries(planned: World, at_desk: Client) -> None:
    client, counted = sit_down(at_desk, planned.clerk), []
    for unit in ("TX", "HU"):  # one unit below, and three
        _page(client, unit=unit)
        with CaptureQueriesContext(connection) as queries:
            _page(client, unit=unit)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_after_a_refusal_the_new_state_is_shown_and_can_be_recorded(
    planned: World, at_desk: Client
) -> None:
    client, seen = sit_down(at_desk, planned.clerk), str(head().number)
    told = {planned.unit("CY"): 7, planned.unit("TX"): 1}
    set_targets(told, indicator="admitted", year=2018, by=planned.by())
    page = _post(client, {"CY": "8", "TX": "3"}, seen=seen).content.decode()
    # What was not typed is as it is by now, so that recording does not bring the old number back.
    assert 'name="t-CY" value="8"' in page
    assert 'name="t-TX" value="1"' in page
    assert _post(client, {"CY": "8", "TX": "1"}).status_code == 302
    assert (_now()[planned.unit("CY")], _now()[planned.unit("TX")]) == (8, 1)
