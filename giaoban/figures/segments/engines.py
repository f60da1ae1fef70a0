"""What answers the sums over segments: DuckDB in this process, or a cluster of Apache Spark.

The SQL and the files are the same, and so are the answers; the roll-up is numpy's either way.
``FIGURES_ENGINE`` says which: nothing, or the address of a cluster's master (spark://host:7077).
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

from django.conf import settings

from giaoban.figures.segments.columns import Embedded, Ints, Question
from giaoban.figures.segments.spark import Cluster


class Engine(Protocol):
    """Reads Parquet files by SQL of the portable subset."""

    def answers(self, question: Question) -> list[tuple[Ints, ...]]:
        """For each text the columns of its answer as int64, in their order.

        Raises ``SegmentsUnusable`` naming ``question.what`` where the files can't be read, or the
        engine itself where that is what fails.
        """
        ...


def engine() -> Engine:
    """The engine that the settings name."""
    return _made(settings.FIGURES_ENGINE)


@cache
def _made(address: str) -> Engine:
    return Cluster(address) if address else Embedded()
