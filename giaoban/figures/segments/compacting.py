"""Writing a set of segments: every leg up to the journal's head, by year of effect.

The journal only grows and its numbers are in the order of commits, so what lies at or below the
head never changes while it is read. The legs stream through a file of DuckDB's beside the set, in
bounded memory; a set takes the old one's place only when it is whole.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings

from giaoban.figures.segments import layout
from giaoban.figures.segments.columns import COLUMNS, Ints
from giaoban.figures.segments.errors import (
    CompactionUnderWay,
    LegsHidden,
    NothingToCompact,
)
from giaoban.figures.segments.layout import LegFile, SegmentSet, Year
from giaoban.figures.segments.places import in_preorder, write_places
from giaoban.figures.segments.staging import GROUP, bring, file, staged
from giaoban.figures.segments.units import write_units
from giaoban.journal.queries import Head, head
from giaoban.journal.sql import fetch

Progress = Callable[[int], None]
# Entries that are read in one go.
WINDOW = 200_000
# Legs in one file. DuckDB goes over all groups of rows of a file that it opens, 28 µs for each
# where it reads ten columns; so whoever asks for a district opens a file or two, be a year however
# large.
PART = 16 * GROUP

# Those on the rolls first, each branch's together; what lies outside the rolls no figure reads.
_ORDER = "account = 0, place, effective_on, entry_id, line"
_PLACED = "SELECT * FROM {rows} LEFT JOIN place USING (unit_id)"
_BALANCE = (
    "SELECT unit_id, standing, CAST(sum(members) AS BIGINT) AS members FROM ("
    " SELECT unit_id, standing, members FROM balance UNION ALL"
    " SELECT unit_id, CASE WHEN account IN (2, 4) THEN 1 ELSE 0 END, quantity FROM leg"
    " WHERE account BETWEEN 1 AND 4 AND year(effective_on) = {year})"
    " GROUP BY 1, 2 HAVING sum(members) <> 0 ORDER BY 1, 2"
)


def compact(progress: Progress) -> SegmentSet:
    """Write every leg up to the head of the journal as a new set and put it in force.

    ``progress`` is told how many entries have been read. Raises ``NothingToCompact``,
    ``CompactionUnderWay``, ``LegsHidden``.
    """
    place: Path = settings.SEGMENTS
    [(hidden, role)] = fetch("SELECT row_security_active('ledger_leg'), current_user")
    if hidden:
        raise LegsHidden(role=role)
    with _alone(place):
        last = head()
        if not fetch("SELECT 1 FROM ledger_leg WHERE entry_id <= %(n)s LIMIT 1", n=last.number):
            raise NothingToCompact
        fresh = Path(tempfile.mkdtemp(prefix=layout.UNFINISHED, dir=place))
        with staged(fresh) as duck:
            for window in windows(last.number):
                gather(duck, window, fresh)
                progress(len(window))
            units = write_units(duck, fresh, last.number)
            found = written(duck, fresh, last, in_preorder(duck))
            found = msgspec.structs.replace(found, units=units)
        layout.put_in_force(place, fresh, found)
        layout.clear(place, found.folder)
    return found


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """The folder, closed to others, and nobody else at work in it; what was broken off goes."""
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)
    with (place / "compact.lock").open("w") as gate:
        try:
            fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CompactionUnderWay(folder=place) from None
        for left in place.glob(f"{layout.UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def windows(last: int) -> Iterator[range]:
    """The entries 1 to ``last`` in stretches that fit into memory."""
    for start in range(1, last + 1, WINDOW):
        yield range(start, min(start + WINDOW, last + 1))


def gather(duck: Any, window: range, folder: Path) -> None:
    """Bring the legs of a stretch of entries from the ledger into the table ``leg``."""
    query = (
        f"SELECT {', '.join(COLUMNS)} FROM ledger_leg WHERE entry_id >= {window.start}"
        f" AND entry_id < {window.stop}"
    )
    bring(duck, query, "leg", COLUMNS, folder)


def written(duck: Any, fresh: Path, last: Head, units: Ints) -> SegmentSet:
    """The files of a set in ``fresh``, from the legs in the table ``leg``, up to an entry; legs lie
    in the order of ``units``."""
    places = write_places(duck, units, fresh)
    first, latest, legs = duck.execute(
        "SELECT min(year(effective_on)), max(year(effective_on)), count(*) FROM leg"
    ).fetchone()
    duck.execute("CREATE TABLE balance (unit_id BIGINT, standing INTEGER, members BIGINT)")
    years: list[Year] = []
    settled = 0
    for number in range(first, latest + 1):
        of_year = f"FROM leg WHERE year(effective_on) = {number}"
        told = _legs(duck, number, f"(SELECT * {of_year})", fresh)
        duck.execute(f"CREATE OR REPLACE TABLE balance AS {_BALANCE.format(year=number)}")
        rows = _PLACED.format(rows="balance")
        kept = file(duck, f"{rows} ORDER BY place, standing", fresh / f"balances-{number}.parquet")
        (newest,) = duck.execute(
            f"SELECT coalesce(max(entry_id), 0) {of_year} AND account BETWEEN 1 AND 4"
        ).fetchone()
        settled = max(settled, newest)
        years.append(Year(number, told, kept, settled))
    digest = last.digest.hex()
    folder = f"{layout.SETS}{last.number}-{digest[:12]}-{os.urandom(4).hex()}"
    return SegmentSet(layout.FORMAT, folder, last.number, digest, legs, tuple(years), places)


def _legs(duck: Any, year: int, rows: str, fresh: Path) -> tuple[LegFile, ...]:
    """The legs of a year in files of at most ``PART`` rows, one after the other in their order; a
    year without any has an empty one."""
    duck.execute(
        "CREATE OR REPLACE TABLE of_year AS SELECT *,"
        f" (row_number() OVER (ORDER BY {_ORDER}) - 1) // {PART} AS part"
        f" FROM ({_PLACED.format(rows=rows)})"
    )
    parts = duck.execute(
        "SELECT part, coalesce(min(place) FILTER (WHERE account BETWEEN 1 AND 4), 0),"
        " coalesce(max(place) FILTER (WHERE account BETWEEN 1 AND 4), -1)"
        " FROM of_year GROUP BY 1 ORDER BY 1"
    ).fetchall()
    found = []
    for part, first, last in parts or [(0, 0, -1)]:
        more = f"-{part + 1}" if part else ""
        of_part = f"SELECT * EXCLUDE (part) FROM of_year WHERE part = {part} ORDER BY {_ORDER}"
        told = file(duck, of_part, fresh / f"legs-{year}{more}.parquet")
        found.append(LegFile(**msgspec.structs.asdict(told), first=first, last=last))
    duck.execute("DROP TABLE of_year")
    return tuple(found)
