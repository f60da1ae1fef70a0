"""What differs between the families: probation, ageing out, and each family's own papers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from giaoban.journal.queries import AsOf, head
from giaoban.ledger import actions
from giaoban.ledger.accounts import Account
from giaoban.ledger.errors import NotAMember, NotInTransit, NotProbationary
from giaoban.ledger.queries import standings
from giaoban.ledger.reorganisation import found_unit
from giaoban.ledger.timeline import dates_of, recognitions_due
from giaoban.units.rules import NewUnit
from tests.world import DECISION, World

DAY, LATER = date(2018, 3, 5), date(2019, 5, 5)


def branch(world: World) -> int:
    """A youth union's branch, under the district's youth union."""
    units = [("DTN", "youth-superior", "HU"), ("CD1", "youth-cell", "DTN")]
    for code, kind, parent in units:
        new = NewUnit(code=code, kind=kind, name=f"Đoàn {code}", parent=parent)
        found_unit(new, on=date(2018, 1, 15), basis=DECISION, by=world.by(date(2018, 1, 15)))
    return world.unit("CD1")


def admitted(world: World, unit: int) -> int:
    person = world.person()
    actions.admit_member(
        person=person, unit=unit, decided_on=DAY, ceremony_on=DAY, basis=DECISION, by=world.by(DAY)
    )
    return person


@pytest.mark.parametrize("code", ["LD", "CD1"])
def test_the_unions_know_no_probation(world: World, code: str) -> None:
    branch(world)
    unit = world.unit(code)
    person = admitted(world, unit)
    [place] = standings([person], AsOf(DAY, head().number))
    assert place == (person, unit, Account.FULL)
    told = {"unit": unit, "approved_on": LATER, "basis": DECISION, "by": world.by(LATER)}
    with pytest.raises(NotProbationary):
        actions.recognise_member(person=person, **told)  # type: ignore[arg-type]
    with pytest.raises(NotProbationary):
        actions.recognise_member(person=person, full_on=DAY, **told)  # type: ignore[arg-type]
    with pytest.raises(NotAMember):
        actions.recognise_member(person=world.person(), **told)  # type: ignore[arg-type]
    as_of, family = AsOf(LATER, head().number), "union" if code == "LD" else "youth"
    assert dates_of([person], as_of, family)[person].probation_ends_on is None
    assert recognitions_due([unit], as_of, family, within=timedelta(days=999)) == []


def test_an_admission_to_a_union_is_known_again_by_its_key(world: World) -> None:
    told = {"unit": world.unit("LD"), "decided_on": DAY, "ceremony_on": DAY, "basis": DECISION,
            "person": world.person(), "key": "k"}  # fmt: skip
    number = actions.admit_member(by=world.by(DAY), **told)  # type: ignore[arg-type]
    assert actions.admit_member(by=world.by(), **told) == number  # type: ignore[arg-type]


def test_ageing_out_of_the_youth_union(world: World) -> None:
    unit = branch(world)
    person = admitted(world, unit)
    actions.record_ageing_out(person=person, unit=unit, left_on=LATER, by=world.by(LATER))
    assert standings([person], AsOf(LATER, head().number)) == []


def test_a_paper_of_another_family_is_not_the_one_received(world: World) -> None:
    """Somebody in two families: the Party's paper was received, the union gave none."""
    person = world.member("CY1", on=date(2018, 1, 1))
    actions.open_balance(person=person, unit=world.unit("LD"), on=DAY, by=world.by(DAY))
    actions.give_transfer_paper(
        person=person, unit=world.unit("CY1"), given_on=DAY, basis=DECISION, by=world.by(DAY)
    )
    actions.receive_transfer(person=person, unit=world.unit("CY2"), received_on=DAY, by=world.by())
    new = NewUnit(code="CDX", kind="union-base", name="Công đoàn xã", parent="LD")
    found_unit(new, on=DAY, basis=DECISION, by=world.by(DAY))
    with pytest.raises(NotInTransit):
        actions.receive_transfer(
            person=person, unit=world.unit("CDX"), received_on=LATER, by=world.by(LATER)
        )
