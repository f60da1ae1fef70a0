"""The portal's pictures and files in a backup: a tar behind the dump, in one and the same file.

PostgreSQL's dump says itself where its parts lie, so what stands behind it is not looked at; a
file of ours ends with where the tar begins and its digest, so one that has lost its end is noticed.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import struct
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from django.conf import settings

from giaoban.cli.errors import FileUnwritable
from giaoban.cli.reasons import reason
from giaoban.cli.saving.errors import BackupBroken, BackupFailed, BackupUnreadable

if TYPE_CHECKING:
    from typing_extensions import Buffer

MEGABYTE = 1_000_000
# The end of a backup: mark, where the tar begins, how many files are in it, its digest.
_END = struct.Struct(">8sQQ32s")
_MARK = b"GIAOBAN1"


@dataclass(frozen=True, slots=True)
class Attached:
    """The tar in a backup: from byte to byte of the file, how many files, the digest."""

    begin: int
    end: int
    count: int
    digest: bytes


def attach_files(out: IO[bytes], progress: Callable[[int], None]) -> int:
    """Write the portal's files behind what ``out`` holds, then the end of the backup. How many.

    A file that is taken away meanwhile is left out. Raises ``BackupFailed``.
    """
    begin, count = out.seek(0, os.SEEK_END), 0
    written = _Hashed(out, progress)
    try:
        with tarfile.open(fileobj=written, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for file in sorted(settings.PORTAL_MEDIA.rglob("*")):
                count += _add(tar, file)
    except OSError as refused:
        raise BackupFailed(reason=f"{settings.PORTAL_MEDIA}: {reason(refused)}") from refused
    out.write(_END.pack(_MARK, begin, count, written.digest()))
    out.flush()
    return count


def _add(tar: tarfile.TarFile, file: Path) -> bool:
    try:
        with file.open("rb") as content:
            told = tar.gettarinfo(arcname=file.relative_to(settings.PORTAL_MEDIA).as_posix(),
                                  fileobj=content)  # fmt: skip
            told.uid = told.gid = 0
            told.uname = told.gname = ""
            tar.addfile(told, content)
    except (FileNotFoundError, IsADirectoryError):
        return False
    except OSError as refused:
        raise BackupFailed(reason=f"{file}: {reason(refused)}") from refused
    return True


class _Hashed(io.RawIOBase):
    """A file that is written or read from its place on, and what came through."""

    def __init__(self, file: IO[bytes], progress: Callable[[int], None], left: int = 0) -> None:
        super().__init__()
        self._file, self._progress, self._left = file, progress, left
        self._hash, self._told, self._size = hashlib.sha256(), 0, 0

    def write(self, content: Buffer) -> int:
        told = bytes(content)
        self._file.write(told)
        self._through(told)
        return len(told)

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(content)
        self._through(content)
        return content

    def digest(self) -> bytes:
        return self._hash.digest()

    def _through(self, content: bytes) -> None:
        self._hash.update(content)
        self._size += len(content)
        grown = self._size // MEGABYTE - self._told
        if grown:
            self._progress(grown)
            self._told += grown


def attached(file: Path) -> Attached:
    """Where the portal's files are in a backup. Raises ``BackupUnreadable``, ``BackupBroken``."""
    try:
        with file.open("rb") as content:
            end = content.seek(0, os.SEEK_END) - _END.size
            content.seek(max(end, 0))
            told = content.read()
    except OSError as refused:
        raise BackupUnreadable(file=file, reason=reason(refused)) from refused
    if len(told) == _END.size:
        mark, begin, count, digest = _END.unpack(told)
        if mark == _MARK and begin <= end:
            return Attached(begin, end, count, digest)
    raise BackupBroken(file=file, reason="EOF")


@contextmanager
def unpacked(file: Path, where: Attached) -> Iterator[Path]:
    """A folder beside the portal's own with the files of a backup, gone afterwards unless it was
    given its place. Raises ``BackupBroken`` unless all are there as they were, ``FileUnwritable``.
    """
    into = settings.PORTAL_MEDIA.with_name(f"{settings.PORTAL_MEDIA.name}_restoring")
    shutil.rmtree(into, ignore_errors=True)  # of a restoration that was killed
    try:
        try:
            into.mkdir(parents=True)
            found = _unpack(file, where, into)
        except (tarfile.TarError, ValueError) as broken:
            raise BackupBroken(file=file, reason=broken) from broken
        except OSError as refused:
            raise FileUnwritable(file=into, reason=reason(refused)) from refused
        if found != (where.count, where.digest):
            raise BackupBroken(file=file, reason="sha256")
        yield into
    finally:
        shutil.rmtree(into, ignore_errors=True)


def _unpack(file: Path, where: Attached, into: Path) -> tuple[int, bytes]:
    """How many files there are, and the digest of all that was read."""
    count = 0
    with file.open("rb") as whole:
        whole.seek(where.begin)
        content = _Hashed(whole, lambda _n: None, where.end - where.begin)
        with tarfile.open(fileobj=content, mode="r|") as tar:
            for told in tar:
                _write(tar, told, into / _inside(told.name))
                count += 1
        while content.read(MEGABYTE):
            pass
    return count, content.digest()


def _inside(name: str) -> PurePosixPath:
    """A path that leads nowhere else. Raises ``ValueError``."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(name)
    return path


def _write(tar: tarfile.TarFile, told: tarfile.TarInfo, file: Path) -> None:
    content = tar.extractfile(told) if told.isreg() else None
    if content is None:
        raise ValueError(told.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    with content, file.open("xb") as out:
        shutil.copyfileobj(content, out, MEGABYTE)
    os.utime(file, (told.mtime, told.mtime))


def give_place(files: Path, at: datetime) -> Path | None:
    """Let a folder of files be the portal's; where there were others, the folder that keeps them.

    Raises ``FileUnwritable``.
    """
    place: Path = settings.PORTAL_MEDIA
    before = place.with_name(f"{place.name}_before_{at:%Y%m%d_%H%M%S}")
    try:
        there = place.is_dir() and any(place.iterdir())
        if there:
            place.rename(before)
        elif place.is_dir():
            place.rmdir()
        files.rename(place)
    except OSError as refused:
        raise FileUnwritable(file=place, reason=reason(refused)) from refused
    return before if there else None
