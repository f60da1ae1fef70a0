"""Days that differ in law are kept apart: each can be read back from the act that told it."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.journal.queries import AsOf, head
from giaoban.ledger import actions
from giaoban.ledger.models import Milestone
from giaoban.ledger.timeline import Dates, dates_of, timeline
from tests.world import DECISION, World

DECIDED, CEREMONY, GIVEN = date(2018, 2, 20), date(2018, 3, 5), date(2018, 6, 1)
RECEIVED, APPROVED, LEFT = date(2018, 6, 20), date(2019, 4, 20), date(2019, 9, 1)
DUE = date(2019, 3, 5)


@pytest.fixture
def person(world: World) -> int:
    """Admitted, sent by a paper and received, recognised late, gone."""
    person, told = world.person(), {"basis": DECISION}
    cy1, tx1 = world.unit("CY1"), world.unit("TX1")
    actions.admit_member(
        person=person, unit=cy1, decided_on=DECIDED, ceremony_on=CEREMONY,
        by=world.by(CEREMONY), **told,  # type: ignore[arg-type]
    )  # fmt: skip
    actions.give_transfer_paper(
        person=person, unit=cy1, given_on=GIVEN, by=world.by(GIVEN), **told  # type: ignore[arg-type]
    )  # fmt: skip
    actions.receive_transfer(person=person, unit=tx1, received_on=RECEIVED, by=world.by(RECEIVED))
    actions.recognise_member(
        person=person, unit=tx1, approved_on=APPROVED, by=world.by(APPROVED), **told  # type: ignore[arg-type]
    )  # fmt: skip
    actions.record_departure(
        person=person, unit=tx1, left_on=LEFT, by=world.by(LEFT), **told  # type: ignore[arg-type]
    )  # fmt: skip
    return person


def test_each_act_tells_its_own_days(person: int) -> None:
    told = [(one.effective_on, one.days) for one in timeline(person, AsOf(LEFT, head().number))]
    assert told == [
        (CEREMONY, {Milestone.DECISION: DECIDED, Milestone.CEREMONY: CEREMONY}),
        (GIVEN, {Milestone.PAPER_GIVEN: GIVEN}),
        (RECEIVED, {Milestone.PAPER_RECEIVED: RECEIVED}),
        # Counted from the end of the twelve months, approved weeks after.
        (DUE, {Milestone.PROBATION_END: DUE, Milestone.APPROVAL: APPROVED}),
        (LEFT, {Milestone.PAPER_GIVEN: LEFT}),
    ]
    assert {day for _on, days in told for day in days.values()} == {
        DECIDED, CEREMONY, GIVEN, RECEIVED, DUE, APPROVED, LEFT,
    }  # fmt: skip


def test_the_register_shows_them(person: int) -> None:
    def on(day: date) -> Dates:
        return dates_of([person], AsOf(day, head().number), "party")[person]

    assert on(GIVEN) == Dates(ceremony_on=CEREMONY, decided_on=DECIDED, probation_ends_on=DUE)
    assert on(DUE) == Dates(ceremony_on=CEREMONY, decided_on=DECIDED, full_on=DUE)


def test_an_early_recognition_keeps_the_day_that_was_due(world: World) -> None:
    person = world.person()
    world.admit("CY1", CEREMONY, person)
    early = date(2019, 2, 1)
    actions.recognise_member(
        person=person, unit=world.unit("CY1"), approved_on=APPROVED, full_on=early,
        note="theo quyết định", basis=DECISION, by=world.by(APPROVED),
    )  # fmt: skip
    [_admission, recognition] = timeline(person, AsOf(APPROVED, head().number))
    assert recognition.effective_on == early
    assert recognition.days == {Milestone.PROBATION_END: DUE, Milestone.APPROVAL: APPROVED}


def test_days_of_first_balances_and_arrivals(world: World) -> None:
    opened, arrived = world.person(), world.person()
    cy1 = world.unit("CY1")
    actions.open_balance(
        person=opened, unit=cy1, on=GIVEN, ceremony_on=CEREMONY, by=world.by(GIVEN)
    )
    actions.receive_arrival(
        person=arrived, unit=cy1, received_on=RECEIVED, ceremony_on=CEREMONY, basis=DECISION,
        by=world.by(RECEIVED),
    )  # fmt: skip
    days = [timeline(one, AsOf(RECEIVED, head().number))[0].days for one in (opened, arrived)]
    assert days == [
        {Milestone.CEREMONY: CEREMONY},
        {Milestone.CEREMONY: CEREMONY, Milestone.PAPER_RECEIVED: RECEIVED},
    ]
