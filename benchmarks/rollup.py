"""Rolling a synthetic nation up its tree, given its leaf sums; and how the time grows."""

from __future__ import annotations

import argparse

import numpy as np
from outcome import Outcome, main, median_seconds

from giaoban.figures.rollup import roll_up
from giaoban.units.tree import Tree, build

GOAL_SECONDS = 0.05
COLUMNS = 10
# Province, district, commune, grassroots organisation, cell: the shape of a nation of 302.000.
SHARES = (63, 696, 10_035, 52_000)


def nation(units: int, seed: int = 1) -> Tree:
    """A tree of about ``units`` units in five levels below one root, ids scattered."""
    from datetime import date

    rng = np.random.default_rng(seed)
    scale = units / 302_000
    counts = [1, *(max(1, round(share * scale)) for share in SHARES)]
    counts.append(units - sum(counts))
    starts = np.concatenate(([0], np.cumsum(counts)))
    parents = np.full(units, -1, dtype=np.int64)
    for level in range(1, len(counts)):
        above = rng.integers(starts[level - 1], starts[level], counts[level])
        parents[starts[level] : starts[level + 1]] = above + 1
    order = rng.permutation(units)
    return build(date(2025, 6, 30), 1, np.arange(1, units + 1)[order], parents[order])


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Roll up ten columns at four sizes, the largest the nation's."""
    rng, taken = np.random.default_rng(2), {}
    for units in (options.units // 8, options.units // 4, options.units // 2, options.units):
        tree = nation(units)
        own = rng.integers(0, 60, (COLUMNS, len(tree)))
        rolled = roll_up(tree, own)
        assert (rolled[:, tree.parent < 0].sum(axis=1) == own.sum(axis=1)).all()
        taken[units] = median_seconds(lambda tree=tree, own=own: roll_up(tree, own), options.rounds)
    slope = np.polyfit(np.log(list(taken)), np.log(list(taken.values())), 1)[0]
    took = taken[options.units]
    return [
        Outcome(
            f"roll-up of {options.units:,} units, {COLUMNS} columns", "under 50 ms",
            f"{took * 1000:.1f} ms", GOAL_SECONDS / took, {"seconds": taken},
        ),
        Outcome(
            "roll-up: growth with units", "linear: exponent 1",
            f"time grows as units to the power {slope:.2f}", details={"exponent": slope},
        ),
    ]  # fmt: skip


def arguments() -> argparse.ArgumentParser:
    """The size of the nation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=302_000)
    parser.add_argument("--rounds", type=int, default=9)
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
