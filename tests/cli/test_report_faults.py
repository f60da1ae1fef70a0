"""What is wrong with a report is said in the terminal, too: numbers that don't fit, and what was
signed off, as a note; a group that there is not."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from giaoban.reports.defining import save_definition
from giaoban.reports.definitions.definition import Narrative, Said, Section
from tests.cli.calling import Office
from tests.reports import reading
from tests.reports.issuing_world import with_leader
from tests.reports.test_discrepancies import explain, quarters
from tests.reports.told import defined
from tests.world import World

SECOND = ("2018-Q2", "--unit", "HU")
NOT_YET = "Discrepancy not explained yet: the opening is 4, while document 01-BC/BTC closed with 3"


def said(office: Office, *words: str) -> str:
    return " ".join(office.say("report", *SECOND, *words).split())


def test_what_nobody_explained_is_said_first(world: World, office: Office) -> None:
    quarters(with_leader(world))
    told = said(office)
    assert told.count(NOT_YET) == 1
    assert told.index(NOT_YET) < told.index("Annex")
    assert "Discrepancy explained" not in told
    assert NOT_YET in said(office, "--definition", "statement")


def test_what_was_signed_off_is_a_note_below(world: World, office: Office) -> None:
    explain(world, quarters(with_leader(world)))
    told = said(office)
    assert "not explained yet" not in told
    assert told.count("Discrepancy explained, carried over from the last period (4)") == 1, told
    assert "Explanation: Một lễ kết nạp ghi sổ muộn. Signed off by: Nguyễn Văn Ước" in told


def test_another_report_still_asks_for_an_explanation(world: World, office: Office) -> None:
    explain(world, quarters(with_leader(world)))
    assert NOT_YET in said(office, "--definition", "statement")


def test_where_everything_fits_nothing_is_said(world: World, office: Office) -> None:
    with_leader(world)
    assert "Discrepancy" not in said(office)


@pytest.mark.parametrize("explained", [False, True])
def test_a_document_says_the_same(
    world: World, office: Office, tmp_path: Path, explained: bool
) -> None:
    draft = quarters(with_leader(world))
    if explained:
        explain(world, draft)
    file = tmp_path / "bao-cao.html"
    office.say("report", *SECOND, "--format", "html", "--out", str(file))
    text = " ".join(reading.html_lines(file.read_bytes())).replace("\u00a0", " ")
    assert ("Discrepancy explained, carried over from the last period (4)" in text) == explained
    assert (NOT_YET in text) != explained


@pytest.mark.parametrize("explained", [False, True])
def test_programs_are_told_the_same(world: World, office: Office, explained: bool) -> None:
    draft = quarters(with_leader(world))
    if explained:
        explain(world, draft)
    (told,) = json.loads(office.say("report", *SECOND, "--format", "json"))["discrepancies"]
    assert (told["cell"], told["explained"]) == ("opening", explained)
    assert "the opening is 4" in told["discrepancy"] or explained
    assert told["signed_off_by"] == ("Nguyễn Văn Ước, Trưởng Ban" if explained else None)
    rows = csv.DictReader(io.StringIO(office.say("report", *SECOND, "--format", "csv")))
    lines = [row for row in rows if row["table"] == "chenh-lech"]
    assert {row["item"] for row in lines} == {"opening"}
    columns = {row["column"]: row["value"] for row in lines}
    assert columns["Discrepancy"] == told["discrepancy"]
    assert columns.get("Explanation") == told["explanation"]
    assert ("Signed off by" in columns) == explained


def test_where_everything_fits_programs_are_told_of_nothing(world: World, office: Office) -> None:
    with_leader(world)
    assert json.loads(office.say("report", *SECOND, "--format", "json"))["discrepancies"] == []
    assert "chenh-lech" not in office.say("report", *SECOND, "--format", "csv")


def test_a_group_that_there_is_not_is_refused_at_its_line(world: World, office: Office) -> None:
    with_leader(world)
    wrong = defined(Section(Said("Kết quả", "Results"), 1, (Narrative(Said(
        'một {{ admitted }}\nhai {{ figure("admitted[sex=x]") }}'
    )),)), code="rieng")  # fmt: skip
    save_definition(wrong, by=world.by())
    told = " ".join(office.refused("report", *SECOND, "--definition", "rieng").split())
    assert "Results, line 2: sex has no group x. Choose one of: sex=male, sex=female." in told
    assert "group_unknown" in office.refused("trace", *SECOND, "--group", "sex=x")
