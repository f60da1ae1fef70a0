"""Restoring the books: into a database beside the present one, which is changed only at the end.

The file is read into a fresh database, every check is run on it, and only if it is sound do the
two databases change names, then the folders of the portal's files. Whatever goes wrong before that
leaves the present books untouched.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from giaoban.cli import setting_up, verifying
from giaoban.cli.reasons import reason
from giaoban.cli.saving.errors import (
    BackupBroken,
    BackupForeign,
    BackupUnreadable,
    BooksInUse,
    BooksNotEmpty,
    MayNotCreate,
    NotSound,
    VersionDiffers,
)
from giaoban.cli.saving.files import attached, give_place, unpacked
from giaoban.cli.saving.postgresql import (
    ProgramFailed,
    address,
    database_name,
    embedded_place,
    looking_at,
    run_program,
    server,
)
from giaoban.cli.verifying import CHECKS
from giaoban.journal.queries import Head
from giaoban.people import name_keys

_MARK = b"PGDMP"  # the first bytes of every file of pg_dump's custom format
_OURS = ("TABLE DATA public journal_entry ", "TABLE DATA public django_migrations ")
# Rights on tables are given anew; only what is taken from everybody on functions is kept.
_FOREIGN_RIGHTS = (" ACL ", " DEFAULT ACL ", " POLICY ", " ROW SECURITY ")
STEPS = 6 + len(CHECKS)
"""How many steps of progress a restoration has."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The journal's last entry after restoring, the database that keeps the former books, how many
    files of the portal came back, and the folder that keeps the former ones."""

    head: Head
    kept_as: str | None
    files: int
    files_kept_in: Path | None


def restore(
    file: Path, *, replace: bool, at: datetime, progress: Callable[[int], None]
) -> Restored:
    """Put the books of a file in the place of the present ones, if they are sound.

    ``at`` names the copy of the present books; ``progress`` is told after each of ``STEPS``.
    Raises what ``errors.py`` has; then the present books are untouched.
    """
    wanted, files = _contents(file), attached(file)
    name = database_name()
    with server() as admin:
        _claim(admin, name)
        if (entries := _entries(admin, name)) and not replace:
            raise BooksNotEmpty(n=entries)
        progress(1)
        with (
            unpacked(file, files) as folder,
            _fresh(admin, f"{name}_restoring") as fresh,
        ):
            progress(1)
            _fill(file, fresh, wanted, progress)
            with looking_at(fresh):
                last = _judge(progress)
            kept_as = _swap(admin, name, fresh, f"{name}_before_{at:%Y%m%d_%H%M%S}")
            return Restored(last, kept_as, files.count, give_place(folder, at))


def _contents(file: Path) -> str:
    """What of the file is to be restored, as pg_restore lists it. Refuses what isn't ours."""
    try:
        with file.open("rb") as begins:
            mark = begins.read(len(_MARK))
    except OSError as refused:
        raise BackupUnreadable(file=file, reason=reason(refused)) from refused
    if mark != _MARK:
        raise BackupForeign(file=file)
    try:
        listed = run_program("pg_restore", "--list", str(file))
    except ProgramFailed as broken:
        raise BackupBroken(file=file, reason=broken) from broken
    if not all(mark in listed for mark in _OURS):
        raise BackupForeign(file=file)
    lines = listed.splitlines(keepends=True)
    return "".join(line for line in lines if _is_wanted(line))


def _is_wanted(line: str) -> bool:
    return " FUNCTION " in line or not any(mark in line for mark in _FOREIGN_RIGHTS)


def _claim(admin: psycopg.Connection[Any], name: str) -> None:
    """One restoration at a time, by a role that may create databases."""
    able = admin.execute(
        "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if not (able and able[0]):
        raise MayNotCreate(role=admin.info.user)
    claimed = admin.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name]).fetchone()
    if not (claimed and claimed[0]):
        raise BooksInUse


def _exists(admin: psycopg.Connection[Any], name: str) -> bool:
    found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return found.fetchone() is not None


def _entries(admin: psycopg.Connection[Any], name: str) -> int:
    """How many entries the journal of a database holds; none where there is no journal."""
    if not _exists(admin, name):
        return 0
    with psycopg.connect(**address(name)) as books:  # type: ignore[arg-type]
        there = books.execute("SELECT to_regclass('public.journal_entry') IS NOT NULL").fetchone()
        if not (there and there[0]):
            return 0
        counted = books.execute("SELECT count(*) FROM journal_entry").fetchone()
    return int(counted[0]) if counted else 0


@contextmanager
def _fresh(admin: psycopg.Connection[Any], name: str) -> Iterator[str]:
    """A database to restore into, gone afterwards unless it has got another name."""
    _drop(admin, name)  # of a restoration that was killed
    if settings.EMBEDDED:
        setting_up.create_embedded(embedded_place(), name)
    else:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield name
    finally:
        _drop(admin, name)


def _drop(admin: psycopg.Connection[Any], name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _fill(file: Path, name: str, wanted: str, progress: Callable[[int], None]) -> None:
    """Tables, then rows, then indexes and triggers, all belonging to the owner."""
    jobs = f"--jobs={min(4, os.cpu_count() or 1)}"
    with NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as listing:
        listing.write(wanted)
        listing.flush()
        for section in ("pre-data", "data", "post-data"):
            if section == "post-data":
                _age_entries(name)
            try:
                run_program(
                    "pg_restore", f"--section={section}", f"--use-list={listing.name}", jobs,
                    "--no-owner", "--exit-on-error", "--no-password", str(file),
                    at=address(name),
                )  # fmt: skip
            except ProgramFailed as broken:
                raise BackupBroken(file=file, reason=broken) from broken
            progress(1)


def _age_entries(name: str) -> None:
    """Make no entry look like one of a transaction yet to come.

    An entry keeps the number of its transaction, so that no row can be hung on it later; on
    another server such a number may still lie ahead. 2 is before every transaction there is.
    """
    with psycopg.connect(**address(name)) as books:  # type: ignore[arg-type]
        books.execute("UPDATE journal_entry SET xid = '2' WHERE xid >= pg_current_xact_id()")


def _judge(progress: Callable[[int], None]) -> Head:
    """Give the application its rights on the restored books and run every check on them."""
    _refuse_other_version()
    setting_up.give_rights()
    setting_up.gather_statistics()
    if name_keys.outdated():  # the file may come from a machine with another collation
        name_keys.rebuild()
    progress(1)
    verdict = verifying.verify(progress)
    if verdict.faulty:
        raise NotSound(faults=[f for finding in verdict.faulty for f in finding.faults])
    return verdict.head


def _refuse_other_version() -> None:
    recorded = set(MigrationRecorder(connections["owner"]).applied_migrations())
    ours = set(MigrationLoader(None).disk_migrations)
    if recorded != ours:
        names = sorted(".".join(migration) for migration in recorded ^ ours)
        raise VersionDiffers(names=names)


def _swap(admin: psycopg.Connection[Any], name: str, fresh: str, before: str) -> str | None:
    """Let the fresh database take the name; the former is kept, unless there was nothing in it."""
    there = _exists(admin, name)
    for connection in connections.all(initialized_only=True):
        connection.close()
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        with admin.transaction():
            if there:
                admin.execute(rename.format(sql.Identifier(name), sql.Identifier(before)))
            admin.execute(rename.format(sql.Identifier(fresh), sql.Identifier(name)))
    except psycopg.errors.ObjectInUse as refused:
        raise BooksInUse from refused
    if there and not _entries(admin, before):
        _drop(admin, before)
        return None
    return before if there else None
