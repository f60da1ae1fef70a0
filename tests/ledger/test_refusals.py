"""Every refusal of the floors up to plans: raised by an act, in words, and without a trace."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from giaoban.journal import errors as journal_errors
from giaoban.journal.actions import erase_rows
from giaoban.journal.errors import RuleBroken
from giaoban.journal.models import Note
from giaoban.journal.queries import head
from giaoban.journal.writing import VIETNAM, BasisOn, Recorder, open_journal
from giaoban.ledger import actions
from giaoban.ledger import errors as ledger_errors
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.proposing import decline_proposal, propose_act, record_proposal
from giaoban.ledger.reorganisation import (
    found_unit,
    merge_units,
    rename_unit,
    split_unit,
)
from giaoban.ledger.verbs import ToldAct
from giaoban.people import errors as people_errors
from giaoban.people.actions import (
    NewPerson,
    appoint_login,
    end_appointment,
    erase_person,
    register_person,
    rename_person,
)
from giaoban.people.logins import choose_password, create_login, set_password
from giaoban.people.models import Role
from giaoban.plans import errors as plans_errors
from giaoban.plans.actions import allocate_target, set_targets
from giaoban.plans.revising import revise_targets
from giaoban.units import errors as units_errors
from giaoban.units.rules import NewUnit
from tests.ledger.storyteller import Story
from tests.world import DECISION, World

DAY = date(2018, 3, 5)
FLOORS = ("journal", "units", "people", "ledger", "plans")
Scenario = Callable[[World], object]


def story(text: str) -> Scenario:
    """A scenario in the storyteller's words; its last line is the one to be refused."""

    def play(world: World) -> object:
        *before, last = [line for line in text.strip().splitlines() if line.strip()]
        told = Story(world).tell("\n".join(before))
        told.recorded = date.fromisoformat(
            last.split()[-1] if "recorded" in last else last.split()[0]
        )
        return told._act(
            last.strip().split(None, 1)[1].split(", recorded")[0],
            date.fromisoformat(last.split()[0]),
        )

    return play


def new_unit(**other: str | int | None) -> Callable[[World], object]:
    told = {"code": "CY9", "kind": "party-cell", "name": "Chi bộ mới", "parent": "CY", **other}

    def play(world: World) -> object:
        return found_unit(NewUnit(**told), on=DAY, basis=DECISION, by=world.by(DAY))  # type: ignore[arg-type]

    return play


def future(world: World) -> object:
    return rename_unit(
        world.unit("CY"), "Xã Mới", on=DAY, basis=DECISION, by=world.by(date(2018, 3, 4))
    )


def already_reversed(world: World) -> object:
    number = world.admit("CY1", DAY)
    reverse_entry(number, reason="nhầm", by=world.by())
    return reverse_entry(number, reason="nhầm", by=world.by())


def reversal_of_a_reversal(world: World) -> object:
    number = reverse_entry(world.admit("CY1", DAY), reason="nhầm", by=world.by())
    return reverse_entry(number, reason="nhầm", by=world.by())


def key_reused(world: World) -> object:
    world.admit("CY1", DAY, key="k")
    return world.admit("CY2", DAY, key="k")


def erasure_without_basis(world: World) -> object:
    admission = world.admit("CY1", DAY, note="ghi chú")
    with open_journal(world.by()) as journal:
        return erase_rows(journal, Note.objects.filter(entry_id=admission), basis=None)


def another_title(world: World) -> object:
    world.admit("CY1", DAY)
    other = BasisOn(*DECISION.document, title="Thông báo")
    return rename_unit(world.unit("CY"), "Xã Mới", on=DAY, basis=other, by=world.by())


def split(**other: object) -> Scenario:
    def play(world: World) -> object:
        person = world.member("CY", on=date(2018, 1, 1))
        new = [NewUnit(code="CYA", kind="party-base", name="Xã A", parent="HU")]
        told = {"members": {person: "CYA"}, "units_below": {"CY1": "CYA", "CY2": "CYA"},
                "successors": new, **other}  # fmt: skip
        return split_unit(world.unit("CY"), on=DAY, basis=DECISION, by=world.by(DAY), **told)  # type: ignore[arg-type]

    return play


def erased_twice(world: World) -> object:
    person = world.person()
    erase_person(person, basis=DECISION_OF_2017, by=world.by())
    return erase_person(person, basis=DECISION_OF_2017, by=world.by())


def first_password_kept(world: World) -> object:
    login = create_login("hue", by=world.by(DAY), password="mật khẩu đầu")
    return choose_password("mật khẩu đầu", by=world.by(DAY, login))


def revise(world: World, targets: dict[int, int | None]) -> object:
    """A sheet of targets that was drawn before somebody else set one."""
    told = {"indicator": "admitted", "year": 2018}
    seen = head().number
    set_targets({world.unit("CY"): 8}, by=world.by(), **told)  # type: ignore[arg-type]
    return revise_targets(world.unit("HU"), targets, seen=seen, by=world.by(), **told)  # type: ignore[arg-type]


def declined(world: World) -> object:
    person = world.member("CY1", on=date(2018, 1, 1))
    fields = {"unit": world.unit("CY1"), "left_on": DAY}
    told = ToldAct(verb="die", fields=fields, person=person)
    number = propose_act(told, key="k", by=world.by(DAY, world.colleague))
    decline_proposal(number, reason="nhầm người", by=world.by())
    return record_proposal(number, by=world.by())


DECISION_OF_2017 = BasisOn("02-QĐ/HU", date(2017, 1, 1), "Huyện ủy")

SCENARIOS: dict[type[RuleBroken], Scenario] = {
    journal_errors.FutureDate: future,
    journal_errors.AlreadyReversed: already_reversed,
    journal_errors.ReversalNotReversible: reversal_of_a_reversal,
    journal_errors.EntryUnknown: lambda w: reverse_entry(10**6, reason="nhầm", by=w.by()),
    journal_errors.KeyReused: key_reused,
    journal_errors.BasisMissing: erasure_without_basis,
    journal_errors.ReasonMissing: lambda w: reverse_entry(
        w.admit("CY1", DAY), reason=" ", by=w.by()
    ),
    journal_errors.BasisTitleDiffers: another_title,
    journal_errors.TextTooLong: lambda w: w.admit("CY1", DAY, key="k" * 201),
    journal_errors.TextRefused: lambda w: w.admit("CY1", DAY, note="ghi\0chú"),
    journal_errors.ClockAhead: lambda w: register_person(
        NewPerson("Nguyễn An"),
        by=Recorder(w.clerk, max(w.by().at, datetime.now(VIETNAM) + timedelta(minutes=5))),
    ),
    units_errors.ParentForeign: story("2018-03-05 move CY under LD"),
    units_errors.CodeRefused: new_unit(code="a b/c=d"),
    units_errors.PositionRefused: new_unit(position=2**40),
    units_errors.UnitUnknown: new_unit(parent="XX"),
    units_errors.CodeTaken: new_unit(code="CY1"),
    units_errors.KindUnknown: new_unit(kind="club"),
    units_errors.SectorUnknown: new_unit(sector="moon"),
    units_errors.NameMissing: new_unit(name="  "),
    units_errors.UnitNotYetOpen: story("2009-12-31 admit An to CY1, recorded 2018-01-01"),
    units_errors.UnitClosed: story("""
        2018-03-05 merge CY1 into CY2
        2018-03-06 admit An to CY1
    """),
    units_errors.UnitClosedWithoutSuccessor: story("""
        2018-03-05 close CY1
        2018-03-06 admit An to CY1
    """),
    units_errors.Cycle: story("2018-03-05 move CY under CY1"),
    units_errors.UnitFoundedThatDay: story(
        "2018-03-05 found CY9 under CY\n2018-03-05 close CY9"
    ),
    units_errors.UnitNotEmpty: story("2018-03-05 close CY"),
    units_errors.MembersUnplaced: split(members={}),
    units_errors.UnitsUnplaced: split(units_below={"CY1": "CYA"}),
    units_errors.DestinationForeign: split(units_below={"CY1": "CYA", "CY2": "XX"}),
    units_errors.MemberNotThere: split(members={10**6: "CYA"}),
    units_errors.UnitNotThere: split(
        units_below={"CY1": "CYA", "CY2": "CYA", "TX1": "CYA"}
    ),
    units_errors.SuccessorsMissing: split(successors=[]),
    units_errors.SourcesMissing: lambda w: merge_units(
        [], w.unit("CY"), on=DAY, basis=DECISION, by=w.by(DAY)
    ),
    units_errors.MergedIntoItself: story("2018-03-05 merge CY into CY"),
    units_errors.FamiliesDiffer: story("2018-03-05 merge CY into LD"),
    units_errors.LaterRows: story("""
        2018-04-01 admit An to CY1
        2018-03-05 close CY1, recorded 2018-05-01
    """),
    people_errors.OutOfScope: lambda w: actions.record_death(
        person=w.member("TX1"), unit=w.unit("TX1"), left_on=DAY, by=w.by(DAY, w.colleague)
    ),
    people_errors.NotARecorder: lambda w: register_person(
        NewPerson("Nguyễn Văn An"), by=w.by(DAY, w.stranger)
    ),
    people_errors.LoginUnknown: lambda w: register_person(
        NewPerson("Nguyễn Văn An"), by=w.by(DAY, "không ai")
    ),
    people_errors.NotAnAppointer: lambda w: create_login("hue", by=w.by(DAY, w.stranger)),
    people_errors.NobodyLeft: lambda w: end_appointment(
        w.clerk, w.unit("TP"), Role.CLERK, on=DAY, by=w.by(DAY)
    ),
    people_errors.NotAppointed: lambda w: end_appointment(
        w.stranger, w.unit("CY"), Role.CLERK, on=DAY, by=w.by(DAY)
    ),
    people_errors.LoginTaken: lambda w: create_login(w.clerk, by=w.by(DAY)),
    people_errors.NotTheirAdministrator: lambda w: set_password(
        w.colleague, "mật khẩu mới", by=w.by(DAY)
    ),
    people_errors.OwnLogin: lambda w: appoint_login(
        w.clerk, w.unit("CY"), Role.LEADER, on=DAY, by=w.by(DAY)
    ),
    people_errors.FirstPasswordKept: first_password_kept,
    people_errors.LoginNameRefused: lambda w: create_login("hà nội", by=w.by(DAY)),
    people_errors.PersonUnknown: lambda w: rename_person(10**6, "Ai", on=DAY, by=w.by(DAY)),
    people_errors.CodeUnknown: lambda w: w.person(sex="x"),
    people_errors.BornInFuture: lambda w: w.person(born_on=date(2030, 1, 1)),
    people_errors.NameRefused: lambda w: w.person("Nguyễn Văn 7"),
    people_errors.AlreadyErased: erased_twice,
    ledger_errors.AlreadyMember: story("""
        2018-03-05 admit An to CY1
        2018-03-06 admit An to CY2
    """),
    ledger_errors.NotAMember: story("2018-03-05 An dies in CY1"),
    ledger_errors.ProbationTooShort: story("""
        2018-03-05 admit An to CY1
        2018-08-05 recognise An in CY1
    """),
    ledger_errors.NotProbationary: story("""
        2018-01-01 An stands at the beginning in CY1, ceremony 2017-01-01
        2018-08-05 recognise An in CY1
    """),
    ledger_errors.CeremonyUnknown: story("""
        2018-01-01 An stands at the beginning in CY1 as probationary
        2018-08-05 recognise An in CY1
    """),
    ledger_errors.LaterMovement: story("""
        2018-01-01 An stands at the beginning in CY1
        2018-04-05 transfer An from CY1 to CY2
        2018-03-05 An dies in CY1, recorded 2018-05-01
    """),
    ledger_errors.TransferToSelf: story("""
        2018-01-01 An stands at the beginning in CY1
        2018-04-05 transfer An from CY1 to CY1
    """),
    ledger_errors.NotReceivable: story("""
        2018-01-01 An stands at the beginning in CY1
        2018-04-05 give An a transfer paper in CY1
        2018-04-06 CY2 receives An
        2018-04-07 TX1 receives An
    """),
    ledger_errors.NotInTransit: story("2018-04-07 TX1 receives An"),
    ledger_errors.AlreadyInTransit: story("""
        2018-01-01 An stands at the beginning in CY1
        2018-04-05 give An a transfer paper in CY1
        2018-04-06 give An a transfer paper in CY1
    """),
    ledger_errors.DatesOutOfOrder: story("2018-03-05 admit An to CY1, decided 2018-03-06"),
    ledger_errors.MemberBefore: story("""
        2018-01-01 An stands at the beginning in CY1
        2018-02-01 An departs from CY1
        2018-03-05 admit An to CY1
    """),
    ledger_errors.NeverMember: story("2018-03-05 readmit An to CY1"),
    ledger_errors.OnlyFullMembers: story("""
        2018-03-05 admit An to CY1
        2018-03-06 An is expelled from CY1
    """),
    ledger_errors.DestinationNeeded: story("""
        2018-03-05 split CY into new CYA, new CYB: CY1 to CYA, CY2 to CYB
        2018-03-04 admit An to CY, recorded 2018-03-06
    """),
    ledger_errors.DiedBefore: story("""
        2018-01-01 An stands at the beginning in CY1
        2018-02-01 An dies in CY1
        2018-03-05 readmit An to CY1
    """),
    ledger_errors.NotTakenAway: story("""
        2018-01-01 An stands at the beginning in CY1
        2018-02-01 An departs from CY1
        2018-03-05 restore An in CY1
    """),
    ledger_errors.ApprovedBeforeCeremony: story("""
        2018-03-05 admit An to CY1
        2018-03-04 recognise An in CY1, full from 2018-03-06, because so, recorded 2018-04-01
    """),
    ledger_errors.YouthOnly: story("""
        2018-01-01 An stands at the beginning in CY1
        2018-03-05 An ages out of CY1
    """),
    ledger_errors.ProposalUnknown: lambda w: record_proposal(10**6, by=w.by(DAY)),
    ledger_errors.ProposalDecided: declined,
    ledger_errors.NothingToReverse: lambda w: reverse_entry(
        w.person() and head().number, reason="nhầm", by=w.by()
    ),
    plans_errors.TargetNegative: lambda w: set_targets(
        {w.unit("CY"): -1}, indicator="admitted", year=2018, by=w.by()
    ),
    plans_errors.IndicatorUntargeted: lambda w: set_targets(
        {w.unit("CY"): 1}, indicator="strength", year=2018, by=w.by()
    ),
    plans_errors.TargetTooLarge: lambda w: set_targets(
        {w.unit("CY"): 2**40}, indicator="admitted", year=2018, by=w.by()
    ),
    plans_errors.NothingChanged: lambda w: revise(w, {}),
    plans_errors.ChangedMeanwhile: lambda w: revise(w, {w.unit("CY"): 9}),
    plans_errors.TargetYear: lambda w: set_targets(
        {w.unit("CY"): 1}, indicator="admitted", year=2009, by=w.by()
    ),
    plans_errors.NotBelow: lambda w: allocate_target(
        w.unit("CY"), {w.unit("TX1"): 1}, indicator="admitted", year=2018, by=w.by()
    ),
}  # fmt: skip


def refusals() -> list[type[RuleBroken]]:
    """Every rule of these floors, as their modules define them."""
    found = []
    for floor in FLOORS:
        module = importlib.import_module(f"giaoban.{floor}.errors")
        found += [
            one for one in vars(module).values()
            if isinstance(one, type) and issubclass(one, RuleBroken) and one is not RuleBroken
            and one.__module__ == module.__name__
        ]  # fmt: skip
    return found


def test_every_refusal_has_a_scenario() -> None:
    assert set(SCENARIOS) == set(refusals())


def test_no_rule_hides_outside_the_errors_modules() -> None:
    importlib.import_module("giaoban.ledger.actions")
    floors = tuple(f"giaoban.{floor}." for floor in FLOORS)
    everywhere = {one for one in _below(RuleBroken) if one.__module__.startswith(floors)}
    assert everywhere == set(refusals())


def _below(base: type[RuleBroken]) -> set[type[RuleBroken]]:
    return {one for sub in base.__subclasses__() for one in {sub, *_below(sub)}}


def test_codes_are_unique_and_messages_there() -> None:
    codes = [rule.code for rule in refusals()]
    assert len(codes) == len(set(codes))
    for rule in refusals():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", rule.code), rule
        assert str(rule.message).strip(), rule


@pytest.mark.parametrize("rule", SCENARIOS, ids=lambda rule: rule.code)
def test_refused(world: World, rule: type[RuleBroken]) -> None:
    heads = []
    original = World.by

    def by(self: World, *args: object) -> object:
        heads.append(head())  # the journal as it stood when the last act began
        return original(self, *args)  # type: ignore[arg-type]

    World.by = by  # type: ignore[method-assign, assignment]
    try:
        with pytest.raises(RuleBroken) as refused:
            SCENARIOS[rule](world)
    finally:
        World.by = original  # type: ignore[method-assign]
    assert type(refused.value) is rule
    assert head() == heads[-1], "the refused act left a mark"
    for language in ("vi", "en"):
        with translation.override(language):
            told = refused.value.as_dict()
            assert told["code"] == rule.code
            assert "{" not in told["message"]
            assert not re.search(r"(\b\w, ){3}", told["message"]), "a word letter by letter"
            assert told["message"].strip()
    # Nothing is lost: the right act works right after.
    before = head().number
    person = world.member("TX1", on=DAY)
    died = actions.record_death(person=person, unit=world.unit("TX1"), left_on=DAY, by=world.by())
    assert died == before + 3 == head().number
