"""All benchmarks in one run, one table: ``make bench``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from outcome import Outcome, main, say

SCRIPTS = ("rollup", "posting", "single_acts", "report", "pages", "charts",
           "documents", "portal", "intake", "peers")  # fmt: skip


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Each script with its own defaults, one after the other."""
    found: list[Outcome] = []
    for name in options.only or SCRIPTS:
        say.print(f"[bold]{name}[/bold]")
        found += _separately(name)
    return found


def _separately(name: str) -> Sequence[Outcome]:
    """In a process of its own: Django is set up once in a process, for one database."""
    import json
    import subprocess
    import sys
    from pathlib import Path

    script = Path(__file__).with_name(f"{name}.py")
    done = subprocess.run(
        [sys.executable, str(script), "--json"], stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        return [Outcome(name, "–", f"broke off with exit code {done.returncode}", 0.0)]
    return [
        Outcome(row["name"], row["goal"], row["measured"], row["ratio"], row["details"])
        for row in json.loads(done.stdout)
    ]


def arguments() -> argparse.ArgumentParser:
    """Which scripts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=SCRIPTS, help="some of the scripts")
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
