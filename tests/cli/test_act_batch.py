"""``giaoban act batch``: a file of acts is recorded as a whole, or not at all."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from giaoban.journal.kinds import Kind
from giaoban.journal.models import Entry
from giaoban.journal.queries import head
from giaoban.ledger.accounts import Account
from giaoban.ledger.queries import roster
from giaoban.people.models import Person
from giaoban.plans.queries import targets
from tests.cli.calling import Office, now, place
from tests.reports.issuing_world import issued, with_leader
from tests.world import World

PAPER = {"basis_number": "15-QĐ/HU", "basis_on": "10/1/2018", "basis_issuer": "Huyện ủy"}


def admission(key: str, unit: str = "CY1", **more: Any) -> dict[str, Any]:
    return {"act": "admit", "name": f"Nguyễn Văn {'An' if key != 'b' else 'Bình'}", "unit": unit,
            "decided_on": "1/3/2018", "ceremony_on": "5/3/2018", "key": key, **PAPER,
            **more}  # fmt: skip


def write(file: Path, *acts: object) -> Path:
    lines = [act if isinstance(act, str) else json.dumps(act, ensure_ascii=False) for act in acts]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def story() -> list[object]:
    return [
        {"act": "found", "code": "M1", "kind": "party-cell", "name": "Chi bộ thôn mới",
         "parent": "CY", "on": "1/2/2018", "key": "f", **PAPER},
        "",
        admission("a", "M1"),
        admission("b", "M1", sex="male", born_on="1985-02-01", note=None),
        {"act": "recognise", "person": "a", "unit": "M1", "approved_on": "1/4/2019", "key": "r",
         **PAPER},
        {"act": "target", "indicator": "admitted", "year": 2018, "target": {"CY": 7, "TX": None},
         "key": "t"},
        {"act": "split", "unit": "M1", "on": "1/6/2020", "stays": True, "successor": ["CY2"],
         "members": {}, "key": "s", **PAPER},
    ]  # fmt: skip


def test_a_file_of_acts(world: World, office: Office, tmp_path: Path) -> None:
    acts = story()[:-1]
    file = write(tmp_path / "acts.jsonl", *acts)
    before = head().number
    told = office.done("batch", file)
    assert (told["recorded"], told["again"], told["entries"]) == (5, 0, 7)
    entries = Entry.objects.filter(pk__gt=before).order_by("pk").values_list("kind", flat=True)
    assert list(entries) == [Kind.FOUNDING, Kind.REGISTRATION, Kind.REGISTRATION, Kind.ADMISSION,
                             Kind.ADMISSION, Kind.RECOGNITION, Kind.TARGET]  # fmt: skip
    assert place(told["acts"][1]["person"]) == [("M1", Account.FULL)]
    assert targets("admitted", 2018, head().number) == {world.unit("CY"): 7}

    last = head()
    again = office.done("batch", file)
    assert (again["recorded"], again["again"]) == (0, 5)
    assert again["acts"] == told["acts"]
    assert head() == last
    assert "Nothing was added" in office.act("batch", file)


def test_a_dry_run_of_a_file_of_targets_names_the_issued_reports(
    world: World, office: Office, tmp_path: Path
) -> None:
    issued(with_leader(world))
    year = {"indicator": "admitted", "year": 2018}
    file = write(
        tmp_path / "targets.jsonl", {"act": "target", "target": {"HU": 15}, **year},
        {"act": "allocate", "unit": "HU", "share": {"CY": 8}, **year},
    )  # fmt: skip
    before = head()
    [report] = office.done("batch", file, "--dry-run")["reports"]
    told = {one["figure"]: (one["before"], one["after"]) for one in report["figures"]}
    assert (told["plan"], told["plan/CY"]) == (("10", "15"), ("6", "8"))
    said = " ".join(office.act("batch", file, "--dry-run").split())
    assert "Issued report 01-BC/BTC would read otherwise" in said
    assert head() == before


def test_a_file_tells_a_split_with_its_members(
    world: World, office: Office, tmp_path: Path
) -> None:
    stay, go = world.member("CY1"), world.member("CY1", "Lê Đi")
    split = {"act": "split", "unit": "CY1", "on": "1/6/2020", "stays": True, **PAPER,
             "new_units": [{"code": "CY9", "kind": "party-cell", "name": "Chi bộ 9",
                            "parent": "CY"}],
             "members": {str(stay): "CY1", str(go): "CY9"}}  # fmt: skip
    office.act("batch", write(tmp_path / "acts.jsonl", split))
    assert (place(stay), place(go)) == ([("CY1", Account.FULL)], [("CY9", Account.FULL)])


def test_a_file_corrects(world: World, office: Office, tmp_path: Path) -> None:
    person = world.person()
    wrong = world.admit("CY1", date(2018, 3, 5), person)
    right = {**admission("c", "CY2"), "person": person}
    del right["name"]
    fix = {"act": "correct", "entry": wrong, "reason": "nhầm", "right": right, "key": "fix"}
    file = write(tmp_path / "acts.jsonl", fix)
    office.act("batch", file)
    assert place(person) == [("CY2", Account.PROBATIONARY)]
    assert office.done("batch", file)["again"] == 1


def test_a_file_from_standard_input(
    world: World, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(admission("a")) + "\n"))
    assert "Recorded 1 act, no." in office.act("batch", "-")


def test_a_dry_run_of_a_file(world: World, office: Office, tmp_path: Path) -> None:
    last = head()
    file = write(tmp_path / "acts.jsonl", *story()[:-1])
    assert office.done("batch", file, "--dry-run")["recorded"] == 0
    assert "admission" in office.act("batch", file, "--dry-run")
    assert head() == last


BAD_LINES: dict[str, tuple[object, str]] = {
    "no JSON": ("{", "line_unreadable"),
    "no object": ("[1]", "line_unreadable"),
    "no act": ({"unit": "CY"}, "act_unknown"),
    "unknown act": ({"act": "sinh"}, "act_unknown"),
    "unknown field": (admission("x", màu="đỏ"), "act_field_unknown"),
    "missing field": ({"act": "die", "person": 1, "unit": "CY"}, "field_missing"),
    "nobody": ({"act": "admit", "unit": "CY", "decided_on": "1/3/2018",
                "ceremony_on": "5/3/2018"}, "field_missing"),
    "two persons": (admission("x", person=1), "fields_exclusive"),
    "bad day": (admission("x", ceremony_on="31/2/2018"), "field_unreadable"),
    "bad flag": ({"act": "split", "unit": "CY", "on": "1/1/2018", "stays": 1}, "field_unreadable"),
    "bad text": (admission("x", note=["?"]), "field_unreadable"),
    "bad new unit": ({"act": "split", "unit": "CY", "on": "1/1/2018", "new_units": [1]},
                     "field_unreadable"),
    "bad right act": ({"act": "correct", "entry": 1, "reason": "?", "right": 7},
                      "line_unreadable"),
    "unknown right act": ({"act": "correct", "entry": 1, "reason": "?", "right": {"act": "?"}},
                          "act_unknown"),
    "refused by its rule": (admission("x", ceremony_on="1/2/2018"), "dates_out_of_order"),
    "refused among units": ({"act": "rename", "unit": "CY", "name": "X", "on": "1/6/2018"},
                            "basis_missing"),
    "out of scope": (admission("x", "NL"), "out_of_scope"),
    "nobody of that number": ({"act": "die", "person": 999999, "unit": "CY",
                               "left_on": "1/1/2018"}, "person_unknown"),
    "nobody of that key": ({"act": "die", "person": "k", "unit": "CY", "left_on": "1/1/2018"},
                           "key_names_nobody"),
    "unknown unit": (admission("x", "KHONG"), "unit_unknown"),
    "name refused": (admission("x", name="Nguyễn 7"), "name_character"),
    "registration refused": (admission("x", sex="?"), "code_unknown"),
    "half a basis": (admission("x", basis_on=None), "basis_missing"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_line_is_named_and_nothing_recorded(
    world: World, office: Office, tmp_path: Path, case: str
) -> None:
    bad, code = BAD_LINES[case]
    last, known = head(), Person.objects.count()
    login = world.colleague if case == "out of scope" else world.clerk
    file = write(tmp_path / "acts.jsonl", admission("a"), "", admission("b"), bad, admission("c"))
    said = office.refused_act("batch", file, login=login)
    assert said.startswith("Line 4: "), said
    assert f"[{code}]" in said
    assert (head(), Person.objects.count()) == (last, known)


def test_a_file_that_is_not_there(world: World, office: Office, tmp_path: Path) -> None:
    assert "[file_unreadable]" in office.refused_act("batch", tmp_path / "no.jsonl")
    tcvn = tmp_path / "old.jsonl"
    tcvn.write_bytes(b"\xb8\xb5")
    assert "[file_unreadable]" in office.refused_act("batch", tcvn)


def test_a_long_file_asks_the_database_few_times(
    world: World, office: Office, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    """An import through the command costs what an import costs, however long it is."""
    file = write(tmp_path / "acts.jsonl", *(admission(f"k{n}") for n in range(300)))
    with django_assert_max_num_queries(40):
        office.act("batch", file)
    assert len(roster([world.unit("CY1")], now())) == 300
