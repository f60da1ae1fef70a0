"""Encoded acts into their tables: COPY for many, one statement for a few."""

from __future__ import annotations

from functools import lru_cache

from django.db import connection

from giaoban.journal.encoding import Sheet, Slip
from giaoban.journal.models import BookRow, SealedRow
from giaoban.journal.sql import direct

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
    """A few acts in one statement, planned once for all acts with as many rows; a COPY would take
    three round trips for each table. The triggers of every table fire at the statement's end, each
    on its own table's rows, and see all of them."""
    shape = tuple((book, len(rows)) for book, rows in slip.rows.items())
    values = [
        value for rows in (*slip.rows.values(), slip.entries) for row in rows for value in row
    ]
    statement = _statement(len(slip.entries), shape)
    direct(statement).execute(statement, values)


@lru_cache(maxsize=500)
def _statement(entries: int, shape: tuple[tuple[type[BookRow], int], ...]) -> str:
    inserts = [_insert(book._meta.db_table, _columns(book), n) for book, n in shape]
    beside = ", ".join(f"book_{n} AS ({insert})" for n, insert in enumerate(inserts))
    entry = _insert("journal_entry", _ENTRY_COLUMNS, entries)
    return f"WITH {beside} {entry}" if beside else entry


def _insert(table: str, columns: str, n: int) -> str:
    places = ", ".join(["%s"] * (columns.count(",") + 1))
    return f"INSERT INTO {table} ({columns}) VALUES {', '.join([f'({places})'] * n)}"


def _columns(book: type[BookRow]) -> str:
    sealed = ("seal", "salt", *book.sealed) if issubclass(book, SealedRow) else ()
    return ", ".join(("entry_id", "line", *book.columns, *sealed))
