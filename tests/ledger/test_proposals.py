"""Acts that wait outside the journal: proposed, decided once, recorded the way of every act."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from giaoban.journal.errors import KeyReused, ReasonMissing
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.ledger import proposals
from giaoban.ledger.accounts import Account
from giaoban.ledger.errors import NotAMember, ProposalDecided, ProposalUnknown
from giaoban.ledger.models import Outcome, Proposal
from giaoban.ledger.proposing import (
    decline_proposal,
    propose_act,
    record_proposal,
    record_told,
    rehearse_told,
)
from giaoban.ledger.queries import standings
from giaoban.ledger.rehearsal import effects
from giaoban.ledger.verbs import ACTS, ToldAct, own_fields, told_from_json
from giaoban.people.actions import NewParticulars, NewPerson, appoint_login
from giaoban.people.errors import OutOfScope
from giaoban.people.models import Login, Person, Role
from giaoban.people.queries import names_of
from tests.world import DECISION, FOUNDED, World

DAY = date(2018, 3, 1)


@pytest.fixture
def office(world: World) -> World:
    for login, unit, role in (
        ("phutrach", "CY1", Role.SECRETARY), ("lanhdao", "HU", Role.LEADER),
    ):  # fmt: skip
        Login.objects.create_user(login, password=None)
        appoint_login(login, world.unit(unit), role, on=FOUNDED, by=world.by())
    world.by(DAY)
    return world


def admission(world: World, unit: str = "CY1", **more: Any) -> ToldAct:
    new = NewPerson("Bùi Thị Bình", NewParticulars(sex="female", born_on=date(1990, 2, 1)), on=DAY)
    fields = {"unit": world.unit(unit), "decided_on": DAY, "ceremony_on": DAY}
    return ToldAct(verb="admit", fields=fields, newcomer=new, basis=DECISION, **more)


def death(world: World, person: int, unit: str = "CY1") -> ToldAct:
    return ToldAct(
        verb="die", fields={"unit": world.unit(unit), "left_on": DAY}, person=person, note="Ốm"
    )


def test_every_act_told_can_wait_as_json(office: World) -> None:
    told = admission(office, note="Ghi chú", destinations={1: 2})
    again = told_from_json("admit", told.as_json())
    assert (again.fields, again.basis, again.note) == (told.fields, told.basis, told.note)
    assert again.destinations == {1: 2}
    assert again.newcomer is not None
    assert again.newcomer.particulars.born_on == date(1990, 2, 1)
    assert again.newcomer.split is not None
    assert (again.newcomer.split.given, again.newcomer.on) == ("Bình", DAY)
    assert {kind for act in ACTS.values() for _n, kind, _r in own_fields(act)} <= {
        int, date, date | None, Account,
    }  # fmt: skip


def test_a_rehearsal_shows_before_and_after_and_records_nothing(office: World) -> None:
    office.member("CY1")
    office.admit("CY1", date(2018, 2, 1), office.person("Nguyễn Thị Hòa"))
    before, persons = head(), Person.objects.count()
    found = rehearse_told(admission(office), by=office.by())
    assert (head(), Person.objects.count()) == (before, persons)
    [effect] = effects(found, {office.unit("CY1")})
    assert effect.sum == 0
    assert [(c.account, c.before, c.change, c.after) for c in effect.changes] == [
        (Account.PROBATIONARY, 1, 1, 2), (Account.OUTSIDE, None, -1, None),
    ]  # fmt: skip


def test_lines_out_of_sight_are_only_counted(office: World) -> None:
    person = office.member("CY1")
    told = ToldAct(
        verb="transfer", person=person, basis=DECISION,
        fields={"unit": office.unit("CY1"), "to": office.unit("TX1"), "on": DAY},
    )  # fmt: skip
    [effect] = effects(rehearse_told(told, by=office.by()), {office.unit("CY1")})
    assert {change.unit for change in effect.changes} == {office.unit("CY1")}
    assert effect.hidden == 2


def test_a_secretary_proposes_and_a_leader_records(office: World) -> None:
    entries = Entry.objects.count()
    number = propose_act(admission(office), key="k1", by=office.by(login="phutrach"))
    assert Entry.objects.count() == entries
    entry = record_proposal(number, by=office.by(login="lanhdao"))
    assert record_proposal(number, by=office.by(login="lanhdao")) == entry
    proposal = Proposal.objects.get(pk=number)
    assert (proposal.outcome, proposal.entry_number) == (Outcome.RECORDED, entry)
    assert proposal.told == {}
    assert Entry.objects.get(pk=entry).by == "lanhdao"
    [name] = names_of([p.pk for p in Person.objects.order_by("-pk")[:1]], AsOf(DAY, 2**62)).values()
    assert name.full == "Bùi Thị Bình"


def test_the_same_form_sent_twice_proposes_once(office: World) -> None:
    by = office.by(login="phutrach")
    first = propose_act(admission(office), key="k1", by=by)
    assert propose_act(admission(office), key="k1", by=office.by(login="phutrach")) == first
    assert Proposal.objects.count() == 1
    with pytest.raises(KeyReused):
        propose_act(admission(office, note="Khác"), key="k1", by=by)


def test_what_the_rules_refuse_is_not_proposed(office: World) -> None:
    stranger = office.member("TX1")
    with pytest.raises(NotAMember):
        propose_act(death(office, stranger), key="k", by=office.by(login="phutrach"))
    assert not Proposal.objects.exists()


def test_nobody_proposes_for_a_unit_that_is_not_theirs(office: World) -> None:
    person = office.member("CY2")
    with pytest.raises(OutOfScope):
        propose_act(death(office, person, "CY2"), key="k", by=office.by(login="phutrach"))
    with pytest.raises(OutOfScope):
        record_told(death(office, person, "CY2"), key="k", by=office.by(login="phutrach"))


def test_a_secretary_decides_nothing(office: World) -> None:
    number = propose_act(admission(office), key="k", by=office.by(login="phutrach"))
    with pytest.raises(OutOfScope):
        record_proposal(number, by=office.by(login="phutrach"))
    with pytest.raises(OutOfScope):
        decline_proposal(number, reason="Không", by=office.by(login="phutrach"))


def test_declining_needs_a_reason_and_is_final(office: World) -> None:
    number = propose_act(admission(office), key="k", by=office.by(login="phutrach"))
    with pytest.raises(ReasonMissing):
        decline_proposal(number, reason=" ", by=office.by())
    decline_proposal(number, reason="Thiếu hồ sơ", by=office.by())
    decline_proposal(number, reason="Thiếu hồ sơ", by=office.by())  # a second click
    with pytest.raises(ProposalDecided):
        record_proposal(number, by=office.by(login="lanhdao"))
    assert Proposal.objects.get(pk=number).reason == "Thiếu hồ sơ"
    with pytest.raises(ProposalUnknown):
        record_proposal(number + 999, by=office.by())


def test_what_no_longer_fits_goes_on_waiting(office: World) -> None:
    person = office.member("CY1")
    number = propose_act(death(office, person), key="k", by=office.by(login="phutrach"))
    record_told(death(office, person), key=None, by=office.by())
    with pytest.raises(NotAMember):
        record_proposal(number, by=office.by(login="lanhdao"))
    assert Proposal.objects.get(pk=number).outcome == Outcome.WAITING
    assert standings([person], AsOf(DAY, 2**62)) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_proposal SET reason = 'khác'",
        "UPDATE ledger_proposal SET outcome = 0, decided_at = NULL",
        "DELETE FROM ledger_proposal",
        "TRUNCATE ledger_proposal",
    ],
)
def test_the_database_keeps_a_decided_proposal_as_it_is(office: World, sql: str) -> None:
    number = propose_act(admission(office), key="k", by=office.by(login="phutrach"))
    decline_proposal(number, reason="Thiếu hồ sơ", by=office.by())
    with pytest.raises(DatabaseError), transaction.atomic():
        connections["default"].cursor().execute(sql)


def test_who_proposed_what_is_never_changed(office: World) -> None:
    propose_act(admission(office), key="k", by=office.by(login="phutrach"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Proposal.objects.update(proposed_by="khác")


def test_a_correction_takes_the_same_way(office: World) -> None:
    person = office.member("CY1")
    wrong = record_told(death(office, person), key=None, by=office.by())
    right = ToldAct(
        verb="resign", fields={"unit": office.unit("CY1"), "left_on": DAY}, person=person,
        basis=DECISION,
    )  # fmt: skip
    done = record_told(right, key="c", instead_of=wrong.entry, reason="Ghi nhầm", by=office.by())
    again = record_told(right, key="c", instead_of=wrong.entry, reason="Ghi nhầm", by=office.by())
    assert (again.entry, again.fresh, done.fresh) == (done.entry, False, True)
    assert Entry.objects.get(reverses_id=wrong.entry).pk == done.entry - 1


@pytest.mark.parametrize("named", [1000, 0])
def test_what_waits_in_which_units(
    office: World, monkeypatch: pytest.MonkeyPatch, named: int
) -> None:
    """However many units are asked about."""
    monkeypatch.setattr(proposals, "MOST_NAMED", named)
    mine = propose_act(admission(office), key="k1", by=office.by(login="phutrach"))
    other = propose_act(admission(office, "TX1"), key="k2", by=office.by(login="lanhdao"))
    decline_proposal(other, reason="Thiếu hồ sơ", by=office.by())
    cy, tx = office.unit("CY1"), office.unit("TX1")
    assert [one.pk for one in proposals.proposals_in([cy, tx])] == [other, mine]
    assert [one.pk for one in proposals.proposals_in([cy])] == [mine]
    assert [proposals.waiting_in(units) for units in ([cy, tx], [tx], [])] == [1, 0, 0]
    assert proposals.proposal(mine, [tx]) is None
    found = proposals.proposal(mine, [cy])
    assert found is not None
    assert found.pk == mine
