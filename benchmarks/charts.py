"""A chart of each kind, as svg and as a picture, once the process is warm; and 42 and 80 bars."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from outcome import Outcome, main, median_seconds, say

GOAL_SECONDS = 0.1


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Draw each chart anew so often, and take the median; a picture from a drawing that is kept."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.settings")
    django.setup()
    # The charts are those of the tests.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from msgspec.structs import replace

    from giaoban.reports.charts import drawing
    from tests.reports.drawings import bars, tree
    from tests.reports.sample import CHARTS

    charts = {one.name: one for one in CHARTS}
    charts |= {"42 bars": bars(42), "80 bars": bars(80), "34 units": tree(*range(100, 780, 20))}
    say.print("drawing …")
    drawing.png(CHARTS[0], "vi")
    found = []
    for name, one in charts.items():
        # A drawing is kept by its content, in Typst, too: each round draws another one.
        others = iter([replace(one, alt=f"{n}") for n in range(2 * options.rounds)])
        svg = median_seconds(lambda others=others: drawing.svg(next(others), "vi"), options.rounds)
        found.append(_outcome(f"chart as svg, warm: {name}", svg))
        drawn = list(others)
        for other in drawn:
            drawing.svg(other, "vi")
        rest = iter(drawn)
        png = median_seconds(lambda rest=rest: drawing.png(next(rest), "vi"), options.rounds)
        found.append(_outcome(f"that drawing as png, warm: {name}", png))
    return found


def _outcome(name: str, took: float) -> Outcome:
    said = f"under {GOAL_SECONDS * 1000:.0f} ms"
    measured = f"{took * 1000:.0f} ms"
    return Outcome(name, said, measured, GOAL_SECONDS / took, {"seconds": took})


def arguments() -> argparse.ArgumentParser:
    """How often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
