"""Logins: who creates them, under which names, and that a new one may do nothing yet."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.journal.checks import chain_is_whole
from giaoban.journal.queries import head
from giaoban.journal.writing import Recorder
from giaoban.people import scope
from giaoban.people.actions import NewPerson, appoint_login, end_appointment, register_person
from giaoban.people.errors import (
    FirstPasswordKept,
    LoginNameRefused,
    LoginTaken,
    LoginUnknown,
    NotAnAppointer,
    NotARecorder,
    NotTheirAdministrator,
    OwnLogin,
)
from giaoban.people.logins import (
    LONGEST,
    activate_login,
    choose_password,
    create_login,
    deactivate_login,
    first_password,
    set_password,
)
from giaoban.people.models import Login, LoginChange, Role
from tests import raw
from tests.world import World

DAY = date(2018, 3, 5)


def test_a_login_does_nothing_until_it_is_appointed(world: World) -> None:
    before = head()
    assert create_login("hue", by=world.by(DAY)) == "hue"
    assert head() == before  # the appointment is the entry, not the name
    assert not Login.objects.get(username="hue").has_usable_password()
    with pytest.raises(NotARecorder):
        register_person(NewPerson("Ai"), by=world.by(DAY, "hue"))
    appoint_login("hue", world.unit("CY"), Role.CLERK, on=DAY, by=world.by())
    assert register_person(NewPerson("Ai"), by=world.by(DAY, "hue"))
    assert chain_is_whole().faults == []


def test_a_password(world: World) -> None:
    create_login("hue", by=world.by(DAY), password="mật khẩu dài")
    assert Login.objects.get(username="hue").check_password("mật khẩu dài")


@pytest.mark.parametrize("name", ["", "hà nội", "hue\t", "hue;", "h" * (LONGEST + 1)])
def test_names_that_can_not_be(world: World, name: str) -> None:
    before = Login.objects.count()
    with pytest.raises(LoginNameRefused):
        create_login(name, by=world.by(DAY))
    assert Login.objects.count() == before


def test_one_name_is_one_login(world: World) -> None:
    """Composed or not, in capitals or not: a name in the journal must mean one login."""
    assert create_login("h" * LONGEST, by=world.by(DAY))
    assert create_login("huế", by=world.by(DAY)) == "huế"
    for same in ("huế", "hue\u0302\u0301", "Huế"):
        with pytest.raises(LoginTaken):
            create_login(same, by=world.by(DAY))


def test_who_may_create_one(world: World) -> None:
    with pytest.raises(LoginUnknown):
        create_login("hue", by=world.by(DAY, "khongai"))
    told = {"login": world.stranger, "unit": world.unit("CY"), "on": DAY}
    for role, may in ((Role.SECRETARY, False), (Role.LEADER, False), (Role.ADMINISTRATOR, True)):
        with pytest.raises(NotAnAppointer):
            create_login("hue", by=world.by(DAY, world.stranger))
        appoint_login(role=role, by=world.by(), **told)  # type: ignore[arg-type]
        if may:
            assert create_login("hue", by=world.by(DAY, world.stranger))
            end_appointment(role=role, by=world.by(), **told)  # type: ignore[arg-type]
    with pytest.raises(NotAnAppointer):
        create_login("vinh", by=world.by(DAY, world.stranger))


def test_the_first_logins_are_created_before_anybody_is_in_charge(committed: World) -> None:
    raw.damage("people_appointment", "DELETE FROM people_appointment")
    assert create_login("hue", by=Recorder("chưa ai", committed.by(DAY).at)) == "hue"


@pytest.fixture
def theirs(world: World) -> World:
    """A login of one commune, and an administrator of another."""
    create_login("hue", by=world.by(DAY), password="mật khẩu đầu tiên", must_change=True)
    appoint_login("hue", world.unit("CY1"), Role.LEADER, on=DAY, by=world.by())
    for unit, login in (("CY", "quantri"), ("TX", "quantri-ben")):
        create_login(login, by=world.by())
        appoint_login(login, world.unit(unit), Role.ADMINISTRATOR, on=DAY, by=world.by())
    return world


def test_a_first_password_must_be_changed(theirs: World) -> None:
    assert Login.objects.get(username="hue").must_change_password
    with pytest.raises(FirstPasswordKept):
        choose_password("mật khẩu đầu tiên", by=theirs.by(DAY, "hue"))
    choose_password("một câu thật dài", by=theirs.by(DAY, "hue"))
    own = Login.objects.get(username="hue")
    assert own.check_password("một câu thật dài")
    assert not own.must_change_password
    set_password("hue", "mật khẩu cấp lại", by=theirs.by(DAY, "quantri"))
    given = Login.objects.get(username="hue")
    assert given.check_password("mật khẩu cấp lại")
    assert given.must_change_password


def test_a_printed_password_is_long_and_never_the_same() -> None:
    made = {first_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(one) == 24 and not set(one) & set("lo01 ") for one in made)


HANDS = {
    "set": lambda login, by: set_password(login, "mật khẩu cấp lại", by=by),
    "close": lambda login, by: deactivate_login(login, by=by),
    "open": lambda login, by: activate_login(login, by=by),
}


@pytest.mark.parametrize("act", HANDS)
def test_a_login_is_in_its_administrators_hands(theirs: World, act: str) -> None:
    before = Login.objects.get(username="hue").password
    for by, refusal in (
        ("quantri-ben", NotTheirAdministrator),
        (theirs.clerk, NotTheirAdministrator),  # who keeps the books of a unit keeps no logins
        ("hue", NotAnAppointer),
    ):
        with pytest.raises(refusal):
            HANDS[act]("hue", theirs.by(DAY, by))
    with pytest.raises(OwnLogin):
        HANDS[act]("quantri", theirs.by(DAY, "quantri"))
    with pytest.raises(LoginUnknown):
        HANDS[act]("khongai", theirs.by(DAY, "quantri"))
    # A unit that the administrator has not takes the whole login out of their hands.
    appoint_login("hue", theirs.unit("TX"), Role.CLERK, on=DAY, by=theirs.by())
    with pytest.raises(NotTheirAdministrator):
        HANDS[act]("hue", theirs.by(DAY, "quantri"))
    assert Login.objects.get(username="hue").password == before
    assert Login.objects.get(username="hue").is_active


def test_a_closed_login_is_opened_again(theirs: World) -> None:
    by = theirs.by(DAY, "quantri")
    for _ in range(2):
        deactivate_login("hue", by=by)
        assert not Login.objects.get(username="hue").is_active
    with pytest.raises(LoginUnknown):
        scope.require_login("hue")
    activate_login("hue", by=by)
    assert Login.objects.get(username="hue").is_active
    told = LoginChange.objects.filter(login_name="hue").order_by("id")
    assert [(line.what, line.by) for line in told] == [
        (LoginChange.What.CREATED, theirs.clerk),
        (LoginChange.What.CLOSED, "quantri"),
        (LoginChange.What.REOPENED, "quantri"),
    ]
