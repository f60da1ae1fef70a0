"""Setting up a database: roles, tables, rights. Safe to repeat."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from giaoban.cli.errors import WriterHindered
from giaoban.database import (
    APP_ROLE,
    DATABASE,
    DESK_ROLE,
    OWNER_ROLE,
    PORTAL_ROLE,
    Cluster,
    connection_url,
)
from giaoban.journal.roles import grant, grant_public
from giaoban.ledger import row_security


def create_embedded(place: Cluster, name: str = DATABASE, template: str | None = None) -> None:
    """Make the roles of the embedded server and a database that belongs to the owner."""
    with psycopg.connect(connection_url(place, "postgres", "postgres"), autocommit=True) as server:
        _make_roles(server)
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(OWNER_ROLE),
            sql.Identifier(template or "template0"),
        )  # fmt: skip
        # Somebody else may have made it just now.
        with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            server.execute(create)


def _make_roles(server: psycopg.Connection[Any]) -> None:
    """The roles of the owner, the writer, the desk and the portal, one maker at a time: roles
    belong to the whole server, and two who change one at once stand in each other's way."""
    server.execute("SELECT pg_advisory_lock(hashtext('giaoban_roles'))")
    for role in (OWNER_ROLE, APP_ROLE, DESK_ROLE, PORTAL_ROLE):
        if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    # COPY takes no rows into a table whose rows are hidden from the one who copies.
    server.execute(sql.SQL("ALTER ROLE {} BYPASSRLS").format(sql.Identifier(APP_ROLE)))
    # The desk may take on the writer's rights for an act, and has none of them otherwise.
    server.execute(
        sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(
            sql.Identifier(APP_ROLE), sql.Identifier(DESK_ROLE)
        )
    )
    server.execute("SELECT pg_advisory_unlock(hashtext('giaoban_roles'))")


def drop_embedded(place: Cluster, name: str) -> None:
    """Drop a database of the embedded server, whoever is still connected."""
    with psycopg.connect(connection_url(place, "postgres", "postgres"), autocommit=True) as server:
        server.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def migrate_and_grant() -> None:
    """Bring the tables up to date as the owner and give the application's roles their rights."""
    with connections["owner"].cursor() as cursor:
        # Of two that set up at once, the second finds everything done. Goes with the connection.
        cursor.execute("SELECT pg_advisory_lock(hashtext('giaoban_setup'))")
    with _default_as_owner():
        call_command("migrate", verbosity=0)
    give_rights()
    connections["owner"].close()


@contextmanager
def _default_as_owner() -> Iterator[None]:
    """Django's first connection with the owner's rights: migrations of libraries ask no other."""
    default, owner = connections["default"], connections["owner"]
    before = {part: default.settings_dict[part] for part in _WHO}
    default.close()
    default.settings_dict.update({part: owner.settings_dict[part] for part in _WHO})
    try:
        yield
    finally:
        default.close()
        default.settings_dict.update(before)


_WHO = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


def give_rights() -> None:
    """The writer adds rows to the books; the desk's role reads what is in its login's sight, the
    portal's what is public.

    Raises ``WriterHindered`` where rows would be hidden from the writer.
    """
    grant(settings.WRITER_ROLE)
    if settings.DESK_ROLE:
        if not row_security.bypasses(settings.WRITER_ROLE):
            raise WriterHindered(role=settings.WRITER_ROLE)
        grant(settings.DESK_ROLE, to_books="SELECT")
        row_security.secure(settings.DESK_ROLE)
    if settings.PORTAL_ROLE:
        grant_public(settings.PORTAL_ROLE)


def gather_statistics() -> None:
    """Tell the planner what a bulk load has put into the tables.

    A server that runs only while a command does rarely lives long enough for autovacuum.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections["owner"].close()
