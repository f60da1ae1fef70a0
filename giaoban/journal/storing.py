"""Encoded acts into their tables: COPY for many, one round trip of INSERTs for a few."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model

from giaoban.journal.encoding import Sheet, Slip, Values
from giaoban.journal.models import BookRow, Entry, SealedRow

_ENTRY_COLUMNS = (
    "id, kind, effective_on, recorded_at, by, basis_id, reverses_id, idempotency_key, digest"
)


def copy_sheet(sheet: Sheet) -> None:
    """Many acts: a COPY for each table, so that its triggers look at all rows together."""
    _copy("journal_entry", _ENTRY_COLUMNS, sheet.entries, binary=True)
    for book, rows in sheet.rows.items():
        _copy(book._meta.db_table, _columns(book), rows, binary=book.binary)


def _copy(table: str, columns: str, rows: bytes, *, binary: bool) -> None:
    options = " (FORMAT binary)" if binary else ""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN{options}") as copy,
    ):
        copy.write(rows)


def insert_slip(slip: Slip) -> None:
    """A few acts: a statement for each table, as with COPY, but all sent before the first is
    answered and planned once; a COPY takes three round trips."""
    with connection.connection.pipeline():
        _insert(Entry, slip.entries)
        for book, rows in slip.rows.items():
            _insert(book, rows)


def _insert(model: type[Model], rows: Values) -> None:
    # Its answer comes with the pipeline's end; the cursor is kept until then by the pipeline.
    cursor: psycopg.Cursor[Any] = psycopg.Cursor(connection.connection)
    cursor.execute(_statement(model, len(rows)), [value for row in rows for value in row])


@lru_cache(maxsize=200)
def _statement(model: type[Model], n: int) -> str:
    columns = _columns(model) if issubclass(model, BookRow) else _ENTRY_COLUMNS
    places = ", ".join(["%s"] * (columns.count(",") + 1))
    rows = ", ".join([f"({places})"] * n)
    return f"INSERT INTO {model._meta.db_table} ({columns}) VALUES {rows}"


def _columns(book: type[BookRow]) -> str:
    sealed = ("seal", "salt", *book.sealed) if issubclass(book, SealedRow) else ()
    return ", ".join(("entry_id", "line", *book.columns, *sealed))
