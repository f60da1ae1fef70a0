"""The same movements balanced by hledger, Ledger, Beancount and ours, whole process each.

Accounts are the probationary and outside accounts of 251 cells: 502. The three read a text
journal; ours has recorded the movements beforehand, with every guarantee, and that time is told
apart. All answers are compared. The interpreter's start is told apart, too.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import ground
from outcome import Outcome, main, say, seconds

CELLS = 251
TIMES_FASTER = 3
DAY = date(2015, 1, 5)
Balances = dict[str, int]


def movements(count: int) -> list[tuple[date, int]]:
    """(day, cell) of each admission."""
    return [(DAY + timedelta(days=n * 360 // count), n % CELLS) for n in range(count)]


def write_ledger(path: Path, count: int) -> None:
    """The journal as hledger and Ledger read it."""
    with path.open("w") as file:
        for day, cell in movements(count):
            file.write(f"{day} admission\n    C{cell:03}:Probationary  1\n"
                       f"    C{cell:03}:Outside  -1\n\n")  # fmt: skip


def write_beancount(path: Path, count: int) -> None:
    """The same as Beancount reads it."""
    with path.open("w") as file:
        for cell in range(CELLS):
            file.write(f"2010-01-01 open Assets:C{cell:03}:Probationary\n")
            file.write(f"2010-01-01 open Assets:C{cell:03}:Outside\n")
        for day, cell in movements(count):
            file.write(f'{day} * "admission"\n  Assets:C{cell:03}:Probationary  1 PERSON\n'
                       f"  Assets:C{cell:03}:Outside  -1 PERSON\n\n")  # fmt: skip


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def hledger(path: Path) -> Balances:
    """Balances by hledger."""
    rows = _run(["hledger", "-f", str(path), "bal", "--flat", "-N", "-O", "csv"]).splitlines()[1:]
    pairs = (row.replace('"', "").split(",") for row in rows)
    return {account: int(amount) for account, amount in pairs if amount != "0"}


def ledger(path: Path) -> Balances:
    """Balances by Ledger."""
    form = "%(account) %(quantity(display_total))\n"
    rows = _run(["ledger", "-f", str(path), "bal", "--flat", "--no-total",
                 "--balance-format", form]).splitlines()  # fmt: skip
    return {name: int(amount) for name, amount in (row.rsplit(" ", 1) for row in rows)}


_BEANCOUNT = """
import json, sys
from beancount import loader
from beancount.core import realization
entries, errors, options = loader.load_file(sys.argv[1])
assert not errors
found = {}
for account in realization.iter_children(realization.realize(entries)):
    for position in account.balance:
        found[account.account.removeprefix("Assets:")] = int(position.units.number)
print(json.dumps(found))
"""
_OURS = """
import json, os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    rows = connection.execute(
        "SELECT u.code, l.account, sum(l.quantity) FROM ledger_leg AS l"
        " JOIN units_unit AS u ON u.id = l.unit_id WHERE l.account IN (0, 1)"
        " AND l.person_id IS NOT NULL GROUP BY u.code, l.account").fetchall()
names = {0: "Outside", 1: "Probationary"}
print(json.dumps({f"C{code[3:]}:{names[account]}": int(total) for code, account, total in rows}))
"""


def beancount(path: Path) -> Balances:
    """Balances by Beancount."""
    return dict(json.loads(_run([sys.executable, "-c", _BEANCOUNT, str(path)])))


def ours(_path: Path) -> Balances:
    """Balances by a process that asks the ledger."""
    return dict(json.loads(_run([sys.executable, "-c", _OURS])))


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Every tool at every size; who is not installed is named and left out."""
    missing = [name for name in ("hledger", "ledger") if shutil.which(name) is None]
    if missing:
        say.print(f"not installed: {', '.join(missing)} (Debian: apt-get install hledger ledger)")
    found = []
    for count in options.movements:
        found += _at(count, missing)
    found.append(Outcome("not measured, not installed", "–", ", ".join(missing) or "none missing"))
    return found


def _at(count: int, missing: list[str]) -> list[Outcome]:
    with ground.fresh_database(), tempfile.TemporaryDirectory() as folder:
        text, beans = Path(folder) / "movements.ledger", Path(folder) / "movements.beancount"
        write_ledger(text, count)
        write_beancount(beans, count)
        loading = _load(count)
        tools: dict[str, tuple[Callable[[Path], Balances], Path]] = {
            "ours": (ours, text), "hledger": (hledger, text), "ledger": (ledger, text),
            "beancount": (beancount, beans),
        }  # fmt: skip
        taken: dict[str, float] = {}
        answers: dict[str, Balances] = {}
        for name, (tool, path) in tools.items():
            if name not in missing:
                taken[name] = seconds(
                    lambda name=name, tool=tool, path=path: answers.update({name: tool(path)})
                )
                say.print(f"{count:,} movements, {name}: {taken[name]:.2f} s")
        start = seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True))
    assert all(len(answer) == 2 * CELLS for answer in answers.values()), answers.keys()
    assert all(answer == answers["ours"] for answer in answers.values()), "answers differ"
    peers = {name: took for name, took in taken.items() if name != "ours"}
    fastest = min(peers, key=lambda name: peers[name])
    times = peers[fastest] / taken["ours"]
    said = ", ".join(f"{name} {took:.2f} s" for name, took in taken.items())
    return [
        Outcome(
            f"balances of 502 accounts, {count:,} movements",
            f"{TIMES_FASTER} times faster than the fastest peer",
            f"{times:.1f} times {fastest} ({said}; start of Python {start:.2f} s,"
            f" recording ours before {loading:.1f} s)",
            times / TIMES_FASTER,
            {"seconds": taken, "recording_seconds": loading},
        )
    ]


def _load(count: int) -> float:
    from giaoban.journal.kinds import Kind
    from giaoban.journal.writing import Draft, open_journal
    from giaoban.ledger.accounts import Account
    from giaoban.ledger.models import Leg, leg

    office = ground.found_office(CELLS)
    persons = ground.add_persons(count)

    def drafts() -> object:
        for person, (day, cell) in zip(persons, movements(count), strict=True):
            unit, kind = office.cells[cell], Kind.ADMISSION
            yield Draft(kind, day, {Leg: [
                leg(unit, Account.PROBATIONARY, kind, day, person, +1),
                leg(unit, Account.OUTSIDE, kind, day, person, -1),
            ]})  # fmt: skip

    def record() -> None:
        with open_journal(ground.recorder()) as journal:
            journal.write_all(drafts())  # type: ignore[arg-type]

    return seconds(record)


def arguments() -> argparse.ArgumentParser:
    """The sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--movements", type=int, nargs="+", default=[50_000, 1_000_000])
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
