"""Logins: who creates them, under which names, and that a new one may do nothing yet."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.journal.checks import chain_is_whole
from giaoban.journal.queries import head
from giaoban.journal.writing import Recorder
from giaoban.people.actions import NewPerson, appoint_login, end_appointment, register_person
from giaoban.people.errors import (
    LoginNameRefused,
    LoginTaken,
    LoginUnknown,
    NotAnAppointer,
    NotARecorder,
)
from giaoban.people.logins import LONGEST, create_login
from giaoban.people.models import Login, Role
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
