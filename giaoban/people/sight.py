"""What the database shows of persons: the rows of the units in sight, set for one transaction.

The desk's role sees no row of a person or a movement but those of these units (the policies are
in ``ledger/row_security.py``). Where nothing was set it sees none at all, so a page that forgets
to ask shows nothing rather than everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SETTING, LOGIN = "giaoban.units", "giaoban.login"
EVERYTHING = "*"
_COUNT = "SELECT count(*) FROM units_unit"
_SET = "SELECT set_config(%s, %s, true), set_config(%s, %s, true)"


@contextmanager
def in_sight(units: Iterable[int], login: str = "") -> Iterator[None]:
    """One transaction in which the desk sees these units' persons and movements, and what is the
    login's own."""
    seen = set(units)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COUNT)
        # Whoever sees every unit need not have each row compared with a list of them.
        told = EVERYTHING if len(seen) == cursor.fetchone()[0] else _listed(seen)
        cursor.execute(
            "SELECT current_setting(%s, true), current_setting(%s, true)", [SETTING, LOGIN]
        )
        before = cursor.fetchone()
        cursor.execute(_SET, [SETTING, told, LOGIN, login])
        yield
        if not connection.needs_rollback:
            cursor.execute(_SET, [SETTING, before[0] or "", LOGIN, before[1] or ""])


def sees_everything() -> bool:
    """Whether every unit is in the sight of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        return bool(cursor.fetchone()[0] == EVERYTHING)


def _listed(units: Iterable[int]) -> str:
    return "{" + ",".join(map(str, sorted(units))) + "}"
