"""What a login may record: its units and all below them, while it is appointed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import head
from giaoban.ledger import actions
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.reorganisation import (
    close_unit,
    found_unit,
    merge_units,
    move_unit,
    rename_unit,
    split_unit,
)
from giaoban.people import scope
from giaoban.people.actions import (
    NewParticulars,
    NewPerson,
    appoint_login,
    end_appointment,
    erase_person,
    register_person,
    rename_person,
    set_particulars,
)
from giaoban.people.errors import LoginUnknown, NotARecorder, OutOfScope, OwnLogin
from giaoban.people.models import Login, Role
from giaoban.plans.actions import allocate_target, set_targets
from giaoban.units.errors import LaterRows
from giaoban.units.rules import NewUnit
from tests.world import DECISION, World

DAY, LATER = date(2018, 3, 5), date(2018, 6, 1)
NEW = NewUnit(code="CY9", kind="party-cell", name="Chi bộ 9", parent="CY")
Acting = Callable[[World, str], object]


def admit(world: World, login: str, code: str = "CY1") -> int:
    return actions.admit_member(
        person=world.person(), unit=world.unit(code), decided_on=DAY, ceremony_on=DAY,
        basis=DECISION, by=world.by(DAY, login),
    )  # fmt: skip


def acting(code: str) -> dict[str, Acting]:
    """An act of every sort on a unit (or its parent's children), by a login."""

    def told(world: World, login: str) -> dict[str, object]:
        return {"on": DAY, "basis": DECISION, "by": world.by(DAY, login)}

    def target(world: World, login: str) -> object:
        targets = {world.unit(code): 3}
        return set_targets(targets, indicator="admitted", year=2018, by=world.by(DAY, login))

    return {
        "admit": lambda w, login: admit(w, login, code),
        "die": lambda w, login: actions.record_death(
            person=w.member(code), unit=w.unit(code), left_on=DAY, by=w.by(DAY, login)
        ),
        "rename": lambda w, login: rename_unit(w.unit(code), "Tên khác", **told(w, login)),  # type: ignore[arg-type]
        "close": lambda w, login: close_unit(w.unit(code), **told(w, login)),  # type: ignore[arg-type]
        "split": lambda w, login: split_unit(
            w.unit(code), [NewUnit(code="N", kind="party-cell", name="N", parent="CY")],
            members={}, units_below={}, **told(w, login),  # type: ignore[arg-type]
        ),
        "target": target,
        "reverse": lambda w, login: reverse_entry(
            admit(w, w.clerk, code), reason="nhầm", by=w.by(DAY, login)
        ),
        "reverse a name": lambda w, login: reverse_entry(
            rename_unit(w.unit(code), "Tên khác", **told(w, w.clerk)),  # type: ignore[arg-type]
            reason="nhầm", by=w.by(DAY, login),
        ),
        "reverse a target": lambda w, login: reverse_entry(
            int(str(target(w, w.clerk))), reason="nhầm", by=w.by(DAY, login)
        ),
        "reverse an appointment": lambda w, login: reverse_entry(
            appoint_login(w.stranger, w.unit(code), Role.LEADER, on=DAY, by=w.by(DAY)),
            reason="nhầm", by=w.by(DAY, login),
        ),
        "appoint": lambda w, login: appoint_login(
            w.stranger, w.unit(code), Role.CLERK, on=DAY, by=w.by(DAY, login)
        ),
    }  # fmt: skip


@pytest.mark.parametrize("act", acting("CY1"))
def test_a_colleague_of_one_commune_acts_there(world: World, act: str) -> None:
    before = head().number
    assert acting("CY1")[act](world, world.colleague)
    assert head().number > before


@pytest.mark.parametrize("act", acting("TX1"))
def test_a_colleague_acts_nowhere_else(world: World, act: str) -> None:
    with pytest.raises(OutOfScope) as refused:
        acting("TX1")[act](world, world.colleague)
    assert world.clerk in str(refused.value)  # whom to ask
    renamed = act == "reverse a name"
    assert ("Tên khác" if renamed else "Chi bộ thôn 1") in str(refused.value)


@pytest.mark.parametrize("act", acting("CY1"))
def test_a_stranger_acts_nowhere(world: World, act: str) -> None:
    with pytest.raises(OutOfScope):
        acting("CY1")[act](world, world.stranger)


@pytest.mark.parametrize("act", acting("CY1"))
def test_a_login_there_is_not(world: World, act: str) -> None:
    with pytest.raises(LoginUnknown):
        acting("CY1")[act](world, "không ai")
    Login.objects.filter(username=world.colleague).update(is_active=False)
    with pytest.raises(LoginUnknown):
        acting("CY1")[act](world, world.colleague)


def test_both_ends_of_an_act(world: World) -> None:
    """A transfer, a merger or a move takes somebody in charge of both units."""
    person, by = world.member("CY1"), world.by(DAY, world.colleague)
    told = {"on": DAY, "basis": DECISION, "by": by}
    cy1, tx1 = world.unit("CY1"), world.unit("TX1")
    under_tx, under_hu = (
        NewUnit(code="N", kind="party-cell", name="N", parent=parent) for parent in ("TX", "HU")
    )
    for act in (
        lambda: actions.transfer_member(person=person, unit=cy1, to=tx1, **told),
        lambda: merge_units([cy1], tx1, **told),
        lambda: merge_units([tx1], cy1, **told),
        lambda: move_unit(cy1, world.unit("TX"), **told),
        lambda: move_unit(tx1, world.unit("CY"), **told),
        lambda: merge_units([cy1], under_tx, **told),
        lambda: found_unit(under_tx, **told),
        lambda: found_unit(under_hu, **told),
    ):  # fmt: skip
        with pytest.raises(OutOfScope):
            act()
    assert actions.transfer_member(person=person, unit=cy1, to=world.unit("CY2"), **told)  # type: ignore[arg-type]
    assert found_unit(NEW, **told)  # type: ignore[arg-type]


def test_a_paper_needs_each_end_by_itself(world: World) -> None:
    """The paper is given where somebody leaves and received where they come: two clerks."""
    person = world.member("CY1")
    actions.give_transfer_paper(
        person=person, unit=world.unit("CY1"), given_on=DAY, basis=DECISION,
        by=world.by(DAY, world.colleague),
    )  # fmt: skip
    with pytest.raises(OutOfScope):
        actions.receive_transfer(
            person=person, unit=world.unit("TX1"), received_on=DAY,
            by=world.by(DAY, world.colleague),
        )  # fmt: skip
    actions.receive_transfer(
        person=person, unit=world.unit("TX1"), received_on=DAY, by=world.by(DAY)
    )


def test_whoever_received_somebody_may_take_it_back(world: World) -> None:
    """Not so the unit that gave the paper, and the other way for the paper itself."""
    person = world.member("TX1")
    paper = actions.give_transfer_paper(
        person=person, unit=world.unit("TX1"), given_on=DAY, basis=DECISION, by=world.by(DAY)
    )
    receipt = actions.receive_transfer(
        person=person, unit=world.unit("CY1"), received_on=DAY,
        by=world.by(DAY, world.colleague),
    )  # fmt: skip
    appoint_login(world.stranger, world.unit("TX"), Role.CLERK, on=DAY, by=world.by(DAY))
    with pytest.raises(OutOfScope):
        reverse_entry(receipt, reason="nhầm", by=world.by(DAY, world.stranger))
    reverse_entry(receipt, reason="nhầm", by=world.by(DAY, world.colleague))
    with pytest.raises(OutOfScope):
        reverse_entry(paper, reason="nhầm", by=world.by(DAY, world.colleague))
    reverse_entry(paper, reason="nhầm", by=world.by(DAY, world.stranger))


def test_no_founding_is_taken_back_under_appointments_and_targets(world: World) -> None:
    number = found_unit(NEW, on=DAY, basis=DECISION, by=world.by(DAY))
    unit = world.unit("CY9")
    leaning = [
        appoint_login(world.stranger, unit, Role.CLERK, on=DAY, by=world.by()),
        set_targets({unit: 5}, indicator="admitted", year=2018, by=world.by()),
    ]
    for one in leaning:
        with pytest.raises(LaterRows) as refused:
            reverse_entry(number, reason="nhầm", by=world.by())
        assert refused.value.params["n"] in leaning
        reverse_entry(one, reason="nhầm", by=world.by())
    assert reverse_entry(number, reason="nhầm", by=world.by())


def test_who_stands_nowhere_yet_is_recorded_by_whoever_records_somewhere(world: World) -> None:
    """Whoever stood in a unit is in the hands of its clerks: ``test_charge_of_persons.py``."""
    person = world.person()

    def acts(login: str) -> list[Callable[[], object]]:
        by = world.by(DAY, login)
        return [
            lambda: register_person(NewPerson("Trần Văn Bình"), by=by),
            lambda: rename_person(person, "Trần Văn Bình", on=DAY, by=by),
            lambda: set_particulars(person, NewParticulars(sex="male"), on=DAY, by=by),
            lambda: reverse_entry(
                rename_person(person, "Ai", on=DAY, by=world.by()), reason="nhầm", by=by
            ),
            lambda: erase_person(person, basis=DECISION, by=by),
        ]

    for act in acts(world.stranger):
        with pytest.raises(NotARecorder):
            act()
    for act in acts("không ai"):
        with pytest.raises(LoginUnknown):
            act()
    for act in acts(world.colleague):
        assert act()


def test_only_clerks_record(world: World) -> None:
    for role in (Role.SECRETARY, Role.LEADER, Role.EDITOR, Role.ADMINISTRATOR):
        appoint_login(world.stranger, world.unit("CY"), role, on=DAY, by=world.by(DAY))
    with pytest.raises(OutOfScope):
        admit(world, world.stranger)
    found = scope.units_in_charge(
        world.stranger, [world.unit("CY1"), world.unit("TX1")], on=DAY, known=head().number,
        roles=scope.READS,
    )  # fmt: skip
    assert found == {world.unit("CY1")}


def test_an_appointment_begins_and_ends(world: World) -> None:
    unit = world.unit("TX")
    appoint_login(world.colleague, unit, Role.CLERK, on=DAY, by=world.by(LATER))
    ended = end_appointment(world.colleague, unit, Role.CLERK, on=date(2018, 5, 1), by=world.by())
    known = head().number

    def in_charge(on: date, number: int = known) -> bool:
        tx1 = world.unit("TX1")
        return scope.units_in_charge(world.colleague, [tx1], on=on, known=number) == {tx1}

    assert [in_charge(day) for day in (date(2018, 3, 4), DAY, date(2018, 4, 30))] == [
        False, True, True,
    ]  # fmt: skip
    assert not in_charge(date(2018, 5, 1))
    assert in_charge(date(2018, 5, 1), known - 1)  # as was known then
    with pytest.raises(OutOfScope):
        admit(world, world.colleague, "TX1")
    # The commune of old is another appointment, and ends by itself.
    assert admit(world, world.colleague, "CY1")
    reverse_entry(ended, reason="nhầm", by=world.by())
    assert in_charge(date(2018, 5, 1), head().number)
    again = appoint_login(world.colleague, unit, Role.CLERK, on=LATER, by=world.by())
    reverse_entry(again, reason="nhầm", by=world.by())
    assert in_charge(LATER, head().number)


def test_scope_follows_the_tree_of_today(world: World) -> None:
    """A cell that moves to the colleague's commune comes into their hands, and the other way."""
    with pytest.raises(OutOfScope):
        admit(world, world.colleague, "TX1")
    move_unit(world.unit("TX1"), world.unit("CY"), on=DAY, basis=DECISION, by=world.by(DAY))
    move_unit(world.unit("CY2"), world.unit("TX"), on=DAY, basis=DECISION, by=world.by(DAY))
    assert admit(world, world.colleague, "TX1")
    with pytest.raises(OutOfScope):
        admit(world, world.colleague, "CY2")


def test_a_closed_unit_stays_with_whom_it_was(world: World) -> None:
    """A late act in a unit that is no more is recorded by whoever has what was above it."""
    merge_units(
        [world.unit("CY1")], world.unit("CY2"), on=LATER, basis=DECISION, by=world.by(LATER)
    )
    assert admit(world, world.colleague, "CY1")


def test_the_first_of_all(committed: World) -> None:
    """Before there is anybody in charge any login may begin; afterwards none may by itself."""
    by = committed.by(DAY, committed.stranger)
    root = NewUnit(code="R", kind="union-superior", name="Liên đoàn", parent=None)
    with pytest.raises(NotARecorder):
        found_unit(root, on=DAY, basis=DECISION, by=by)
    with pytest.raises(OutOfScope):
        appoint_login(committed.stranger, committed.unit("TP"), Role.CLERK, on=DAY, by=by)
    # The clerk of the city may found another system's head, and put an administrator in charge.
    found_unit(root, on=DAY, basis=DECISION, by=committed.by(DAY))
    appoint_login(
        committed.stranger, committed.unit("CY"), Role.ADMINISTRATOR, on=DAY, by=committed.by(DAY)
    )
    # Who says who is in charge does not say it of themselves.
    with pytest.raises(OwnLogin):
        appoint_login(
            committed.stranger, committed.unit("CY1"), Role.CLERK, on=DAY,
            by=committed.by(DAY, committed.stranger),
        )  # fmt: skip
    appoint_login(
        committed.stranger, committed.unit("CY1"), Role.CLERK, on=DAY, by=committed.by(DAY)
    )
    assert admit(committed, committed.stranger, "CY1")
    with pytest.raises(RuleBroken):
        admit(committed, committed.stranger, "CY2")


def test_allocating_takes_the_parent_s_clerk(world: World) -> None:
    appoint_login(world.stranger, world.unit("CY1"), Role.CLERK, on=DAY, by=world.by(DAY))
    told = {"indicator": "admitted", "year": 2018}
    shares = {world.unit("CY1"): 2}
    with pytest.raises(OutOfScope):
        allocate_target(
            world.unit("CY"), shares, by=world.by(DAY, world.stranger), **told  # type: ignore[arg-type]
        )  # fmt: skip
    assert allocate_target(
        world.unit("CY"), shares, by=world.by(DAY, world.colleague), **told  # type: ignore[arg-type]
    )  # fmt: skip
