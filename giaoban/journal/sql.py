"""The one way in which queries ask PostgreSQL in SQL of their own."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connection

FEW = 16


def fetch(sql: str, **params: Any) -> list[tuple[Any, ...]]:
    """All rows of a query with ``%(name)s`` parameters.

    A question about a few things is bound by the server, which keeps the plan once the connection
    has asked it a few times: planning takes longer than answering. One about a long list is
    planned anew, for the list.
    """
    if any(isinstance(value, list) and len(value) > FEW for value in params.values()):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as direct:
        return direct.execute(sql, params).fetchall()
