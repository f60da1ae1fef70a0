"""Ours, asked once in a process of its own: the statement of every unit, or of one.

Nothing is kept from before: a fresh process has none of the product's caches. Told as one line of
JSON: seconds of the call, seconds of the start before it, megabytes at the highest, and totals to
compare. ``--out`` keeps the whole answer.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from giaoban.figures.everywhere import Everywhere
    from giaoban.figures.statement import Statements
    from nation.question import Answer


def ask(options: argparse.Namespace) -> dict[str, Any]:
    """One question, timed; then, warm, as often as asked."""
    began = perf_counter()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.settings")
    import django

    django.setup()
    import duckdb  # noqa: F401 - loaded before the clock runs, as docs/benchmarks.md says

    from giaoban.figures.everywhere import everywhere
    from giaoban.figures.lines import Line
    from giaoban.figures.statement import statements, statements_below
    from giaoban.journal.queries import head
    from giaoban.plans.queries import target_columns
    from giaoban.units.queries import unit_by_code
    from nation.question import FAMILY, INDICATOR, PERIOD

    known = head().number
    if options.files:
        known = _legs_of(options.files)
    if options.unit:
        unit = unit_by_code(options.unit)
    ready = perf_counter()

    def asked() -> tuple[Statements, Everywhere]:
        if options.unit:
            [told] = statements_below(unit, [PERIOD], known, FAMILY)
            plans = target_columns(INDICATOR, PERIOD.year, known, told.units.tolist())
        else:
            told = statements(PERIOD, known, FAMILY)
            plans = target_columns(INDICATOR, PERIOD.year, known)
        admitted = told.together(Line.ADMITTED)
        return told, everywhere(told.units, admitted, plans, PERIOD.elapsed_share)

    found, reached = asked()
    took = perf_counter() - ready
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    warm = [_seconds(asked) for _ in range(options.warm)]
    if options.out:
        _answer(found, reached).save(Path(options.out))
    top = unit if options.unit else int(found.tree.ids[0])
    totals = found.amounts[:, :, found.index(top)].sum(axis=1).tolist()
    return {
        "seconds": took, "start": ready - began, "megabytes": highest, "units": len(found.units),
        "warm": statistics.median(warm) if warm else None, "totals": totals, "known": known,
    }  # fmt: skip


def _seconds(work: Any) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _legs_of(folder: Path) -> int:
    """Read the legs of a set that no journal has; the last of its entries."""
    from nation.foreign import read_legs_of

    return read_legs_of(folder)


def _answer(found: Statements, reached: Everywhere) -> Answer:
    """The statements and achievements in the form that is compared."""
    import numpy as np

    from nation.question import Answer

    columns = np.stack([reached.plan, reached.tenths, reached.rank, reached.pace])
    return Answer(found.units, found.amounts, columns)


def arguments() -> argparse.ArgumentParser:
    """Which unit, and what to keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unit", help="the code of one unit")
    parser.add_argument("--files", type=Path, help="a folder of segments whose legs are read")
    parser.add_argument("--warm", type=int, default=0, help="ask so often again in the process")
    parser.add_argument("--out", help="where to keep the answer (.npz)")
    return parser


if __name__ == "__main__":
    json.dump(ask(arguments().parse_args()), sys.stdout)
    sys.stdout.write("\n")
