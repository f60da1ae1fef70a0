"""Recording a sheet of targets, and reading its revisions."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.journal.errors import KeyReused
from giaoban.journal.queries import head
from giaoban.ledger.corrections import reverse_entry
from giaoban.people.errors import OutOfScope
from giaoban.plans.actions import MOST
from giaoban.plans.errors import ChangedMeanwhile, NothingChanged, TargetNegative, TargetTooLarge
from giaoban.plans.history import revisions
from giaoban.plans.queries import targets
from giaoban.plans.revising import revise_targets
from tests.world import DECISION, World

DAY = date(2018, 2, 1)


def _revise(world: World, sheet: str, values: dict[str, int | None], **more: object) -> int:
    told = {world.unit(code): value for code, value in values.items()}
    more = {"seen": head().number, "by": world.by(DAY), **more}
    return revise_targets(
        world.unit(sheet), told, indicator="admitted", year=2018, **more  # type: ignore[arg-type]
    )  # fmt: skip


def _now(world: World) -> dict[int, int]:
    return targets("admitted", 2018, head().number)


def test_a_sheet_is_recorded_on_one_entry(world: World) -> None:
    n = _revise(world, "HU", {"HU": 20, "CY": 8, "CY1": 3}, basis=DECISION)
    assert _now(world) == {world.unit("HU"): 20, world.unit("CY"): 8, world.unit("CY1"): 3}
    assert {one.entry for one in revisions([world.unit("CY")], "admitted", 2018, n)} == {n}


def test_numbers_of_units_directly_below_are_an_allocation(world: World) -> None:
    _revise(world, "HU", {"CY": 8, "TX": 5})
    assert _now(world) == {world.unit("CY"): 8, world.unit("TX"): 5}


def test_an_empty_cell_takes_a_target_back(world: World) -> None:
    _revise(world, "HU", {"CY": 8})
    _revise(world, "HU", {"CY": None, "TX": 1})
    assert _now(world) == {world.unit("TX"): 1}


def test_nothing_changed_is_refused(world: World) -> None:
    with pytest.raises(NothingChanged):
        _revise(world, "HU", {})


@pytest.mark.parametrize(("value", "why"), [(-1, TargetNegative), (MOST + 1, TargetTooLarge)])
def test_numbers_that_can_not_be_are_refused(
    world: World, value: int, why: type[Exception]
) -> None:
    before = head().number
    with pytest.raises(why):
        _revise(world, "HU", {"CY": 1, "TX": value})
    assert head().number == before


def test_what_somebody_else_changed_since_is_not_overwritten(world: World) -> None:
    seen = head().number
    _revise(world, "HU", {"CY": 8})
    with pytest.raises(ChangedMeanwhile) as refused:
        _revise(world, "HU", {"CY": 9}, seen=seen)
    assert refused.value.params["unit"] == "Xã Cẩm Yên"
    # Another unit's target is not in the way.
    _revise(world, "HU", {"TX": 9}, seen=seen)
    assert _now(world) == {world.unit("CY"): 8, world.unit("TX"): 9}


def test_what_somebody_else_took_back_since_is_a_change(world: World) -> None:
    n = _revise(world, "HU", {"CY": 8})
    seen = head().number
    reverse_entry(n, reason="Ghi nhầm", by=world.by())
    with pytest.raises(ChangedMeanwhile):
        _revise(world, "HU", {"CY": 9}, seen=seen)


def test_the_same_sheet_twice_is_recorded_once(world: World) -> None:
    seen = head().number
    first = _revise(world, "HU", {"CY": 8}, seen=seen, key="tờ-1")
    assert _revise(world, "HU", {"CY": 8}, seen=seen, key="tờ-1") == first
    with pytest.raises(KeyReused):
        _revise(world, "HU", {"CY": 9}, seen=seen, key="tờ-1")


def test_only_units_in_charge(world: World) -> None:
    with pytest.raises(OutOfScope):
        _revise(world, "CY", {"TX": 1}, by=world.by(DAY, world.colleague))
    with pytest.raises(OutOfScope):
        _revise(world, "HU", {"CY": 1}, by=world.by(DAY, world.colleague))


def test_revisions_say_from_what_to_what(world: World) -> None:
    first = _revise(world, "HU", {"CY": 8}, basis=DECISION)
    second = _revise(world, "HU", {"CY": 6}, note="Theo đề nghị của xã")
    gone = reverse_entry(second, reason="Ghi nhầm", by=world.by())
    third = _revise(world, "HU", {"CY": None})
    found = revisions([world.unit("CY")], "admitted", 2018, head().number)
    told = [(one.entry, one.before, one.value, one.reversed_by) for one in found]
    assert told == [(third, 8, None, None), (second, 8, 6, gone), (first, None, 8, None)]
    assert found[-1].basis == DECISION.number
    # As known before it was taken back, the revision holds.
    before = revisions([world.unit("CY")], "admitted", 2018, second)
    assert [one.reversed_by for one in before] == [None, None]
