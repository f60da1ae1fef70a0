"""How a set of segments lies on the disk, and which set is in force.

A set is a folder of files: for each year of effect its legs, in a file or several, and what every
book held at the end of it, as Parquet, and the order in which their units lie (``places``).
``current.json`` describes the set in force; it is replaced in one step once all files are on the
disk, so that a run that was killed changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

# 2: legs and balances lie by ``place``; 3: the legs of a large year lie in several files. A set of
# another form is named and not read.
FORMAT = 3
CURRENT = "current.json"
SETS, UNFINISHED = "set-", "unfinished-"


class SegmentsUnusable(Exception):
    """A set, or one of its files, can't be trusted. ``what`` names it; ``reason`` says why."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"{what}: {reason}")
        self.what, self.reason = what, reason


class SegmentFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a set, with what tells that it is whole."""

    name: str
    rows: int
    size: int
    sha256: str


class LegFile(SegmentFile, frozen=True, forbid_unknown_fields=True):
    """Legs of a year, with the least and the greatest place of those on the rolls; 0 and −1 where
    none is."""

    first: int
    last: int

    def holds(self, places: Ints) -> bool:
        """Whether legs at one of some rising places may lie in it."""
        at = int(np.searchsorted(places, self.first))
        return at < len(places) and int(places[at]) <= self.last


class Year(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A year of effect: its legs, and the balances of every book at the end of it.

    ``settled`` is the last entry that moved anybody up to that day, so that who knows it, or more,
    may begin with these balances.
    """

    year: int
    legs: tuple[LegFile, ...]
    balances: SegmentFile
    settled: int

    @property
    def end(self) -> date:
        """The day before which the balances hold: the first of the next year."""
        return date(self.year + 1, 1, 1)


class UnitFiles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The units: identities, whose kinds and sectors are places in the lists here, and every dated
    row of theirs."""

    identities: SegmentFile
    rows: SegmentFile
    kinds: tuple[str, ...]
    sectors: tuple[str, ...]


class _Form(msgspec.Struct, frozen=True):
    format: int


class SegmentSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set: every leg of the entries up to ``watermark``, whose digest in the journal was
    ``digest``; the years rise without a gap. A set without ``units`` holds legs alone."""

    format: int
    folder: str
    watermark: int
    digest: str
    legs: int
    years: tuple[Year, ...]
    places: SegmentFile
    units: UnitFiles | None = None

    def within(self, start: date, end: date) -> list[Year]:
        """The years that have a day in [start, end)."""
        return [y for y in self.years if y.year >= start.year and date(y.year, 1, 1) < end]

    def files(self) -> Iterator[SegmentFile]:
        """All files, those of the years first."""
        for year in self.years:
            yield from year.legs
            yield year.balances
        yield self.places
        if self.units is not None:
            yield self.units.identities
            yield self.units.rows

    @property
    def size(self) -> int:
        """How many bytes the set takes."""
        return sum(file.size for file in self.files())


def current(place: Path) -> SegmentSet | None:
    """The set in force in a folder; None where there is none. Raises ``SegmentsUnusable``."""
    try:
        told = (place / CURRENT).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as unreadable:
        raise SegmentsUnusable(CURRENT, str(unreadable.strerror)) from unreadable
    try:
        # First the form alone, since another one has other fields.
        if (form := msgspec.json.decode(told, type=_Form).format) != FORMAT:
            raise SegmentsUnusable(CURRENT, f"format {form}")
        found = msgspec.json.decode(told, type=SegmentSet)
    except (msgspec.DecodeError, UnicodeDecodeError) as broken:
        raise SegmentsUnusable(CURRENT, str(broken)) from broken
    if found.folder != Path(found.folder).name:
        raise SegmentsUnusable(CURRENT, found.folder)
    return found


def put_in_force(place: Path, fresh: Path, found: SegmentSet) -> None:
    """Give a finished folder its name and let it take the place of the set in force."""
    _sync(fresh)
    home = place / found.folder
    fresh.replace(home)
    told = place / f"{CURRENT}.new"
    with told.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(found), indent=1))
        file.flush()
        os.fsync(file.fileno())
    told.replace(place / CURRENT)
    _sync(place)


def clear(place: Path, keep: str | None) -> None:
    """Remove what is not in force: older sets, and what runs that broke off have left."""
    for found in place.iterdir():
        if found.name != keep and found.name.startswith((SETS, UNFINISHED)):
            shutil.rmtree(found, ignore_errors=True)


def described(path: Path, rows: int) -> SegmentFile:
    """A file that was just written, now on the disk."""
    _sync(path)
    return SegmentFile(path.name, rows, path.stat().st_size, _hash(path))


_whole: set[tuple[str, int, int, int]] = set()
WHOLE_KEPT = 10_000


def check(path: Path, file: SegmentFile) -> None:
    """Raise ``SegmentsUnusable`` unless a file is what was written, byte for byte.

    Its bytes are read once in a process, and again when the file has changed.
    """
    try:
        found = path.stat()
        if found.st_size != file.size:
            raise SegmentsUnusable(file.name, f"{found.st_size} ≠ {file.size} bytes")
        mark = (file.sha256, found.st_ino, found.st_mtime_ns, found.st_size)
        if mark in _whole:
            return
        if _hash(path) != file.sha256:
            raise SegmentsUnusable(file.name, "sha256")
    except OSError as gone:
        raise SegmentsUnusable(file.name, str(gone.strerror)) from gone
    if len(_whole) >= WHOLE_KEPT:
        _whole.clear()
    _whole.add(mark)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
