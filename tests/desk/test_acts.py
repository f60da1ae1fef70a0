"""Recording an act at the desk: filled, looked at, recorded once; refusals beside their fields."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from giaoban.desk.acts.kinds import SHEETS
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import BasisOn
from giaoban.ledger.accounts import Account
from giaoban.ledger.actions import give_transfer_paper, transfer_member
from giaoban.ledger.models import Proposal
from giaoban.ledger.queries import standings
from giaoban.ledger.verbs import ACTS
from giaoban.people.actions import appoint_login
from giaoban.people.models import Role
from giaoban.people.sight import in_sight
from tests.desk.conftest import sit_down
from tests.world import DECISION, FOUNDED, World

ADMISSION = {
    "full_name": "Bùi Thị Bình",
    "born_on": "1/2/1990",
    "sex": "female",
    "unit": "CY1",
    "basis_number": "15-QĐ/HU",
    "basis_on": "10/01/2018",
    "basis_issuer": "Huyện ủy Thạch Thất",
    "ceremony_on": "01/03/2018",
    "key": "f1",
}
OF_KNOWN = {"basis_number": "16-QĐ/HU", "basis_on": "10/01/2018", "basis_issuer": "Huyện ủy"}


def mark(response: HttpResponse) -> str:
    """What the shown lines are confirmed with."""
    found = re.search(r'name="seen" value="([0-9a-f]+)"', response.content.decode())
    assert found, text(response)
    return found[1]


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def post(client: Client, verb: str, told: dict[str, Any], **more: Any) -> HttpResponse:
    return client.post(reverse("desk:acts-form", args=[verb]), {**told, **more})


def record(client: Client, verb: str, told: dict[str, Any]) -> HttpResponse:
    """Look at the lines, then record."""
    seen = mark(post(client, verb, told, step="look"))
    return post(client, verb, told, step="record", seen=seen)


def fault_of(response: HttpResponse, field: str) -> str:
    """The refusal that stands beside a field."""
    html = response.content.decode()
    found = re.search(rf'id="id_{field}_error">.*?<p>(.*?)</p>', html, re.DOTALL)
    return found[1] if found else ""


@pytest.fixture
def clerk(office: World, at_desk: Client) -> Client:
    office.by(date(2018, 3, 1))
    return sit_down(at_desk, office.clerk)


def test_there_is_a_form_for_every_act() -> None:
    assert set(SHEETS) == set(ACTS)


@pytest.mark.parametrize("verb", list(SHEETS))
def test_every_form_opens(clerk: Client, verb: str) -> None:
    response = clerk.get(reverse("desk:acts-form", args=[verb]))
    assert response.status_code == 200
    assert 'name="step" value="record"' not in response.content.decode()


def test_the_index_links_every_form_and_keeps_person_and_unit(clerk: Client) -> None:
    html = clerk.get(reverse("desk:acts") + "?unit=CY1").content.decode()
    for verb in SHEETS:
        assert f"{reverse('desk:acts-form', args=[verb])}?unit=CY1" in html


def test_the_lines_are_shown_before_anything_is_recorded(clerk: Client, office: World) -> None:
    before = head()
    response = post(clerk, "admit", ADMISSION, step="look")
    assert head() == before
    assert "cân" in text(response)
    assert re.search(r"Chi bộ thôn 1\s+dự bị\s+0\s+\+1\s+1", text(response))


def test_an_admission_is_recorded_and_told(clerk: Client, office: World) -> None:
    response = record(clerk, "admit", ADMISSION)
    entry = Entry.objects.get(idempotency_key="f1")
    assert response["Location"] == reverse("desk:journal-entry", args=[entry.pk])
    page = clerk.get(response["Location"])
    number = f"{entry.pk:,}".replace(",", ".")
    assert f"Đã ghi sổ, số {number}." in text(page).replace("\xa0", " ")
    assert "Bùi Thị Bình" in text(page)


def test_recording_the_same_form_twice_posts_once(clerk: Client, office: World) -> None:
    seen = mark(post(clerk, "admit", ADMISSION, step="look"))
    first = post(clerk, "admit", ADMISSION, step="record", seen=seen)
    after = head()
    again = post(clerk, "admit", ADMISSION, step="record", seen=seen)
    assert again["Location"] == first["Location"]
    assert head() == after


def test_what_changed_since_it_was_looked_at_is_looked_at_again(clerk: Client) -> None:
    seen = mark(post(clerk, "admit", ADMISSION, step="look"))
    before = head()
    changed = {**ADMISSION, "ceremony_on": "02/03/2018"}
    response = post(clerk, "admit", changed, step="record", seen=seen)
    assert head() == before
    assert mark(response) != seen


def test_going_back_with_a_recorded_form_gives_the_next_act_a_key_of_its_own(
    clerk: Client, office: World
) -> None:
    record(clerk, "admit", ADMISSION)
    other = {**ADMISSION, "full_name": "Lê Văn Cường"}
    seen = mark(post(clerk, "admit", other, step="look"))
    response = post(clerk, "admit", other, step="record", seen=seen)
    assert response.status_code == 200
    assert 'value="f1"' not in response.content.decode()
    assert "Lê Văn Cường" in response.content.decode()


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"ceremony_on": "31/02/2018"}, "ceremony_on", "tháng 2"),
        ({"ceremony_on": ""}, "ceremony_on", ""),
        ({"ceremony_on": "01/01/2200"}, "ceremony_on", "chưa đến"),
        ({"ceremony_on": "05/01/2018"}, "ceremony_on", "trước ngày quyết định"),
        ({"basis_number": ""}, "basis_number", ""),
        ({"full_name": "Bùi Thị 8"}, "full_name", "ký tự"),
        ({"family": "Trần"}, "given", "ghép lại"),
        ({"full_name": ""}, "full_name", ""),
        ({"unit": "KHONG-CO"}, "unit", ""),
        ({"born_on": "01/01/2019"}, "born_on", "sau ngày"),
        ({"ceremony_on": "01/03/2009", "decided_on": "01/02/2009"}, "ceremony_on", "thành lập"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_all_that_was_typed_is_kept(
    clerk: Client, changed: dict[str, str], field: str, said: str
) -> None:
    before = head()
    told = {**ADMISSION, **changed}
    response = post(clerk, "admit", told, step="look")
    fault = fault_of(response, field)
    assert fault, text(response)
    assert said in fault
    assert "Chưa ghi sổ. Nội dung đã nhập vẫn được giữ." in text(response)
    html = response.content.decode()
    for name in ("full_name", "basis_issuer", "ceremony_on", "born_on"):
        if told[name]:
            assert f'value="{told[name]}"' in html
    assert head() == before


def test_the_unit_of_a_member_need_not_be_told(clerk: Client, office: World) -> None:
    person = office.member("CY1")
    told = {"person": str(person), "left_on": "01/03/2018", "key": "d1"}
    record(clerk, "die", told)
    with in_sight([office.unit("CY1")]):
        assert standings([person], AsOf(date(2018, 3, 1), 2**62)) == []
        assert standings([person], AsOf(date(2018, 2, 28), 2**62)) != []


def test_a_transfer_shows_both_units(clerk: Client, office: World) -> None:
    person = office.member("CY1")
    told = {**OF_KNOWN, "person": str(person), "to": "TX1", "on": "01/03/2018", "key": "t1"}
    response = post(clerk, "transfer", told, step="look")
    assert text(response).count("Chi bộ thôn 1") >= 4
    record(clerk, "transfer", told)
    with in_sight([office.unit("TX1")]):
        [place] = standings([person], AsOf(date(2018, 3, 1), 2**62))
    assert (place.unit, place.account) == (office.unit("TX1"), Account.FULL)


def test_a_paper_is_given_and_received(clerk: Client, office: World) -> None:
    person = str(office.member("CY1"))
    record(clerk, "give-paper", {**OF_KNOWN, "person": person, "key": "g1"})
    told = {"person": person, "unit": "TX1", "received_on": "02/03/2018", "key": "r1"}
    record(clerk, "receive", told)
    assert Entry.objects.filter(idempotency_key__in=["g1", "r1"]).count() == 2


def test_a_text_of_several_meanings_comes_back_with_choices(clerk: Client, office: World) -> None:
    one, two = office.member("CY1", "Lê Văn Cường"), office.member("TX1", "Lê Văn Cường")
    told = {"person_text": "le van cuong", "left_on": "01/03/2018", "key": "x"}
    response = post(clerk, "die", told, step="look")
    html = response.content.decode()
    assert f'name="person" value="{one}"' in html
    assert f'name="person" value="{two}"' in html
    assert fault_of(response, "person")
    mark(post(clerk, "die", {**told, "person": str(two)}, step="look"))


def test_choices_come_as_one_types(clerk: Client, office: World) -> None:
    person = office.member("CY1", "Lê Văn Cường")
    url = reverse("desk:acts-seek", args=["person"])
    assert f'value="{person}"' in clerk.get(url, {"person_text": "cuong"}).content.decode()
    units = clerk.get(reverse("desk:acts-seek", args=["unit"]), {"unit_text": "cam yen"})
    assert 'value="CY"' in units.content.decode()
    assert clerk.get(reverse("desk:acts-seek", args=["key"])).status_code == 404


def test_coming_from_a_member_the_form_is_filled(clerk: Client, office: World) -> None:
    person = office.member("CY1", "Lê Văn Cường")
    page = clerk.get(reverse("desk:acts-form", args=["transfer"]), {"person": person})
    assert "Lê Văn Cường" in page.content.decode()
    assert re.search(rf'name="person" value="{person}" checked', page.content.decode())


def test_who_has_the_same_name_is_told_before_a_new_person_is_made(
    clerk: Client, office: World
) -> None:
    assert "trùng họ tên" not in text(post(clerk, "admit", ADMISSION, step="look"))
    person = office.member("TX1", "Bùi Thị Bình")
    response = post(clerk, "admit", ADMISSION, step="look")
    assert "trùng họ tên" in text(response)
    assert reverse("desk:members-person", args=[person]) in response.content.decode()
    outside = sit_down(Client(), office.colleague)
    assert "trùng họ tên" not in text(post(outside, "admit", ADMISSION, step="look"))


# Never leak


def test_nobody_outside_the_units_is_found_by_any_field(office: World, at_desk: Client) -> None:
    person = office.member("TX1", "Lê Văn Cường")
    client = sit_down(at_desk, office.colleague)
    for told in ({"person": str(person)}, {"person_text": "Lê Văn"}, {"person_text": str(person)}):
        for verb in ("die", "transfer", "recognise", "receive", "readmit"):
            response = post(client, verb, {**told, "left_on": "01/03/2018", "key": "x"})
            assert "Cường" not in response.content.decode()
            assert fault_of(response, "person")
    for name, value in (("person_text", "cuong"), ("person_text", str(person))):
        url = reverse("desk:acts-seek", args=["person"])
        assert "Cường" not in client.get(url, {name: value}).content.decode()
    page = client.get(reverse("desk:acts-form", args=["die"]), {"person": person})
    assert "Cường" not in page.content.decode()
    page = client.get(reverse("desk:acts"), {"person": person})
    assert "Cường" not in page.content.decode()


def test_units_outside_are_not_recorded_for(office: World, at_desk: Client) -> None:
    client = sit_down(at_desk, office.colleague)
    response = post(client, "admit", {**ADMISSION, "unit": "TX1"}, step="look")
    assert fault_of(response, "unit")
    assert not Entry.objects.filter(idempotency_key="f1").exists()


def test_where_somebody_stands_outside_is_not_said(office: World, at_desk: Client) -> None:
    person = office.member("CY1", "Lê Văn Cường")
    transfer_member(
        person=person, unit=office.unit("CY1"), to=office.unit("TX1"), on=date(2018, 2, 1),
        basis=DECISION, by=office.by(date(2018, 2, 1)),
    )  # fmt: skip
    client = sit_down(at_desk, office.colleague)
    told = {**OF_KNOWN, "person": str(person), "unit": "CY2", "ceremony_on": "01/03/2018",
            "key": "x"}  # fmt: skip
    response = post(client, "readmit", told, step="look")
    assert "ngoài phạm vi" in fault_of(response, "person")


def test_who_holds_the_paper_receives_its_bearer(office: World, at_desk: Client) -> None:
    person = office.member("TX1", "Lê Văn Cường")
    paper = BasisOn("0431/GT", date(2018, 2, 5), "Đảng ủy xã Tiến Xuân")
    give_transfer_paper(
        person=person, unit=office.unit("TX1"), given_on=date(2018, 2, 5), basis=paper,
        by=office.by(date(2018, 2, 5)),
    )  # fmt: skip
    client = sit_down(at_desk, office.colleague)
    told = {"person_text": "Lê Văn Cường", "unit": "CY1", "received_on": "01/03/2018",
            "basis_number": "0431/GT", "basis_on": "05/02/2018",
            "basis_issuer": "Đảng ủy xã Tiến Xuân", "key": "r"}  # fmt: skip
    for wrong in (
        {"basis_number": "0432/GT"}, {"basis_on": "06/02/2018"}, {"person_text": "Lê Văn"},
        {"person_text": "le van cuong"}, {"basis_number": ""}, {"person_text": str(person)},
    ):  # fmt: skip
        response = post(client, "receive", {**told, **wrong}, step="look")
        assert fault_of(response, "person"), wrong
        assert "Tiến Xuân" not in text(response).replace(paper.issuer, "")
    response = post(client, "receive", told, step="look")
    assert "2 dòng ở tổ chức ngoài phạm vi" in text(response)
    assert "Xã Tiến Xuân" not in text(response)
    record(client, "receive", told)
    with in_sight([office.unit("CY1")]):
        assert standings([person], AsOf(date(2018, 3, 1), 2**62)) != []


@pytest.mark.parametrize("login", ["bientap", "quantri", "nguoila"])
def test_who_reads_no_members_has_no_forms(office: World, at_desk: Client, login: str) -> None:
    client = sit_down(at_desk, login)
    for url in ("/ghi-viec/", "/ghi-viec/admit/", "/ghi-viec/de-xuat/", "/ghi-viec/tim/person/"):
        assert client.get(url).status_code == 403
    assert post(client, "admit", ADMISSION, step="look").status_code == 403


def test_a_stranger_is_sent_to_sign_in(office: World, at_desk: Client) -> None:
    assert at_desk.get("/ghi-viec/admit/").status_code == 302


# Proposals


@pytest.fixture
def proposed(office: World, at_desk: Client) -> Proposal:
    """A secretary's proposal."""
    office.by(date(2018, 3, 1))
    client = sit_down(at_desk, "phutrach")
    response = post(client, "admit", ADMISSION, step="look")
    assert "Gửi đề nghị" in text(response)
    response = record(client, "admit", ADMISSION)
    connection.cursor().execute("SELECT set_config('giaoban.units', '*', false)")
    found = Proposal.objects.get()
    connection.cursor().execute("SELECT set_config('giaoban.units', '', false)")
    assert response["Location"] == reverse("desk:acts-proposal", args=[found.pk])
    assert not Entry.objects.filter(idempotency_key="f1").exists()
    return found


def test_a_secretary_sees_what_became_of_a_proposal(
    office: World, proposed: Proposal, at_desk: Client
) -> None:
    page = at_desk.get(reverse("desk:acts-proposal", args=[proposed.pk]))
    assert "Bùi Thị Bình" in text(page)
    assert reverse("desk:acts-record", args=[proposed.pk]) not in page.content.decode()
    assert at_desk.post(reverse("desk:acts-record", args=[proposed.pk])).status_code == 403
    leader = sit_down(Client(), "lanhdao")
    url = reverse("desk:acts-decline", args=[proposed.pk])
    assert "Chưa có lý do" in text(leader.post(url, {"reason": ""}))
    assert leader.post(url, {"reason": "Thiếu lý lịch"}).status_code == 302
    mine = at_desk.get(reverse("desk:acts-proposals"), {"mine": 1})
    assert "Thiếu lý lịch" in text(mine)


def test_a_leader_records_a_proposal_once(office: World, proposed: Proposal) -> None:
    leader = sit_down(Client(), "lanhdao")
    waiting = leader.get(reverse("desk:acts-proposals"))
    assert reverse("desk:acts-lines", args=[proposed.pk]) in waiting.content.decode()
    lines = leader.get(reverse("desk:acts-lines", args=[proposed.pk]))
    assert re.search(r"dự bị\s+0\s+\+1\s+1", text(lines))
    url = reverse("desk:acts-record", args=[proposed.pk])
    first, after = leader.post(url), head()
    assert first.status_code == 302
    assert leader.post(url)["Location"] == first["Location"]
    assert head() == after
    assert "Bùi Thị Bình" in text(leader.get(first["Location"]))


def test_proposals_of_other_units_are_not_there(office: World, proposed: Proposal) -> None:
    by = office.by()
    appoint_login(office.stranger, office.unit("TX"), Role.CLERK, on=FOUNDED, by=by)
    other = sit_down(Client(), office.stranger)
    assert "Bình" not in text(other.get(reverse("desk:acts-proposals")))
    for name in ("desk:acts-proposal", "desk:acts-lines"):
        assert other.get(reverse(name, args=[proposed.pk])).status_code == 404
    for name in ("desk:acts-record", "desk:acts-decline"):
        url = reverse(name, args=[proposed.pk])
        assert other.post(url, {"reason": "x"}).status_code == 404


def test_the_database_hides_proposals_of_other_units(office: World, proposed: Proposal) -> None:
    assert not Proposal.objects.exists()
    with in_sight([office.unit("TX1")]):
        assert not Proposal.objects.exists()
    with in_sight([office.unit("CY1")]):
        assert Proposal.objects.exists()


@pytest.mark.parametrize(
    "sql", ["UPDATE ledger_proposal SET reason = 'x'", "DELETE FROM ledger_proposal"]
)
def test_the_desk_itself_decides_nothing(office: World, proposed: Proposal, sql: str) -> None:
    with (
        in_sight([office.unit("CY1")]),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        connection.cursor().execute(sql)


def test_one_or_three_proposals_ask_the_database_as_often(
    office: World, proposed: Proposal, at_desk: Client
) -> None:
    url = reverse("desk:acts-proposals")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert at_desk.get(url).status_code == 200
        return len(queries)

    asked()
    one = asked()
    for key in ("f2", "f3"):
        record(at_desk, "admit", {**ADMISSION, "full_name": f"Lê Thị {key.upper()[:1]}",
                                  "key": key})  # fmt: skip
    asked()  # what was just done is told once
    assert asked() == one


# Corrections


@pytest.mark.parametrize("verb", ["admit", "die", "transfer", "give-paper"])
def test_an_entry_is_put_right_in_its_own_form(clerk: Client, office: World, verb: str) -> None:
    person = office.member("CY1")
    told: dict[str, Any] = {
        "admit": ADMISSION,
        "die": {"person": person, "left_on": "01/03/2018", "key": "f1"},
        "transfer": {**OF_KNOWN, "person": person, "to": "TX1", "on": "01/03/2018", "key": "f1"},
        "give-paper": {**OF_KNOWN, "person": person, "given_on": "01/03/2018", "key": "f1"},
    }[verb]
    record(clerk, verb, told)
    wrong = Entry.objects.get(idempotency_key="f1")
    page = clerk.get(reverse("desk:journal-entry", args=[wrong.pk])).content.decode()
    url = f"{reverse('desk:acts-form', args=[verb])}?instead={wrong.pk}"
    assert url in page
    form = clerk.get(url).content.decode()
    told = _values(form)
    assert "01/03/2018" in told.values()
    day = next(name for name, value in told.items() if value == "01/03/2018")
    told |= {day: "02/03/2018", "correction": "Nhầm ngày", "key": "f2"}
    record(clerk, verb, told)
    back = Entry.objects.get(reverses_id=wrong.pk)
    right = Entry.objects.get(idempotency_key="f2")
    assert (right.pk, right.effective_on) == (back.pk + 1, date(2018, 3, 2))


def _values(html: str) -> dict[str, Any]:
    """What a form holds as it is shown: its texts, its choices, its hidden fields."""
    form = html.partition('class="cols"')[2]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="(\w+)"', tag)
        if name and value and ((kind and kind[1] != "radio") or "checked" in tag):
            found[name[1]] = value[1]
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def test_nobody_puts_right_what_is_not_in_sight(office: World, at_desk: Client) -> None:
    entry = office.admit("TX1", date(2018, 2, 1))
    client = sit_down(at_desk, office.colleague)
    url = reverse("desk:acts-form", args=["admit"])
    assert client.get(url, {"instead": entry}).status_code == 404
    assert post(client, "admit", {**ADMISSION, "instead": entry}).status_code == 404
