"""Before an act is recorded: the issued documents that it would make read otherwise, by figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from giaoban.journal.queries import head
from giaoban.journal.writing import Recorder
from giaoban.ledger.actions import transfer_member
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.rehearsal import carry_out
from giaoban.ledger.reorganisation import merge_units, move_unit, rename_unit
from giaoban.people.actions import NewParticulars, set_particulars
from giaoban.plans.actions import set_targets
from giaoban.reports.actions import withdraw_report
from giaoban.reports.affecting import Affected, affected_by, concerned_by
from tests.reports.issuing_world import LEADER, issued, with_leader
from tests.world import DECISION, World

LATE = date(2018, 10, 20)


@pytest.fixture
def office(world: World) -> World:
    return with_leader(world)


def rehearsed(world: World, do: Callable[[Recorder], object]) -> list[Affected]:
    """What a rehearsal of an act tells; nothing of it is recorded."""
    by, before = world.by(LATE), head()

    def looked() -> list[Affected]:
        do(by)
        return affected_by(range(before.number + 1, head().number + 1))

    found = carry_out(looked, by=by, dry_run=True).result
    assert head() == before
    return found


def told(affected: Affected) -> dict[str, tuple[object, object]]:
    return {str(address): (was, now) for address, was, now in affected.figures}


def test_a_late_admission(office: World) -> None:
    entry, person = issued(office), office.person()
    [affected] = rehearsed(office, lambda by: office.admit("CY1", date(2018, 9, 7), person))
    assert affected.issued.entry == entry
    figures = told(affected)
    assert figures["admitted"] == (3, 4)
    assert figures["admitted/CY"] == (2, 3)
    assert "admitted/TX" not in figures


def test_only_what_this_act_changes_is_told(office: World) -> None:
    issued(office)
    office.by(LATE)
    office.admit("TX1", date(2018, 9, 5))
    person = office.person()
    [affected] = rehearsed(office, lambda by: office.admit("CY1", date(2018, 9, 7), person))
    figures = told(affected)
    assert figures["admitted"] == (4, 5)
    assert "admitted/TX" not in figures


def test_an_act_after_the_period_or_elsewhere_concerns_none(office: World) -> None:
    issued(office)
    person = office.person()
    assert rehearsed(office, lambda by: office.admit("CY1", date(2018, 10, 1), person)) == []
    assert rehearsed(office, lambda by: office.admit("NL", date(2018, 9, 7), person)) == []


def test_a_target_of_the_year_whenever_it_is_set(office: World) -> None:
    issued(office)
    plan = {office.unit("HU"): 15}

    def set_it(by: Recorder, year: int = 2018) -> None:
        set_targets(plan, indicator="admitted", year=year, by=by)

    [affected] = rehearsed(office, set_it)
    assert told(affected)["plan"] == (10, 15)
    assert rehearsed(office, lambda by: set_it(by, 2019)) == []


def test_particulars_of_a_member(office: World) -> None:
    person = office.person(sex="female")
    office.admit("CY1", date(2018, 4, 5), person)
    issued(office)
    other = NewParticulars(sex="male")
    [affected] = rehearsed(
        office, lambda by: set_particulars(person, other, on=date(2018, 4, 6), by=by)
    )
    assert told(affected)["admitted[sex=female]"] == (1, 0)


def test_a_unit_that_moves_within_the_period_and_one_that_moves_after(office: World) -> None:
    issued(office)
    cy1, tx = office.unit("CY1"), office.unit("TX")

    def move(by: Recorder, on: date) -> None:
        move_unit(cy1, tx, on=on, basis=DECISION, by=by)

    [affected] = rehearsed(office, lambda by: move(by, date(2018, 3, 1)))
    assert told(affected)["admitted/TX"] == (1, 2)
    assert told(affected)["admitted/CY"] == (2, 1)
    assert rehearsed(office, lambda by: move(by, date(2018, 10, 1))) == []
    assert rehearsed(
        office, lambda by: rename_unit(tx, "Xã mới", on=date(2018, 5, 1), basis=DECISION, by=by)
    ) == []  # fmt: skip


def test_an_act_in_a_unit_that_was_merged_since(office: World) -> None:
    """The commune stood below the district when it was reported, wherever it stands by now."""
    member = office.member("YB")
    entry = issued(office)
    merge_units(
        [office.unit("YB")], office.unit("NL"), on=date(2018, 10, 10), basis=DECISION,
        by=office.by(LATE),
    )  # fmt: skip
    [affected] = rehearsed(
        office,
        lambda by: transfer_member(
            person=member, unit=office.unit("YB"), to=office.unit("HU2"), on=date(2018, 9, 1),
            basis=DECISION, by=by,
        ),
    )  # fmt: skip
    assert affected.issued.entry == entry
    assert "closing" in told(affected)


def test_by_a_reversal_it_reads_as_issued_again(office: World) -> None:
    issued(office)
    office.by(LATE)
    late = office.admit("CY1", date(2018, 9, 7))
    assert rehearsed(office, lambda by: reverse_entry(late, reason="nhầm", by=by)) == []


def test_what_is_no_longer_in_force_is_left_out(office: World) -> None:
    first = issued(office)
    second = issued(office, "thay", replaces=first, because="bổ sung biểu")
    person = office.person()
    [affected] = rehearsed(office, lambda by: office.admit("CY1", date(2018, 9, 7), person))
    assert affected.issued.entry == second
    withdraw_report(issue=second, reason="sai mẫu", by=office.by(login=LEADER))
    assert rehearsed(office, lambda by: office.admit("CY1", date(2018, 9, 7), person)) == []


def test_nothing_written_concerns_nothing(office: World) -> None:
    issued(office)
    last = head().number
    assert concerned_by(range(last + 1, last + 1)) == []
