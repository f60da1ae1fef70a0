"""Tree, names, lives and successions by day and by what was known: nothing known ever changes."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.journal.queries import AsOf, head
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.reorganisation import (
    close_unit,
    found_unit,
    merge_units,
    move_unit,
    rename_unit,
    split_unit,
)
from giaoban.units.errors import UnitUnknown
from giaoban.units.models import Extent
from giaoban.units.queries import (
    days_of_change,
    days_of_regrouping,
    lives,
    names_on,
    successions,
    tree_on,
    unit_by_code,
)
from giaoban.units.rules import NewUnit, ancestors, children_on
from tests.world import DECISION, FOUNDED, World

JUNE, JULY = date(2018, 6, 1), date(2018, 7, 1)


def codes(world: World, units: list[int]) -> list[str]:
    named = {unit: life.code for unit, life in lives(None, AsOf(date.max, head().number)).items()}
    return [named[unit] for unit in units]


def test_the_tree_before_anything_was(world: World) -> None:
    assert len(tree_on(AsOf(date(2009, 12, 31), head().number))) == 0
    assert len(tree_on(AsOf(FOUNDED, 0))) == 0
    assert len(tree_on(AsOf(FOUNDED, head().number))) == 11


def test_the_office_s_order(world: World) -> None:
    """By position, then by code; children_on and the tree agree."""
    tree = tree_on(AsOf(FOUNDED, head().number))
    assert codes(world, tree.ids.tolist()) == [
        "TP", "HU", "CY", "CY1", "CY2", "LD", "TX", "TX1", "YB", "HU2", "NL",
    ]  # fmt: skip
    move_unit(
        world.unit("YB"), world.unit("HU"), on=JUNE, position=-1, basis=DECISION, by=world.by(JUNE)
    )
    as_of = AsOf(JUNE, head().number)
    assert codes(world, tree_on(as_of).children(world.unit("HU")).tolist())[0] == "YB"
    assert codes(world, children_on(world.unit("HU"), as_of))[0] == "YB"
    assert codes(world, ancestors(world.unit("CY1"), as_of)) == ["CY1", "CY", "HU", "TP"]


def found_cells(world: World, parent: str, *positions: int) -> None:
    """Cells under a parent, named after their place in it: CY-0, CY-5 …"""
    for position in positions:
        new = NewUnit(
            code=f"{parent}-{position}", kind="party-cell", name="Chi bộ", parent=parent,
            position=position,
        )  # fmt: skip
        found_unit(new, on=FOUNDED, basis=DECISION, by=world.by(DECISION.issued_on))


def order_below(world: World, unit: str) -> list[str]:
    """The units directly below one in June, as the tree has them."""
    tree = tree_on(AsOf(JUNE, head().number))
    return codes(world, tree.children(world.unit(unit)).tolist())


def test_units_of_merged_units_stand_behind_those_of_the_successor(world: World) -> None:
    """Source by source in the order given, each in the order it had."""
    found_cells(world, "YB", 0, 5)
    found_cells(world, "TX", 3, 1)
    found_cells(world, "NL", 2, 0)
    sources = [world.unit("TX"), world.unit("NL")]
    told = {"on": JUNE, "basis": DECISION}
    number = merge_units(sources, world.unit("YB"), by=world.by(JUNE), **told)  # type: ignore[arg-type]
    behind = ["TX1", "TX-1", "TX-3", "NL-0", "NL-2"]
    assert order_below(world, "YB") == ["YB-0", "YB-5", *behind]
    reverse_entry(number, reason="nhầm thứ tự", by=world.by())
    new = NewUnit(code="HN", kind="party-base", name="Xã Hợp Nhất", parent="HU", sector="commune")
    merge_units(sources[::-1], new, by=world.by(), **told)  # type: ignore[arg-type]
    assert order_below(world, "HN") == ["NL-0", "NL-2", "TX1", "TX-1", "TX-3"]


def test_a_unit_that_succeeds_the_one_above_it_stands_where_that_stood(world: World) -> None:
    found_cells(world, "HU", 1, 2)
    found_cells(world, "YB", 7, 8)
    move_unit(world.unit("YB"), world.unit("HU"), on=FOUNDED, position=1, basis=DECISION,
              by=world.by())  # fmt: skip
    before = order_below(world, "HU")
    assert before == ["CY", "LD", "TX", "HU-1", "YB", "HU-2"]
    sources = [world.unit("YB")]
    merge_units(sources, world.unit("YB-7"), on=JUNE, basis=DECISION, by=world.by(JUNE))
    assert order_below(world, "HU") == ["CY", "LD", "TX", "HU-1", "YB-7", "HU-2"]
    assert order_below(world, "YB-7") == ["YB-8"]


def test_units_of_a_split_unit_stand_behind_those_of_the_successor(world: World) -> None:
    found_cells(world, "YB", 0, 5)
    found_cells(world, "TX", 1, 3)
    below = {"TX1": "YB", "TX-1": "NL", "TX-3": "YB"}
    split_unit(
        world.unit("TX"), [world.unit("YB"), world.unit("NL")], on=JUNE, members={},
        units_below=below, basis=DECISION, by=world.by(JUNE),
    )  # fmt: skip
    assert order_below(world, "YB") == ["YB-0", "YB-5", "TX1", "TX-3"]
    assert order_below(world, "NL") == ["TX-1"]


def test_later_reorganisations_leave_earlier_knowledge(world: World) -> None:
    known = head().number
    days = [date(2017, 6, 1), JUNE, JULY, date(2019, 1, 1)]

    def answers(number: int) -> list[object]:
        return [
            (tree.ids.tolist(), tree.parent.tolist(), names_on(AsOf(day, number)),
             {u: life for u, life in lives(None, AsOf(day, number)).items() if life.opened},
             days_of_change(date.min, date.max, number), successions(number))
            for day in days for tree in [tree_on(AsOf(day, number))]
        ]  # fmt: skip

    before, by = answers(known), world.by(date(2019, 2, 1))
    told = {"basis": DECISION, "by": by}
    renamed = rename_unit(world.unit("CY"), "Xã Mới", on=JUNE, **told)  # type: ignore[arg-type]
    move_unit(world.unit("CY1"), world.unit("TX"), on=JUNE, **told)  # type: ignore[arg-type]
    merge_units([world.unit("TX")], world.unit("YB"), on=JULY, **told)  # type: ignore[arg-type]
    middle = head().number
    between = answers(middle)
    assert answers(known) == before != between
    reverse_entry(renamed, reason="nhầm", by=by)
    reverse_entry(middle, reason="nhầm", by=by)
    assert answers(known) == before
    assert answers(middle) == between
    assert names_on(AsOf(JULY, head().number))[world.unit("CY")] == "Xã Cẩm Yên"
    assert world.unit("TX") in tree_on(AsOf(JULY, head().number)).ids
    assert successions(head().number) == []


def test_names_hold_from_their_day(world: World) -> None:
    unit = world.unit("CY")
    told = {"basis": DECISION, "by": world.by(date(2018, 12, 1))}
    rename_unit(unit, "  Xã   Mới ", on=JULY, **told)  # type: ignore[arg-type]
    rename_unit(unit, "Xã Giữa", on=JUNE, **told)  # type: ignore[arg-type]
    rename_unit(unit, "Xã Vừa", on=JUNE, **told)  # type: ignore[arg-type]
    known = head().number
    for day, name in (
        (date(2018, 5, 31), "Xã Cẩm Yên"), (JUNE, "Xã Vừa"), (date(2018, 6, 30), "Xã Vừa"),
        (JULY, "Xã Mới"),
    ):  # fmt: skip
        assert names_on(AsOf(day, known))[unit] == name
        assert lives([unit], AsOf(day, known))[unit].name == name


def test_the_last_name_of_a_closed_unit(world: World) -> None:
    unit = world.unit("CY1")
    close_unit(unit, on=JUNE, basis=DECISION, by=world.by(JUNE))
    life = lives([unit], AsOf(JULY, head().number))[unit]
    assert (life.name, life.opened, life.closed) == ("Chi bộ thôn 1", FOUNDED, JUNE)
    assert life.open_on(date(2018, 5, 31))
    assert not life.open_on(JUNE)
    assert unit not in tree_on(AsOf(JUNE, head().number)).ids
    assert unit in tree_on(AsOf(date(2018, 5, 31), head().number)).ids


def test_days_of_change_and_of_regrouping(world: World) -> None:
    new = NewUnit(code="CY3", kind="party-cell", name="Chi bộ thôn 3", parent="CY")
    told = {"basis": DECISION, "by": world.by(date(2018, 12, 1))}
    found_unit(new, on=date(2018, 4, 1), **told)  # type: ignore[arg-type]
    move_unit(world.unit("CY1"), world.unit("TX"), on=JUNE, **told)  # type: ignore[arg-type]
    moved = head().number
    merge_units([world.unit("TX")], world.unit("YB"), on=JULY, **told)  # type: ignore[arg-type]
    year = (date(2018, 1, 1), date(2019, 1, 1))
    assert days_of_change(*year, head().number) == [date(2018, 4, 1), JUNE, JULY]
    assert days_of_regrouping(*year, head().number) == [JUNE, JULY]
    assert days_of_change(*year, moved) == [date(2018, 4, 1), JUNE]
    assert days_of_change(JUNE, JULY, head().number) == [JUNE]


def test_successions_tell_predecessor_successor_and_extent(world: World) -> None:
    told = {"basis": DECISION, "by": world.by(JULY)}
    merge_units([world.unit("CY1"), world.unit("CY2")], world.unit("TX1"), on=JUNE, **told)  # type: ignore[arg-type]
    parts: list[int | NewUnit] = [
        NewUnit(code=code, kind="party-cell", name=code, parent="TX") for code in ("A", "B")
    ]
    split_unit(world.unit("TX1"), parts, on=JULY, members={}, units_below={}, **told)  # type: ignore[arg-type]
    told_lines = [
        (line.from_on, *codes(world, [line.unit, line.successor]), line.extent)
        for line in successions(head().number)
    ]
    assert told_lines == [
        (JUNE, "CY1", "TX1", Extent.WHOLE), (JUNE, "CY2", "TX1", Extent.WHOLE),
        (JULY, "TX1", "A", Extent.PART), (JULY, "TX1", "B", Extent.PART),
    ]  # fmt: skip
    assert len(successions(head().number, [world.unit("CY1")])) == 1


def test_a_code_there_is_not(world: World) -> None:
    with pytest.raises(UnitUnknown, match="XX"):
        unit_by_code("XX")


def test_a_code_belongs_to_one_unit_for_good(world: World) -> None:
    """A closed unit keeps its code; one that never was lends it to a unit of its own sort."""
    from giaoban.units.errors import CodeTaken

    told = {"basis": DECISION, "by": world.by(JULY)}
    close_unit(world.unit("CY1"), on=JUNE, **told)  # type: ignore[arg-type]
    again = NewUnit(code="CY1", kind="party-cell", name="Chi bộ thôn 1", parent="CY")
    with pytest.raises(CodeTaken):
        found_unit(again, on=JULY, **told)  # type: ignore[arg-type]
    new = NewUnit(code="CY3", kind="party-cell", name="Chi bộ thôn 3", parent="CY")
    number = found_unit(new, on=JUNE, **told)  # type: ignore[arg-type]
    unit = world.unit("CY3")
    reverse_entry(number, reason="nhầm cha", by=world.by())
    other = NewUnit(code="CY3", kind="party-base", name="Đảng bộ", parent="TX")
    with pytest.raises(CodeTaken):
        found_unit(other, on=JUNE, **told)  # type: ignore[arg-type]
    right = NewUnit(code="CY3", kind="party-cell", name="Chi bộ 3", parent="TX")
    found_unit(right, on=JUNE, **told)  # type: ignore[arg-type]
    assert world.unit("CY3") == unit
    assert tree_on(AsOf(JUNE, head().number)).ancestors(unit)[1] == world.unit("TX")
    with pytest.raises(CodeTaken):
        found_unit(right, on=JUNE, **told)  # type: ignore[arg-type]
