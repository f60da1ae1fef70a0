"""Every number that a report prints is opened by ``giaoban trace``, and says the same there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from giaoban.cli.demonstration import Summary
from tests.cli.calling import Office
from tests.cli.test_demonstration import played
from tests.cli.test_report import DISTRICT, PUBLISHED, TODAY, cell, report

__all__ = ["played"]

COMMUNE = ("2018-9M", "--unit", "XA-TIEN-XUAN", *PUBLISHED)
CITY = ("2025", "--unit", "DB-HA-NOI")
NEW_COMMUNE = ("2018-9M", "--unit", "XA-YEN-XUAN-2025", *TODAY)


def adds_up(office: Office, *words: str) -> int:
    return sum(row["quantity"] for row in cell(office, *words))


def test_both_sums_of_the_statement(played: Summary, office: Office) -> None:
    told = {line["cell"]: line for line in report(office, *COMMUNE)["statement"]}
    for name, row in (("increase", "B"), ("decrease", "C")):
        assert told[name]["row"] == row
        assert adds_up(office, *COMMUNE, "--cell", name) == told[name]["both"] > 0
        assert adds_up(office, *COMMUNE, "--cell", f"{name}:full") == told[name]["full"]
    change = told["increase"]["both"] - told["decrease"]["both"]
    assert told["closing"]["both"] - told["opening"]["both"] == change


def test_a_ratio_is_told_by_its_two_parts(played: Summary, office: Office) -> None:
    told = report(office, *COMMUNE)["indicators"]
    rows = cell(office, *COMMUNE, "--cell", "admission-rate")
    for part in ("admitted", "strength-before"):
        assert sum(row["quantity"] for row in rows if row["cell"] == part) == told[part]
    text = office.say("trace", *COMMUNE, "--cell", "admission-rate")
    assert text.index("admitted:") < text.index("strength-before:")


def test_the_grassroots_organisations(played: Summary, office: Office) -> None:
    rows = cell(office, *DISTRICT, *PUBLISHED, "--cell", "grassroots")
    assert len(rows) == sum(row["quantity"] for row in rows) == 72
    assert {row["kind"] for row in rows} == {"founding"}
    assert {"XA-CAM-YEN", "VKS"} <= {row["unit"] for row in rows}


@pytest.mark.parametrize(
    "asked",
    [(*DISTRICT, *TODAY), NEW_COMMUNE, CITY, ("2018", "--unit", "DB-HA-NOI", *TODAY)],
    ids=["gone", "new", "then", "both"],
)
def test_rows_rest_and_total_of_the_table_by_unit(
    played: Summary, office: Office, asked: tuple[str, ...]
) -> None:
    told = report(office, *asked)
    rest = told["rest"]
    assert adds_up(office, *asked, "--cell", "rest") == rest["actual"]
    assert adds_up(office, *asked, "--cell", "rest-plan") == rest["plan"]
    for row in told["units"]:
        assert adds_up(office, *asked, "--row", row["code"]) == row["actual"], row
        plan = adds_up(office, *asked, "--row", row["code"], "--cell", "plan")
        assert plan == (row["plan"] or 0), row
    rows = sum(row["actual"] for row in told["units"])
    assert rows + rest["actual"] == told["admitted"]["actual"] == adds_up(office, *asked) > 0


def test_a_unit_that_ended_keeps_what_it_admitted(played: Summary, office: Office) -> None:
    """The district's admissions of 2025 are not taken for the city's own."""
    told = report(office, *CITY)
    rows = {row["code"]: row for row in told["units"]}
    first_half = report(office, "2025-H1", "--unit", "HU-THACH-THAT")["admitted"]["actual"]
    assert rows["HU-THACH-THAT"]["actual"] == first_half == 42
    assert rows["HU-THACH-THAT"]["rank"] is None
    assert told["rest"] == {"actual": 0, "plan": 0}
    assert "In the unit's own book" not in office.say("report", *CITY)


def test_a_unit_that_was_not_there_yet_is_restated_whole(played: Summary, office: Office) -> None:
    told = report(office, *NEW_COMMUNE)
    lines = {line["cell"]: line for line in told["statement"]}
    inside = {row["code"]: row for row in report(office, *DISTRICT, *TODAY)["units"]}
    assert told["admitted"]["actual"] == inside["XA-YEN-XUAN-2025"]["actual"] > 0
    statement = json.loads(office.say("statement", *NEW_COMMUNE, "--format", "json"))
    assert statement == told["statement"]
    for name in ("opening", "admitted", "died", "closing"):
        assert adds_up(office, *NEW_COMMUNE, "--cell", name) == lines[name]["both"]
    groups = json.loads(office.say("breakdown", *NEW_COMMUNE, "--by", "sex", "--format", "json"))
    assert sum(group["count"] for group in groups) == lines["closing"]["both"]
    of = ("--of", "admitted", "--by", "sex", "--format", "json")
    admitted = json.loads(office.say("breakdown", *NEW_COMMUNE, *of))
    assert {g["code"]: g["count"] for g in admitted} == {
        g["code"]: g["count"] for g in told["breakdowns"]["sex"]
    }
    text = " ".join(office.say("report", *NEW_COMMUNE).split())
    assert "Everything is restated by the tree of 01/07/2026." in text


def test_a_restated_report_blames_and_praises_nobody(played: Summary, office: Office) -> None:
    text = " ".join(office.say("report", *DISTRICT, *TODAY).split())
    assert "The table by unit is restated by the tree of 01/07/2026." in text
    for claim in ("has been met", "has been exceeded", "No unit", "As yet"):
        assert claim not in text
        assert claim not in office.say("report", *NEW_COMMUNE)


def keys(office: Office, language: str, settings: Any, *words: str) -> set[str]:
    settings.LANGUAGE_CODE = language
    told = json.loads(office.say(*words, "--format", "json"))
    return set(told[0])


@pytest.mark.parametrize(
    "words",
    [("trace", *COMMUNE), ("statement", *COMMUNE), ("breakdown", *COMMUNE, "--by", "sex")],
    ids=lambda words: words[0],
)
def test_programs_read_the_same_names_in_every_language(
    played: Summary, office: Office, settings: Any, words: tuple[str, ...]
) -> None:
    vi, en = (keys(office, language, settings, *words) for language in ("vi", "en"))
    assert vi == en
    assert all(name.isascii() and name.islower() for name in vi)


def test_the_hour_of_recording_is_vietnams(played: Summary, office: Office) -> None:
    rows = cell(office, *COMMUNE)
    assert {row["recorded_at"][-6:] for row in rows} == {"+07:00"}
    assert {int(row["recorded_at"][11:13]) for row in rows} <= set(range(8, 17))


# Questions without an answer


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("cell_without_groups", ("trace", "--cell", "plan", "--group", "sex=male")),
        ("cell_without_groups", ("trace", "--cell", "grassroots", "--group", "sex=male")),
        ("cell_without_groups", ("trace", "--cell", "unions-founded-private", "--group", "age=")),
        ("cell_unknown", ("trace", "--cell", "party-founded-private:full")),
        ("cell_unknown", ("trace", "--cell", "plan:full")),
        ("cell_unknown", ("trace", "--cell", "admitted:")),
        ("cell_unknown", ("trace", "--cell", "probationary:full")),
        ("group_unknown", ("trace", "--group", "sex=nonsense")),
        ("group_unknown", ("trace", "--group", "sex")),
        ("field_unknown", ("trace", "--group", "opinion=any")),
        ("tree_empty", ("report", "--tree", "01/01/2010")),
        ("day_ahead", ("report", "--tree", "31/12/9999")),
        ("day_ahead", ("statement", "--known-on", "31/12/9999")),
        ("nothing_known", ("breakdown", "--known-on", "01/01/2000")),
    ],
)
def test_what_can_not_be_answered_is_refused(
    played: Summary, office: Office, code: str, words: tuple[str, ...]
) -> None:
    assert f"[{code}]" in office.refused(words[0], *DISTRICT, *words[1:])


def test_a_standing_of_an_indicator_counts(played: Summary, office: Office) -> None:
    line = {row["cell"]: row for row in report(office, *COMMUNE)["statement"]}["closing"]
    assert adds_up(office, *COMMUNE, "--cell", "strength:full") == line["full"]
    assert adds_up(office, *COMMUNE, "--cell", "probationary") == line["probationary"]
    assert adds_up(office, *COMMUNE, "--cell", "admitted:full") == 0


def test_a_unit_or_a_period_that_is_not_there(played: Summary, office: Office) -> None:
    new = ("2018-9M", "--unit", "XA-YEN-XUAN-2025")
    for command in ("report", "statement", "breakdown", "trace"):
        assert "[unit_not_in_period]" in office.refused(command, *new)
        assert "[period_ahead]" in office.refused(command, "2150", "--unit", "DB-HA-NOI")
    assert "[unit_not_in_period]" in office.refused("report", "1900", "--unit", "DB-HA-NOI")
