"""Who may do what in the database: the owner makes tables, the application adds rows.

Granted anew after every migration. The application's roles own nothing; in the books the writer
may select and insert, the desk's own role only select.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connections
from django.db.models import Model

from giaoban.journal.books import books
from giaoban.journal.models import Basis, Entry


def append_only_tables() -> list[str]:
    """The tables in which no row may ever be changed by the application."""
    models: tuple[type[Model], ...] = (Basis, Entry, *books())
    return [model._meta.db_table for model in models] + _identities()


def _identities() -> list[str]:
    """Identity tables (units, persons): their rows, too, are only ever added."""
    return [
        model._meta.db_table for model in apps.get_models() if getattr(model, "is_identity", False)
    ]


def _decided_once() -> dict[str, str]:
    """Tables whose rows are added, then decided once, and never removed: their rights."""
    return {
        model._meta.db_table: f"SELECT, INSERT, UPDATE ({', '.join(columns)})"
        for model in apps.get_models()
        if (columns := getattr(model, "decided_columns", ()))
    }


def grant(role: str, *, to_books: str = "SELECT, INSERT") -> None:
    """Give a role its rights on every table of this database: the writer's by default, or for
    the desk's own only ``to_books="SELECT"``, since acts are recorded with the writer's rights."""
    closed, decided = set(append_only_tables()), _decided_once()
    with connections["owner"].cursor() as cursor:
        tables = connections["owner"].introspection.table_names(cursor)
        cursor.execute(f'GRANT USAGE ON SCHEMA public TO "{role}"')
        cursor.execute(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"')
        for table in tables:
            rights = to_books if table in closed else "SELECT, INSERT, UPDATE, DELETE"
            if table in decided:
                rights = "SELECT" if to_books == "SELECT" else decided[table]
            if table == "django_migrations":
                rights = "SELECT"
            cursor.execute(f'REVOKE ALL ON "{table}" FROM "{role}"')
            cursor.execute(f'GRANT {rights} ON "{table}" TO "{role}"')
