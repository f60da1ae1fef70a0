"""A cluster of Apache Spark as the engine: for files that outgrow one machine.

The same Parquet files, on storage that the driver and every worker see under one path. The package
pyspark (the extra ``spark``) and Java 17 are needed on the machine that asks, and on no other
unless the cluster is asked.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from giaoban.figures.segments.columns import (
    AGAIN,
    ASKED,
    COLUMNS,
    FILES,
    LATE,
    NEEDED,
    Ints,
    Question,
)
from giaoban.figures.segments.layout import SegmentsUnusable

# Sums of legs have a few hundred thousand rows; two hundred parts, Spark's own choice, would each
# cost more than they hold.
PARTS = 8
OPTIONS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": str(PARTS),
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.ansi.enabled": "true",
}


class Cluster:
    """A cluster by its master's address. The first question starts a driver in this process.

    ``options`` are Spark's own, beyond those that it is always started with.
    """

    def __init__(self, master: str, options: Mapping[str, str] | None = None) -> None:
        self._master, self._options = master, OPTIONS | dict(options or {})
        self._session: Any = None
        # Names of tables are the session's; questions take turns.
        self._turn = threading.Lock()

    def answers(self, question: Question) -> list[tuple[Ints, ...]]:
        """See ``engines.Engine``."""
        told = ", ".join(map(str, question.asked)) or "NULL"
        with self._turn, self._refusals(question.what):
            session = self._opened()
            rows = self._rows(session, question)
            if question.narrowed:
                rows.createOrReplaceTempView(FILES)
                rows = session.sql(question.narrowed.replace(ASKED, told))
            rows.createOrReplaceTempView(question.table)
            found = [session.sql(text.replace(ASKED, told)).toArrow() for text in question.texts]
        return [tuple(_whole(column.to_numpy()) for column in one.itercolumns()) for one in found]

    def _rows(self, session: Any, question: Question) -> Any:
        rows = (
            session.read.parquet(*(path.as_uri() for path in question.files)) if question.files
            else session.createDataFrame([], ", ".join(f"{n} {t}" for n, t in COLUMNS.items()))
        )  # fmt: skip
        if question.late is not None:
            import pyarrow

            late = pyarrow.table(dict(zip(LATE, question.late, strict=True)))
            more = session.createDataFrame(late).selectExpr(*_listed(AGAIN))
            rows = rows.selectExpr(*_listed(NEEDED)).union(more)
        return rows

    def _opened(self) -> Any:
        if self._session is None:
            from pyspark.sql import SparkSession

            # It would print the whole of Java's mind beside the one line that is said.
            logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
            building = SparkSession.builder.master(self._master).appName("Giao Ban")
            for option, value in self._options.items():
                building = building.config(option, value)
            self._session = building.getOrCreate()
            self._session.sparkContext.setLogLevel("ERROR")
        return self._session

    @contextmanager
    def _refusals(self, what: str) -> Iterator[None]:
        """Whatever the cluster or the lack of it says, in one line: PostgreSQL answers then."""
        try:
            yield
        except ImportError as missing:
            reason = _("the package {name} is missing: pip install giaoban[spark]")
            raise SegmentsUnusable(self._master, reason.format(name=missing.name)) from missing
        except Exception as broken:
            if not type(broken).__module__.startswith(("pyspark", "py4j")):
                raise
            self._forget()
            lines = [line for line in str(broken).splitlines() if line.strip()]
            raise SegmentsUnusable(what, lines[0] if lines else type(broken).__name__) from broken

    def _forget(self) -> None:
        """The next question begins with a new driver: this one may have lost its cluster."""
        session, self._session = self._session, None
        if session is not None:
            from pyspark.errors import PySparkException

            try:
                session.stop()
            except (PySparkException, OSError):
                return


def _whole(column: Any) -> Ints:
    """A column as int64; what lies between two days, a length of time here, as days."""
    if np.issubdtype(column.dtype, np.timedelta64):
        column = column.astype("timedelta64[D]")
    return np.asarray(column, dtype=np.int64)


def _listed(columns: str) -> list[str]:
    return columns.split(", ")
