"""The register and a member's page: found as one types, within what is in sight, and logged."""

from __future__ import annotations

import html
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from giaoban.desk.members import rows, views
from giaoban.people.models import Access
from tests.desk.conftest import sit_down
from tests.world import World

DAY = date(2018, 3, 1)
NAMES = {"CY1": "Đặng Thị Hòa", "TX1": "Quách Tiến Đạt"}


@pytest.fixture
def members(office: World) -> dict[str, int]:
    """Somebody in each of two communes."""
    found = {}
    for unit, name in NAMES.items():
        found[unit] = office.person(name, sex="female", ethnicity="muong")
        office.admit(unit, DAY, found[unit])
    return found


def listed(client: Client, query: str = "") -> str:
    response = client.get(f"/dang-vien/{query}")
    assert response.status_code == 200
    return response.content.decode().replace("<b>", "").replace("</b>", "")


def test_everybody_in_sight_is_listed_and_nobody_else(
    at_desk: Client, office: World, members: dict[str, int]
) -> None:
    clerk = listed(sit_down(at_desk, office.clerk))
    assert NAMES["CY1"] in clerk
    assert NAMES["TX1"] in clerk
    colleague = listed(sit_down(Client(), office.colleague))
    assert NAMES["CY1"] in colleague
    assert NAMES["TX1"] not in colleague


@pytest.mark.parametrize("text", ["dang thi hoa", "Đặng Thị Hòa", "HO\u00c0", "đặng"])
def test_a_name_is_found_with_or_without_diacritics(
    at_desk: Client, office: World, members: dict[str, int], text: str
) -> None:
    found = listed(sit_down(at_desk, office.clerk), f"?q={text}")
    assert NAMES["CY1"] in found
    assert NAMES["TX1"] not in found


def test_the_letter_typed_comes_before_its_likes(at_desk: Client, office: World) -> None:
    for name in ("Bùi Văn Dân", "Bùi Văn Đan"):
        office.admit("CY1", DAY, office.person(name))
    found = listed(sit_down(at_desk, office.clerk), "?q=Đan")
    assert found.index("Bùi Văn Đan") < found.index("Bùi Văn Dân")


def test_filters_live_in_the_address(
    at_desk: Client, office: World, members: dict[str, int]
) -> None:
    client = sit_down(at_desk, office.clerk)
    assert NAMES["CY1"] in listed(client, "?unit=CY&standing=probationary&sex=female")
    assert NAMES["CY1"] not in listed(client, "?unit=TX")
    assert NAMES["CY1"] not in listed(client, "?standing=full")
    assert NAMES["CY1"] not in listed(client, "?sex=male")
    assert NAMES["CY1"] not in listed(client, "?on=28/02/2018")


def test_a_unit_out_of_sight_is_not_found(at_desk: Client, office: World) -> None:
    client = sit_down(at_desk, office.colleague)
    assert client.get("/dang-vien/?unit=TX").status_code == 404
    assert client.get("/dang-vien/?unit=KHONG-CO").status_code == 404


def test_what_is_typed_by_hand_into_the_address_breaks_nothing(
    at_desk: Client, office: World, members: dict[str, int]
) -> None:
    client = sit_down(at_desk, office.clerk)
    for query in ("?page=0", "?page=99999", "?page=x", "?standing=x", "?sex=x", "?col=x&col=unit",
                  "?on=32/13/2018", "?known=hôm qua", "?order=x", "?q=%25_%5C"):  # fmt: skip
        listed(client, query)


def test_a_part_is_sent_to_who_asks_for_a_part(
    at_desk: Client, office: World, members: dict[str, int]
) -> None:
    part = sit_down(at_desk, office.clerk).get("/dang-vien/?q=hoa", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "Đặng Thị" in part.content.decode()


def test_as_many_questions_for_three_as_for_one(at_desk: Client, office: World) -> None:
    client = sit_down(at_desk, office.clerk)
    office.admit("CY1", DAY)
    listed(client)
    with CaptureQueriesContext(connection) as one:
        listed(client)
    for unit in ("CY1", "TX1"):
        office.admit(unit, DAY)
    with CaptureQueriesContext(connection) as three:
        listed(client)
    assert len(one) == len(three)


def test_sensitive_columns_only_where_asked_for_and_that_is_logged(
    at_desk: Client, office: World, members: dict[str, int]
) -> None:
    client = sit_down(at_desk, office.clerk)
    assert "Mường" not in listed(client)
    assert not Access.objects.exists()
    assert "Mường" in listed(client, "?col=ethnicity")
    seen = Access.objects.filter(what=Access.What.SEEN_SENSITIVE, login_name=office.clerk)
    assert {line.person_id for line in seen} == set(members.values())


def test_an_export_takes_what_is_seen_and_is_logged(
    at_desk: Client, office: World, members: dict[str, int]
) -> None:
    file = sit_down(at_desk, office.colleague).get("/dang-vien/xuat/xlsx/?col=born_on&col=unit")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert [row[1] for row in rows[1:]] == [NAMES["CY1"]]
    told = Access.objects.get(what=Access.What.EXPORTED)
    assert (told.login_name, told.person_id) == (office.colleague, members["CY1"])
    assert "col=unit" in told.told
    assert sit_down(Client(), office.clerk).get("/dang-vien/xuat/exe/").status_code == 404


def test_no_name_is_run_as_a_formula(at_desk: Client, office: World) -> None:
    from giaoban.desk.sheets import as_csv

    assert "'=1+1" in as_csv(["Tên"], [["=1+1"]]).decode("utf-8-sig")
    assert "'-2" in as_csv(["Tên"], [["-2+3"]]).decode("utf-8-sig")
    assert ",-2" in as_csv(["Tên", "Số"], [["An", -2]]).decode("utf-8-sig")


def test_a_members_page_has_every_act_and_is_logged(
    at_desk: Client, office: World, members: dict[str, int]
) -> None:
    client = sit_down(at_desk, office.clerk)
    with translation.override("vi"):
        page = client.get(f"/dang-vien/{members['CY1']}/").content.decode()
    assert "01/03/2018" in page
    assert "15-QĐ/HU" in page
    assert "Mường" not in page
    assert Access.objects.get().what == Access.What.SEEN
    again = client.get(f"/dang-vien/{members['CY1']}/?show=sensitive").content.decode()
    assert "Mường" in again
    assert Access.objects.filter(what=Access.What.SEEN_SENSITIVE).count() == 1


@pytest.mark.parametrize(
    ("login", "status"),
    [("dongnghiep", 404), ("phutrach", 404), ("bientap", 403), ("quantri", 403), ("nguoila", 403)],
)
def test_a_member_out_of_sight_is_not_there(
    at_desk: Client, office: World, members: dict[str, int], login: str, status: int
) -> None:
    page = sit_down(at_desk, login).get(f"/dang-vien/{members['TX1']}/")
    assert page.status_code == status
    assert "Quách" not in page.content.decode()


def test_a_list_too_long_to_be_counted_goes_on_page_by_page(
    at_desk: Client, office: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same members in the same order, numbered through, and how many there are in all."""
    names = [f"Lê Văn {given}" for given in ("An", "Bình", "Chi", "Dung", "Hoa")]
    for name in names:
        office.member("CY1", name)
    sit_down(at_desk, office.clerk)
    whole = at_desk.get(reverse("desk:members")).content.decode()
    monkeypatch.setattr(rows, "MOST_COUNTED", 0)
    monkeypatch.setattr(views, "LINES", 2)
    url, seen, numbers = reverse("desk:members"), [], []
    while url:
        page = at_desk.get(url).content.decode()
        seen += re.findall(r'rowheader"><a[^>]*>(.*?)</a>', page)
        numbers += re.findall(r'class="num none" role="cell">(\d+)<', page)
        [*on] = re.findall(r'rel="next" href="([^"]*)"', page)
        url = reverse("desk:members") + html.unescape(on[0]) if on else ""
        assert re.search(r'<a [^>]*aria-current="true">(?:Tất cả|All) 5</a>', page)
    assert seen == re.findall(r'rowheader"><a[^>]*>(.*?)</a>', whole)
    assert len(seen) == 5
    assert numbers == ["1", "2", "3", "4", "5"]
    for wrong in ("x", "1.2", "1.0.1.zz", "9" * 60, "0.5.0."):
        assert at_desk.get(reverse("desk:members"), {"after": wrong}).status_code == 200
