"""DuckDB: one connection for each thread and folder, which sees that folder and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings

from giaoban.figures.segments.layout import SegmentsUnusable

Ints = npt.NDArray[np.int64]

# A nation's report has to fit into a small server beside PostgreSQL.
MEMORY = "1GB"
# name → type, in the order in which they are written; the names are the ledger's own.
COLUMNS = {
    "entry_id": "BIGINT",
    "line": "INTEGER",
    "unit_id": "BIGINT",
    "account": "SMALLINT",
    "kind": "SMALLINT",
    "effective_on": "DATE",
    "person_id": "BIGINT",
    "quantity": "SMALLINT",
    "reversal": "BOOLEAN",
}

# What stands in a text for a list of units, for each engine to put in its own way.
ASKED = "%(units)s"

_here = threading.local()


def connect(place: Path) -> Any:
    """This thread's connection for reading the segments below ``place``."""
    kept: dict[Path, Any] = _here.__dict__.setdefault("of", {})
    if place not in kept:
        kept[place] = _opened(place)
    return kept[place]


def _opened(place: Path) -> Any:
    import duckdb  # an office without segments need not wait for it to load

    found = duckdb.connect(":memory:", config={"memory_limit": MEMORY})
    # Files of a set are never changed, so what tells of their columns is read once.
    found.execute("SET parquet_metadata_cache = true")
    found.execute("SET autoinstall_known_extensions = false")
    found.execute("SET autoload_known_extensions = false")
    found.execute(f"SET allowed_directories = [{literal(str(place))}]")
    found.execute("SET enable_external_access = false")
    found.execute("SET lock_configuration = true")
    return found


def literal(text: str) -> str:
    """A text inside a statement."""
    return "'" + text.replace("'", "''") + "'"


def table(paths: Sequence[Path]) -> str:
    """What stands behind FROM for the rows of some files; of none, an empty table of legs."""
    if not paths:
        empty = ", ".join(f"NULL::{kind} AS {name}" for name, kind in COLUMNS.items())
        return f"(SELECT {empty} WHERE false)"
    return f"read_parquet([{', '.join(literal(str(path)) for path in paths)}])"


class Embedded:
    """DuckDB in this very process: the engine that needs nothing else."""

    def answer(
        self, sql: str, what: str, tables: Mapping[str, Sequence[Path]],
        late: tuple[Ints, ...] | None = None, units: Sequence[int] = (),
    ) -> tuple[Ints, ...]:  # fmt: skip
        """See ``engines.Engine``."""
        import duckdb

        connection = connect(settings.SEGMENTS)
        try:
            for name, paths in tables.items():
                rows = f"SELECT * FROM {table(paths)}"
                if late is not None:
                    connection.register("late", dict(zip(LATE, late, strict=True)))
                    rows = f"SELECT {NEEDED} FROM {table(paths)} UNION ALL SELECT {AGAIN} FROM late"
                connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {rows}")
            if ASKED in sql:
                # A table is looked into twice as fast as a list, and tells which rows to pass over.
                connection.register("asked", {"unit_id": np.array(units, dtype=np.int64)})
                sql = sql.replace(ASKED, "SELECT unit_id FROM asked")
            found = connection.execute(sql).fetchnumpy()
        except duckdb.Error as broken:
            raise SegmentsUnusable(what, str(broken).splitlines()[0]) from broken
        return tuple(np.asarray(column, dtype=np.int64) for column in found.values())


# What is read of a leg where late ones are laid beside it, and how those come over: as whole
# numbers.
LATE = ("entry_id", "unit_id", "account", "kind", "day", "person_id", "quantity", "reversal")
NEEDED = "entry_id, unit_id, account, kind, effective_on, person_id, quantity, reversal"
AGAIN = (
    "entry_id, unit_id, account, kind, DATE '1970-01-01' + CAST(day AS INTEGER), person_id,"
    " quantity, reversal = 1"
)
