"""An approval that comes after a transfer: the transfer is told anew, as of a full member."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.cli.verifying import CHECKS
from giaoban.journal.models import Entry, Note
from giaoban.journal.queries import AsOf, head
from giaoban.ledger import actions
from giaoban.ledger.accounts import Account
from giaoban.ledger.corrections import correct_entry
from giaoban.ledger.models import LegalDate, Milestone
from giaoban.ledger.queries import standings
from giaoban.ledger.recording import record
from giaoban.ledger.staying import Recognition, Transfer
from giaoban.people.errors import OutOfScope
from tests.world import DECISION, World

ADMITTED, FULL = date(2017, 3, 5), date(2018, 3, 5)
MOVED, APPROVED = date(2018, 4, 1), date(2018, 5, 1)


@pytest.fixture
def person(world: World) -> int:
    person = world.person()
    actions.admit_member(
        person=person, unit=world.unit("CY1"), decided_on=ADMITTED, ceremony_on=ADMITTED,
        basis=DECISION, by=world.by(DECISION.issued_on),
    )  # fmt: skip
    return person


def transfer(world: World, person: int) -> int:
    return actions.transfer_member(
        person=person, unit=world.unit("CY1"), to=world.unit("TX1"), on=MOVED, basis=DECISION,
        note="theo vợ", by=world.by(MOVED),
    )  # fmt: skip


def recognition(world: World, person: int, code: str = "TX1", key: str = "k") -> Recognition:
    return Recognition(
        person=person, unit=world.unit(code), approved_on=APPROVED, basis=DECISION, key=key
    )


def stands(person: int, on: date) -> tuple[int, Account]:
    [place] = standings([person], AsOf(on, head().number))
    return place.unit, place.account


def sound() -> None:
    for check in CHECKS:
        assert check().faults == []


def test_one_act_one_transaction_one_key(world: World, person: int) -> None:
    moved = transfer(world, person)
    act, by = recognition(world, person), world.by(APPROVED)
    [number] = record([act], by=by)
    assert number == moved + 1
    assert head().number == number + 2
    again = Entry.objects.get(pk=number + 2)
    assert Entry.objects.get(pk=number + 1).reverses_id == moved
    assert (again.effective_on, again.kind) == (MOVED, Transfer.kind)
    assert again.basis is not None
    assert again.basis.number == DECISION.number
    assert Note.objects.get(entry_id=again.pk).text == "theo vợ"
    assert stands(person, FULL) == (world.unit("CY1"), Account.FULL)
    assert stands(person, MOVED) == (world.unit("TX1"), Account.FULL)
    [before] = standings([person], AsOf(MOVED, number - 1))
    assert before.account == Account.PROBATIONARY  # as was known then
    assert record([act], by=by) == [number]
    assert record([recognition(world, person)], by=by) == [number]
    assert head().number == number + 2
    sound()


def test_the_days_of_the_paper_are_told_anew(world: World, person: int) -> None:
    unit = world.unit("CY1")
    actions.give_transfer_paper(
        person=person, unit=unit, given_on=MOVED, basis=DECISION, by=world.by(MOVED)
    )
    actions.receive_transfer(
        person=person, unit=world.unit("TX1"), received_on=APPROVED, by=world.by(APPROVED)
    )
    [number] = record([recognition(world, person, "CY1")], by=world.by(APPROVED))
    days = LegalDate.objects.filter(entry_id__gt=number).values_list("milestone", "falls_on")
    assert set(days) == {(Milestone.PAPER_GIVEN, MOVED), (Milestone.PAPER_RECEIVED, APPROVED)}
    assert stands(person, APPROVED) == (world.unit("TX1"), Account.FULL)
    sound()


def test_it_takes_somebody_in_charge_of_both_units(world: World, person: int) -> None:
    transfer(world, person)
    before = head()
    with pytest.raises(OutOfScope) as refused:
        record([recognition(world, person, "CY1")], by=world.by(APPROVED, world.colleague))
    assert refused.value.position == 0
    assert "Chi bộ thôn 1" in str(refused.value)
    assert head() == before
    assert record([recognition(world, person, "CY1")], by=world.by(APPROVED))


def test_of_an_act_of_the_same_batch_the_right_order_is_asked_for(
    world: World, person: int
) -> None:
    """What is only planned can't be taken back; recognised first, it needs no carrying."""
    from giaoban.ledger.errors import LaterMovement

    move = Transfer(
        person=person, unit=world.unit("CY1"), to=world.unit("TX1"), on=MOVED, basis=DECISION
    )
    act, by = recognition(world, person, "CY1"), world.by(APPROVED)
    with pytest.raises(LaterMovement):
        record([move, act], by=by)
    record([act, move], by=by)
    assert stands(person, MOVED) == (world.unit("TX1"), Account.FULL)


def test_a_correction(world: World, person: int) -> None:
    """A striking off that should have been the recognition, after a transfer."""
    transfer(world, person)
    wrong = actions.strike_off_member(
        person=person, unit=world.unit("TX1"), left_on=APPROVED, basis=DECISION,
        by=world.by(APPROVED),
    )  # fmt: skip
    right = recognition(world, person)
    number = correct_entry(wrong, right, reason="nhầm", by=world.by(), key="đính chính")
    assert stands(person, MOVED) == (world.unit("TX1"), Account.FULL)
    assert stands(person, APPROVED) == (world.unit("TX1"), Account.FULL)
    last = head()
    assert correct_entry(wrong, right, reason="nhầm", by=world.by(), key="đính chính") == number
    assert head() == last
    sound()
