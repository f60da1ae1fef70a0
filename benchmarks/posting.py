"""Bulk posting with every guarantee, against a bare COPY of the same legs in the same run.

Two batches: admissions (two legs each) of persons new to the books, then transfers (four legs
each) of the same persons. Ours is the whole of ``open_journal`` and ``write_all`` with the commit:
digests, triggers, indexes. The bare COPY takes the same lines, formatted beforehand, into a table
of the same columns without index, constraint or trigger. The rounds take turns.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ground
from outcome import Outcome, main, say, seconds

SHARE = 8  # ours must reach at least one eighth of the bare COPY
DAY = date(2015, 1, 5)
BLOCK = 40_000  # lines handed to one write of the bare COPY


@dataclass(frozen=True, slots=True)
class Batch:
    """Drafts of one kind and the COPY lines of their legs."""

    name: str
    drafts: list[Any]
    lines: list[str]


def admissions(persons: list[int], cells: list[int], first: int) -> Batch:
    """Everybody admitted to a cell, in order of days."""
    from giaoban.journal.kinds import Kind
    from giaoban.ledger.accounts import Account
    from giaoban.ledger.models import leg

    def rows() -> Iterator[tuple[date, list[tuple[Any, ...]]]]:
        for n, person in enumerate(persons):
            day, cell = DAY + timedelta(days=n * 360 // len(persons)), cells[n % len(cells)]
            yield (
                day,
                [
                    leg(cell, Account.PROBATIONARY, Kind.ADMISSION, day, person, +1),
                    leg(cell, Account.OUTSIDE, Kind.ADMISSION, day, person, -1),
                ],
            )

    return _batch("admissions, 2 legs", Kind.ADMISSION, rows(), first)


def transfers(persons: list[int], cells: list[int], first: int) -> Batch:
    """Everybody transferred to the next cell a year later."""
    from giaoban.journal.kinds import Kind
    from giaoban.ledger.accounts import Account
    from giaoban.ledger.state import Standing, legs_between

    def rows() -> Iterator[tuple[date, list[tuple[Any, ...]]]]:
        for n, person in enumerate(persons):
            day = DAY + timedelta(days=366 + n * 360 // len(persons))
            left, taken = cells[n % len(cells)], cells[(n + 1) % len(cells)]
            yield day, legs_between(
                Kind.TRANSFER, day, person,
                Standing(left, Account.PROBATIONARY), Standing(taken, Account.PROBATIONARY),
            )  # fmt: skip

    return _batch("transfers, 4 legs", Kind.TRANSFER, rows(), first)


def _batch(name: str, kind: Any, rows: Iterator[tuple[date, list[Any]]], first: int) -> Batch:
    from giaoban.journal.writing import Draft
    from giaoban.ledger.models import Leg

    drafts, lines = [], []
    for number, (day, legs) in enumerate(rows, start=first):
        drafts.append(Draft(kind, day, {Leg: legs}))
        lines += [f"{number}\t{n}\t{Leg.encode(leg)}\n" for n, leg in enumerate(legs, start=1)]
    return Batch(name, drafts, lines)


def post(batch: Batch) -> None:
    """Ours: one transaction with all guarantees."""
    from giaoban.journal.writing import open_journal

    with open_journal(ground.recorder()) as journal:
        journal.write_all(batch.drafts)


def make_bare_table() -> None:
    """The ledger's columns and nothing else, committed before the COPY so that WAL is written."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute("CREATE TABLE bare AS SELECT * FROM ledger_leg WITH NO DATA")


def bare_copy(blocks: list[str]) -> None:
    """The yardstick: the same lines into a table without index, constraint or trigger."""
    from django.db import connections, transaction

    from giaoban.ledger.models import Leg

    columns = ", ".join(("entry_id", "line", *Leg.columns))
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        for block in blocks:
            with cursor.copy(f"COPY bare ({columns}) FROM STDIN") as copy:
                copy.write(block)


def checkpoint() -> None:
    """Start each timing with nothing left to flush."""
    import psycopg

    from giaoban import database

    place = database.cluster(ground.cluster_name(), durable=True)
    with psycopg.connect(database.connection_url(place, "postgres", ground.NAME)) as server:
        server.autocommit = True
        server.execute("CHECKPOINT")


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Post both batches in every round and take the median of the rounds' ratios."""
    shares: dict[str, list[tuple[float, float, int]]] = {}
    with ground.fresh_database():
        office = ground.found_office(options.units)
        for number in range(1, options.rounds + 1):
            persons = ground.add_persons(options.acts)
            for make in (admissions, transfers):
                batch = make(persons, office.cells, _next_number())
                ours, bare = _one(batch)
                legs = len(batch.lines)
                shares.setdefault(batch.name, []).append((ours, bare, legs))
                say.print(
                    f"round {number}, {batch.name}: ours {legs / ours:,.0f} legs/s,"
                    f" bare COPY {legs / bare:,.0f} legs/s, 1/{ours / bare:.1f}"
                )
    return [_outcome(name, taken) for name, taken in shares.items()]


def _next_number() -> int:
    from giaoban.journal.queries import head

    return head().number + 1


def _one(batch: Batch) -> tuple[float, float]:
    blocks = ["".join(batch.lines[n : n + BLOCK]) for n in range(0, len(batch.lines), BLOCK)]
    make_bare_table()
    checkpoint()
    bare = seconds(lambda: bare_copy(blocks))
    checkpoint()
    return seconds(lambda: post(batch)), bare


def _outcome(name: str, taken: list[tuple[float, float, int]]) -> Outcome:
    times = statistics.median(ours / bare for ours, bare, _ in taken)
    ours = statistics.median(legs / ours for ours, _, legs in taken)
    bare = statistics.median(legs / bare for _, bare, legs in taken)
    return Outcome(
        f"bulk posting: {name}",
        f"at least 1/{SHARE} of a bare COPY",
        f"1/{times:.1f} ({ours:,.0f} of {bare:,.0f} legs/s)",
        SHARE / times,
        {"times_slower": [o / b for o, b, _ in taken], "ours_s": [o for o, _, _ in taken],
         "bare_s": [b for _, b, _ in taken], "legs": taken[0][2]},
    )  # fmt: skip


def arguments() -> argparse.ArgumentParser:
    """The sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=200_000, help="acts of each batch")
    parser.add_argument("--units", type=int, default=500, help="cells they are spread over")
    parser.add_argument("--rounds", type=int, default=3)
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
