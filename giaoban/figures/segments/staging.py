"""A file of DuckDB's beside a set that is being written: rows of the database streamed into tables,
tables written as Parquet, all in bounded memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from giaoban.figures.segments import layout
from giaoban.figures.segments.columns import COLUMNS, MEMORY, literal
from giaoban.figures.segments.layout import SegmentFile

# Rows that DuckDB keeps together in a file: a unit's statement reads a group or two, a nation's
# reads them all.
GROUP = 20_480
SMALL = f"COMPRESSION zstd, ROW_GROUP_SIZE {GROUP}"


@contextmanager
def staged(folder: Path) -> Iterator[Any]:
    """DuckDB on a file of its own in ``folder``, with an empty table ``leg``, for a while."""
    import duckdb

    path = folder / "legs.duckdb"
    config = {"memory_limit": MEMORY, "temp_directory": str(folder / "spill"),
              "preserve_insertion_order": "false"}  # fmt: skip
    try:
        with duckdb.connect(str(path), config=config) as duck:
            kinds = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
            duck.execute(f"CREATE TABLE leg ({kinds})")
            yield duck
    finally:
        for left in (path, path.with_name(f"{path.name}.wal")):
            left.unlink(missing_ok=True)
        shutil.rmtree(folder / "spill", ignore_errors=True)


def bring(duck: Any, query: str, into: str, columns: Mapping[str, str], folder: Path) -> None:
    """Add the rows of a query of PostgreSQL to a table of DuckDB's with these columns."""
    path = folder / "window.csv"
    copied = f"COPY ({query}) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(copied) as copy, path.open("wb") as file:
        for block in copy:
            file.write(block)
    if path.stat().st_size:
        kinds = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in columns.items())
        duck.execute(
            f"INSERT INTO {into} SELECT * FROM read_csv({literal(str(path))},"
            f" columns = {{{kinds}}}, header = false, auto_detect = false)"
        ).fetchall()
    path.unlink()


def file(duck: Any, query: str, path: Path) -> SegmentFile:
    """Write the rows of a query of DuckDB's as a Parquet file of a set."""
    (rows,) = duck.execute(
        f"COPY ({query}) TO {literal(str(path))} (FORMAT parquet, {SMALL})"
    ).fetchone()
    return layout.described(path, rows)
