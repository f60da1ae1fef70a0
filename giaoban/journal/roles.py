"""Who may do what in the database: the owner makes tables, the application adds rows.

Granted anew after every migration. The application's roles own nothing; in the books the writer
may select and insert, the desk's own role only select. The portal's role has its own tables and, of
the office's, only those that its apps say the public may read.
"""

from __future__ import annotations

from collections.abc import Iterator

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


def grant_public(role: str) -> None:
    """Give the portal's role its rights: all on the tables of the apps that have ``own_tables``,
    and select on the ones that ``public_tables`` names. On no other table any."""
    closed, rights = set(append_only_tables()), dict(_public_rights())
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'GRANT USAGE ON SCHEMA public TO "{role}"')
        cursor.execute(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"')
        for table in connections["owner"].introspection.table_names(cursor):
            cursor.execute(f'REVOKE ALL ON "{table}" FROM "{role}"')
            if told := rights.get(table):
                added_only = table in closed and told == _ALL
                cursor.execute(
                    f'GRANT {"SELECT, INSERT" if added_only else told} ON "{table}" TO "{role}"'
                )


_ALL = "SELECT, INSERT, UPDATE, DELETE"


def _public_rights() -> Iterator[tuple[str, str]]:
    for app in apps.get_app_configs():
        yield from getattr(app, "public_tables", {}).items()
    named = [config for config in apps.get_app_configs() if hasattr(config, "public_apps")]
    for label in {label for config in named for label in config.public_apps}:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            yield model._meta.db_table, _ALL
