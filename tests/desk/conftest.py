"""The desk under test connects as the desk does: with the role from which rows are hidden."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import Client

from giaoban import database
from giaoban.people.actions import appoint_login
from giaoban.people.models import Login, Role
from giaoban.people.sight import in_sight
from giaoban.units.models import Unit
from tests.world import FOUNDED, World

# login → (unit, role), beside the world's clerk of everything and colleague of one commune.
OFFICE = {
    "lanhdao": ("HU", Role.LEADER),
    "phutrach": ("CY1", Role.SECRETARY),
    "bientap": ("TP", Role.EDITOR),
    "quantri": ("TP", Role.ADMINISTRATOR),
}


@pytest.fixture
def desk_role(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default connection is the desk's for one test."""
    default = connections["default"]

    def become(role: str) -> None:
        with django_db_blocker.unblock():
            default.close()
        default.settings_dict["USER"] = role

    become(database.DESK_ROLE)
    yield
    become(database.APP_ROLE)


@pytest.fixture
def office(desk_role: None, world: World) -> World:
    """The world with a login for each role."""
    for login, (unit, role) in OFFICE.items():
        Login.objects.create_user(login, password=None)
        appoint_login(login, world.unit(unit), role, on=FOUNDED, by=world.by())
    return world


@pytest.fixture
def open_office(office: World) -> Iterator[World]:
    """The same, where the test itself reads every unit's documents; a page still shows its login
    no others than those in sight."""
    with in_sight(Unit.objects.values_list("pk", flat=True)):
        yield office


@pytest.fixture
def at_desk(client: Client) -> Client:
    """A browser; ``sit_down`` signs a login in."""
    return client


def sit_down(client: Client, login: str) -> Client:
    """Sign a login in."""
    client.force_login(
        Login.objects.get(username=login),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client
