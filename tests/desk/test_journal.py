"""The journal at the desk: its lines, filters in the address, one entry, and taking it back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from giaoban.journal.kinds import Kind
from giaoban.journal.models import Entry
from giaoban.journal.queries import head
from giaoban.ledger.corrections import reverse_entry
from tests.desk.conftest import sit_down
from tests.world import World

LIST = "/so-nhat-ky/"


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def numbers(response: HttpResponse) -> list[int]:
    """The entries listed, in the order of the page."""
    table = response.content.decode().partition("<tbody>")[2]
    heads = re.findall(r'<th scope="row"><a href="/so-nhat-ky/(\d+)/', table)
    return [int(number) for number in heads]


@pytest.fixture
def acts(office: World) -> dict[str, int]:
    """Entries by name: in two communes, one late, one reversed."""
    found = {}
    found["cy"] = office.admit("CY1", date(2018, 2, 1), office.person("Bùi Thị Bình"))
    found["tx"] = office.admit("TX1", date(2018, 2, 2), office.person("Lê Văn Cường"))
    office.by(date(2018, 3, 1))
    found["late"] = office.admit("CY2", date(2018, 2, 20), office.person("Hà Thị Dung"))
    found["back"] = reverse_entry(found["cy"], reason="Ghi nhầm ngày", by=office.by())
    return found


@pytest.fixture
def clerk(office: World, acts: dict[str, int], at_desk: Client) -> Client:
    return sit_down(at_desk, office.clerk)


def test_every_entry_newest_first(clerk: Client, acts: dict[str, int]) -> None:
    listed = numbers(clerk.get(LIST))
    assert listed == list(range(head().number, max(head().number - 50, 0), -1))
    page = text(clerk.get(LIST))
    assert "Lê Văn Cường" in page
    assert "15-QĐ/HU" in page


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"kind": int(Kind.ADMISSION)}, {"cy", "tx", "late", "back"}),
        ({"unit": "CY"}, {"cy", "late", "back"}),
        ({"unit": "CY2", "kind": int(Kind.ADMISSION)}, {"late"}),
        ({"reversals": 1}, {"back"}),
        ({"late": 1, "kind": int(Kind.ADMISSION)}, {"late", "back"}),
        ({"from": "02/02/2018", "until": "02/02/2018"}, {"tx"}),
        ({"recorded_from": "1/3/2018", "kind": int(Kind.ADMISSION)}, {"late", "back"}),
        ({"recorded_until": "2/2/2018", "kind": int(Kind.ADMISSION)}, {"cy", "tx"}),
        ({"by": "nobody"}, set()),
        ({"person": 999_999}, set()),
        ({"unit": "KHONG-CO"}, set()),
    ],
)
def test_filters_live_in_the_address(
    clerk: Client, acts: dict[str, int], asked: dict[str, Any], wanted: set[str]
) -> None:
    listed = numbers(clerk.get(LIST, asked))
    names = {number: name for name, number in acts.items()}
    assert {names[number] for number in listed if number in names} == wanted
    assert listed == sorted(listed, reverse=True)


def test_a_member_has_their_acts_and_registration(clerk: Client, acts: dict[str, int]) -> None:
    page = clerk.get(LIST, {"person_text": "bui thi binh"})
    listed = numbers(page)
    assert listed[:2] == [acts["back"], acts["cy"]]
    assert len(listed) == 3
    assert "registration" not in page.content.decode()


def test_a_day_that_cant_be_read_is_told_beside_its_field(clerk: Client) -> None:
    page = clerk.get(LIST, {"from": "31/02/2018"})
    assert re.search(r'id="f-from-fault">.*?tháng 2', page.content.decode(), re.DOTALL)
    assert 'value="31/02/2018"' in page.content.decode()


def test_the_pager_goes_there_and_back(
    office: World, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("giaoban.desk.journal.views.LINES", 5)
    first = numbers(clerk.get(LIST))
    second = numbers(clerk.get(LIST, {"before": first[-1]}))
    assert second == [number - 5 for number in first]
    assert numbers(clerk.get(LIST, {"after": second[0]})) == first
    last = numbers(clerk.get(LIST, {"before": 4}))
    assert last == [3, 2, 1]
    page = clerk.get(LIST, {"before": 4}).content.decode()
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page


def test_an_entry_shows_all_that_stands_behind_it(clerk: Client, acts: dict[str, int]) -> None:
    page = clerk.get(reverse("desk:journal-entry", args=[acts["cy"]]))
    said, html = text(page), page.content.decode()
    entry = Entry.objects.get(pk=acts["cy"])
    assert bytes(entry.digest).hex() in html
    assert bytes(Entry.objects.get(pk=acts["cy"] - 1).digest).hex() in html
    assert re.search(r"Chi bộ thôn 1 Dự bị Bùi Thị Bình \+1", said)
    assert re.search(r"Cộng\s+cân\s+0", said)
    assert f"/so-nhat-ky/{acts['back']}/" in html
    back = clerk.get(reverse("desk:journal-entry", args=[acts["back"]]))
    assert "Ghi nhầm ngày" in text(back)
    assert f"/so-nhat-ky/{acts['cy']}/" in back.content.decode()


def test_taking_back_is_looked_at_then_recorded_once(clerk: Client, acts: dict[str, int]) -> None:
    url = reverse("desk:journal-reverse", args=[acts["tx"]])
    before = head()
    assert "Chưa có lý do" in text(clerk.post(url, {"reason": "", "step": "look"}))
    told = {"reason": "Nhầm người", "key": "k1"}
    page = clerk.post(url, {**told, "step": "look"})
    assert re.search(r"dự bị\s+1\s+−1\s+0", text(page))
    assert head() == before
    seen = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    assert seen
    first = clerk.post(url, {**told, "step": "record", "seen": seen[1]})
    after = head()
    assert after.number == before.number + 1
    again = clerk.post(url, {**told, "step": "record", "seen": seen[1]})
    assert (again["Location"], head()) == (first["Location"], after)
    assert "Đã ghi sổ" in text(clerk.get(first["Location"]))
    other = clerk.post(url, {"reason": "Lại", "key": "k2", "step": "look"})
    assert "đã ghi hủy" in text(other)


def test_other_reasons_than_were_looked_at_are_looked_at_again(
    clerk: Client, acts: dict[str, int]
) -> None:
    url, before = reverse("desk:journal-reverse", args=[acts["tx"]]), head()
    clerk.post(url, {"reason": "Khác", "key": "k", "step": "record", "seen": "0" * 32})
    assert head() == before


# Never leak


@pytest.fixture
def colleague(office: World, acts: dict[str, int], at_desk: Client) -> Client:
    return sit_down(at_desk, office.colleague)


def test_only_entries_with_a_row_in_sight_are_listed(
    colleague: Client, acts: dict[str, int]
) -> None:
    page = colleague.get(LIST)
    listed = set(numbers(page))
    assert {acts["cy"], acts["late"], acts["back"]} <= listed
    assert acts["tx"] not in listed
    for outside in ("Cường", "Tiến Xuân", "Yên Bình", "nguoila"):
        assert outside not in page.content.decode()


def test_no_parameter_brings_an_entry_from_outside(
    office: World, colleague: Client, acts: dict[str, int]
) -> None:
    person = Entry.objects.get(pk=acts["tx"]).pk
    for asked in (
        {"before": acts["tx"] + 1}, {"after": acts["tx"] - 1}, {"person": person},
        {"person_text": "Cường"}, {"kind": 2, "from": "02/02/2018", "until": "02/02/2018"},
        {"by": office.clerk},
    ):  # fmt: skip
        assert acts["tx"] not in numbers(colleague.get(LIST, asked))
    assert numbers(colleague.get(LIST, {"unit": "TX"})) == []
    for name in ("desk:journal-entry", "desk:journal-reverse"):
        url = reverse(name, args=[acts["tx"]])
        assert colleague.get(url).status_code in (404, 405)
        assert colleague.post(url, {"reason": "x", "step": "look"}).status_code in (404, 405)


def test_who_does_not_record_takes_nothing_back(
    office: World, acts: dict[str, int], at_desk: Client
) -> None:
    client = sit_down(at_desk, "lanhdao")
    url = reverse("desk:journal-entry", args=[acts["tx"]])
    page = client.get(url)
    assert page.status_code == 200
    assert "ghi-huy" not in page.content.decode()
    assert client.post(f"{url}ghi-huy/", {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("login", ["bientap", "quantri", "nguoila"])
def test_who_reads_no_members_sees_no_journal(
    acts: dict[str, int], at_desk: Client, login: str
) -> None:
    client = sit_down(at_desk, login)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{acts['cy']}/").status_code == 403


def test_one_or_three_lines_ask_the_database_as_often(clerk: Client, acts: dict[str, int]) -> None:
    def asked(of: dict[str, Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert numbers(clerk.get(LIST, of))
        return len(queries)

    asked({})
    one = asked({"recorded_from": "01/01/2018", "reversals": 1})
    assert one == asked({"recorded_from": "01/01/2018", "kind": int(Kind.ADMISSION)})
