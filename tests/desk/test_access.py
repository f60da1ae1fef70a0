"""Access: logins created and handed over, appointments over time, and the log of who looked."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from giaoban.journal.queries import head
from giaoban.journal.writing import Recorder
from giaoban.people.access import note_access
from giaoban.people.actions import appoint_login
from giaoban.people.logins import create_login
from giaoban.people.models import Access, Appointment, Login, LoginChange, Role
from tests.desk.conftest import sit_down
from tests.world import FOUNDED, World

APPOINT, CREATE, LOG = ("desk:access-appoint", "desk:access-create", "desk:access-log")


def read(client: Client, name: str, *args: object, **query: object) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def quantri(office: World, at_desk: Client) -> Client:
    """The administrator at the desk."""
    return sit_down(at_desk, "quantri")


def test_who_may_see_access(office: World, at_desk: Client) -> None:
    names = ("desk:access", "desk:access-logins", "desk:access-log")
    allowed = ("quantri", office.clerk, "lanhdao")
    for login in (*allowed, "phutrach", "bientap", office.stranger):
        may = login in allowed
        sit_down(at_desk, login)
        for name in names:
            assert at_desk.get(reverse(name)).status_code == (200 if may else 403), (login, name)
        changes = at_desk.get(reverse(CREATE)).status_code
        assert changes == (200 if login in ("quantri", office.clerk) else 403)


def test_a_login_is_created_and_its_password_shown_once(
    office: World, quantri: Client, client: Client
) -> None:
    answer = quantri.post(reverse(CREATE), {"name": "hue"})
    page = answer.content.decode()
    password = re.search(r"<code>((?:\w{4}-){4}\w{4})</code>", page)
    assert password is not None
    assert answer["Cache-Control"] == "no-store"
    made = Login.objects.get(username="hue")
    assert made.check_password(password[1])
    assert made.must_change_password
    # The same form sent twice makes one login, and says so with what was typed.
    again = quantri.post(reverse(CREATE), {"name": "hue"}).content.decode()
    assert 'value="hue"' in again
    assert "hue" in read(quantri, "desk:access-logins")
    assert password[1] not in read(quantri, "desk:access-login", "hue")
    browser = Client()
    told = {"login": "hue", "password": password[1]}
    assert browser.post(reverse("account_login"), told).status_code == 302
    assert browser.get("/").url == reverse("account_change_password")


def test_an_appointment_is_recorded_once_and_ended(office: World, quantri: Client) -> None:
    create_login("hue", by=office.by())
    told = {"login": "hue", "unit": "CY", "role": Role.SECRETARY.value, "on": "05/03/2018",
            "key": "k1", "basis_number": "15-QĐ/HU", "basis_issued_on": "10/01/2018",
            "basis_issuer": "Huyện ủy Thạch Thất"}  # fmt: skip
    before = head().number
    for _ in range(2):
        answer = quantri.post(reverse(APPOINT), told)
        assert answer.url == reverse("desk:access-login", args=["hue"])
    assert head().number == before + 1
    row = Appointment.objects.get(login_name="hue")
    page = read(quantri, "desk:access-login", "hue")
    assert "Xã Cẩm Yên" in page
    assert "05/03/2018" in page
    ending = f"{reverse('desk:access-end')}?entry={row.entry_id}"
    assert ending in page
    assert quantri.get(ending).status_code == 200
    for _ in range(2):
        quantri.post(ending, {"on": "01/06/2018", "key": "k2"})
    assert Appointment.objects.filter(login_name="hue").count() == 2
    page = read(quantri, "desk:access-login", "hue")
    assert "01/06/2018" in page
    assert ending not in page
    assert "hue" not in read(quantri, "desk:access")
    assert "hue" in read(quantri, "desk:access", all="1")


def test_refusals_stand_beside_their_field(office: World, quantri: Client) -> None:
    told = {"login": office.stranger, "unit": "CY", "role": 1, "on": "05/03/2018", "key": "k"}

    def faults(**more: object) -> dict[str, list[str]]:
        return dict(quantri.post(reverse(APPOINT), {**told, **more}).context["form"].errors)

    assert list(faults(login="khongcoai")) == ["login"]
    assert list(faults(login="quantri")) == ["login"]  # nobody appoints themselves
    assert list(faults(unit="KHONG")) == ["unit"]
    assert list(faults(on="31/02/2018")) == ["on"]
    assert list(faults(on="31/12/2999")) == ["on"]
    assert list(faults(role="")) == ["role"]
    assert set(faults(basis_number="15-QĐ/HU")) == {"basis_issued_on", "basis_issuer"}
    assert not Appointment.objects.filter(login_name=office.stranger).exists()


def test_a_clerk_of_one_commune_sees_its_logins_alone(office: World, at_desk: Client) -> None:
    sit_down(at_desk, office.colleague)
    page = read(at_desk, "desk:access") + read(at_desk, "desk:access-logins")
    assert "phutrach" in page
    for other in (office.clerk, "lanhdao", "quantri"):
        assert f">{other}<" not in page
        assert at_desk.get(reverse("desk:access-login", args=[other])).status_code == 404
        for act in ("password", "close", "reopen"):
            url = reverse(f"desk:access-{act}", args=[other])
            assert at_desk.post(url).status_code == 404
    told = {"login": "phutrach", "unit": "TX", "role": 1, "on": "05/03/2018", "key": "k"}
    assert list(at_desk.post(reverse(APPOINT), told).context["form"].errors) == ["unit"]
    row = Appointment.objects.get(login_name="lanhdao")
    assert at_desk.get(f"{reverse('desk:access-end')}?entry={row.entry_id}").status_code == 404


def test_passwords_are_given_by_the_administrator_alone(office: World, at_desk: Client) -> None:
    url = reverse("desk:access-password", args=["phutrach"])
    before = Login.objects.get(username="phutrach").password
    for login in (office.clerk, office.colleague):
        answer = sit_down(at_desk, login).post(url)
        assert answer.status_code == 200
        assert 'role="alert"' in answer.content.decode()
    assert Login.objects.get(username="phutrach").password == before
    sit_down(at_desk, "quantri")
    assert at_desk.get(url).status_code == 405
    page = at_desk.post(url).content.decode()
    given = re.search(r"<code>((?:\w{4}-){4}\w{4})</code>", page)
    assert given is not None
    assert Login.objects.get(username="phutrach").check_password(given[1])
    own = at_desk.post(reverse("desk:access-password", args=["quantri"])).content.decode()
    assert 'role="alert"' in own


def test_a_login_is_closed_and_opened(office: World, quantri: Client) -> None:
    for act, active in (("close", False), ("close", False), ("reopen", True)):
        answer = quantri.post(reverse(f"desk:access-{act}", args=["phutrach"]))
        assert answer.status_code == 302
        assert Login.objects.get(username="phutrach").is_active is active
    assert "quantri" in read(quantri, "desk:access-login", "phutrach")


@pytest.fixture
def looked(office: World) -> dict[str, int]:
    """Members of two communes, and who looked at whom on two days."""
    members = {
        "CY1": office.member("CY1", "Nguyễn Văn An"),
        "TX1": office.member("TX1", "Bùi Thị Bình"),
    }
    day = datetime(2018, 5, 1, 3, tzinfo=UTC)
    what = Access.What
    note_access(what.SEEN, [members["CY1"]], by=Recorder("phutrach", day))
    note_access(what.SEEN, [members["TX1"]], by=Recorder(office.clerk, day + timedelta(days=1)),
                told="q=Bùi Thị Bình")  # fmt: skip
    note_access(what.EXPORTED, members.values(), by=Recorder("lanhdao", day + timedelta(days=2)))
    return members


def test_an_administrator_sees_numbers_only(
    office: World, quantri: Client, looked: dict[str, int]
) -> None:
    page = read(quantri, LOG)
    for login in ("phutrach", office.clerk, "lanhdao"):
        assert login in page
    assert str(looked["CY1"]) in page
    assert "Nguyễn" not in page
    assert "Bùi" not in page
    one = re.search(r"act=(\d+)", page)
    assert one is not None
    act = read(quantri, LOG, act=one[1])
    assert "Bùi" not in act
    assert str(looked["TX1"]) in act


def test_a_clerk_sees_who_looked_at_members_in_sight(
    office: World, at_desk: Client, looked: dict[str, int]
) -> None:
    page = read(sit_down(at_desk, office.colleague), LOG)
    assert "Nguyễn Văn An" in page
    assert "lanhdao" in page  # exported by somebody above
    assert "Bình" not in page
    assert page.count("<tr>") == 3  # the head, one look, one export
    assert "Bùi Thị Bình" in read(sit_down(at_desk, office.clerk), LOG)


def test_the_log_is_filtered(office: World, at_desk: Client, looked: dict[str, int]) -> None:
    sit_down(at_desk, office.clerk)

    def lines(**query: object) -> int:
        return read(at_desk, LOG, **query).count("<tr>") - 1

    assert lines() == 3
    assert lines(login="phutrach") == 1
    assert lines(day="02/05/2018") == 1
    assert lines(person=looked["CY1"]) == 2
    assert lines(day="32/13") == 3  # said, and passed over
    assert "bad" in read(at_desk, LOG, day="32/13")
    assert "empty" in read(at_desk, LOG, login="khongcoai")
    assert at_desk.get(reverse(LOG), {"act": "999999"}).status_code == 404


def test_the_log_is_read_on_by_place(
    office: World, quantri: Client, looked: dict[str, int]
) -> None:
    start = datetime(2018, 6, 1, tzinfo=UTC)
    for n in range(60):
        by = Recorder("phutrach", start + timedelta(minutes=n))
        note_access(Access.What.SEEN, [looked["CY1"]], by=by)
    seen, query = [], ""
    for _ in range(3):
        page = quantri.get(reverse(LOG) + query).content.decode()
        seen += re.findall(r'<th scope="row">([^<]+)</th>', page)
        older = re.search(r'rel="next" href="(\?before=\d+)"', page)
        if older is None:
            break
        query = older[1]
    assert len(seen) == 63
    assert len(set(seen)) == 63


def test_as_many_questions_for_one_row_as_for_three(office: World, quantri: Client) -> None:
    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            read(quantri, name)
        return len(queries)

    names = ("desk:access", "desk:access-logins", LOG)
    for name in names:
        asked(name)
    before = [asked(name) for name in names]
    person = office.member("CY1")
    for n in range(3):
        create_login(f"moi{n}", by=office.by())
        appoint_login(f"moi{n}", office.unit("CY1"), Role.SECRETARY, on=FOUNDED, by=office.by())
        note_access(Access.What.SEEN, [person], by=office.by())
    assert [asked(name) for name in names] == before


def test_the_second_step_of_a_lost_phone_is_taken_away(office: World, at_desk: Client) -> None:
    theirs = Login.objects.get(username="phutrach")
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=theirs, type=kind, data={"secret": "x", "seed": "y"})
    url = reverse("desk:access-second", args=["phutrach"])
    sit_down(at_desk, office.clerk).post(url)
    assert Authenticator.objects.filter(user=theirs).count() == 2
    assert url in read(sit_down(at_desk, "quantri"), "desk:access-login", "phutrach")
    for _ in range(2):
        assert at_desk.post(url).status_code == 302
    assert not Authenticator.objects.filter(user=theirs).exists()
    done = LoginChange.objects.filter(login_name="phutrach")
    assert [line.what for line in done] == [LoginChange.What.SECOND_STEP_DROPPED]
