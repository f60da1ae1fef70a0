"""Ours as the others are held against: asked in fresh processes, with its answer to compare."""

from __future__ import annotations

import argparse
import json
import shlex
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outcome import Outcome

from nation.question import Answer, Timed, differences, said

HERE = Path(__file__).resolve().parent.parent
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Ours:
    """The median of some fresh processes, the answer of the last, and what each of them told."""

    seconds: float
    answer: Answer
    told: list[dict[str, Any]] = field(default_factory=list)


def ask(*words: str, command: str | None = None, **environment: str) -> dict[str, Any]:
    """What a fresh process tells; by default one of ``nation.asking``."""
    import os

    base = shlex.split(command) if command else [sys.executable, "-m", "nation.asking"]
    done = subprocess.run([*base, *words], check=True, stdout=subprocess.PIPE, text=True, cwd=HERE,
                          env={**os.environ, **environment})  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def ours_of(options: argparse.Namespace, rounds: int = ROUNDS) -> Ours:
    """Ours on the home that this process holds up; ``options.ours`` may name another command, which
    takes ``--out`` and tells ``seconds``, as ``nation.asking`` does."""
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        kept = Path(folder) / "ours.npz"
        told = [ask(command=options.ours) for _ in range(rounds - 1)]
        told.append(ask("--out", str(kept), command=options.ours))
        return Ours(statistics.median(one["seconds"] for one in told), Answer.load(kept), told)


def told_beside(
    ours: Ours, other: Timed, *, goal: float | None = None, expected: frozenset[str] = frozenset()
) -> Outcome:
    """How many times faster ours is, once the answers are known to be the same.

    ``expected`` are lines that the other can't give the same; any other difference is an error.
    """
    found = differences(ours.answer, other.answer)
    unexpected = {name: one for name, one in found.items() if name not in expected}
    assert not unexpected, f"{other.name}: answers differ: {said(unexpected)}"
    times = other.seconds / ours.seconds
    return Outcome(
        f"statement and achievement of {len(ours.answer.units):,} units: {other.name}",
        f"ours at least {goal:g} times faster" if goal else "–",
        f"{other.seconds:.2f} s, ours {ours.seconds:.2f} s: {times:.1f} times; {said(found)}",
        times / goal if goal else None,
        {"seconds": other.seconds, "ours": ours.seconds, "differs": found, **other.told},
    )
