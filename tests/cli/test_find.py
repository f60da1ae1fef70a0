"""``giaoban find`` and ``giaoban tree``: who is where, and what the organisation looks like."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

from giaoban.journal.queries import head
from giaoban.ledger import actions
from giaoban.ledger.reorganisation import found_unit, rename_unit
from giaoban.people.actions import erase_person
from giaoban.units.rules import NewUnit
from tests.cli.calling import Office
from tests.world import DECISION, World


def found(office: Office, *words: str) -> list[dict[str, Any]]:
    told = json.loads(office.say("find", *words, "--format", "json"))
    assert isinstance(told, list)
    return told


def test_members_are_found_with_and_without_diacritics(world: World, office: Office) -> None:
    an = world.member("CY1", "Nguyễn Văn Ân")
    world.member("CY2", "Trần Thị Hạnh")
    assert [row["person"] for row in found(office, "nguyen van an")] == [an]
    assert [row["person"] for row in found(office, "Văn Ân")] == [an]
    [row] = found(office, "hạnh")
    assert row == {"person": row["person"], "name": "Trần Thị Hạnh", "born_on": None,
                   "unit": "CY2", "unit_name": "Chi bộ thôn 2", "standing": "full"}  # fmt: skip


def test_exact_marks_come_first(world: World, office: Office) -> None:
    world.member("CY1", "Lê Văn Hoa")
    exact = world.member("CY1", "Lê Văn Hòa")
    assert found(office, "Hòa")[0]["person"] == exact


def test_where_somebody_stands_today(world: World, office: Office) -> None:
    gone = world.member("CY1", "Phạm Văn Đi")
    actions.record_death(person=gone, unit=world.unit("CY1"), left_on=date(2018, 2, 1),
                         by=world.by(date(2018, 2, 2)))  # fmt: skip
    [row] = found(office, "phạm văn đi")
    assert (row["unit"], row["standing"]) == (None, None)
    both = world.member("CY1", "Hai Hệ Thống")
    actions.open_balance(person=both, unit=world.unit("LD"), on=date(2017, 1, 1), by=world.by())
    assert {row["unit"] for row in found(office, "hai he thong")} == {"CY1", "LD"}


def test_found_as_a_table(world: World, office: Office) -> None:
    person = world.person("Đỗ Thị Xuân", born_on=date(1985, 2, 1), sex="female")
    actions.open_balance(person=person, unit=world.unit("TX1"), on=date(2017, 12, 1),
                         by=world.by())  # fmt: skip
    said = office.say("find", "xuân")
    assert "Đỗ Thị Xuân" in said
    assert "01/02/1985" in said
    [row] = csv.DictReader(io.StringIO(office.say("find", "xuân", "--format", "csv")))
    assert (row["born_on"], row["standing"]) == ("1985-02-01", "full")
    assert "No member's name holds “không có ai”" in office.say("find", "không có ai")


def test_erased_names_are_not_found(world: World, office: Office) -> None:
    person = world.member("CY1", "Bùi Văn Xóa")
    erase_person(person, basis=DECISION, by=world.by(DECISION.issued_on))
    assert found(office, "Bùi Văn Xóa") == []


def test_a_text_is_not_a_pattern(world: World, office: Office) -> None:
    world.member("CY1", "Nguyễn Văn An")
    assert found(office, "%") == []
    assert found(office, "n_uyen") == []


def test_the_limit(world: World, office: Office) -> None:
    for n in "ABC":
        world.member("CY1", f"Nguyễn Văn {n}")
    assert len(found(office, "nguyễn văn", "--limit", "2")) == 2


# The tree --------------------------------------------------------------------------------------


def tree(office: Office, *words: str) -> list[dict[str, Any]]:
    told = json.loads(office.say("tree", *words, "--format", "json"))
    assert isinstance(told, list)
    return told


def test_members_are_counted_at_and_below(world: World, office: Office) -> None:
    for code in ("CY", "CY1", "CY1", "CY2"):
        world.member(code)
    [commune] = tree(office, "--unit", "CY")
    assert (commune["own_members"], commune["members"]) == (1, 4)
    assert [(cell["code"], cell["members"]) for cell in commune["children"]] == [
        ("CY1", 2), ("CY2", 1),
    ]  # fmt: skip
    [root] = tree(office)
    assert (root["code"], root["members"]) == ("TP", 4)
    assert tree(office, "--depth", "1")[0]["children"] == []


def test_the_tree_of_a_day(world: World, office: Office) -> None:
    new = NewUnit(code="CY3", kind="party-cell", name="Chi bộ thôn 3", parent="CY")
    found_unit(new, on=date(2018, 3, 1), basis=DECISION, by=world.by(date(2018, 4, 10)))
    rename_unit(world.unit("CY"), "Xã Cẩm Yên mới", on=date(2018, 5, 1), basis=DECISION,
                by=world.by(date(2018, 5, 2)))  # fmt: skip
    assert "CY3" not in str(tree(office, "--on", "28/2/2018"))
    assert "CY3" in str(tree(office, "--on", "1/3/2018"))
    assert "CY3" not in str(tree(office, "--on", "1/3/2018", "--known-on", "9/4/2018"))
    assert tree(office, "--unit", "CY", "--on", "30/4/2018")[0]["name"] == "Xã Cẩm Yên"
    assert tree(office, "--unit", "CY")[0]["name"] == "Xã Cẩm Yên mới"
    assert "[not_in_tree]" in office.refused("tree", "--unit", "CY3", "--on", "28/2/2018")
    assert "[unit_unknown]" in office.refused("tree", "--unit", "KHONG")


def test_the_tree_as_a_drawing_and_as_a_table(world: World, office: Office) -> None:
    world.member("TX1")
    drawn = office.say("tree", "--on", "1/6/2018", "--known-on", "1/6/2018")
    assert "Tree of units on 01/06/2018, as known at the end of 01/06/2018" in drawn
    assert "├──" in drawn
    assert "TX1  Chi bộ thôn 1" in drawn
    rows = list(csv.DictReader(io.StringIO(office.say("tree", "--format", "csv"))))
    [cell] = [row for row in rows if row["code"] == "TX1"]
    assert (cell["parent"], cell["depth"], cell["members"]) == ("TX", "3", "1")
    assert rows[0]["parent"] == ""


def test_no_tree_before_the_first_unit(world: World, office: Office) -> None:
    assert tree(office, "--on", "1/1/2000") == []
    assert "There is no unit on this day" in office.say("tree", "--on", "1/1/2000")
    assert head().number > 0
