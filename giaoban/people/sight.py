"""What the database shows of persons: the rows of the units in sight, set for one transaction.

The desk's role sees no row of a person or a movement but those of these units (the policies are
in ``ledger/row_security.py``), and no document but theirs and those of units whose issued
documents alone are in sight, as an editor's. Where nothing was set it sees none at all, so a page
that forgets to ask shows nothing rather than everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from giaoban.journal.kept import Kept
from giaoban.journal.queries import frame_at, head
from giaoban.journal.sql import fetch

SETTING, DOCUMENTS, LOGIN = "giaoban.units", "giaoban.documents", "giaoban.login"
EVERYTHING = "*"
_COUNT = "SELECT count(*) FROM units_unit"
_BEFORE = "SELECT " + ", ".join(["current_setting(%s, true)"] * 3)
_SET = "SELECT " + ", ".join(["set_config(%s, %s, true)"] * 3)


@contextmanager
def in_sight(
    units: Iterable[int], login: str = "", *, documents: Iterable[int] = ()
) -> Iterator[None]:
    """One transaction in which the desk sees these units' persons, movements and documents, and
    what is the login's own; of the units of ``documents`` what they issued, and nothing else."""
    with transaction.atomic(), connection.cursor() as cursor:
        all_units = _how_many()
        cursor.execute(_BEFORE, [SETTING, DOCUMENTS, LOGIN])
        before = cursor.fetchone()
        _set(cursor, (_told(units, all_units), _told(documents, all_units), login))
        yield
        if not connection.needs_rollback:
            _set(cursor, before)


_kept_counts: Kept[None, int] = Kept(states=4)


def _how_many() -> int:
    """How many units there are: a unit comes with an act on units, and never goes."""
    state = frame_at(head().number).units
    if not state:
        return _count([None])[None]
    return _kept_counts.look(state, [None], _count)[None]


def _count(_asked: list[None]) -> dict[None, int]:
    [(count,)] = fetch(_COUNT)
    return {None: count}


def _set(cursor: Any, told: Iterable[str | None]) -> None:
    settings = zip((SETTING, DOCUMENTS, LOGIN), told, strict=True)
    cursor.execute(_SET, [said for name, value in settings for said in (name, value or "")])


def sees_everything() -> bool:
    """Whether every unit is in the sight of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        return bool(cursor.fetchone()[0] == EVERYTHING)


def restricted() -> bool:
    """Whether this transaction sees some units only, or none: not the writer's, who sees all."""
    writer = connection.settings_dict["USER"] == settings.WRITER_ROLE
    return not writer and not sees_everything()


# The units of a restricted sight one by one, in SQL.
UNITS_SEEN = f"COALESCE(NULLIF(current_setting('{SETTING}', true), ''), '{{}}')::bigint[]"


def _told(units: Iterable[int], of: int) -> str:
    """Units as the setting names them. Whoever sees every unit need not have each row compared with
    a list of them."""
    seen = frozenset(units)
    return EVERYTHING if len(seen) == of else _listed(seen)


@lru_cache(maxsize=16)
def _listed(seen: frozenset[int]) -> str:
    return "{" + ",".join(map(str, sorted(seen))) + "}"
