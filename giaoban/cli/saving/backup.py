"""Backing the books up: a dump of one moment and the portal's files, in one file that is whole or
not there."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.db import connection

from giaoban.cli.errors import FileUnwritable
from giaoban.cli.reasons import reason
from giaoban.cli.saving.errors import BackupFailed, BackupRunning, FileThere
from giaoban.cli.saving.files import MEGABYTE, attach_files
from giaoban.cli.saving.postgresql import address, database_name, last_line, start_program
from giaoban.cli.verifying import one_moment
from giaoban.journal.queries import Head, head

_POLL_SECONDS = 0.2
# The dump holds names and particulars: nobody but who made it may read it.
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup: the file, its size in bytes, the last entry of the journal in it, and how many of
    the portal's pictures and files."""

    file: Path
    size: int
    head: Head
    files: int


def save(file: Path, *, force: bool, progress: Callable[[int], None]) -> Saved:
    """Dump the books and the portal's files; ``progress`` is told of each megabyte written.

    A picture that an editor deletes while the dump is written is left out of it.

    Raises ``FileThere``, ``FileUnwritable``, ``BackupRunning``, ``BackupFailed``; then nothing
    has come to be under the file's name.
    """
    _look(file, force=force)
    part = file.with_name(file.name + ".part")
    with _only_writer(file, part) as out, one_moment():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (moment,) = cursor.fetchone()
        last = head()
        _dump(part, moment, progress)
        files = attach_files(out, progress)
        size = _keep(out, part, file)
    return Saved(file, size, last, files)


def _look(file: Path, *, force: bool) -> None:
    """Refuse a place that is a folder, can't be looked at, or is taken."""
    try:
        if file.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        there = file.exists()
    except OSError as refused:
        raise FileUnwritable(file=file, reason=reason(refused)) from refused
    if there and not force:
        raise FileThere(file=file)


@contextmanager
def _only_writer(file: Path, part: Path) -> Iterator[IO[bytes]]:
    """The partial file, emptied; a leftover of a killed backup is used again."""
    try:
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, _PRIVATE)
    except OSError as refused:
        raise FileUnwritable(file=file, reason=reason(refused)) from refused
    with open(number, "wb") as out:
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Whoever wrote here a moment ago may have given the file its final name.
            if not os.path.samestat(os.stat(part), os.fstat(number)):
                raise BackupRunning(file=file)
        except (BlockingIOError, FileNotFoundError) as refused:
            raise BackupRunning(file=file) from refused
        try:
            out.truncate()
            os.fchmod(number, _PRIVATE)
            yield out
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _dump(part: Path, moment: str, progress: Callable[[int], None]) -> None:
    """Let pg_dump write the file itself: into a pipe it appends its table of contents a second
    time, and a file that has lost its end would not be noticed."""
    arguments = ("--format=custom", f"--snapshot={moment}", f"--file={part}", "--no-password")
    with TemporaryFile() as said:
        dump = start_program(
            "pg_dump", *arguments, at=address(database_name()), stdout=subprocess.DEVNULL,
            stderr=said,
        )  # fmt: skip
        try:
            _watch(dump, part, progress)
        finally:
            dump.kill()
            dump.wait()
        if dump.returncode != 0:
            said.seek(0)
            raise BackupFailed(reason=last_line(said.read()))


def _watch(dump: subprocess.Popen[bytes], part: Path, progress: Callable[[int], None]) -> None:
    """Tell the growth of the file until the program has ended."""
    told = 0
    while True:
        try:
            dump.wait(_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            grown = part.stat().st_size // MEGABYTE - told
            progress(grown)
            told += grown
        else:
            return


def _keep(out: IO[bytes], part: Path, file: Path) -> int:
    """Bring the dump to the disk, then under its name."""
    try:
        os.fsync(out.fileno())
        size = os.fstat(out.fileno()).st_size
        part.replace(file)
        folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as refused:
        raise FileUnwritable(file=file, reason=reason(refused)) from refused
    return size
