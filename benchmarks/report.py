"""The district's nine-month report: in process and warm, and as a command from a cold shell."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from outcome import Outcome, main, median_seconds, say, seconds

from giaoban import database

WARM_SECONDS, UP_SECONDS, DOWN_SECONDS = 0.05, 1.5, 3.0
WORDS = ("report", "2018-9M", "--unit", "HU-THACH-THAT", "--known-on", "29/10/2018")


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Load the demonstration into a home of this run's own and ask for its report."""
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as home:
        os.chmod(home, 0o755)
        os.environ["GIAOBAN_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "giaoban.settings"
        command = [str(Path(sys.executable).parent / "giaoban")]
        say.print("loading the demonstration …")
        _quiet([*command, "demo", "--no-serve"])
        down = _median(lambda: _quiet([*command, *WORDS]), options.rounds)
        with database.running():
            up = _median(lambda: _quiet([*command, *WORDS]), options.rounds)
            bare = _median(lambda: _quiet([sys.executable, "-c", ""]), options.rounds)
            warm = _warm(options.rounds)
        return [
            _outcome("district report, warm, in process", warm, WARM_SECONDS),
            _outcome("giaoban report, cold shell, database up", up, UP_SECONDS),
            _outcome("giaoban report, cold shell, database started and stopped", down,
                     DOWN_SECONDS),
            Outcome("the interpreter's start alone", "–", f"{bare * 1000:.0f} ms"),
        ]  # fmt: skip


def _quiet(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _median(work: object, rounds: int) -> float:
    assert callable(work)
    return statistics.median(seconds(work) for _ in range(rounds))


def _warm(rounds: int) -> float:
    import django

    django.setup()
    from django.db import connections

    from giaoban.figures.by_unit import Question
    from giaoban.figures.organisation_work import head_for, organisation_work
    from giaoban.periods import Period, regime_named
    from giaoban.units.queries import unit_by_code

    day = date(2018, 10, 29)
    period = Period.parse("2018-9M", regime=regime_named("calendar"))
    question = Question(unit_by_code("HU-THACH-THAT"), period, head_for(day), day)
    assert organisation_work(question).whole.actual == 134
    took = median_seconds(lambda: organisation_work(question), rounds * 5)
    connections.close_all()
    return took


def _outcome(name: str, took: float, goal: float) -> Outcome:
    said = f"under {goal * 1000:.0f} ms" if goal < 1 else f"under {goal} s"
    return Outcome(name, said, f"{took * 1000:.0f} ms", goal / took, {"seconds": took})


def arguments() -> argparse.ArgumentParser:
    """How often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
