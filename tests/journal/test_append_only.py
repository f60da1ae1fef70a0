"""No row of any book is ever changed or removed: not by the application, not by the owner."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connections, transaction

from giaoban import database
from giaoban.journal.books import books
from giaoban.journal.models import SealedRow
from giaoban.journal.roles import append_only_tables
from tests import raw
from tests.journal.everything import happen
from tests.world import World

TABLES = append_only_tables()
CHANGES = [
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
]


def column_of(table: str) -> str:
    if table in {book._meta.db_table for book in books()}:
        return "line"
    model = next(one for one in apps.get_models() if one._meta.db_table == table)
    return model._meta.pk.column  # type: ignore[union-attr]


def test_the_tables_are_these() -> None:
    assert sorted(TABLES) == [
        "journal_basis", "journal_entry", "journal_erasure", "journal_note",
        "ledger_leg", "ledger_legaldate",
        "people_access", "people_appointment", "people_loginchange", "people_particulars",
        "people_person", "people_personname", "people_registration", "plans_target",
        "reports_definitionversion", "reports_draftnote", "reports_draftstep",
        "reports_frozenfigure", "reports_issue", "reports_issueddocument", "reports_issuedform",
        "reports_register", "reports_rendition",
        "reports_schedulerun", "reports_signedcopy", "reports_signedfile", "reports_withdrawal",
        "units_closing", "units_family", "units_founding", "units_naming", "units_placement",
        "units_sector", "units_succession", "units_unit", "units_unitkind",
    ]  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES, ids=["UPDATE", "DELETE", "TRUNCATE"])
def test_the_application_may_not(db: None, table: str, change: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        raw.sql(change.format(table=table, column=column_of(table)))


@pytest.fixture
def desk_role(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default connection is the desk's for one test."""
    default = connections["default"]
    for role in (database.DESK_ROLE, database.APP_ROLE):
        with django_db_blocker.unblock():
            default.close()
        default.settings_dict["USER"] = role
        if role == database.DESK_ROLE:
            yield


@pytest.mark.parametrize("table", TABLES)
def test_the_desk_may_not(desk_role: None, db: None, table: str) -> None:
    """It records with the writer's rights, and has none of its own, not even to add a row."""
    assert raw.sql("SELECT current_user") == [(database.DESK_ROLE,)]
    for change in (*CHANGES, "INSERT INTO {table} SELECT * FROM {table}"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            raw.sql(change.format(table=table, column=column_of(table)))


def test_the_owner_may_not_either(committed: World) -> None:
    """Every table has rows here, since triggers for each row need one to refuse."""
    happen(committed)
    for table in TABLES:
        [(rows,)] = raw.sql(f"SELECT count(*) FROM {table}")
        assert rows, f"{table} has no row to try this on"
        for change in CHANGES:
            with pytest.raises(DatabaseError, match="journal_append_only"):
                raw.sql(change.format(table=table, column=column_of(table)), owner=True)


def test_every_book_is_guarded() -> None:
    for book in books():
        guards = {trigger.name for trigger in book._meta.triggers}
        entered = {"own_entry", "balance"} & guards
        assert "append_only" in guards, book
        assert entered, book
        assert ("erase_only" in guards) == issubclass(book, SealedRow), book


@pytest.mark.parametrize("book", [b for b in books() if b._meta.db_table != "ledger_leg"])
def test_rows_come_only_with_their_own_entry(world: World, book: type[SealedRow]) -> None:
    """Nobody hangs a row on an entry of another transaction, or on none."""
    table = book._meta.db_table
    values = {
        "bigint": "1", "integer": "1", "smallint": "1", "date": "'2018-01-01'", "boolean": "false",
        "bytea": "'\\x00'",
    }  # fmt: skip
    columns = raw.sql(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND column_name NOT IN ('entry_id', 'line')",
        table,
    )
    names = ", ".join(name for name, _type in columns)
    given = ", ".join(values.get(kind, "'x'") for _name, kind in columns)
    for entry in (1, 10**6):
        with pytest.raises((DatabaseError, psycopg.Error), match="_entry"), transaction.atomic():
            raw.sql(f"INSERT INTO {table} (entry_id, line, {names}) VALUES ({entry}, 99, {given})")
