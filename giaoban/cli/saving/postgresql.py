"""PostgreSQL's own programs at work for the office, and the server's databases as a whole."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg.conninfo import make_conninfo

from giaoban import database

ALIASES = ("default", "owner")
SUPERUSER = "postgres"
MAINTENANCE = "postgres"  # the database that is always there, to be in while others are renamed


def database_name() -> str:
    """The database that holds the books."""
    return str(connections["owner"].settings_dict["NAME"])


def address(name: str, *, user: str | None = None) -> dict[str, str]:
    """Where a database of the office's server is found, as its owner or as ``user``."""
    told = connections["owner"].settings_dict
    options = {key: value for key, value in told["OPTIONS"].items() if isinstance(value, str)}
    found = {"host": told["HOST"], "port": told["PORT"], "user": user or told["USER"],
             "dbname": name, "password": told["PASSWORD"], **options}  # fmt: skip
    return {key: str(value) for key, value in found.items() if value}


def server_address() -> dict[str, str]:
    """Where databases are made: as the superuser of our own server, else as the owner."""
    return address(MAINTENANCE, user=SUPERUSER if settings.EMBEDDED else None)


def embedded_place() -> database.Cluster:
    """The embedded server that Django's connections talk to."""
    return replace(database.cluster(), socket=Path(connections["owner"].settings_dict["HOST"]))


@contextmanager
def looking_at(name: str) -> Iterator[None]:
    """Let Django's connections talk to another database of the server for a while."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ALIASES}
    try:
        _look_at(dict.fromkeys(ALIASES, name))
        yield
    finally:
        _look_at(before)


def _look_at(names: dict[str, Any]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def start_program(
    program: str, *arguments: str, at: dict[str, str] | None = None, stdout: IO[Any] | int,
    stderr: IO[Any] | int = subprocess.PIPE,
) -> subprocess.Popen[bytes]:  # fmt: skip
    """Start one of the wheel's programs as ourselves, whoever the server runs as.

    ``at`` is the database to connect to; its password is handed over out of sight of ``ps``.
    """
    environment, where = {**os.environ, "LC_ALL": "C"}, list[str]()
    if at is not None:
        environment["PGPASSWORD"] = at.get("password", os.environ.get("PGPASSWORD", ""))
        told = {key: value for key, value in at.items() if key != "password"}
        where = ["--dbname", make_conninfo(**told)]
    return subprocess.Popen(
        [str(database.wheel_programs() / program), *where, *arguments],
        env=environment, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr,
    )  # fmt: skip


class ProgramFailed(Exception):
    """One of PostgreSQL's programs gave up; the message is the last line of what it said."""


def run_program(program: str, *arguments: str, at: dict[str, str] | None = None) -> str:
    """Run a program to its end and return what it printed. Raises ``ProgramFailed``."""
    started = start_program(program, *arguments, at=at, stdout=subprocess.PIPE)
    try:
        out, said = started.communicate()
    except BaseException:
        started.kill()
        started.wait()
        raise
    if started.returncode != 0:
        raise ProgramFailed(last_line(said))
    return out.decode(errors="replace")


def last_line(said: bytes) -> str:
    """What a program complains of: its last line with an error in it, or simply its last."""
    lines: Sequence[str] = said.decode(errors="replace").strip().splitlines() or ["–"]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors or lines)[-1].strip()


def server() -> psycopg.Connection[Any]:
    """A connection in which databases are made, renamed and dropped."""
    return psycopg.connect(**server_address(), autocommit=True)  # type: ignore[arg-type]
