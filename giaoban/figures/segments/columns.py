"""DuckDB: one connection for each thread and folder, which sees that folder and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
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

# What stands in a text for a list of numbers, for each engine to put in its own way.
ASKED = "%(asked)s"
# The name by which a narrowing knows the rows of the files.
FILES = "files"

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


@dataclass(frozen=True, slots=True)
class Question:
    """Some texts of the portable subset, and the files that answer them.

    ``table`` is what the texts call the rows of the ``files``, which are of one shape; without any
    it has no rows and the legs' columns. With ``narrowed``, a query over ``FILES``, it is what that
    one leaves of them. ``late`` are legs beyond the files, the columns of ``LATE``. ``asked`` are
    numbers that stand where a text or the narrowing says ``ASKED``. ``what`` is named where the
    files can't be read.
    """

    what: str
    texts: Sequence[str]
    table: str
    files: Sequence[Path]
    narrowed: str = ""
    late: tuple[Ints, ...] | None = None
    asked: Sequence[int] | Ints = ()


class Embedded:
    """DuckDB in this very process: the engine that needs nothing else."""

    def answers(self, question: Question) -> list[tuple[Ints, ...]]:
        """See ``engines.Engine``."""
        import duckdb

        connection = connect(settings.SEGMENTS)
        try:
            # A table is looked into twice as fast as a list, and tells which rows to pass over.
            connection.register("asked", {"number": np.asarray(question.asked, dtype=np.int64)})
            self._lay_out(connection, question)
            texts = (text.replace(ASKED, _OF_TABLE) for text in question.texts)
            found = [connection.execute(text).fetchnumpy() for text in texts]
        except duckdb.Error as broken:
            raise SegmentsUnusable(question.what, str(broken).splitlines()[0]) from broken
        return [
            tuple(np.asarray(column, dtype=np.int64) for column in columns.values())
            for columns in found
        ]

    def _lay_out(self, connection: Any, question: Question) -> None:
        """Let the table of the texts be the files' rows, narrowed or with the late ones."""
        rows = f"SELECT * FROM {table(question.files)}"
        if question.late is not None:
            connection.register("late", dict(zip(LATE, question.late, strict=True)))
            rows = f"SELECT {NEEDED} FROM ({rows}) UNION ALL SELECT {AGAIN} FROM late"
        if question.narrowed:
            connection.execute(f"CREATE OR REPLACE TEMP VIEW {FILES} AS {rows}")
            rows = question.narrowed.replace(ASKED, _OF_TABLE)
            if len(question.texts) > 1:
                # Few rows, found once for all texts.
                connection.execute(f"CREATE OR REPLACE TEMP TABLE narrowed AS {rows}")
                rows = "SELECT * FROM narrowed"
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {question.table} AS {rows}")


_OF_TABLE = "SELECT number FROM asked"


# What is read of a leg where late ones are laid beside it, and how those come over: as whole
# numbers.
LATE = ("entry_id", "unit_id", "account", "kind", "day", "person_id", "quantity", "reversal")
NEEDED = "entry_id, unit_id, account, kind, effective_on, person_id, quantity, reversal"
AGAIN = (
    "entry_id, unit_id, account, kind, DATE '1970-01-01' + CAST(day AS INTEGER), person_id,"
    " quantity, reversal = 1"
)
