"""One embedded server for the suite, migrated templates, and a copy for each worker."""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings as settings_of_django
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connections
from hypothesis import settings

from giaoban import database
from giaoban.cli import setting_up
from giaoban.journal.queries import head
from tests.cli.ready import HOUR_SECONDS, ROOT
from tests.world import World, build

# `make test` plays the same examples on every machine; `make search` looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile("repeatable")

# Passwords are hashed as in an office, but for a moment; offices of their own hash at full length.
PBKDF2PasswordHasher.iterations = 1000

# What the empty tables are made from, and what the world in them is made with.
TABLES = ("giaoban/**/migrations/*.py", "giaoban/*/data/*.csv", "giaoban/journal/roles.py",
          "giaoban/journal/guards.py", "giaoban/ledger/row_security.py",
          "giaoban/**/models.py", "giaoban/cli/setting_up.py", "requirements/run.txt")  # fmt: skip
FLOORS = ("giaoban/journal/*.py", "giaoban/units/*.py", "giaoban/people/*.py",
          "giaoban/ledger/*.py", "giaoban/vietnamese/*.py", "tests/world.py")  # fmt: skip


def _name(prefix: str, patterns: tuple[str, ...]) -> str:
    """A name that changes with any of the files, and with the doors whose tables are made."""
    marks = hashlib.sha256(",".join(settings_of_django.INSTALLED_APPS).encode())
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            marks.update(path.read_bytes())
    return f"{prefix}_{marks.hexdigest()[:12]}"


def point_at(place: database.Cluster, name: str) -> None:
    """Let Django's two connections talk to a database of this server."""
    for alias, role in (("default", database.APP_ROLE), ("owner", database.OWNER_ROLE)):
        connections[alias].close()
        connections[alias].settings_dict.update(
            NAME=name, USER=role, PASSWORD="", HOST=str(place.socket), PORT=""
        )


@contextmanager
def pointed_at(place: database.Cluster, name: str) -> Iterator[None]:
    """The same for a while."""
    before = str(connections["default"].settings_dict["NAME"])
    point_at(place, name)
    yield
    point_at(place, before)


def _ensure(
    place: database.Cluster, name: str, fill: Callable[[], object], source: str | None
) -> str:
    """A template under this name, filled once; old ones of the same sort are dropped."""
    with (place.home / "template.lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        done = place.home / f"{name}.done"
        if not done.exists():
            for old in place.home.glob(f"{name.rsplit('_', 1)[0]}_*.done"):
                # Somebody else may be testing a state of an hour ago.
                if old.stat().st_mtime < time.time() - HOUR_SECONDS:
                    setting_up.drop_embedded(place, old.stem)
                    old.unlink()
            setting_up.drop_embedded(place, name)
            setting_up.create_embedded(place, name, source)
            with pointed_at(place, name):
                fill()
            done.touch()
    return name


@pytest.fixture(scope="session")
def cluster() -> Iterator[database.Cluster]:
    """The suite's server, shared by the workers."""
    with database.running(database.cluster("test", durable=False)) as place:
        yield place


@pytest.fixture(scope="session")
def template(cluster: database.Cluster, django_db_blocker: pytest.FixtureRequest) -> str:
    """A database with empty tables, to be copied."""
    with django_db_blocker.unblock():
        name = _name("template", TABLES)
        return _ensure(cluster, name, setting_up.migrate_and_grant, None)


@pytest.fixture(scope="session")
def template_with_world(
    cluster: database.Cluster, template: str, django_db_blocker: pytest.FixtureRequest
) -> str:
    """A database in which the world stands, to be copied."""
    with django_db_blocker.unblock():
        return _ensure(cluster, _name("world", (*TABLES, *FLOORS)), build, template)


@pytest.fixture(scope="session")
def django_db_setup(
    cluster: database.Cluster, template_with_world: str, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """A worker's own copy with the world in it; its tests roll back, so they share it."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{uuid.uuid4().hex[:8]}"
    with django_db_blocker.unblock():
        setting_up.create_embedded(cluster, name, template_with_world)
        point_at(cluster, name)
        # What an office keeps in var is of another journal, and says so at every figure.
        settings_of_django.SEGMENTS = cluster.home / "no-segments"
        # Nor does a test touch the files of an office's portal.
        settings_of_django.PORTAL_MEDIA = cluster.home / name / "portal-media"
        yield
        for connection in connections.all():
            connection.close()
        setting_up.drop_embedded(cluster, name)


@pytest.fixture
def committed(
    cluster: database.Cluster, template_with_world: str, django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[World]:  # fmt: skip
    """The world in a database of one test's own, in which transactions really commit."""
    name = f"test_own_{uuid.uuid4().hex[:8]}"
    setting_up.create_embedded(cluster, name, template_with_world)
    with django_db_blocker.unblock(), pointed_at(cluster, name):
        yield _world()
    setting_up.drop_embedded(cluster, name)


@pytest.fixture
def world(db: None) -> World:
    """One district, its units, a clerk, a colleague, a stranger."""
    return _world()


def _world() -> World:
    """The world that stands in the database already, its clock after the last entry."""
    at = head().recorded_at
    assert at is not None
    return World(at=at.astimezone(World().at.tzinfo))
