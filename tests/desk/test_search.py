"""Search everywhere: what is found, in which order, and that nothing else is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from giaoban.ledger import finding
from giaoban.ledger.actions import record_death
from giaoban.ledger.reorganisation import rename_unit
from giaoban.people.actions import rename_person
from giaoban.vietnamese import name_sort_key
from tests.desk.conftest import sit_down
from tests.world import DECISION, World

DAY = date(2018, 3, 5)


@pytest.fixture
def members(office: World) -> dict[str, int]:
    """Namesakes but for their marks, in two communes."""
    told = (
        ("CY1", "Lê Thị Ho\u00e0"),
        ("CY1", "Nguyễn Văn Hoa"),
        ("TX1", "Nguyễn Thị Hoa"),
        ("CY2", "Trần Hóa"),
    )
    return {name: office.member(unit, name) for unit, name in told}


def hits(client: Client, text: str, **more: str) -> list[str]:
    answer = client.get(reverse("desk:search"), {"q": text, **more}, HTTP_HX_REQUEST="true")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<html" not in page
    lines = re.findall(r"<li><a[^>]*>\s*<span>(.*?)</span>", page)
    return [re.sub("<[^>]+>", "", line) for line in lines]


def test_exact_marks_come_first(office: World, at_desk: Client, members: dict[str, int]) -> None:
    sit_down(at_desk, office.clerk)
    found = hits(at_desk, "hoa")
    assert found[:2] == ["Nguyễn Thị Hoa", "Nguyễn Văn Hoa"]
    assert set(found[2:4]) == {"Lê Thị Ho\u00e0", "Trần Hóa"}
    assert hits(at_desk, "HÓA")[0] == "Trần Hóa"
    assert hits(at_desk, "nguyen van")[0] == "Nguyễn Văn Hoa"
    assert hits(at_desk, "%") == []
    assert hits(at_desk, "khongcoai") == []


def test_only_who_is_in_sight_is_found(
    office: World, at_desk: Client, members: dict[str, int]
) -> None:
    sit_down(at_desk, office.colleague)
    assert "Nguyễn Thị Hoa" not in hits(at_desk, "hoa")
    assert "Nguyễn Văn Hoa" in hits(at_desk, "hoa")
    assert hits(at_desk, str(members["Nguyễn Thị Hoa"])) != ["Nguyễn Thị Hoa"]
    assert hits(at_desk, "tien xuan") == []
    for login in ("quantri", "bientap"):
        assert set(hits(sit_down(at_desk, login), "hoa")) & set(members) == set()
    sit_down(at_desk, office.stranger)
    assert at_desk.get(reverse("desk:search"), {"q": "hoa"}).status_code == 403


@pytest.mark.parametrize(("first", "looks"), [(3, 0), (3, 2**40), (400, 8)])
def test_whichever_way_is_shorter(
    office: World, at_desk: Client, monkeypatch: pytest.MonkeyPatch, first: int, looks: int
) -> None:
    """Along the names of everybody, or through all members in sight: the same is found, in the
    same order, and nobody twice."""
    monkeypatch.setattr(finding, "FIRST_OF_SOME", first)
    monkeypatch.setattr(finding, "FIRST_OF_FEW", first)
    monkeypatch.setattr(finding, "LOOKS_A_UNIT", looks)
    for n, family in enumerate(("Lê", "Vũ", "Đỗ", "Hồ", "Lý", "Bùi", "Trần", "Đặng", "Phan", "Hà")):
        for given in ("Hoa", "Hòa"):
            office.member(("CY1", "TX1", "CY2")[n % 3], f"{family} Văn {given}")
    sit_down(at_desk, office.colleague)
    mine = [f"{family} Văn {given}" for family in ("Lê", "Hồ", "Trần", "Hà", "Đỗ", "Bùi", "Phan")
            for given in ("Hoa", "Hòa")]  # fmt: skip
    assert hits(at_desk, "van hoa") == sorted(mine, key=name_sort_key)[:8]
    assert hits(at_desk, "Phan Văn H") == ["Phan Văn Hoa", "Phan Văn Hòa"]


def test_the_name_of_today_and_whoever_left(
    office: World, at_desk: Client, members: dict[str, int]
) -> None:
    person = members["Nguyễn Văn Hoa"]
    rename_person(person, "Nguyễn Văn Quý", on=DAY, by=office.by(DAY))
    record_death(person=person, unit=office.unit("CY1"), left_on=DAY, by=office.by(DAY))
    sit_down(at_desk, office.clerk)
    assert "Nguyễn Văn Hoa" not in hits(at_desk, "hoa")
    page = at_desk.get(reverse("desk:search"), {"q": "quy"}).content.decode()
    assert reverse("desk:members-person", args=[person]) in page
    assert "no longer on the rolls" in page or "không còn trong danh sách" in page


def test_units_by_name_code_and_former_name(office: World, at_desk: Client) -> None:
    rename_unit(office.unit("CY"), "Đảng bộ xã Mới", on=DAY, basis=DECISION, by=office.by(DAY))
    sit_down(at_desk, office.clerk)
    assert hits(at_desk, "yen binh") == ["Xã Yên Bình"]
    assert hits(at_desk, "yb") == ["Xã Yên Bình"]
    assert hits(at_desk, "cam yen") == ["Đảng bộ xã Mới"]
    page = at_desk.get(reverse("desk:search"), {"q": "cẩm yên"}).content.decode()
    assert "Xã Cẩm Yên" in page
    assert hits(at_desk, "xa moi") == ["Đảng bộ xã Mới"]


def test_acts_by_number_and_basis(office: World, at_desk: Client) -> None:
    mine, theirs = office.admit("CY1", DAY), office.admit("TX1", DAY)
    sit_down(at_desk, office.clerk)
    link = reverse("desk:journal-entry", args=[mine])
    for text in (str(mine), "15-QĐ", "15-qđ/hu"):
        page = at_desk.get(reverse("desk:search"), {"q": text}).content.decode()
        assert link in page
    sit_down(at_desk, office.colleague)
    page = at_desk.get(reverse("desk:search"), {"q": "15-QĐ"}).content.decode()
    assert link in page
    assert reverse("desk:journal-entry", args=[theirs]) not in page
    page = at_desk.get(reverse("desk:search"), {"q": str(theirs)}).content.decode()
    assert reverse("desk:journal-entry", args=[theirs]) not in page


def test_pages_that_the_login_may_open(office: World, at_desk: Client) -> None:
    at_desk.cookies["django_language"] = "en"
    assert hits(sit_down(at_desk, "quantri"), "log") == ["Logins", "Access log"]
    assert "Access log" not in hits(sit_down(at_desk, "phutrach"), "log")


def test_without_words_and_as_a_page(office: World, at_desk: Client) -> None:
    sit_down(at_desk, office.clerk)
    page = at_desk.get(reverse("desk:search"))
    assert page.status_code == 200
    assert "<h1>" in page.content.decode()
    long = at_desk.get(reverse("desk:search"), {"q": "a" * 5000})
    assert long.status_code == 200


def test_what_was_typed_is_set_off_and_harmless(
    office: World, at_desk: Client, members: dict[str, int]
) -> None:
    sit_down(at_desk, office.clerk)
    page = at_desk.get(reverse("desk:search"), {"q": "tran"}).content.decode()
    assert "<mark>Trần</mark>" in page
    page = at_desk.get(reverse("desk:search"), {"q": "<script>x"}).content.decode()
    assert "<script>x" not in page


def test_as_many_questions_for_one_as_for_three(office: World, at_desk: Client) -> None:
    sit_down(at_desk, office.clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            hits(at_desk, "hoa")
        return len(queries)

    office.member("CY1", "Lê Hoa")
    asked()
    one = asked()
    for unit in ("CY1", "TX1", "CY2"):
        office.member(unit, "Lê Văn Hoa")
    assert asked() == one
