"""Who may rename, describe and erase a person: those in charge of where they stand or stood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from giaoban.journal.queries import head
from giaoban.ledger import actions
from giaoban.ledger.corrections import reverse_entry
from giaoban.people.actions import (
    NewParticulars,
    appoint_login,
    erase_person,
    rename_person,
    set_particulars,
)
from giaoban.people.errors import NotARecorder, OutOfScope
from giaoban.people.models import Role
from tests.world import DECISION, World

DAY = date(2018, 3, 5)
Acting = Callable[[World, str, int], object]

ACTS: dict[str, Acting] = {
    "rename": lambda w, login, person: rename_person(
        person, "Trần Văn Bình", on=DAY, by=w.by(DAY, login)
    ),
    "describe": lambda w, login, person: set_particulars(
        person, NewParticulars(sex="male"), on=DAY, by=w.by(DAY, login)
    ),
    "reverse a name": lambda w, login, person: reverse_entry(
        rename_person(person, "Ai", on=DAY, by=w.by(DAY)), reason="nhầm", by=w.by(DAY, login)
    ),
    "erase": lambda w, login, person: erase_person(person, basis=DECISION, by=w.by(DAY, login)),
}


@pytest.mark.parametrize("act", ACTS)
def test_of_one_s_own_unit(world: World, act: str) -> None:
    assert ACTS[act](world, world.colleague, world.member("CY1"))


@pytest.mark.parametrize("act", ACTS)
def test_of_another_unit(world: World, act: str) -> None:
    """Nor by whoever would be in charge, had the person ever stood there."""
    person = world.member("TX1")
    with pytest.raises(OutOfScope) as refused:
        ACTS[act](world, world.colleague, person)
    assert "Chi bộ thôn 1" in str(refused.value)
    assert world.clerk in str(refused.value)
    with pytest.raises(NotARecorder):
        ACTS[act](world, world.stranger, person)


@pytest.mark.parametrize("act", ACTS)
def test_of_somebody_who_went_from_unit_to_unit(world: World, act: str) -> None:
    """Either unit's clerk may mend what the books say; only who has both may erase it."""
    person = world.member("CY1", on=date(2018, 1, 1))
    actions.transfer_member(
        person=person, unit=world.unit("CY1"), to=world.unit("TX1"), on=date(2018, 2, 1),
        basis=DECISION, by=world.by(DAY),
    )  # fmt: skip
    appoint_login(world.stranger, world.unit("TX"), Role.CLERK, on=DAY, by=world.by(DAY))
    for login in (world.colleague, world.stranger):
        before = head()
        if act == "erase":
            with pytest.raises(OutOfScope):
                ACTS[act](world, login, person)
            assert head() == before
        else:
            assert ACTS[act](world, login, person)
    assert ACTS[act](world, world.clerk, person)


def test_a_movement_taken_back_was_one(world: World) -> None:
    """Whose book it stood in by mistake knew the person, and the book still tells it."""
    person = world.person()
    number = world.admit("TX1", DAY, person)
    reverse_entry(number, reason="nhầm người", by=world.by())
    with pytest.raises(OutOfScope):
        ACTS["rename"](world, world.colleague, person)
