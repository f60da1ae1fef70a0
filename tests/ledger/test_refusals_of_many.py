"""Refusals of batches, of bad input, and of what several acts have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from giaoban.journal import errors as journal_errors
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import head
from giaoban.journal.writing import BasisOn
from giaoban.ledger import actions
from giaoban.ledger import errors as ledger_errors
from giaoban.ledger.accounts import Account
from giaoban.ledger.acts import Act
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
from giaoban.people import errors as people_errors
from giaoban.people.actions import (
    NewParticulars,
    NewPerson,
    appoint_login,
    register_person,
    rename_person,
)
from giaoban.people.models import Role
from giaoban.plans.actions import allocate_target, set_targets
from giaoban.units import errors as units_errors
from giaoban.units.rules import NewUnit
from tests.ledger.test_refusals import DAY, new_unit
from tests.world import DECISION, World


def test_a_batch_names_the_place(world: World) -> None:
    """All or none: the third of four acts is refused, and its place is told."""
    persons = [world.member("CY1", on=DAY) for _ in range(4)]
    unit, before = world.unit("CY1"), head()
    acts = [Death(person=person, unit=unit, left_on=DAY) for person in persons]
    acts[2] = Death(person=persons[1], unit=unit, left_on=DAY)
    with pytest.raises(ledger_errors.NotAMember) as refused:
        record(acts, by=world.by())
    assert refused.value.position == 2
    assert head() == before
    future = Death(person=persons[3], unit=unit, left_on=date(2019, 1, 1))
    with pytest.raises(journal_errors.FutureDate) as late:
        record([*acts[:2], future], by=world.by())
    assert late.value.position == 2
    assert head() == before


def test_a_batch_names_the_place_of_what_is_asked_of_all_acts_at_once(world: World) -> None:
    """Who may record for the units, and whether units and persons are there."""
    persons = [world.member("CY1", on=DAY) for _ in range(7)]
    strange = world.member("TX1", on=DAY)
    good = [Death(person=person, unit=world.unit("CY1"), left_on=DAY) for person in persons]
    bad = {
        people_errors.OutOfScope: Death(person=strange, unit=world.unit("TX1"), left_on=DAY),
        people_errors.PersonUnknown: Death(person=10**6, unit=world.unit("CY1"), left_on=DAY),
    }
    before, by = head(), world.by(DAY, world.colleague)  # in charge of CY only
    for rule, act in bad.items():
        other = next(one for one in bad.values() if one is not act)
        for place in range(len(good)):
            acts: list[Act] = [*good]
            acts[place] = act
            with pytest.raises(rule) as refused:
                record([*acts, act, other], by=by)
            assert refused.value.position == place
    nobody = [Death(person=10**6 + n, unit=world.unit("CY1"), left_on=DAY) for n in (1, 0)]
    with pytest.raises(people_errors.PersonUnknown) as refused:
        record([*good[:2], *nobody], by=by)
    assert (refused.value.position, refused.value.params) == (2, {"person": 10**6 + 1})
    with pytest.raises(people_errors.LoginUnknown) as refused:
        record(good, by=world.by(DAY, "khongai"))
    assert refused.value.position == 0
    assert head() == before


def test_a_batch_of_persons_names_the_place(world: World) -> None:
    people = [NewPerson("Nguyễn Văn An"), NewPerson("Trần Bình", NewParticulars(sex="x"))]
    from giaoban.people.actions import register_persons

    before = head()
    with pytest.raises(people_errors.CodeUnknown) as refused:
        register_persons(people, by=world.by())
    assert refused.value.position == 1
    assert head() == before


LONG = "Nguyễn " + "An " * 100


@pytest.mark.parametrize("code", ["", " ", "a b", "a/b", "a=b", "chi-bộ", "A" * 61, "CY\n", "a\0"])
def test_codes_that_can_not_be(world: World, code: str) -> None:
    with pytest.raises(units_errors.CodeRefused):
        new_unit(code=code)(world)


def test_texts_that_the_books_have_no_room_for(world: World) -> None:
    """Each is refused in words, names its field, and leaves nothing behind."""
    person, unit, by = world.person(), world.unit("CY1"), world.by(DAY)
    long, control = journal_errors.TextTooLong, journal_errors.TextRefused

    def rename(name: str = "Chi bộ", **basis: str) -> Callable[[], object]:
        told = {"number": "7-QĐ", "issuer": "Huyện ủy", "title": "", **basis}
        paper = BasisOn(issued_on=DAY, **told)
        return lambda: rename_unit(unit, name, on=DAY, basis=paper, by=by)

    acts: list[tuple[type[RuleBroken], Callable[[], object]]] = [
        (long, lambda: register_person(NewPerson(LONG), by=by)),
        (long, lambda: register_person(NewPerson("A" * 101), by=by)),
        (long, lambda: rename_person(person, LONG, on=DAY, by=by)),
        (long, lambda: register_person(NewPerson("An", key="k" * 201), by=by)),
        (control, lambda: register_person(NewPerson("An", key="k\0"), by=by)),
        (people_errors.NameRefused, lambda: register_person(NewPerson("A\0n"), by=by)),
        (long, rename("A" * 251)), (control, rename("A\0n")),
        (long, rename(number="9" * 101)), (control, rename(number="9\0")),
        (long, rename(issuer="A" * 201)), (control, rename(issuer="A\0")),
        (control, rename(title="A\0")),
        (units_errors.PositionRefused, lambda: move_unit(
            unit, world.unit("TX"), on=DAY, position=2**31, basis=DECISION, by=by)),
        (units_errors.PositionRefused, lambda: new_unit(position=-(2**31))(world)),
    ]  # fmt: skip
    before = head()
    for rule, act in acts:
        with pytest.raises(rule):
            act()
        assert head() == before
    assert rename("A" * 250, number="9" * 100, issuer="A" * 200)()
    assert world.admit("CY1", DAY, key="k" * 200, note="hai\ndòng\tchữ")


def test_acts_without_a_basis(world: World) -> None:
    """Each act that rests on a decision asks for it."""
    person, unit, by = world.member("CY1", on=DAY), world.unit("CY1"), world.by(DAY)
    new = NewUnit(code="CY9", kind="party-cell", name="Chi bộ mới", parent="CY")
    told = {"on": DAY, "basis": None, "by": by}
    acts: list[Callable[[], object]] = [
        lambda: actions.expel_member(person=person, unit=unit, left_on=DAY, by=by),
        lambda: actions.transfer_member(
            person=person, unit=unit, to=world.unit("CY2"), on=DAY, by=by
        ),
        lambda: actions.give_transfer_paper(person=person, unit=unit, given_on=DAY, by=by),
        lambda: found_unit(new, **told),  # type: ignore[arg-type]
        lambda: close_unit(world.unit("CY2"), **told),  # type: ignore[arg-type]
        lambda: rename_unit(unit, "Tên khác", **told),  # type: ignore[arg-type]
        lambda: move_unit(unit, world.unit("TX"), **told),  # type: ignore[arg-type]
        lambda: merge_units([unit], world.unit("CY2"), **told),  # type: ignore[arg-type]
        lambda: split_unit(unit, [new], members={person: "CY9"}, units_below={}, **told),  # type: ignore[arg-type]
    ]
    before = head()
    for act in acts:
        with pytest.raises(journal_errors.BasisMissing):
            act()
    assert head() == before


def test_a_standing_that_nobody_joins_with(world: World) -> None:
    """Not a rule of the office but a programmer's mistake: it crashes."""
    with pytest.raises(Exception, match="ledger_"):
        actions.open_balance(
            person=world.person(), unit=world.unit("CY1"), on=DAY, standing=Account.EXISTS,
            by=world.by(DAY),
        )  # fmt: skip


def test_units_there_are_not(world: World) -> None:
    """A number that is no unit's reads as out of scope, or as unknown, never as a crash."""
    by = world.by(DAY)
    for act in (
        lambda: rename_unit(10**6, "Tên", on=DAY, basis=DECISION, by=by),
        lambda: move_unit(10**6, world.unit("CY"), on=DAY, basis=DECISION, by=by),
        lambda: move_unit(world.unit("CY1"), 10**6, on=DAY, basis=DECISION, by=by),
        lambda: close_unit(10**6, on=DAY, basis=DECISION, by=by),
        lambda: merge_units([10**6], world.unit("CY"), on=DAY, basis=DECISION, by=by),
        lambda: appoint_login(world.colleague, 10**6, Role.CLERK, on=DAY, by=by),
        lambda: set_targets({10**6: 1}, indicator="admitted", year=2018, by=by),
        lambda: allocate_target(world.unit("CY"), {10**6: 1}, indicator="a", year=2018, by=by),
        lambda: record([Death(person=world.person(), unit=10**6, left_on=DAY)], by=by),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refused:
            act()
        assert refused.value.code in ("unit_unknown", "out_of_scope", "not_below")


def test_a_split_names_exactly_who_is_missing(world: World) -> None:
    """One of three is placed: the other two are named, and nothing is done by half."""
    persons = {
        name: world.member("CY", f"Nguyễn Văn {name}", on=date(2018, 1, 1))
        for name in ("An", "Bình", "Chi")
    }
    new = [NewUnit(code="CYA", kind="party-base", name="Xã A", parent="HU")]
    before = head()

    def split_with(**told: object) -> object:
        more = {"members": dict.fromkeys(persons.values(), "CYA"),
                "units_below": {"CY1": "CYA", "CY2": "CYA"}, **told}  # fmt: skip
        return split_unit(world.unit("CY"), new, on=DAY, basis=DECISION, by=world.by(DAY), **more)  # type: ignore[arg-type]

    with pytest.raises(units_errors.MembersUnplaced) as refused:
        split_with(members={persons["Bình"]: "CYA"})
    assert refused.value.params["k"] == 2
    assert sorted(refused.value.params["names"]) == ["Nguyễn Văn An", "Nguyễn Văn Chi"]
    with pytest.raises(units_errors.UnitsUnplaced) as units:
        split_with(units_below={"CY2": "CYA"})
    assert (units.value.params["k"], units.value.params["names"]) == (1, ["Chi bộ thôn 1"])
    assert head() == before
    assert split_with()
