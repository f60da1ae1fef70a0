"""The one way in which queries ask PostgreSQL in SQL of their own."""

from __future__ import annotations

from typing import Any

from django.db import connection


def fetch(sql: str, **params: Any) -> list[tuple[Any, ...]]:
    """All rows of a query with ``%(name)s`` parameters."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
