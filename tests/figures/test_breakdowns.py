"""Breakdowns count everybody once, also those nothing is known of, and stay as they were known."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.figures.breakdowns import FIELDS, of_persons, of_roll
from giaoban.figures.errors import FieldUnknown
from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import BasisOn
from giaoban.people.actions import NewParticulars, erase_person, set_particulars
from tests.world import World

END = date(2018, 9, 30)
LAW = BasisOn("91/2025/QH15", date(2025, 6, 26), "Quốc hội")


def counts(persons: list[int], field: str, known: int) -> dict[str | None, int]:
    groups = of_persons(persons, [field], AsOf(END, known))[field]
    return {group.code: group.count for group in groups}


def test_groups_sum_to_the_persons(world: World) -> None:
    persons = [
        world.person(sex="female", born_on=date(1988, 10, 1)),
        world.person(sex="male", born_on=date(1988, 9, 30)),
        world.person(sex="female"),
        world.person(),
    ]
    known = head().number
    assert counts(persons, "sex", known) == {"male": 1, "female": 2, None: 1}
    assert counts(persons, "age", known) == {"18-30": 2, None: 2}
    for field in FIELDS:
        assert sum(counts(persons, field, known).values()) == len(persons)
    assert counts([persons[0], persons[0]], "sex", known) == {"female": 2}


def test_age_is_in_completed_years_and_bands_meet(world: World) -> None:
    born = {
        "turned 31 that day": date(1987, 9, 30),
        "turns 31 tomorrow": date(1987, 10, 1),
        "turned 18 that day": date(2000, 9, 30),
        "turns 18 tomorrow": date(2000, 10, 1),
        "turned 61 that day": date(1957, 9, 30),
        "turns 61 tomorrow": date(1957, 10, 1),
    }
    persons = [world.person(born_on=day) for day in born.values()]
    assert counts(persons, "age", head().number) == {
        "31-35": 1, "18-30": 2, "0-17": 1, "61+": 1, "56-60": 1
    }  # fmt: skip


def test_the_roll_is_broken_down_as_of_the_day(world: World) -> None:
    woman = world.person(sex="female")
    man = world.person(sex="male")
    world.admit("CY1", date(2018, 3, 1), woman)
    world.admit("CY1", date(2018, 10, 2), man)
    as_of = AsOf(END, head().number)
    [group] = of_roll([world.unit("CY1"), world.unit("CY2")], ["sex"], as_of)["sex"]
    assert (group.code, group.count) == ("female", 1)


def test_later_knowledge_does_not_alter_the_earlier_breakdown(world: World) -> None:
    person = world.person(sex="male", theory="none")
    before = head().number
    described = NewParticulars(sex="male", theory="advanced")
    set_particulars(person, described, on=date(2018, 1, 1), by=world.by(date(2018, 10, 20)))
    assert counts([person], "theory", before) == {"none": 1}
    assert counts([person], "theory", head().number) == {"advanced": 1}


def test_the_erased_are_counted_as_not_known(world: World) -> None:
    person = world.person(sex="female")
    erase_person(person, basis=LAW, by=world.by(date(2025, 8, 1)))
    assert counts([person], "sex", head().number) == {None: 1}


def test_only_particulars_can_be_asked(world: World) -> None:
    with pytest.raises(FieldUnknown) as refused:
        of_persons([world.person()], ["full_name"], AsOf(END, head().number))
    assert "full_name" in str(refused.value)
