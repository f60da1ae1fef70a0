"""``giaoban verify``: sound books pass every check, and each kind of damage names its row."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from giaoban import database
from giaoban.cli.verifying import CHECKS, one_moment
from giaoban.journal.queries import head
from giaoban.ledger.corrections import reverse_entry
from tests import raw
from tests.cli.calling import Office
from tests.journal.everything import happen
from tests.world import World


def verdict(office: Office, *, sound: bool) -> dict[str, Any]:
    """What ``verify --format json`` prints; its exit code agrees with it."""
    if sound:
        told = office.say("verify", "--format", "json")
    else:
        office.refused("verify", "--format", "json")
        told = office.capsys.readouterr().out
    found = json.loads(told)
    assert found["sound"] is sound, found
    assert isinstance(found, dict)
    return found


def faults(office: Office) -> list[str]:
    return [f for check in verdict(office, sound=False)["checks"] for f in check["faults"]]


def test_sound_books(committed: World, office: Office, settings: Any, tmp_path: Path) -> None:
    settings.SEGMENTS = tmp_path / "segments"
    happen(committed)
    wrong = committed.admit("TX1", date(2018, 9, 3))
    office.say("figures", "compact")
    reverse_entry(wrong, reason="ghi nhầm", by=committed.by())
    told = verdict(office, sound=True)
    assert len(told["checks"]) == len(CHECKS)
    assert all(check["looked_at"] > 0 for check in told["checks"]), told
    assert "reports: 1/1 reproduced" in {check["name"] for check in told["checks"]}
    assert not any(check["warnings"] for check in told["checks"])
    assert (told["entry"], told["digest"]) == (head().number, head().digest.hex())
    said = office.say("verify")
    assert "sound" in said
    assert f"entry {head().number}, digest {head().digest.hex()}" in said
    rows = list(csv.DictReader(io.StringIO(office.say("verify", "--format", "csv"))))
    assert {row["sound"] for row in rows} == {"True"}


def test_every_floor_is_checked() -> None:
    floors = {check.__module__.split(".")[1] for check in CHECKS}
    assert floors == {"journal", "units", "people", "ledger", "plans", "figures", "reports"}


DAMAGE = {
    "a leg": ("ledger_leg", "UPDATE ledger_leg SET quantity = 2 WHERE entry_id = {n} AND line = 1"),
    "a digest": ("journal_entry", "UPDATE journal_entry SET digest = '\\x00' WHERE id = {n}"),
    "an entry taken away": ("journal_entry", "DELETE FROM journal_entry WHERE id = {n}"),
    "a legal date": (
        "ledger_legaldate",
        "UPDATE ledger_legaldate SET falls_on = falls_on - 1 WHERE entry_id = {n}",
    ),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_named_by_its_entry(committed: World, office: Office, what: str) -> None:
    table, statement = DAMAGE[what]
    number = committed.admit("CY1", date(2018, 3, 5))
    committed.admit("CY1", date(2018, 3, 6))
    raw.damage(table, statement.format(n=number))
    assert any(f"entry {number}" in fault for fault in faults(office))
    refusal = office.refused("verify")
    assert f"of {len(CHECKS)} checks failed" in refusal
    shown = office.capsys.readouterr().out
    assert "FAILED" in shown
    assert f"entry {number}" in shown


def test_the_application_may_only_add(committed: World, office: Office) -> None:
    raw.sql(f"GRANT UPDATE ON journal_note TO {database.APP_ROLE}", owner=True)
    assert any("journal_note" in fault for fault in faults(office))


def test_rights_on_one_column_count(committed: World, office: Office) -> None:
    raw.sql(f"GRANT UPDATE (quantity) ON ledger_leg TO {database.APP_ROLE}", owner=True)
    assert any("ledger_leg" in fault for fault in faults(office))


def test_an_owner_at_work_is_warned_of(committed: World, office: Office) -> None:
    connections["default"].close()
    connections["default"].settings_dict["USER"] = database.OWNER_ROLE
    told = verdict(office, sound=True)
    warned = [w for check in told["checks"] for w in check["warnings"]]
    assert len(warned) == 1
    assert database.OWNER_ROLE in warned[0]
    assert "Warning: " in office.say("verify")


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("ledger_leg", "ALTER TABLE ledger_leg DISABLE TRIGGER USER"),
        ("journal_erasure", "DROP TRIGGER erase ON journal_erasure"),
        ("units_unit", "ALTER TABLE units_unit DISABLE TRIGGER USER"),
    ],
)
def test_guards_must_stand(committed: World, office: Office, table: str, statement: str) -> None:
    raw.sql(statement, owner=True)
    assert any(f" of {table} is missing or switched off" in fault for fault in faults(office))


def test_all_checks_see_one_moment(committed: World, office: Office) -> None:
    """Whoever records while the books are verified does not make them look unsound."""
    committed.admit("CY1", date(2018, 3, 5))
    with one_moment():
        before = head()
        with connections["owner"].cursor() as cursor:
            cursor.execute("INSERT INTO people_login (username, password, is_superuser,"
                           " first_name, last_name, email, is_staff, is_active, date_joined,"
                           " must_change_password)"
                           " VALUES ('x', '', false, '', '', '', false, true, now(), false)"
            )  # fmt: skip
        assert raw.sql("SELECT count(*) FROM people_login WHERE username = 'x'") == [(0,)]
        assert head() == before
        with pytest.raises(Exception, match="read-only"):
            raw.sql("DELETE FROM people_login")
