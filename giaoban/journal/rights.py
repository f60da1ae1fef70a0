"""Whose rights a transaction has: a reader's, who sees some units' persons, or the writer's.

The desk connects as a role that sees only the rows of its login's units (row-level security). An
act must see everybody, or somebody could be admitted twice; so it asks for the writer's rights,
and gives them back at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def writers_rights() -> Iterator[None]:
    """The writer's rights for the block, which runs in a transaction.

    Nothing to do where the connection is the writer's own, as a command's is. After an exception
    the transaction, or its savepoint, is rolled back, and the rights with it.
    """
    if connection.settings_dict["USER"] == settings.WRITER_ROLE:
        yield
        return
    with connection.cursor() as cursor:
        # From left to right: what was, then what is to be; one trip, for a search has several.
        cursor.execute(
            "SELECT current_setting('role'), set_config('role', %s, true)", [settings.WRITER_ROLE]
        )
        before, _now = cursor.fetchone()
        yield
        if not connection.needs_rollback:  # as after a dry run; then nothing more is asked
            cursor.execute("SELECT set_config('role', %s, true)", [before])
