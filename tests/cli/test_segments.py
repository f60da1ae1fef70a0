"""``giaoban figures``: closed history as segments, told in three forms, and damage named."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from giaoban.figures.segments import reading
from giaoban.journal.queries import head
from tests.cli.calling import Office
from tests.world import World


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    """A folder for segments of this test's own."""
    settings.SEGMENTS = tmp_path / "segments"
    return Path(settings.SEGMENTS)


def test_compact_and_show(world: World, office: Office, place: Path) -> None:
    before = json.loads(office.say("figures", "--format", "json"))
    assert (before["folder"], before["watermark"], before["tail"]) == (None, 0, head().number)
    world.admit("CY1", date(2018, 3, 5))
    told = json.loads(office.say("figures", "compact", "--format", "json"))
    assert told["watermark"] == head().number
    assert told["digest"] == head().digest.hex()
    assert told["tail"] == 0
    assert Path(told["folder"]).parent == place
    assert told["bytes"] == sum(p.stat().st_size for p in Path(told["folder"]).iterdir())
    world.admit("CY2", date(2018, 4, 5))
    [shown] = csv.DictReader(io.StringIO(office.say("figures", "--format", "csv")))
    assert (shown["watermark"], shown["tail"]) == (str(told["watermark"]), "2")
    assert "entries recorded since" in office.say("figures", "show")


def test_statements_are_the_same(world: World, office: Office, place: Path) -> None:
    world.admit("CY1", date(2018, 3, 5))
    words = ("statement", "2018-9M", "--unit", "HU", "--format", "json")
    before = office.say(*words)
    office.say("figures", "compact")
    assert office.say(*words) == before


def test_damage_is_told_and_the_statement_still_printed(
    committed: World, office: Office, place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reading._warned.clear()
    committed.admit("CY1", date(2018, 3, 5))
    words = ("statement", "2018-9M", "--unit", "HU", "--format", "json")
    before = office.say(*words)
    office.say("figures", "compact")
    for path in place.glob("set-*/legs-2018.parquet"):
        path.write_bytes(b"PAR1")
    assert office.say(*words) == before
    assert any("legs-2018.parquet" in record.getMessage() for record in caplog.records)
    told = json.loads(office.say("verify", "--format", "json"))
    assert told["sound"]
    assert any("legs-2018" in said for check in told["checks"] for said in check["warnings"])
