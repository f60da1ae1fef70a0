"""Somebody is always left who may appoint: the office is never locked out of its own books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from giaoban.journal.queries import head
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.reorganisation import close_unit, found_unit, merge_units, split_unit
from giaoban.people import scope
from giaoban.people.actions import appoint_login, end_appointment
from giaoban.people.errors import NobodyLeft, NotAppointed, NotARecorder, OwnLogin
from giaoban.people.models import Appointment, Login, Role
from giaoban.units.rules import NewUnit
from tests.world import DECISION, FOUNDED, World

DAY, LATER = date(2018, 3, 5), date(2018, 6, 1)
TOP = NewUnit(code="TP2", kind="party-central", name="Đảng bộ tỉnh mới", parent=None)


def dismiss(world: World, login: str, by: str, code: str = "TP", role: Role = Role.CLERK) -> int:
    return end_appointment(login, world.unit(code), role, on=DAY, by=world.by(DAY, by))


def put_in_charge(world: World, role: Role, code: str = "TP") -> int:
    return appoint_login(world.stranger, world.unit(code), role, on=DAY, by=world.by(DAY))


def test_the_last_clerk_does_not_dismiss_themselves(world: World) -> None:
    before = head()
    with pytest.raises(NobodyLeft) as refused:
        dismiss(world, world.clerk, world.clerk)
    assert "Đảng bộ thành phố" in str(refused.value)
    assert head() == before
    put_in_charge(world, Role.LEADER)  # who may not appoint
    put_in_charge(world, Role.CLERK, "HU")  # nor for the top
    with pytest.raises(NobodyLeft):
        dismiss(world, world.clerk, world.clerk)
    put_in_charge(world, Role.ADMINISTRATOR)
    Login.objects.filter(username=world.stranger).update(is_active=False)
    with pytest.raises(NobodyLeft):
        dismiss(world, world.clerk, world.clerk)
    Login.objects.filter(username=world.stranger).update(is_active=True)
    assert dismiss(world, world.clerk, world.clerk)
    with pytest.raises(NobodyLeft):
        dismiss(world, world.stranger, world.stranger, role=Role.ADMINISTRATOR)


def test_other_appointments_end_as_they_like(world: World) -> None:
    assert dismiss(world, world.colleague, world.clerk, "CY")
    put_in_charge(world, Role.CLERK)
    assert dismiss(world, world.stranger, world.clerk)


def test_the_first_appointment_is_not_taken_back_alone(world: World) -> None:
    first = Appointment.objects.order_by("entry_id").values_list("entry_id", flat=True)[0]
    with pytest.raises(NobodyLeft):
        reverse_entry(first, reason="nhầm", by=world.by())
    put_in_charge(world, Role.CLERK)
    reverse_entry(first, reason="nhầm", by=world.by())
    with pytest.raises(NotARecorder):
        world.person()


def test_a_top_merged_into_another_keeps_its_clerk(world: World) -> None:
    """Whoever was in charge of a unit that was merged whole is in charge of its successor."""
    number = merge_units([world.unit("TP")], TOP, on=DAY, basis=DECISION, by=world.by(DAY))
    assert world.admit("CY1", DAY)
    assert world.admit("TP2", DAY)
    known = head().number
    top = world.unit("TP2")
    for asked in (scope.READS, scope.APPOINTS):
        told = {"on": DAY, "known": known, "roles": asked}
        assert scope.units_in_charge(world.clerk, [top], **told) == {top}  # type: ignore[arg-type]
    assert top in scope.units_in_sight(world.clerk, on=DAY, known=known)
    assert top not in scope.units_in_sight(world.clerk, on=FOUNDED, known=known)
    assert top not in scope.units_in_sight(world.clerk, on=DAY, known=number - 1)
    with pytest.raises(NobodyLeft):
        dismiss(world, world.clerk, world.clerk)


def test_a_commune_merged_into_another_keeps_its_clerk(world: World) -> None:
    new = NewUnit(code="XM", kind="party-base", name="Xã mới", parent="HU")
    merge_units([world.unit("CY")], new, on=DAY, basis=DECISION, by=world.by(DAY))
    told = {"on": DAY, "known": head().number}
    mine = [world.unit(code) for code in ("XM", "CY", "CY1", "TX1", "HU")]
    assert scope.units_in_charge(world.colleague, mine, **told) == set(mine[:3])  # type: ignore[arg-type]


def test_a_part_is_in_nobody_s_hands(world: World) -> None:
    new = [NewUnit(code=code, kind="party-base", name=code, parent="HU") for code in ("A", "B")]
    split_unit(
        world.unit("CY"), new, on=DAY, members={}, units_below={"CY1": "A", "CY2": "B"},
        basis=DECISION, by=world.by(DAY),
    )  # fmt: skip
    parts = [world.unit("A"), world.unit("B")]
    assert scope.units_in_charge(world.colleague, parts, on=DAY, known=head().number) == set()


def test_units_at_the_top_do_not_end_without_somebody(world: World) -> None:
    """Two tops, and somebody in charge of one alone."""
    found_unit(TOP, on=DAY, basis=DECISION, by=world.by(DAY))  # nobody is in charge of it yet
    assert dismiss(world, world.colleague, world.clerk, "CY")
    parts = [NewUnit(code=c, kind="party-central", name=c, parent=None) for c in ("P", "Q")]
    acts: list[Callable[[], object]] = [
        lambda: split_unit(
            world.unit("TP"), parts, on=LATER, members={}, units_below={"HU": "P", "HU2": "Q"},
            basis=DECISION, by=world.by(LATER),
        ),
    ]  # fmt: skip
    for act in acts:
        before = head()
        with pytest.raises(NobodyLeft):
            act()
        assert head() == before
    assert close_unit(world.unit("CY2"), on=DAY, basis=DECISION, by=world.by())


def test_what_never_began_does_not_end(world: World) -> None:
    for login, code, role in (
        (world.stranger, "CY", Role.CLERK), (world.colleague, "TX", Role.CLERK),
        (world.colleague, "CY1", Role.CLERK), (world.colleague, "CY", Role.LEADER),
    ):  # fmt: skip
        with pytest.raises(NotAppointed):
            dismiss(world, login, world.clerk, code, role)
    dismiss(world, world.colleague, world.clerk, "CY")
    with pytest.raises(NotAppointed):
        dismiss(world, world.colleague, world.clerk, "CY")


def test_who_takes_an_appointment_back_is_who_may_appoint(world: World) -> None:
    put_in_charge(world, Role.ADMINISTRATOR, "TX")
    Login.objects.create_user("hue", password=None)
    unit = world.unit("TX1")
    number = appoint_login("hue", unit, Role.CLERK, on=DAY, by=world.by(DAY, world.stranger))
    reverse_entry(number, reason="nhầm", by=world.by(DAY, world.stranger))
    ended = dismiss(world, world.stranger, world.clerk, "TX", Role.ADMINISTRATOR)
    put_in_charge(world, Role.CLERK, "HU")
    with pytest.raises(OwnLogin):  # it would be to appoint oneself
        reverse_entry(ended, reason="nhầm", by=world.by(DAY, world.stranger))
