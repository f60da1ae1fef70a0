"""How time and memory grow with the legs: 1,6, 15,8 and 158 million of them.

The smallest is a nation at a tenth, built into a home of its own where there is none yet; the
largest are ten nations' legs written straight to segments, on the organisations of the home. The
nation and one district each, in fresh processes, the district warm, too. The law of growth is a
line fitted through the logarithms. A tenth of the nation has a tenth of the organisations as well,
ten nations have those of one.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from outcome import Outcome, main, say

from nation import books
from nation.against import HERE, ROUNDS, ask

UNIT_SECONDS, MEGABYTES = 0.03, 1500
SMALL = 0.1


@dataclass(frozen=True, slots=True)
class Size:
    """One size: how many legs, and what fresh processes told of the nation and of a district."""

    legs: int
    nation: list[dict[str, Any]]
    district: list[dict[str, Any]]

    def median(self, of: str, what: str) -> float:
        return statistics.median(float(one[what]) for one in getattr(self, of))


def asked(home: Path, files: Path | None, rounds: int) -> Size:
    """What a home answers, from its own segments or from those in ``files``: in a process that
    works in no other home."""
    from giaoban.figures.segments.layout import current

    with books.held_up(home):
        kept = current(files or home / "var" / "segments")
        assert kept is not None, f"no segments in {files or home}: giaoban figures compact"
        district, which = _district(), ["--files", str(files)] if files else []
        nation = [ask(*which) for _ in range(rounds)]
        one = [ask("--unit", district, "--warm", "20", *which) for _ in range(rounds)]
    return Size(kept.legs, nation, one)


def _district() -> str:
    """The code of the district in the middle."""
    from giaoban.journal.sql import fetch

    codes = fetch("SELECT code FROM units_unit WHERE kind_id = 'party-district' ORDER BY code")
    return str(codes[len(codes) // 2][0])


def build(home: Path, scale: float) -> None:
    """A nation at a scale with its segments, unless it is there."""
    if (home / "var" / "segments" / "current.json").exists():
        return
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    command = str(Path(sys.executable).parent / "giaoban")
    environment = {**os.environ, "GIAOBAN_HOME": str(home)}
    for words in (["setup"], ["synth", "nation", "--scale", str(scale)], ["figures", "compact"]):
        say.print(f"{home}: {' '.join(words)} …")
        subprocess.run([command, *words], check=True, env=environment, stdout=subprocess.DEVNULL)


def _elsewhere(home: Path, files: Path | None, rounds: int) -> Size:
    words = ["--inside", "--home", str(home), "--rounds", str(rounds)]
    words += ["--files", str(files)] if files else []
    done = subprocess.run([sys.executable, "-m", "nation.growth", *words], check=True, cwd=HERE,
                          stdout=subprocess.PIPE, text=True)  # fmt: skip
    return Size(**json.loads(done.stdout))


def exponent(legs: list[int], measured: list[float]) -> float:
    """The power of the legs that something grows with."""
    return float(np.polyfit(np.log(legs), np.log(measured), 1)[0])


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Every size that there is, and the law."""
    found = []
    if options.small is not None:
        build(options.small, options.scale)
        found.append(_elsewhere(options.small, None, options.rounds))
    found.append(_elsewhere(options.home, None, options.rounds))
    if options.files is not None:
        found.append(_elsewhere(options.home, options.files, options.rounds))
    outcomes = [outcome for size in found for outcome in _told(size)]
    return outcomes + (_laws(found) if len(found) > 1 else [])


def _told(size: Size) -> list[Outcome]:
    at = f"at {size.legs / 1e6:.1f} million legs"
    nation, memory = size.median("nation", "seconds"), size.median("nation", "megabytes")
    cold, warm = size.median("district", "seconds"), size.median("district", "warm")
    units = size.nation[0]["units"]
    details = asdict(size)
    return [
        Outcome(f"statement of every unit {at}", "–",
                f"{nation:.2f} s for {units:,} units", None, details),
        Outcome(f"memory of the nation's statement {at}", f"under {MEGABYTES} MB",
                f"{memory:.0f} MB", MEGABYTES / memory),
        Outcome(f"statement of one district {at}, warm", f"under {UNIT_SECONDS * 1000:.0f} ms",
                f"{warm * 1000:.1f} ms (first in a fresh process {cold * 1000:.0f} ms)",
                UNIT_SECONDS / warm),
    ]  # fmt: skip


def _laws(found: list[Size]) -> list[Outcome]:
    legs = [size.legs for size in found]
    told = {
        "time of the nation": exponent(legs, [s.median("nation", "seconds") for s in found]),
        "memory of the nation": exponent(legs, [s.median("nation", "megabytes") for s in found]),
        "time of a district, warm": exponent(legs, [s.median("district", "warm") for s in found]),
    }
    return [
        Outcome(f"growth with legs: {name}", "linear at most: exponent 1",
                f"legs to the power {power:.2f}", 1 / power if power > 0 else None,
                {"exponent": power, "legs": legs})
        for name, power in told.items()
    ]  # fmt: skip


def arguments() -> argparse.ArgumentParser:
    """The homes and files of the three sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    books.add_home(parser)
    parser.add_argument(
        "--small", type=books.place, help="the home of a tenth; built where it is not yet"
    )
    parser.add_argument("--scale", type=float, default=SMALL, help="how large that one is")
    parser.add_argument("--files", type=books.place,
                        help="a folder of giaoban synth segments --times 10")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    words, _ = arguments().parse_known_args()
    if words.inside:
        json.dump(asdict(asked(words.home, words.files, words.rounds)), sys.stdout)
    else:
        main(arguments(), measure)
