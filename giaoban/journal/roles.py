"""Who may do what in the database: the owner makes tables, the application adds rows.

Granted anew after every migration. The application's role owns nothing; in the books it may
select and insert, and nothing else.
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


def grant(role: str) -> None:
    """Give the application's role its rights on every table of this database."""
    closed = set(append_only_tables())
    with connections["owner"].cursor() as cursor:
        tables = connections["owner"].introspection.table_names(cursor)
        cursor.execute(f'GRANT USAGE ON SCHEMA public TO "{role}"')
        cursor.execute(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"')
        for table in tables:
            rights = "SELECT, INSERT" if table in closed else "SELECT, INSERT, UPDATE, DELETE"
            if table == "django_migrations":
                rights = "SELECT"
            cursor.execute(f'REVOKE ALL ON "{table}" FROM "{role}"')
            cursor.execute(f'GRANT {rights} ON "{table}" TO "{role}"')
