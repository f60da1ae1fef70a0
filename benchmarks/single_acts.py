"""Single acts from many writers at once: each a process that admits members one by one."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import ground
from outcome import Outcome, main, say

GOAL_A_SECOND = 500
DAY = date(2015, 1, 5)


def write(first: int, count: int, cells: list[int]) -> None:
    """One writer's work: wait for the signal, then admit ``count`` persons one act each."""
    import django

    django.setup()
    from giaoban.journal.writing import BasisOn
    from giaoban.ledger.actions import admit_member

    basis = BasisOn("15-QĐ/HU", DAY, "Huyện ủy")
    admit_member(person=first, unit=cells[0], decided_on=DAY, ceremony_on=DAY, basis=basis,
                 by=ground.recorder())  # fmt: skip
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(1, count + 1):
        day = DAY + timedelta(days=n % 300)
        admit_member(person=first + n, unit=cells[n % len(cells)], decided_on=day,
                     ceremony_on=day, basis=basis, by=ground.recorder())  # fmt: skip


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Start the writers, let them begin together, and time until the last has ended."""
    with ground.fresh_database():
        office = ground.found_office(options.units)
        each = options.acts // options.writers
        persons = ground.add_persons((each + 1) * options.writers)
        cells = ",".join(map(str, office.cells))
        started = [
            subprocess.Popen(
                [sys.executable, str(Path(__file__)), "--write", str(persons[0] + n * (each + 1)),
                 str(each), cells],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ),
            )
            for n in range(options.writers)
        ]  # fmt: skip
        for writer in started:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        begun = perf_counter()
        for writer in started:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.close()
        assert all(writer.wait() == 0 for writer in started)
        took = perf_counter() - begun
        recorded = _recorded()
    assert recorded == (each + 1) * options.writers, "no act lost or doubled"
    rate = each * options.writers / took
    say.print(f"{each * options.writers} acts in {took:.1f} s")
    return [
        Outcome(
            f"single acts from {options.writers} writers", f"at least {GOAL_A_SECOND} a second",
            f"{rate:,.0f} a second", rate / GOAL_A_SECOND, {"acts_a_second": rate},
        )
    ]  # fmt: skip


def _recorded() -> int:
    from giaoban.journal.kinds import Kind
    from giaoban.journal.models import Entry

    return Entry.objects.filter(kind=Kind.ADMISSION).count()


def arguments() -> argparse.ArgumentParser:
    """How many acts, from how many writers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=8_000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--units", type=int, default=200)
    return parser


if __name__ == "__main__":
    if "--write" in sys.argv:
        write(int(sys.argv[2]), int(sys.argv[3]), [int(cell) for cell in sys.argv[4].split(",")])
    else:
        main(arguments(), measure)
