"""The floor: DuckDB only reading the columns that the question needs, from ours' own files.

The legs of the nine months and the balances of the last year's end, every column that the leaf
sums ask for added up, nothing grouped, on as many threads as ours uses. Each round is a process of
its own, like ours; opening DuckDB is told apart.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from outcome import Outcome, main

from nation import books
from nation.against import HERE, ROUNDS, Ours, ours_of
from nation.question import PERIOD

TIMES = 3  # ours takes so many times this at most
# What ``figures/leaves.py`` asks of a leg: persons only for the two ends of a transfer.
NEEDED = ("unit_id", "account", "kind", "quantity", "entry_id", "person_id")


def read(home: Path) -> dict[str, float]:
    """Once: seconds of opening, of reading, and how many rows were read."""
    import duckdb

    from giaoban.figures.segments.layout import current

    place = home / "var" / "segments"
    found = current(place)
    assert found is not None, f"no segments in {place}"
    [year] = found.within(PERIOD.start, PERIOD.end)
    [before] = [one for one in found.years if one.end == PERIOD.start]
    legs = [str(place / found.folder / file.name) for file in year.legs]
    balances = place / found.folder / before.balances.name
    sums = ", ".join(f"sum({name})" for name in NEEDED)
    began = perf_counter()
    connection = duckdb.connect(":memory:")
    opened = perf_counter()
    rows = connection.execute(
        f"SELECT count(*), {sums}, max(effective_on), count(*) FILTER (WHERE reversal)"
        f" FROM read_parquet({legs}) WHERE account BETWEEN 1 AND 4"
        f" AND effective_on < DATE '{PERIOD.end}'"
    ).fetchall()
    stock = connection.execute(
        "SELECT count(*), sum(unit_id), sum(standing), sum(members)"
        f" FROM read_parquet('{balances}')"
    ).fetchall()
    done = perf_counter()
    return {"opening": opened - began, "reading": done - opened,
            "legs": rows[0][0], "balances": stock[0][0]}  # fmt: skip


def floor(home: Path, rounds: int) -> dict[str, float]:
    """The medians over processes."""
    told = []
    for _round in range(rounds):
        command = [sys.executable, "-m", "nation.columns", "--inside", "--home", str(home)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE)
        told.append(json.loads(done.stdout))
    return {name: statistics.median(one[name] for one in told) for name in told[0]}


def measure(options: argparse.Namespace) -> list[Outcome]:
    """The floor, and how far above it ours is."""
    with books.held_up(options.home):
        ours: Ours = ours_of(options, options.rounds)
    found = floor(options.home, options.rounds)
    reads = found["opening"] + found["reading"]
    times = ours.seconds / reads
    return [
        Outcome(
            "only reading the needed columns with DuckDB",
            f"ours at most {TIMES} times as long",
            f"{reads * 1000:.0f} ms ({found['opening'] * 1000:.0f} ms of it opening DuckDB) for"
            f" {found['legs']:,.0f} legs and {found['balances']:,.0f} balances;"
            f" ours {ours.seconds * 1000:.0f} ms: {times:.1f} times",
            TIMES / times,
            {**found, "ours": ours.seconds, "ours_rounds": ours.told},
        )
    ]


def arguments() -> argparse.ArgumentParser:
    """Which home, how often."""
    parser = argparse.ArgumentParser(description=__doc__)
    books.add_home(parser)
    parser.add_argument("--ours", help="a command that answers as nation.asking does")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    asked, _ = arguments().parse_known_args()
    if asked.inside:
        json.dump(read(asked.home), sys.stdout)
    else:
        main(arguments(), measure)
