"""Writers at once, killed writers, a killed server: numbers stay whole and nothing is half done."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections

from giaoban import database
from giaoban.cli import setting_up
from giaoban.journal import writing
from giaoban.journal.checks import CHECKS
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Entry
from giaoban.journal.queries import head
from giaoban.journal.sql import fetch
from giaoban.journal.writing import VIETNAM, Draft, Recorder, open_journal
from giaoban.ledger.joining import Opening
from giaoban.ledger.models import Leg
from giaoban.ledger.placing import exists
from giaoban.ledger.recording import record
from giaoban.ledger.state import LedgerState
from giaoban.people.actions import NewPerson, register_persons
from giaoban.people.models import Person
from giaoban.units.rules import NewUnit, found
from tests import raw
from tests.conftest import pointed_at
from tests.world import DECISION, World, build

DAY = date(2018, 1, 1)
WRITERS = 8
ACTS = 6
PEOPLE = 200
fork = multiprocessing.get_context("fork")


def in_process(work: Callable[..., None], *arguments: object) -> BaseProcess:
    """Run ``work`` in a process with connections of its own."""
    for one in connections.all():
        one.close()  # before the fork, so that no two processes share a socket
    process = fork.Process(target=work, args=arguments)
    process.start()
    return process


def test_an_act_is_on_the_disk_before_anybody_is_told(committed: World) -> None:
    """The commit itself doesn't wait, and the log's own writer comes by five times a second."""
    for code in ("CY8", "CY9"):
        new = NewUnit(code=code, kind="party-cell", name="Chi bộ mới", parent="CY")
        with open_journal(committed.by(DECISION.issued_on)) as journal:
            unit, rows = found(journal, new, DAY)
            rows[Leg] = exists(unit, Kind.FOUNDING, DAY, +1)
            journal.write(Draft(Kind.FOUNDING, DAY, rows, basis=DECISION))
            [(written,)] = fetch("SELECT pg_current_wal_insert_lsn()")
        [(told,)] = fetch("SELECT pg_current_wal_flush_lsn() >= %(written)s::pg_lsn",
                          written=written)  # fmt: skip
        assert told


def write_a_little(world: World, number: int) -> None:
    """Two writers each work through the same list, each with a clock of its own."""
    clock = datetime(2018, 2, 1, 8, tzinfo=VIETNAM) + timedelta(seconds=97 * number % 13)
    for at in range(ACTS):
        by = Recorder(world.clerk, clock + timedelta(seconds=at))
        key = f"{number // 2}/{at}"
        [person] = register_persons([NewPerson("Nguyễn Văn An", key=f"người {key}")], by=by)
        act = Opening(person=person, unit=world.unit("CY1"), on=DAY, key=f"số dư {key}")
        record([act], by=by)


def test_writers_at_once(committed: World) -> None:
    before = head().number
    processes = [in_process(write_a_little, committed, number) for number in range(WRITERS)]
    seen = [before]
    while any(process.is_alive() for process in processes):
        # Numbers are handed out in the order of commits: no reader ever sees a gap.
        [(last, count)] = raw.sql("SELECT max(id), count(*) FROM journal_entry")
        assert last == count >= seen[-1]
        seen.append(last)
        time.sleep(0.01)
    assert [process.exitcode for process in processes] == [0] * WRITERS
    each = WRITERS // 2 * ACTS
    assert head().number == before + 2 * each
    assert Person.objects.count() == each
    assert Leg.objects.filter(account=2, quantity=1).count() == each
    told = list(Entry.objects.order_by("pk").values_list("pk", "recorded_at", "xid"))
    assert [number for number, _at, _xid in told] == list(range(1, len(told) + 1))
    assert [at for _number, at, _xid in told] == sorted(at for _number, at, _xid in told)
    order = [int(xid) for _number, _at, xid in told]
    assert order == sorted(order)
    assert all(check().faults == [] for check in CHECKS)


def import_people(world: World, fatal: Callable[[str], None] = lambda moment: None) -> None:
    """An import of people with keys; ``fatal`` is told each moment at which it might die."""
    writing.CHUNK = 60
    by = world.by()
    people = [NewPerson("Nguyễn Văn An", key=f"người {at}") for at in range(PEOPLE)]
    persons = register_persons(people, by=by, progress=lambda n: fatal("registering"))
    fatal("between")
    acts = [
        Opening(person=person, unit=world.unit("CY1"), on=DAY, key=f"số dư {at}")
        for at, person in enumerate(persons)
    ]
    record(acts, by=by, progress=lambda n: fatal("recording"))
    fatal("after")


def done() -> tuple[int, int, int]:
    """(entries, persons, members) in the books."""
    members = Leg.objects.filter(account=2, quantity=1).count()
    return head().number, Person.objects.count(), members


@pytest.fixture
def chunks() -> Iterator[None]:
    """Chunks as they were before an import made them small."""
    before = writing.CHUNK
    yield
    writing.CHUNK = before


@pytest.mark.parametrize(
    ("moment", "persons", "members"),
    [("registering", 0, 0), ("between", PEOPLE, 0), ("recording", PEOPLE, 0),
     ("after", PEOPLE, PEOPLE)],
)  # fmt: skip
def test_a_killed_import(
    committed: World, chunks: None, moment: str, persons: int, members: int
) -> None:
    """kill -9 at any moment leaves whole transactions or nothing; the retry completes it."""
    committed.at = datetime(2018, 2, 1, tzinfo=VIETNAM)
    before = head().number
    times = 0

    def fatal(now: str) -> None:
        nonlocal times
        times += now == moment
        if times == (2 if moment in ("registering", "recording") else 1) and now == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    process = in_process(import_people, committed, fatal)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    # The server may need a moment to see that nobody is there any more.
    with contextlib.closing(connection.cursor()) as cursor:
        lock = "SELECT pg_advisory_lock(%s), pg_advisory_unlock(%s)"
        cursor.execute(lock, [writing.WRITING_LOCK] * 2)
    assert done() == (before + persons + members, persons, members)
    for _again in range(2):
        import_people(committed)
        assert done() == (before + 2 * PEOPLE, PEOPLE, PEOPLE)
    assert all(check().faults == [] for check in CHECKS)


@pytest.fixture
def mortal(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[database.Cluster]:
    """A durable server of this test's own, with the world in its database."""
    place = database.cluster(f"mortal-{os.getpid()}", durable=True)
    with django_db_blocker.unblock(), database.running(place):
        setting_up.create_embedded(place, "giaoban")
        with pointed_at(place, "giaoban"):
            setting_up.migrate_and_grant()
            yield place
    shutil.rmtree(place.home)


def import_slowly(world: World, told: Connection) -> None:
    """An import that says when it is in the middle, and then waits to be cut off."""

    def halfway(moment: str) -> None:
        if moment == "recording":
            told.send(moment)
            time.sleep(60)

    import_people(world, halfway)


def test_a_killed_server(mortal: database.Cluster, chunks: None) -> None:
    """kill -9 of PostgreSQL in the middle of an import: what was committed is there, no more."""
    world = build()
    world.at = datetime(2018, 2, 1, tzinfo=VIETNAM)
    before = head().number
    here, there = fork.Pipe()
    process = in_process(import_slowly, world, there)
    assert here.poll(60), "the import never came to its middle"
    assert here.recv() == "recording"
    kill_server(mortal)
    process.kill()
    process.join()
    with database.running(mortal):  # finds it down and starts it
        for one in connections.all():
            one.close()
        assert done() == (before + PEOPLE, PEOPLE, 0)
        assert all(check().faults == [] for check in CHECKS)
        import_people(world)
        assert done() == (before + 2 * PEOPLE, PEOPLE, PEOPLE)
        assert all(check().faults == [] for check in CHECKS)
        for one in connections.all():
            one.close()


def kill_server(place: database.Cluster) -> None:
    """End the postmaster without warning, and wait until its servants have noticed."""
    postmaster = int((place.data / "postmaster.pid").read_text().split()[0])
    servants = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    os.kill(postmaster, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while any(_alive(int(pid)) for pid in (*servants, postmaster)):
        assert time.monotonic() < deadline, "the killed server's processes live on"
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    """Whether a process runs; one that is dead but not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_what_the_database_refuses_is_not_committed(
    committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An act's rows and the commit go to PostgreSQL together; a refusal still stops both."""

    def lopsided(act: Opening, state: LedgerState) -> list[Draft]:
        [draft] = plan(act, state)
        return [Draft(draft.kind, draft.effective_on, {Leg: draft.rows[Leg][:1]})]

    plan = Opening.plan
    committed.at = datetime(2018, 2, 1, tzinfo=VIETNAM)
    person, cy1, before = committed.person(), committed.unit("CY1"), head()
    act = Opening(person=person, unit=cy1, on=DAY)
    with monkeypatch.context() as patched:
        patched.setattr(Opening, "plan", lopsided)
        with pytest.raises(DatabaseError, match="ledger_unbalanced"):
            record([act], by=committed.by())
    assert head() == before
    assert record([act], by=committed.by()) == [before.number + 1]
    assert all(check().faults == [] for check in CHECKS)
