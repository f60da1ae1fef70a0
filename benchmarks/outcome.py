"""What a benchmark found, and the one way in which every script tells it: a table or JSON."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table

# Progress goes to stderr, so that --json stays readable for a program.
say = Console(stderr=True, highlight=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One goal beside what was measured.

    ``ratio`` is how many times the goal is outdone: 1 just reaches it, below 1 falls short. None
    stands for what could not be measured, or for a line that has no goal. ``details`` keeps the
    raw numbers for JSON.
    """

    name: str
    goal: str
    measured: str
    ratio: float | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        if self.ratio is None:
            return "–"
        return "reached" if self.ratio >= 1 else "falls short"


Measure = Callable[[argparse.Namespace], Sequence[Outcome]]


def main(parser: argparse.ArgumentParser, measure: Measure) -> None:
    """Parse a script's options, measure, and print what was found."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    tell(measure(options), as_json=options.json)


def tell(found: Iterable[Outcome], *, as_json: bool) -> None:
    """Print outcomes to stdout."""
    if as_json:
        rows = [asdict(outcome) | {"verdict": outcome.verdict} for outcome in found]
        json.dump(rows, sys.stdout, indent=1, ensure_ascii=False)
        sys.stdout.write("\n")
        return
    table = Table(title="Goals and measurements", title_justify="left")
    for heading in ("benchmark", "goal", "measured"):
        table.add_column(heading, overflow="fold")
    table.add_column("ratio to goal", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for outcome in found:
        ratio = "–" if outcome.ratio is None else f"{outcome.ratio:.2f}"
        table.add_row(outcome.name, outcome.goal, outcome.measured, ratio, outcome.verdict)
    width = None if sys.stdout.isatty() else 140
    Console(width=width).print(table)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def median_seconds(work: Callable[[], object], rounds: int) -> float:
    """The median over several calls: the machine is seldom quiet."""
    return statistics.median(seconds(work) for _ in range(rounds))
