"""The nation's benchmark as a whole, one table: ours and the rivals, on the same legs.

Each part runs in a process of its own, one after the other; alone they take the same options.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from outcome import Outcome, main, say

from nation import books, growth
from nation.against import HERE

PARTS = ("columns", "plain_sql", "finding", "dhis2", "dhis2_merge", "growth", "storm")
# Which options of this script each part takes beside --home.
TAKES = {
    "columns": ("ours",), "plain_sql": ("ours",), "finding": (), "dhis2": ("ours",),
    "dhis2_merge": (), "growth": ("small", "files"), "storm": ("ours", "beside", "corrections"),
}  # fmt: skip


def build(options: argparse.Namespace) -> None:
    """What is not there yet: the nation, a tenth of it, ten nations' legs. The first time it takes
    the better part of an hour and 11 GB."""
    growth.build(options.home, 1.0)
    growth.build(options.small, growth.SMALL)
    if not (options.files / "current.json").exists():
        say.print(f"{options.files}: ten nations' legs …")
        command = [str(Path(sys.executable).parent / "giaoban"), "synth", "segments",
                   "--times", "10", "--out", str(options.files)]  # fmt: skip
        environment = {**os.environ, "GIAOBAN_HOME": str(options.home)}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Every part, or those asked for."""
    if options.build:
        build(options)
    found: list[Outcome] = []
    for part in options.only or PARTS:
        say.print(f"[bold]{part}[/bold]")
        words = ["--home", str(options.home), "--json"]
        for name in TAKES[part]:
            if (value := getattr(options, name)) is not None:
                words += [f"--{name}", str(value)]
        found += _separately(part, words)
    return found


def _separately(part: str, words: list[str]) -> list[Outcome]:
    # Finding is of any home, so it stands beside this folder.
    module = part if part == "finding" else f"nation.{part}"
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=HERE)
    if done.returncode:
        return [Outcome(part, "–", f"broke off with exit code {done.returncode}", 0.0)]
    return [
        Outcome(row["name"], row["goal"], row["measured"], row["ratio"], row["details"])
        for row in json.loads(done.stdout)
    ]


def arguments() -> argparse.ArgumentParser:
    """The homes and files, and which parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    books.add_home(parser)
    parser.add_argument("--build", action="store_true", help="build what is not there yet")
    parser.add_argument("--ours", help="a command that answers as nation.asking does")
    parser.add_argument("--small", type=books.place, help="growth: the home of a tenth")
    parser.add_argument(
        "--files", type=books.place, help="growth: a folder of ten nations' segments"
    )
    parser.add_argument("--beside", type=books.place, help="storm: a folder with room for the copy")
    parser.add_argument("--corrections", type=int, help="storm: how many")
    parser.add_argument("--only", nargs="*", choices=PARTS, help="some of the parts")
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
