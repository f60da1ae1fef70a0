"""A home with a nation's books: its server held up, Django set up to ask it, and a schema of the
rivals' own, owned by the owner's role and dropped when the run ends."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

Connection = psycopg.Connection[tuple[Any, ...]]

# What an able developer sets before a large question, on a machine that has the memory.
SETTINGS = {
    "work_mem": "1GB", "hash_mem_multiplier": "2", "maintenance_work_mem": "1GB",
    "max_parallel_workers_per_gather": "2", "max_parallel_maintenance_workers": "2",
}  # fmt: skip


def add_home(parser: argparse.ArgumentParser) -> None:
    """The option that every script here has."""
    parser.add_argument("--home", type=place, default=os.environ.get("GIAOBAN_HOME"),
                        help="a home that giaoban synth nation filled")  # fmt: skip


def place(text: str) -> Path:
    """A folder as it is named to processes that work elsewhere."""
    return Path(text).resolve()


def use(home: Path) -> None:
    """Let this process, and those that it starts, work in a home. Once in a process."""
    os.environ["GIAOBAN_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "giaoban.settings"
    os.environ.pop("DATABASE_URL", None)


@contextmanager
def held_up(home: Path) -> Iterator[None]:
    """The home's server, and Django set up; connections are closed before the server goes."""
    use(home)
    import django

    from giaoban import database

    with database.running():
        django.setup()
        from django.db import connections

        try:
            yield
        finally:
            connections.close_all()


@contextmanager
def as_owner() -> Iterator[Connection]:
    """A connection as the owner with an empty schema ``bench``, which is dropped afterwards."""
    from giaoban import database

    url = database.connection_url(database.cluster(), database.OWNER_ROLE)
    with psycopg.connect(url, autocommit=True) as connection:
        for name, value in SETTINGS.items():
            connection.execute(f"SET {name} = '{value}'")
        connection.execute("SET client_min_messages = warning")
        connection.execute("DROP SCHEMA IF EXISTS bench CASCADE")
        connection.execute("CREATE SCHEMA bench")
        try:
            yield connection
        finally:
            connection.execute("DROP SCHEMA IF EXISTS bench CASCADE")


def known() -> int:
    """The last entry of the books."""
    from giaoban.journal.queries import head

    return head().number
