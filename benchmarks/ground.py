"""The ground that benchmarks stand on: a cluster of their own, gone when the run ends.

The cluster is durable (fsync on), as an office's is. Nothing is shared with the demonstration's
or the tests' database.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from giaoban import database

FOUNDED = date(2010, 1, 1)
CLERK = "clerk"
NAME = "bench"


@dataclass(frozen=True, slots=True)
class Office:
    """An office ready to record: its clerk, the root unit and the cells below it."""

    root: int
    cells: list[int]


def cluster_name() -> str:
    """The name of this run's cluster; a run beside it has another."""
    return f"bench-{os.getpid()}"


@contextmanager
def fresh_database() -> Iterator[database.Cluster]:
    """A migrated, empty database on a cluster of this run; Django is set up to talk to it."""
    place = database.cluster(cluster_name(), durable=True)
    os.environ["DATABASE_URL"] = database.connection_url(place, database.APP_ROLE, NAME)
    os.environ["DATABASE_OWNER_URL"] = database.connection_url(place, database.OWNER_ROLE, NAME)
    os.environ["DJANGO_SETTINGS_MODULE"] = "giaoban.settings"
    try:
        with database.running(place):
            _prepare(place)
            yield place
            _disconnect()
    finally:
        shutil.rmtree(place.home, ignore_errors=True)
        shutil.rmtree(place.socket, ignore_errors=True)


def _prepare(place: database.Cluster) -> None:
    import django

    django.setup()
    from giaoban.cli import setting_up

    setting_up.create_embedded(place, NAME)
    setting_up.migrate_and_grant()


def _disconnect() -> None:
    from django.db import connections

    connections.close_all()


def recorder(at: datetime | None = None):  # type: ignore[no-untyped-def]
    """The clerk, recording now."""
    from giaoban.journal.writing import Recorder

    return Recorder(CLERK, at or datetime.now(UTC))


def found_office(cells: int) -> Office:
    """One district with ``cells`` grassroots units and a clerk in charge, through actions."""
    from giaoban.journal.writing import BasisOn
    from giaoban.ledger.reorganisation import found_units
    from giaoban.people.actions import appoint_login
    from giaoban.people.models import Login, Role
    from giaoban.units.queries import unit_by_code
    from giaoban.units.rules import NewUnit

    Login.objects.create_user(CLERK, password=None)
    basis = BasisOn("01-QĐ/TU", FOUNDED, "Thành ủy", "Quyết định thành lập")
    root = NewUnit(code="HU", kind="party-district", name="Đảng bộ huyện", parent=None)
    found_units([(root, FOUNDED, basis, None)], by=recorder())
    appoint_login(CLERK, unit_by_code("HU"), Role.CLERK, on=FOUNDED, by=recorder())
    new = [
        NewUnit(code=f"C{n:05}", kind="party-cell", name=f"Chi bộ {n}", parent="HU")
        for n in range(cells)
    ]
    found_units([(cell, FOUNDED, basis, None) for cell in new], by=recorder())
    return Office(unit_by_code("HU"), [unit_by_code(cell.code) for cell in new])


def add_persons(n: int) -> list[int]:
    """The numbers of ``n`` new persons; their names play no part in what is measured."""
    from django.db import connection

    from giaoban.journal.writing import next_ids

    numbers = next_ids("people_person", n)
    with connection.cursor() as cursor, cursor.copy("COPY people_person (id) FROM STDIN") as copy:
        copy.write("".join(f"{person}\n" for person in numbers))
    return numbers
