"""Idempotency keys: a retry is harmless, and a key never stands for two acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from giaoban.journal.errors import KeyReused
from giaoban.journal.queries import head
from giaoban.ledger import actions
from giaoban.ledger.accounts import Account
from giaoban.ledger.corrections import correct_entry, reverse_entry
from giaoban.ledger.joining import Admission, Opening
from giaoban.ledger.leaving import Death
from giaoban.ledger.recording import record
from giaoban.ledger.reorganisation import (
    close_unit,
    found_unit,
    merge_units,
    move_unit,
    rename_unit,
    split_unit,
)
from giaoban.ledger.staying import Recognition, Transfer, TransferReceipt
from giaoban.people.actions import (
    NewParticulars,
    NewPerson,
    appoint_login,
    end_appointment,
    erase_person,
    register_person,
    register_persons,
    rename_person,
    set_particulars,
)
from giaoban.people.models import Person, Role
from giaoban.plans.actions import allocate_target, set_targets
from giaoban.units.rules import NewUnit
from tests.histories import rolled_back
from tests.world import DECISION, World

DAY = date(2018, 3, 5)
KEY = "tệp tháng 3, dòng 7"


def twice(act: Callable[[], int]) -> int:
    """The act, tried twice: one number, one record."""
    number = act()
    after = head()
    assert act() == number
    assert head() == after
    return number


def reused(act: Callable[[], object]) -> None:
    """The act under a key that stands for another: refused, nothing recorded."""
    before = head()
    with pytest.raises(KeyReused) as refused:
        act()
    assert refused.value.params["key"] == KEY
    assert head() == before


def admission(world: World, person: int, **other: object) -> Admission:
    told = {"unit": world.unit("CY1"), "decided_on": DAY, "ceremony_on": DAY, "basis": DECISION}
    return Admission(person=person, key=KEY, **{**told, **other})  # type: ignore[arg-type]


def test_an_admission(world: World) -> None:
    person, other = world.person(), world.person()
    by = world.by(DAY)
    twice(lambda: record([admission(world, person)], by=by)[0])
    for different in (
        {"unit": world.unit("CY2")}, {"ceremony_on": date(2018, 3, 4), "decided_on": DAY},
        {"decided_on": date(2018, 3, 4)}, {"basis": None},
    ):  # fmt: skip
        reused(lambda told=different: record([admission(world, person, **told)], by=by))
    reused(lambda: record([admission(world, other)], by=by))
    reused(
        lambda: record([Death(person=person, unit=world.unit("CY1"), left_on=DAY, key=KEY)], by=by)
    )
    reused(lambda: register_person(NewPerson("Ai", key=KEY), by=by))


def test_a_first_balance_with_another_standing(world: World) -> None:
    person, unit = world.person(), world.unit("CY1")
    told = {"person": person, "unit": unit, "on": DAY, "key": KEY}
    by = world.by(DAY)
    twice(lambda: record([Opening(**told)], by=by)[0])  # type: ignore[arg-type]
    other = Opening(standing=Account.PROBATIONARY, **told)  # type: ignore[arg-type]
    reused(lambda: record([other], by=by))


def test_a_recognition_whose_day_comes_from_the_books(world: World) -> None:
    person, unit = world.person(), world.unit("CY1")
    world.admit("CY1", DAY, person)
    by = world.by(date(2019, 5, 1))
    told = {"person": person, "unit": unit, "basis": DECISION, "key": KEY}
    approved = date(2019, 4, 20)
    twice(lambda: record([Recognition(approved_on=approved, **told)], by=by)[0])  # type: ignore[arg-type]
    other = Recognition(approved_on=date(2019, 4, 21), **told)  # type: ignore[arg-type]
    reused(lambda: record([other], by=by))


def test_after_a_later_act_a_retry_is_still_harmless(world: World) -> None:
    person = world.person()
    number = record([admission(world, person)], by=world.by(DAY))[0]
    actions.record_death(person=person, unit=world.unit("CY1"), left_on=DAY, by=world.by())
    reverse_entry(head().number, reason="nhầm người", by=world.by())
    reverse_entry(number, reason="nhầm người", by=world.by())
    before = head()
    assert record([admission(world, person)], by=world.by()) == [number]
    assert head() == before


def test_the_same_key_twice_in_a_batch(world: World) -> None:
    person, other = world.person(), world.person()
    same, again = admission(world, person), admission(world, person)
    before = head().number
    assert record([same, again], by=world.by(DAY)) == [before + 1, before + 1]
    assert head().number == before + 1
    assert record([same, again], by=world.by()) == [before + 1, before + 1]
    third = Admission(person=other, unit=same.unit, decided_on=DAY, ceremony_on=DAY,
                      basis=DECISION, key="khác")  # fmt: skip
    with pytest.raises(KeyReused) as refused:
        record([third, admission(world, other)], by=world.by())
    assert refused.value.position == 1
    fourth = Admission(person=person, unit=same.unit, decided_on=DAY, ceremony_on=DAY,
                       basis=DECISION, key="khác")  # fmt: skip
    with pytest.raises(KeyReused) as refused:
        record([third, fourth], by=world.by())
    assert refused.value.position == 1
    assert head().number == before + 1


def test_persons(world: World) -> None:
    an, by = NewPerson("Nguyễn Văn An", key=KEY), world.by(DAY)
    before = Person.objects.count()
    first = register_person(an, by=by)
    assert register_person(an, by=by) == first
    assert register_persons([an, NewPerson("Trần Văn Bình"), an], by=by)[::2] == [first, first]
    assert Person.objects.count() == before + 2
    reused(lambda: register_person(NewPerson("Trần Văn Bình", key=KEY), by=by))
    binh, other = NewPerson("Trần Văn Bình", key="b"), NewPerson("Lê Văn Chi", key="b")
    one, two, three = register_persons([binh, NewPerson("Ai"), binh], by=by)
    assert one == three != two
    with pytest.raises(KeyReused):
        register_persons([NewPerson("Lê", key="c"), NewPerson("Lý", key="c")], by=by)
    with pytest.raises(KeyReused):
        register_person(other, by=by)
    number = record([admission_keyed(world, one, "d")], by=by)[0]
    assert number == head().number
    with pytest.raises(KeyReused):
        register_person(NewPerson("Ai", key="d"), by=by)


def test_names(world: World) -> None:
    person, other, name = world.person(), world.person(), "Nguyễn Văn Bình"
    told = {"on": DAY, "by": world.by(DAY), "key": KEY}
    number = twice(lambda: rename_person(person, name, **told))  # type: ignore[arg-type]
    reused(lambda: rename_person(person, "Nguyễn Văn Chi", **told))  # type: ignore[arg-type]
    reused(lambda: rename_person(other, name, **told))  # type: ignore[arg-type]
    reused(lambda: rename_person(person, name, **{**told, "on": date(2018, 3, 4)}))  # type: ignore[arg-type]
    reused(lambda: set_particulars(person, NewParticulars(), **told))  # type: ignore[arg-type]
    erase_person(person, basis=DECISION, by=world.by())
    before = head()
    assert rename_person(person, name, **told) == number  # type: ignore[arg-type]
    assert head() == before  # what was erased does not come back by a retry
    reused(lambda: rename_person(other, name, **told))  # type: ignore[arg-type]


def test_particulars(world: World) -> None:
    person, other, female = world.person(), world.person(), NewParticulars(sex="female")
    told = {"on": DAY, "by": world.by(DAY), "key": KEY}
    number = twice(lambda: set_particulars(person, female, **told))  # type: ignore[arg-type]
    reused(lambda: set_particulars(person, NewParticulars(sex="male"), **told))  # type: ignore[arg-type]
    reused(lambda: set_particulars(person, NewParticulars(), **told))  # type: ignore[arg-type]
    reused(lambda: set_particulars(other, female, **told))  # type: ignore[arg-type]
    erase_person(person, basis=DECISION, by=world.by())
    assert set_particulars(person, female, **told) == number  # type: ignore[arg-type]
    reused(lambda: set_particulars(other, female, **told))  # type: ignore[arg-type]


def test_appointments(world: World) -> None:
    unit, login = world.unit("TX"), world.stranger
    told = {"role": Role.CLERK, "on": DAY, "by": world.by(DAY), "key": KEY}
    twice(lambda: appoint_login(login, unit, **told))  # type: ignore[arg-type]
    for different in ({"role": Role.LEADER}, {"on": date(2018, 3, 4)}):
        reused(lambda more=different: appoint_login(login, unit, **{**told, **more}))
    reused(lambda: appoint_login(login, world.unit("CY"), **told))  # type: ignore[arg-type]
    reused(lambda: appoint_login(world.colleague, unit, **told))  # type: ignore[arg-type]
    reused(lambda: end_appointment(login, unit, **told))  # type: ignore[arg-type]
    other = {**told, "key": "khác"}
    twice(lambda: end_appointment(login, unit, **other))  # type: ignore[arg-type]
    with pytest.raises(KeyReused):
        appoint_login(login, unit, **other)  # type: ignore[arg-type]


def test_an_erasure(world: World) -> None:
    person, other = world.person(), world.person()
    number = twice(lambda: erase_person(person, basis=DECISION, by=world.by(DAY), key=KEY))
    reused(lambda: erase_person(other, basis=DECISION, by=world.by(), key=KEY))
    reused(lambda: rename_person(person, "Ai", on=DAY, by=world.by(), key=KEY))
    # What was written since stays: the key stands for the erasure that was, on its own day.
    rename_person(person, "Nguyễn Văn Chi", on=DAY, by=world.by())
    before = head()
    later = world.by(date(2018, 3, 9))
    assert erase_person(person, basis=DECISION, by=later, key=KEY) == number
    assert head() == before
    rename_person(other, "Ai", on=DAY, by=world.by(), key="tên")
    with pytest.raises(KeyReused):
        erase_person(person, basis=DECISION, by=world.by(), key="tên")


def admission_keyed(world: World, person: int, key: str) -> Admission:
    return Admission(person=person, unit=world.unit("CY1"), decided_on=DAY, ceremony_on=DAY,
                     basis=DECISION, key=key)  # fmt: skip


def test_acts_on_units(world: World) -> None:
    by, u = world.by(DAY), world.unit
    told = {"on": DAY, "basis": DECISION, "by": by}

    def new(code: str) -> NewUnit:
        return NewUnit(code=code, kind="party-cell", name="Chi bộ mới", parent="CY")

    def key(name: str) -> dict[str, object]:
        return {**told, "key": name}

    def refused(act: Callable[[], object]) -> None:
        before = head()
        with pytest.raises(KeyReused):
            act()
        assert head() == before

    twice(lambda: found_unit(new("CY8"), **key("found")))  # type: ignore[arg-type]
    refused(lambda: found_unit(new("CY9"), **key("found")))  # type: ignore[arg-type]
    twice(lambda: rename_unit(u("CY8"), "Chi bộ 8", **key("rename")))  # type: ignore[arg-type]
    refused(lambda: rename_unit(u("CY8"), "Chi bộ 9", **key("rename")))  # type: ignore[arg-type]
    refused(lambda: rename_unit(u("CY1"), "Chi bộ 8", **key("found")))  # type: ignore[arg-type]
    twice(lambda: move_unit(u("CY8"), u("TX"), **key("move")))  # type: ignore[arg-type]
    refused(lambda: move_unit(u("CY8"), u("YB"), **key("move")))  # type: ignore[arg-type]
    twice(lambda: close_unit(u("YB"), **key("close")))  # type: ignore[arg-type]
    refused(lambda: close_unit(u("CY2"), **key("close")))  # type: ignore[arg-type]
    twice(lambda: merge_units([u("CY1")], u("CY2"), **key("merge")))  # type: ignore[arg-type]
    refused(lambda: merge_units([u("TX1")], u("CY2"), **key("merge")))  # type: ignore[arg-type]

    def split(code: str) -> int:
        return split_unit(
            u(code), [new("A"), new("B")], members={}, units_below={}, **key("split")  # type: ignore[arg-type]
        )  # fmt: skip

    twice(lambda: split("CY2"))
    refused(lambda: split("TX1"))


def test_targets(world: World) -> None:
    by, unit = world.by(DAY), world.unit("CY")
    told = {"indicator": "admitted", "year": 2018, "key": KEY}
    number = twice(lambda: set_targets({unit: 5}, by=by, **told))  # type: ignore[arg-type]
    # The day of a target is the day of recording: a retry the day after is the same act.
    assert set_targets({unit: 5}, by=world.by(date(2018, 3, 9)), **told) == number  # type: ignore[arg-type]
    reused(lambda: set_targets({unit: 6}, by=by, **told))  # type: ignore[arg-type]
    reused(lambda: set_targets({unit: 5, world.unit("TX"): 1}, by=by, **told))  # type: ignore[arg-type]
    other = {**told, "key": "khác"}
    twice(lambda: allocate_target(unit, {world.unit("CY1"): 3}, by=by, **other))  # type: ignore[arg-type]


def test_reversals_and_corrections(world: World) -> None:
    person, by = world.person(), world.by(DAY)
    wrong = record([admission_keyed(world, person, "sai")], by=by)[0]
    other = world.admit("CY2", DAY, world.person())
    twice(lambda: reverse_entry(other, reason="nhầm", by=world.by(), key="hủy"))
    with pytest.raises(KeyReused):
        reverse_entry(wrong, reason="nhầm", by=world.by(), key="hủy")
    right = Admission(person=person, unit=world.unit("CY2"), decided_on=DAY, ceremony_on=DAY,
                      basis=DECISION, key="đúng")  # fmt: skip
    number = twice(lambda: correct_entry(wrong, right, reason="nhầm", by=world.by()))
    assert number > wrong
    again = admission_keyed(world, person, "đúng")  # another unit under the same key
    with pytest.raises(KeyReused):
        correct_entry(wrong, again, reason="nhầm", by=world.by())
    # The reversal's key alone does as well.
    unkeyed = Admission(person=person, unit=world.unit("CY1"), decided_on=DAY, ceremony_on=DAY,
                        basis=DECISION)  # fmt: skip
    twice(lambda: correct_entry(number, unkeyed, reason="nhầm", by=world.by(), key="lại"))


def test_a_transfer_there_and_one_back(world: World) -> None:
    """The second is not the first tried again, though both name the same units."""
    person, by = world.member("CY1", on=date(2018, 1, 1)), world.by(DAY)
    there, back = world.unit("CY1"), world.unit("CY2")
    told = {"person": person, "on": DAY, "basis": DECISION, "key": KEY}
    twice(lambda: record([Transfer(unit=there, to=back, **told)], by=by)[0])  # type: ignore[arg-type]
    reused(lambda: record([Transfer(unit=back, to=there, **told)], by=by))  # type: ignore[arg-type]


def test_a_receipt_by_another_unit(world: World) -> None:
    person, by = world.member("CY1", on=date(2018, 1, 1)), world.by(DAY)
    actions.give_transfer_paper(
        person=person, unit=world.unit("CY1"), given_on=DAY, basis=DECISION, by=by
    )
    told = {"person": person, "received_on": DAY, "key": KEY}
    twice(lambda: record([TransferReceipt(unit=world.unit("CY2"), **told)], by=by)[0])  # type: ignore[arg-type]
    reused(lambda: record([TransferReceipt(unit=world.unit("CY1"), **told)], by=by))  # type: ignore[arg-type]


def test_mergers_and_splits_into_others(world: World) -> None:
    cy1, told = world.unit("CY1"), {"on": DAY, "basis": DECISION, "key": KEY}
    new, other = (
        NewUnit(code=code, kind="party-cell", name=code, parent="CY") for code in ("N", "M")
    )
    by = world.by(DAY)
    with rolled_back():
        twice(lambda: merge_units([cy1], world.unit("CY2"), by=by, **told))  # type: ignore[arg-type]
        reused(lambda: merge_units([cy1], world.unit("TX1"), by=by, **told))  # type: ignore[arg-type]
        reused(lambda: merge_units([cy1], new, by=by, **told))  # type: ignore[arg-type]
    told |= {"members": {}, "units_below": {}}
    twice(lambda: split_unit(cy1, [new], by=by, **told))  # type: ignore[arg-type]
    reused(lambda: split_unit(cy1, [other], by=by, **told))  # type: ignore[arg-type]
    reused(lambda: split_unit(cy1, [new, other], by=by, **told))  # type: ignore[arg-type]
