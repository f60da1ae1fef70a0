"""The one way in which queries ask PostgreSQL in SQL of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import psycopg
from django.db import connection

FEW = 16

Rows = list[tuple[Any, ...]]


class Ask(NamedTuple):
    """A question not asked yet: SQL with ``%(name)s`` parameters."""

    sql: str
    params: Mapping[str, Any]


def ask(sql: str, **params: Any) -> Ask:
    """A question to be asked together with others."""
    return Ask(sql, params)


def fetch(sql: str, **params: Any) -> Rows:
    """All rows of a query with ``%(name)s`` parameters.

    A question about a few things is bound by the server, which keeps the plan once the connection
    has asked it a few times: planning takes longer than answering. One about a long list is
    planned anew, for the list.
    """
    if _about_many(params):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows: Rows = cursor.fetchall()
            return rows
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as direct:
        return direct.execute(sql, params).fetchall()


def fetch_together(*asks: Ask) -> list[Rows]:
    """The rows of each question, in one round trip: all are sent before the first is answered.

    Each sees what was committed when its turn came, as if they were asked one by one.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        with connection.connection.pipeline():
            cursors = [_send(sql, params) for sql, params in asks]
        return [cursor.fetchall() for cursor in cursors]


def _send(sql: str, params: Mapping[str, Any]) -> psycopg.Cursor[tuple[Any, ...]]:
    cursor = psycopg.ClientCursor if _about_many(params) else psycopg.Cursor
    return cursor(connection.connection).execute(sql, params)


def _about_many(params: Mapping[str, Any]) -> bool:
    return any(isinstance(value, list) and len(value) > FEW for value in params.values())
