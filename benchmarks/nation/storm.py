"""A storm of corrections: so many entries of fifty years reversed and posted again, and the same
statement before and after, as segments stand and compacted anew.

It blows in a copy of the home, which is deleted afterwards; nobody may be at work in the home
while it is copied. Each year gives as many entries as there are, up to one number for all years:
admissions first, then ways out and transfers, since the first decades have few admissions. Each is
reversed and the same act is posted again some days later. They go through the journal's own bulk
way, a batch a transaction, known by the key of its first entry, so that a storm that broke off goes
on.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from outcome import Outcome, main, say, seconds
from rich.progress import Progress

from nation import books, plain_sql
from nation.against import ask, ours_of
from nation.question import Answer, differences, said

CORRECTIONS, BATCH = 100_000, 10_000
TIMES = 1.5
RECORDER = "bao-dinh-chinh"
WHY = "Ghi nhầm ngày (dữ liệu giả lập)"
# On or across these days a person's act can't be moved: the reform, and the end of the books.
STILL = (date(2025, 6, 20), date(2025, 7, 2), date(2025, 12, 20), date(2100, 1, 1))
# Before this day a transfer comes long after probation, and may be moved by some days.
TRANSFERS_UNTIL = date(2024, 12, 20)
DAYS = 5


@dataclass(frozen=True, slots=True)
class Wrong:
    """An entry that is to be corrected, as the books have it."""

    number: int
    kind: int
    day: date
    basis: Any
    legs: list[tuple[Any, ...]]
    dates: list[tuple[int, int, date]]


# Which entries -------------------------------------------------------------------------------


def chosen(n: int, known: int) -> list[int]:
    """The numbers of ``n`` entries spread over the years, by number."""
    from giaoban.journal.kinds import Kind
    from giaoban.journal.sql import fetch
    from giaoban.ledger.state import LEAVING

    ways_out = [int(kind) for kind in LEAVING]
    rows = fetch(
        "SELECT e.id, extract(year FROM e.effective_on)::int,"
        " CASE e.kind WHEN %(admission)s THEN 0 WHEN %(transfer)s THEN 2 ELSE 1 END"
        " FROM journal_entry AS e WHERE e.id <= %(known)s AND e.reverses_id IS NULL"
        " AND NOT EXISTS (SELECT FROM journal_entry AS r WHERE r.reverses_id = e.id)"
        " AND (e.kind = %(admission)s OR e.kind = ANY(%(ways_out)s)"
        "   OR e.kind = %(transfer)s AND e.effective_on < %(until)s)"
        " AND NOT e.effective_on BETWEEN %(a)s AND %(b)s"
        " AND NOT e.effective_on BETWEEN %(c)s AND %(d)s",
        known=known, admission=int(Kind.ADMISSION), transfer=int(Kind.TRANSFER),
        ways_out=ways_out, until=TRANSFERS_UNTIL, **dict(zip("abcd", STILL, strict=True)),
    )  # fmt: skip
    number, year, turn = np.array(rows, dtype=np.int64).T
    drawn = np.random.default_rng(n).random(len(number))
    order = np.lexsort((drawn, turn, year))
    number, year = number[order], year[order]
    _years, first, each = np.unique(year, return_index=True, return_counts=True)
    place = np.arange(len(year)) - np.repeat(first, each)
    found: list[int] = np.sort(number[place < _level(each, n)])[:n].tolist()
    return found


def _level(each: Any, n: int) -> int:
    """The number that each year gives at most, so that all give ``n``, or all there are."""
    low, high = 0, int(each.max())
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if np.minimum(each, middle).sum() >= n else (middle + 1, high)
    return low


def read(numbers: list[int]) -> list[Wrong]:
    """Entries with their bases, legs and legal dates."""
    from giaoban.journal.bases import BasisOn
    from giaoban.journal.sql import fetch

    legs: dict[int, list[tuple[Any, ...]]] = {number: [] for number in numbers}
    for number, *leg in fetch(
        "SELECT entry_id, unit_id, account, kind, effective_on, person_id, quantity, reversal"
        " FROM ledger_leg WHERE entry_id = ANY(%(numbers)s) ORDER BY entry_id, line",
        numbers=numbers,
    ):
        legs[number].append(tuple(leg))
    dates: dict[int, list[tuple[int, int, date]]] = {number: [] for number in numbers}
    for number, person, milestone, day in fetch(
        "SELECT entry_id, person_id, milestone, falls_on FROM ledger_legaldate"
        " WHERE entry_id = ANY(%(numbers)s) ORDER BY entry_id, line",
        numbers=numbers,
    ):
        dates[number].append((person, milestone, day))
    return [
        Wrong(number, kind, day, BasisOn(*basis) if basis[0] is not None else None,
              legs[number], dates[number])
        for number, kind, day, *basis in fetch(
            "SELECT e.id, e.kind, e.effective_on, b.number, b.issued_on, b.issuer, b.title"
            " FROM journal_entry AS e LEFT JOIN journal_basis AS b ON b.id = e.basis_id"
            " WHERE e.id = ANY(%(numbers)s) ORDER BY e.id",
            numbers=numbers,
        )
    ]  # fmt: skip


# Corrected -----------------------------------------------------------------------------------


def corrections(wrongs: list[Wrong], key: str) -> Iterator[Any]:
    """For each entry its reversal and the same act some days later."""
    from giaoban.journal.kinds import Kind
    from giaoban.journal.writing import Draft
    from giaoban.ledger.models import Leg, LegalDate

    for at, wrong in enumerate(wrongs):
        kind, later = Kind(wrong.kind), timedelta(days=1 + wrong.number % DAYS)
        back = [(*leg[:5], -leg[5], True) for leg in wrong.legs]
        yield Draft(kind, wrong.day, {Leg: back}, note=WHY, reverses=wrong.number,
                    idempotency_key=key if at == 0 else None)  # fmt: skip
        day = wrong.day + later
        rows: dict[Any, list[tuple[Any, ...]]] = {
            Leg: [(*leg[:3], day, *leg[4:]) for leg in wrong.legs]
        }
        if wrong.dates:
            rows[LegalDate] = [(who, what, on + later) for who, what, on in wrong.dates]
        yield Draft(kind, day, rows, basis=wrong.basis, follows=True)


def blow(n: int) -> int:
    """Correct ``n`` entries in the books that Django is set up for; how many entries that made."""
    from giaoban.journal.models import Entry
    from giaoban.journal.queries import head, head_at
    from giaoban.journal.writing import VIETNAM, Recorder, open_journal

    before = _before_storm()
    recorded = head_at(before).recorded_at
    assert recorded is not None
    day = datetime.combine(recorded.date() + timedelta(days=1), datetime.min.time(), VIETNAM)
    numbers = chosen(n, before)
    with Progress(console=say) as bar:
        task = bar.add_task("correcting", total=len(numbers))
        for at in range(0, len(numbers), BATCH):
            batch, key = numbers[at : at + BATCH], f"{_KEY}{n}/{at}"
            if not Entry.objects.filter(idempotency_key=key).exists():
                with open_journal(Recorder(RECORDER, day)) as journal:
                    journal.write_all(corrections(read(batch), key))
            bar.advance(task, len(batch))
    return head().number - before


_KEY = f"{RECORDER}/"


def _before_storm() -> int:
    """The last entry that is not of a storm."""
    from giaoban.journal.models import Entry
    from giaoban.journal.queries import head

    first = Entry.objects.filter(idempotency_key__startswith=_KEY).order_by("pk").first()
    return first.pk - 1 if first else head().number


# The copy ------------------------------------------------------------------------------------


_IN_AND_OUT = """
from giaoban import database
with database.running():
    pass
"""


@contextlib.contextmanager
def copied(home: Path, beside: Path | None) -> Iterator[Path]:
    """A copy of a home, gone afterwards. Nobody may hold its server up while it is made."""
    source = home / "var" / "db"
    assert (source / "data" / "PG_VERSION").exists(), f"no cluster in {source}"
    # A server that outlived whoever used it goes with the next one who leaves.
    subprocess.run([sys.executable, "-c", _IN_AND_OUT], check=True,
                   env={**os.environ, "GIAOBAN_HOME": str(home)})  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="giaoban-storm-", dir=beside) as folder:
        os.chmod(folder, 0o755)
        with (source / "start.lock").open("w") as gate, (source / "use.lock").open("w") as use_:
            fcntl.flock(gate, fcntl.LOCK_EX)
            try:
                fcntl.flock(use_, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise SystemExit(f"{home}: its server is at work; stop it first") from None
            assert not (source / "data" / "postmaster.pid").exists(), f"{source}: still at work"
            command = ["cp", "-a", "--reflink=auto", str(home / "var"), folder]
            subprocess.run(command, check=True)
        # The socket is in the copy now, or at a place named by its path.
        shutil.rmtree(Path(folder) / "var" / "db" / "run", ignore_errors=True)
        yield Path(folder)


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Before, with the storm in the tail, and compacted anew."""
    say.print("copying …")
    with copied(options.home, options.beside) as home, books.held_up(home):
        if not _compacted():
            _compact()
        before = _asked(options)
        began = perf_counter()
        made = blow(options.corrections)
        took = perf_counter() - began
        say.print(f"{made:,} entries in {took:.0f} s; asking …")
        if options.statistics:
            from giaoban.cli.setting_up import gather_statistics

            gather_statistics()
        tail = _asked(options)
        rows = _rows(options)
        compacting = seconds(_compact)
        compact = _asked(options)
        others = {"compacted": _rows(options)}
        if options.check:
            others["plain SQL"] = _plain()
    for name, other in others.items():
        found = differences(rows, other)
        assert not found, f"after the storm, the tail and {name}: {said(found)}"
    details = {"before": before, "tail": tail, "compacted": compact, "entries": made,
               "storm": took, "compacting": compacting}  # fmt: skip
    storm = f"{options.corrections:,} corrections ({made:,} entries)"
    return [
        _outcome(f"after {storm} in the tail", before, tail, details),
        _outcome(f"after {storm}, compacted in {compacting:.0f} s", before, compact, {}),
    ]


def _compacted() -> bool:
    """Whether the segments hold every entry, and the units, as they are written now."""
    from django.conf import settings

    from giaoban.figures.segments.layout import current

    found = current(settings.SEGMENTS)
    return found is not None and found.units is not None and found.watermark == books.known()


def _compact() -> None:
    say.print("writing segments …")
    command = [str(Path(sys.executable).parent / "giaoban"), "figures", "compact"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _rows(options: argparse.Namespace) -> Answer:
    return ours_of(options, rounds=1).answer


def _plain() -> Answer:
    """By PostgreSQL alone, without anything of ours but the tables. At full size, after so many
    reversals, that takes it minutes."""
    with books.as_owner() as connection:
        return plain_sql.answered(connection, books.known(), plain_sql.BETTER).answer


def _asked(options: argparse.Namespace) -> list[dict[str, Any]]:
    return [ask(command=options.ours) for _round in range(options.rounds)]


def _outcome(
    name: str, before: list[dict[str, Any]], after: list[dict[str, Any]], details: dict[str, Any]
) -> Outcome:
    one, other = (statistics.median(t["seconds"] for t in told) for told in (before, after))
    times = other / one
    return Outcome(
        f"statement of every unit {name}", f"at most {TIMES} times the time before",
        f"{other * 1000:.0f} ms, before {one * 1000:.0f} ms: {times:.2f} times",
        TIMES / times, details,
    )  # fmt: skip


def arguments() -> argparse.ArgumentParser:
    """Which home, how strong a storm."""
    parser = argparse.ArgumentParser(description=__doc__)
    books.add_home(parser)
    parser.add_argument("--ours", help="a command that answers as nation.asking does")
    parser.add_argument("--corrections", type=int, default=CORRECTIONS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--statistics",
        action="store_true",
        help="tell PostgreSQL's planner of the storm before anything is asked",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="ask plain SQL, too, whether the figures are right afterwards",
    )
    parser.add_argument("--beside", type=books.place, help="a folder with room for the copy")
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
