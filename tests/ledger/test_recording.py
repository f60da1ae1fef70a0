"""Many acts at once: one way for one act and for a hundred thousand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from giaoban.journal import writing
from giaoban.journal.checks import chain_is_whole
from giaoban.journal.errors import FutureDate
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.journal.sql import Ask
from giaoban.journal.writing import BasisOn, Journal, Recorder
from giaoban.ledger import recording
from giaoban.ledger.accounts import Account
from giaoban.ledger.actions import record_death
from giaoban.ledger.acts import Act
from giaoban.ledger.errors import NotAMember
from giaoban.ledger.joining import Admission, Arrival, Opening
from giaoban.ledger.queries import strength
from giaoban.ledger.recording import record
from giaoban.ledger.reorganisation import close_unit, merge_units
from giaoban.ledger.staying import Recognition, Transfer
from giaoban.people.actions import end_appointment, rename_person
from giaoban.people.errors import OutOfScope
from giaoban.people.models import Role
from giaoban.units.errors import UnitClosedWithoutSuccessor
from tests.world import DECISION, World

DAY, JULY = date(2018, 3, 5), date(2018, 7, 1)


@pytest.mark.parametrize("chunk", [1, 2, 3, 5, 20_000])
def test_an_act_and_its_share_in_a_merger_stay_together(
    world: World, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    """A chunk never ends between a late admission and the share that follows from it: in between
    somebody would stand in a closed unit, and the database would refuse."""
    merge_units([world.unit("CY1")], world.unit("CY2"), on=JULY, basis=DECISION, by=world.by(JULY))
    monkeypatch.setattr(writing, "CHUNK", chunk)
    acts = [
        Admission(person=world.person(), unit=world.unit(code), decided_on=DAY, ceremony_on=DAY,
                  basis=DECISION)
        for code in ("TX1", "CY1", "CY1", "TX1", "CY1", "CY1")
    ]  # fmt: skip
    before = head().number
    told: list[int] = []
    numbers = record(acts, by=world.by(), progress=told.append)
    assert [number - before for number in numbers] == [1, 2, 4, 6, 7, 9]
    assert sum(told) == 10 == head().number - before
    found = strength(
        [world.unit(code) for code in ("CY1", "CY2", "TX1")], AsOf(JULY, head().number)
    )
    assert found == {world.unit("CY1"): 0, world.unit("CY2"): 4, world.unit("TX1"): 2}
    assert chain_is_whole().faults == []


def test_an_act_sees_those_before_it_in_the_batch(world: World) -> None:
    """Ceremony, standing and unit of one act are what the next one of the same person needs."""
    an, binh = world.person(), world.person()
    cy1, tx1 = world.unit("CY1"), world.unit("TX1")
    approved = date(2019, 3, 20)
    record(
        [
            Admission(person=an, unit=cy1, decided_on=DAY, ceremony_on=DAY, basis=DECISION),
            Opening(person=binh, unit=cy1, on=DAY, standing=Account.PROBATIONARY, ceremony_on=DAY),
            Transfer(person=an, unit=cy1, to=tx1, on=JULY, basis=DECISION),
            Recognition(person=an, unit=tx1, approved_on=approved, basis=DECISION),
            Recognition(person=binh, unit=cy1, approved_on=approved, basis=DECISION),
        ],
        by=world.by(approved),
    )
    found = strength([cy1, tx1], AsOf(approved, head().number))
    assert found == {cy1: 1, tx1: 1}


def test_nothing_to_record(world: World) -> None:
    before = head()
    assert record([], by=world.by()) == []
    assert head() == before


def die(world: World, person: int, code: str, on: date) -> int:
    return record_death(
        person=person, unit=world.unit(code), left_on=on, basis=DECISION, by=world.by(on)
    )


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> list[int]:
    """Let something be recorded after an act has looked and before it gets the journal; count how
    often acts look."""
    looks: list[int] = []
    lock, look = recording.lock_journal, recording._look

    def late_lock(by: Recorder, *, asked: Ask | None) -> tuple[Journal, bool]:
        monkeypatch.setattr(recording, "lock_journal", lock)
        happens()
        looks.clear()
        return lock(by, asked=asked)

    def counted(
        batch: list[Act], by: Recorder, charge: recording.Charge, place: int = 0
    ) -> tuple[Any, dict[str, Entry]]:
        looks.append(place)
        return look(batch, by, charge, place)

    monkeypatch.setattr(recording, "lock_journal", late_lock)
    monkeypatch.setattr(recording, "_look", counted)
    return looks


def test_what_others_record_meanwhile_is_seen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    an = world.member("CY1")
    meanwhile(monkeypatch, lambda: die(world, an, "CY1", DAY))
    with pytest.raises(NotAMember):
        die(world, an, "CY1", DAY)


@pytest.mark.parametrize("change", ["a unit closes", "an appointment ends"])
def test_changes_of_units_and_logins_are_seen(
    world: World, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    an, yb = world.person(), world.unit("YB")
    happens = {
        "a unit closes": lambda: close_unit(yb, on=DAY, basis=DECISION, by=world.by(DAY)),
        "an appointment ends": lambda: end_appointment(
            world.colleague, world.unit("CY"), Role.CLERK, on=DAY, by=world.by(DAY)
        ),
    }
    code, login, refusal = {
        "a unit closes": ("YB", world.clerk, UnitClosedWithoutSuccessor),
        "an appointment ends": ("CY1", world.colleague, OutOfScope),
    }[change]
    meanwhile(monkeypatch, happens[change])
    act = Admission(person=an, unit=world.unit(code), decided_on=DAY, ceremony_on=DAY,
                    basis=DECISION)  # fmt: skip
    with pytest.raises(refusal):
        record([act], by=world.by(DAY, login))


def test_what_doesnt_concern_an_act_is_not_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    an, binh = world.member("CY1"), world.member("CY1")
    looks = meanwhile(monkeypatch, lambda: die(world, binh, "CY1", DAY))
    die(world, an, "CY1", DAY)
    assert looks == []


FUTURE = date(2018, 3, 6)


@pytest.mark.parametrize("told", ["ceremony of a first balance", "ceremony of an arrival",
                                  "basis of a member's act", "basis of a unit's act",
                                  "basis of a name"])  # fmt: skip
def test_no_day_that_an_act_tells_lies_ahead(world: World, told: str) -> None:
    """Neither the days beside the effective one nor the day of the paper."""
    cy1, person, by = world.unit("CY1"), world.person(), world.by(DAY)
    paper = BasisOn("9-QĐ/HU", FUTURE, "Huyện ủy")
    acts: dict[str, Callable[[], object]] = {
        "ceremony of a first balance": lambda: record(
            [Opening(person=person, unit=cy1, on=DAY, ceremony_on=FUTURE)], by=by
        ),
        "ceremony of an arrival": lambda: record(
            [Arrival(person=person, unit=cy1, received_on=DAY, ceremony_on=FUTURE,
                     basis=DECISION)], by=by,
        ),
        "basis of a member's act": lambda: record(
            [Admission(person=person, unit=cy1, decided_on=DAY, ceremony_on=DAY, basis=paper)],
            by=by,
        ),
        "basis of a unit's act": lambda: close_unit(cy1, on=DAY, basis=paper, by=by),
        "basis of a name": lambda: rename_person(person, "Ai", on=DAY, basis=paper, by=by),
    }  # fmt: skip
    before = head()
    with pytest.raises(FutureDate) as refused:
        acts[told]()
    assert refused.value.params == {"date": FUTURE}
    assert head() == before
