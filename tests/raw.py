"""Writing past the actions, as somebody with a database client would: raw SQL and COPY."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, connections

from giaoban.journal import chain
from giaoban.journal.kinds import Kind

LEG = "entry_id, line, unit_id, account, kind, effective_on, person_id, quantity, reversal"


def sql(text: str, *params: Any, owner: bool = False) -> list[tuple[Any, ...]]:
    """Run one statement as the application's role, or as the owner of the tables."""
    with (connections["owner"] if owner else connection).cursor() as cursor:
        cursor.execute(text, params or None)
        return list(cursor.fetchall()) if cursor.description else []


def entry(kind: Kind, on: date, *, reverses: int | None = None) -> int:
    """Insert an entry without rows, with a digest out of thin air; return its number."""
    [(number,)] = sql(
        "INSERT INTO journal_entry (id, kind, effective_on, recorded_at, by, reverses_id, digest)"
        " SELECT max(id) + 1, %s, %s, max(recorded_at), 'ai đó', %s, '\\x00' FROM journal_entry"
        " RETURNING id",
        int(kind), on, reverses,
    )  # fmt: skip
    return int(number)


def insert(rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert legs, their values in the order of ``LEG``, in one statement."""
    values = list(rows)
    places = ", ".join(["(" + ", ".join(["%s"] * len(values[0])) + ")"] * len(values))
    sql(f"INSERT INTO ledger_leg ({LEG}) VALUES {places}", *(v for row in values for v in row))


def copy(rows: Iterable[tuple[Any, ...]]) -> None:
    """The same through COPY."""
    with connection.cursor() as cursor, cursor.copy(f"COPY ledger_leg ({LEG}) FROM STDIN") as out:
        out.write("".join(chain.line(row) + "\n" for row in rows))


def damage(table: str, statement: str, *params: Any) -> None:
    """Change a table as the owner who has switched its triggers off for the moment."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, params)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def mend(table: str, kept: str) -> None:
    """Give a table back the rows that were kept, at once, since other tables may refer to it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM {kept}")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
