"""``giaoban statement --each``: every row is what the unit's own statement says."""

from __future__ import annotations

import json

import pytest
from django.core.management.base import CommandError

from giaoban.cli.demonstration import Summary
from tests.cli.calling import Office
from tests.cli.test_demonstration import played
from tests.cli.test_report import DISTRICT, PUBLISHED

__all__ = ["played"]


def test_each_row_is_the_units_own_statement(played: Summary, office: Office) -> None:
    rows = json.loads(office.say("statement", *DISTRICT, *PUBLISHED, "--each", "--format", "json"))
    told = {row["code"]: row for row in rows}
    assert len(told) == len(rows) > 250
    whole = told["HU-THACH-THAT"]
    assert (whole["admitted"], whole["plan"], whole["percent"]) == (134, 250, "53.6")
    assert rows[0] == whole
    for code in ("HU-THACH-THAT", "TT-LIEN-QUAN", "XA-CAM-YEN"):
        own = json.loads(
            office.say("statement", DISTRICT[0], "--unit", code, *PUBLISHED, "--format", "json")
        )
        for line in own:
            if line["cell"] in told[code] and line["cell"] != "recognised":
                assert told[code][line["cell"]] == line["both"], (code, line["cell"])
    assert {row["percent"] for row in rows if row["plan"] is None} == {None}


def test_the_same_as_a_table(played: Summary, office: Office) -> None:
    head, first, *_rest = office.say(
        "statement", *DISTRICT, *PUBLISHED, "--each", "--format", "csv"
    ).splitlines()
    assert head.startswith("code,name,opening,admitted,")
    assert first.startswith("HU-THACH-THAT,Đảng bộ huyện Thạch Thất,")
    assert first.endswith(",250,53.6")
    assert "Struck" in office.say("statement", *DISTRICT, *PUBLISHED, "--each")


def test_it_is_not_restated(played: Summary, office: Office) -> None:
    with pytest.raises(CommandError, match="not_restated"):
        office.say("statement", *DISTRICT, "--each", "--tree", "01/07/2026")
