"""The district's report from a cold shell by two checkouts in turns: this one, and one of before.

    python benchmarks/side_by_side.py /path/to/another/checkout

Each checkout has a .venv of its own (`tools/prepare run`) and gets a home of its own with the
demonstration in it. The two take turns, so that what else the machine does falls on both; processor
time is that of the command, not of the database beside it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from outcome import Outcome, main, say

HERE = Path(__file__).resolve().parent.parent
WORDS = ("report", "2018-9M", "--unit", "HU-THACH-THAT", "--known-on", "29/10/2018")
# Keeps the checkout's database up, as while the desk is served, until its input ends.
HOLD = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "giaoban.settings"
from giaoban import database
with database.running():
    print("up", flush=True)
    sys.stdin.read()
"""


@dataclass
class Checkout:
    """One of the two: where it is, and what its command took, in seconds."""

    folder: Path
    home: Path
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def command(self, *words: str) -> None:
        """Run its ``giaoban`` to the end."""
        program = str(self.folder / ".venv" / "bin" / "giaoban")
        subprocess.run([program, *words], check=True, cwd=self.folder, env=self.environment(),
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip

    def environment(self) -> dict[str, str]:
        told = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return {**told, "GIAOBAN_HOME": str(self.home)}

    @contextmanager
    def up(self) -> Iterator[None]:
        """Its database runs."""
        python = str(self.folder / ".venv" / "bin" / "python")
        with subprocess.Popen([python, "-c", HOLD], cwd=self.folder, env=self.environment(),
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as held:  # fmt: skip
            assert held.stdout is not None
            assert held.stdout.readline() == b"up\n"
            yield
            held.communicate()

    def time(self) -> None:
        """One report from a cold shell."""
        before, start = os.times(), perf_counter()
        self.command(*WORDS)
        self.wall.append(perf_counter() - start)
        after = os.times()
        self.processor.append(
            after.children_user + after.children_system
            - before.children_user - before.children_system
        )  # fmt: skip


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Load the demonstration with each, then ask in turns."""
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as homes, ExitStack() as held:
        os.chmod(homes, 0o755)
        both = [
            Checkout(folder.resolve(), options.homes or Path(homes))
            for folder in (options.other, HERE)
        ]
        for one, name in zip(both, ("before", "now"), strict=True):
            one.home = one.home / name
            if not one.home.exists():
                one.home.mkdir()
                say.print(f"loading the demonstration: {name} …")
                one.command("demo", "--no-serve")
            held.enter_context(one.up())
            one.command(*WORDS)  # its bytecode is compiled by then
        for _round in range(options.rounds):
            for one in both:
                one.time()
    return _outcomes(*both)


def _outcomes(before: Checkout, now: Checkout) -> list[Outcome]:
    found = []
    for what in ("processor", "wall"):
        old, new = getattr(before, what), getattr(now, what)
        for way, taken in (("least", min), ("median", statistics.median)):
            ratio = taken(old) / taken(new)
            found.append(Outcome(
                f"giaoban report, cold: {what} time, {way}", f"{taken(old):.2f} s, as before",
                f"{taken(new):.2f} s", ratio, {"before": old, "now": new},
            ))  # fmt: skip
    return found


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("other", type=Path, help="the checkout to hold beside this one")
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--homes", type=Path, help="where both homes are kept for another run")
    sys.exit(main(asked, measure))
