"""Segments that can't be trusted are named and never read; a killed run changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import translation
from msgspec import to_builtins

from giaoban import database
from giaoban.figures.segments import arrays, layout, reading
from giaoban.figures.segments.checking import segments_match_the_journal
from giaoban.figures.segments.compacting import compact
from giaoban.figures.segments.errors import CompactionUnderWay, LegsHidden, NothingToCompact
from giaoban.figures.segments.layout import SegmentSet, SegmentsUnusable
from giaoban.figures.segments.reading import in_force
from giaoban.figures.segments.units import TABLES
from giaoban.figures.statement import statements
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import head
from giaoban.periods import Span
from giaoban.units.queries import _tree, unit_by_code
from tests import raw
from tests.figures.test_segments import compacted, place, put_away
from tests.world import World

__all__ = ["place"]  # the fixture

YEAR = Span(date(2018, 1, 1), date(2019, 1, 1))
MIDDLE = Span(date(2018, 5, 1), date(2019, 1, 1))


def told(known: int | None = None) -> list[Any]:
    """Of every unit, and of one."""
    one = [unit_by_code("CY1")]
    return [statements(span, known or head().number, "party", units).amounts.tolist()
            for span in (YEAR, MIDDLE) for units in (None, one)]  # fmt: skip


@pytest.fixture
def filled(world: World, place: Path, caplog: pytest.LogCaptureFixture) -> SegmentSet:
    """Three admissions in segments, and one since."""
    reading._warned.clear()
    for code, month in (("CY1", 3), ("CY2", 4), ("TX1", 6)):
        world.admit(code, date(2018, month, 5))
    found = compacted()
    world.admit("CY1", date(2018, 7, 1))
    return found


def _file(place: Path, found: SegmentSet, kind: str, year: int) -> Path:
    return place / found.folder / f"{kind}-{year}.parquet"


def _rewrite(place: Path, **changed: object) -> None:
    path = place / layout.CURRENT
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))


def _former(place: Path) -> None:
    """As the list was written before units had places."""
    path = place / layout.CURRENT
    told = json.loads(path.read_text()) | {"format": 1}
    del told["places"]
    path.write_text(json.dumps(told))


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


# What is done to a set → what the warning names.
DAMAGE: dict[str, tuple[Callable[[Path, SegmentSet], object], str]] = {
    "a file missing": (lambda p, s: _file(p, s, "legs", 2018).unlink(), "legs-2018.parquet"),
    "balances missing": (lambda p, s: _file(p, s, "balances", 2017).unlink(), "balances-2017"),
    "a file truncated": (
        lambda p, s: os.truncate(_file(p, s, "legs", 2018), 100), "legs-2018.parquet",
    ),
    "a byte changed": (lambda p, s: _flip(_file(p, s, "legs", 2018)), "legs-2018.parquet"),
    "a year in place of another": (
        lambda p, s: shutil.copy(_file(p, s, "legs", 2010), _file(p, s, "legs", 2018)),
        "legs-2018.parquet",
    ),
    "the set gone": (lambda p, s: shutil.rmtree(p / s.folder), "No such file"),
    "the list broken off": (lambda p, s: os.truncate(p / layout.CURRENT, 40), layout.CURRENT),
    "no list at all": (lambda p, s: (p / layout.CURRENT).write_bytes(b"\xff\xfe"), layout.CURRENT),
    "another form": (lambda p, s: _rewrite(p, format=layout.FORMAT + 1), layout.CURRENT),
    "the form before": (lambda p, s: _former(p), "format 1"),
    "places missing": (lambda p, s: (p / s.folder / s.places.name).unlink(), "places"),
    "a way out of the folder": (lambda p, s: _rewrite(p, folder="../x"), layout.CURRENT),
    "another journal": (lambda p, s: _rewrite(p, digest="00" * 32), "another journal"),
    "a longer journal": (lambda p, s: _rewrite(p, watermark=10**6), "another journal"),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_named_and_nothing_wrong_is_shown(
    filled: SegmentSet, place: Path, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    with put_away(place):
        right = told()
    damage, named = DAMAGE[what]
    damage(place, filled)
    with translation.override("en"):
        assert told() == right
        warnings = [record.getMessage() for record in caplog.records]
        assert warnings
        assert all(named in said for said in warnings)
        assert all("giaoban figures compact" in said for said in warnings)
        finding = segments_match_the_journal()
    assert not finding.faults
    assert [named in said for said in finding.warnings] == [True]
    caplog.clear()
    compacted()
    assert told() == right
    assert not caplog.records
    assert not segments_match_the_journal().warnings


def test_segments_are_read_at_all(filled: SegmentSet, place: Path) -> None:
    """A set forged with all its marks right shows in the figures, and verify finds it out."""
    import duckdb

    before = told()
    path = _file(place, filled, "legs", 2018)
    with duckdb.connect() as duck:
        duck.execute(f"CREATE TABLE leg AS SELECT * FROM '{path}' WHERE account <> 1")
        duck.execute(f"COPY leg TO '{path}' (FORMAT parquet)")
        [(rows,)] = duck.execute("SELECT count(*) FROM leg").fetchall()
    forged = json.loads((place / layout.CURRENT).read_text())
    for year in forged["years"]:
        if year["year"] == 2018:
            mark = layout.described(path, rows)
            fields = {f: getattr(mark, f) for f in mark.__struct_fields__}
            year["legs"] = [year["legs"][0] | fields]
    _rewrite(place, years=forged["years"])
    assert told() != before
    finding = segments_match_the_journal()
    assert ["legs-2018.parquet" in fault for fault in finding.faults] == [True]


def test_units_of_another_form_are_named_and_not_read(
    filled: SegmentSet, place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As a set of an earlier version has them: what was written, only not in the form of today."""
    right, home = told(), place / filled.folder
    assert filled.units is not None
    (home / "identities.parquet").write_bytes(b"PAR1 and more")
    mark = layout.described(home / "identities.parquet", filled.units.identities.rows)
    units = json.loads((place / layout.CURRENT).read_text())["units"]
    _rewrite(place, units=units | {"identities": to_builtins(mark)})
    _tree.cache_clear()
    with translation.override("en"):
        assert told() == right
        assert "identities.parquet" in caplog.records[0].getMessage()
        faults = segments_match_the_journal()
    assert ["identities.parquet" in said for said in faults.warnings] == [True]
    assert not faults.faults


def test_a_wrong_row_of_a_unit_is_found(filled: SegmentSet, place: Path) -> None:
    assert filled.units is not None
    path = place / filled.folder / filled.units.rows.name
    rows = arrays.read(path, list(TABLES["unit_row"]))
    rows["position"] = rows["position"] + 1
    mark = arrays.write(path, rows)
    units = json.loads((place / layout.CURRENT).read_text())["units"]
    _rewrite(place, units=units | {"rows": to_builtins(mark)})
    [fault] = segments_match_the_journal().faults
    assert "unit-rows.npy" in fault


def test_wrong_balances_are_found(filled: SegmentSet, place: Path) -> None:
    import duckdb

    path = _file(place, filled, "balances", 2018)
    with duckdb.connect() as duck:
        duck.execute(f"COPY (SELECT * REPLACE (members + 1 AS members) FROM '{path}')"
                     f" TO '{path}.new' (FORMAT parquet)")  # fmt: skip
    Path(f"{path}.new").replace(path)
    forged = json.loads((place / layout.CURRENT).read_text())
    for year in forged["years"]:
        mark = layout.described(path, year["balances"]["rows"])
        if year["year"] == 2018:
            year["balances"] = {f: getattr(mark, f) for f in mark.__struct_fields__}
        if year["year"] == 2017:
            year["settled"] += 1
    _rewrite(place, years=forged["years"])
    said = " ".join(segments_match_the_journal().faults)
    assert "balances-2018.parquet" in said
    assert "balances-2017.parquet" in said


def test_verify_holds_sound_segments_against_every_leg(filled: SegmentSet) -> None:
    finding = segments_match_the_journal()
    [(legs,)] = raw.sql(f"SELECT count(*) FROM ledger_leg WHERE entry_id <= {filled.watermark}")
    assert finding.looked_at == filled.legs == legs
    assert not finding.faults
    assert not finding.warnings


def test_only_the_office_reads_them(filled: SegmentSet, place: Path) -> None:
    assert place.stat().st_mode & 0o777 == 0o700


def test_a_set_replaced_while_it_is_read(filled: SegmentSet, place: Path) -> None:
    """Who has begun with a set that is gone by now begins again with the one in force."""
    asked: list[SegmentSet | None] = []

    def question(parts: reading.Parts) -> int:
        asked.append(parts.closed)
        if len(asked) == 1:
            compacted()
            raise SegmentsUnusable("legs-2018.parquet", "gone")
        return parts.after

    assert reading.answered(head().number, question) == head().number
    assert asked == [filled, in_force()]


# Refusals


def test_two_do_not_compact_at_once(world: World, place: Path) -> None:
    world.admit("CY1", date(2018, 3, 5))
    with pytest.raises(CompactionUnderWay):
        compact(lambda n: compacted())
    assert in_force() is None
    assert compacted() == in_force()


def test_an_empty_journal_has_none(
    cluster: database.Cluster, template: str, place: Path, django_db_setup: None,
    django_db_blocker: Any,
) -> None:  # fmt: skip
    from giaoban.cli import setting_up
    from tests.conftest import pointed_at

    setting_up.create_embedded(cluster, "test_empty_segments", template)
    with django_db_blocker.unblock(), pointed_at(cluster, "test_empty_segments"):
        with pytest.raises(NothingToCompact):
            compacted()
        assert in_force() is None
    setting_up.drop_embedded(cluster, "test_empty_segments")


def test_refusals_speak_both_languages() -> None:
    for refused in (CompactionUnderWay(folder="x"), NothingToCompact(), LegsHidden(role="x")):
        assert isinstance(refused, RuleBroken)
        said = set()
        for language in ("vi", "en"):
            with translation.override(language):
                said.add(str(refused))
        assert len(said) == 2
        assert not any("{" in text for text in said)


# A run that is killed

# Kills itself, as a power cut would, at the first event of Python's that matches.
KILLED = """
import os, signal, sys
event, part = sys.argv[1:3]
def watch(name, told):
    if name == event and any(part in str(word) for word in told):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
from giaoban.cli.main import main
main(["figures", "compact"])
"""
MOMENTS = {
    "while the legs are read": ("open", "window.csv", False),
    "between two files": ("open", "balances-2017", False),
    "before the set has its name": ("os.rename", "/set-", False),
    "before it is in force": ("os.rename", "current.json", False),
    "before the old one is gone": ("shutil.rmtree", "/set-", True),
}


def _run(place: Path, *words: str, code: str = KILLED) -> int:
    alias = connections["default"].settings_dict
    url = f"postgresql://{alias['USER']}@/{alias['NAME']}?host={alias['HOST']}"
    told = {"DATABASE_URL": url, "GIAOBAN_SEGMENTS": str(place), "GIAOBAN_LANGUAGE": "en"}
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.run(
        [sys.executable, "-c", code, *words], env=os.environ | told | {"PYTHONPATH": root},
        cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    ).returncode  # fmt: skip


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_run_leaves_a_whole_set_in_force(
    committed: World, place: Path, moment: str
) -> None:
    event, part, done = MOMENTS[moment]
    committed.admit("CY1", date(2018, 3, 5))
    first = compacted()
    committed.admit("CY2", date(2018, 3, 6))
    with put_away(place):
        right = told()
    assert _run(place, event, part) == -signal.SIGKILL
    found = in_force()
    assert found is not None
    assert found.watermark == (head().number if done else first.watermark)
    assert not segments_match_the_journal().warnings
    assert told() == right
    # The next run clears away what was left behind.
    assert _run(place, "nothing", "nothing") == 0
    found = in_force()
    assert found is not None
    assert found.watermark == head().number
    assert sorted(path.name for path in place.iterdir()) == sorted(
        ["compact.lock", layout.CURRENT, found.folder]
    )
    assert told() == right
