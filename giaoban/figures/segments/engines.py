"""What answers the sums over segments: DuckDB in this process, or a cluster of Apache Spark.

The SQL and the files are the same, and so are the answers; the roll-up is numpy's either way.
``FIGURES_ENGINE`` says which: nothing, or the address of a cluster's master (spark://host:7077).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from giaoban.figures.segments.columns import Embedded, Ints
from giaoban.figures.segments.spark import Cluster


class Engine(Protocol):
    """Reads Parquet files by SQL of the portable subset."""

    def answer(
        self, sql: str, what: str, tables: Mapping[str, Sequence[Path]],
        late: tuple[Ints, ...] | None = None, units: Sequence[int] = (),
    ) -> tuple[Ints, ...]:  # fmt: skip
        """The columns of an answer as int64, in their order.

        ``tables`` names what stands for each table of the text: files of one shape, or none for a
        table without rows, which has the legs' columns. ``late`` are legs beyond the files, the
        columns of ``columns.LATE``. ``units`` stand where the text says ``columns.ASKED``.
        Raises ``SegmentsUnusable`` naming ``what`` where the files can't be read, or the engine
        itself where that is what fails.
        """
        ...


def engine() -> Engine:
    """The engine that the settings name."""
    return _made(settings.FIGURES_ENGINE)


@cache
def _made(address: str) -> Engine:
    return Cluster(address) if address else Embedded()
