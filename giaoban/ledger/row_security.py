"""Row-level security: what the desk's role sees of persons and their movements.

A leg is seen with its unit, and everything of a person with one of their legs: names, particulars,
dates, notes. The scope is a setting of the transaction (``people/sight.py``); where it is missing
nothing is seen. Set anew after every migration, like the rights in ``journal/roles.py``.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections

from giaoban.people.sight import EVERYTHING, LOGIN, SETTING

_TOLD = f"(SELECT COALESCE(NULLIF(current_setting('{SETTING}', true), ''), '{{}}'))"
# Asked once for each query, not for each row.
_ALL = f"{_TOLD} = '{EVERYTHING}'"
_UNIT = (
    f"unit_id IN (SELECT unnest(NULLIF({_TOLD}, '{EVERYTHING}')::bigint[]))"
)  # fmt: skip


def _person(table: str) -> str:
    """A person is seen with any leg that is; the policy of the legs holds inside, too.

    The condition on accounts is the index's; without it every name would cost a look at all legs.
    """
    return (
        f"EXISTS (SELECT FROM ledger_leg AS l WHERE l.person_id = {table}.person_id"
        " AND l.account BETWEEN 1 AND 4 OFFSET 0)"
    )


def _entry(table: str) -> str:
    """A row of an entry is seen with a leg, a name or particulars that are; or where the entry is
    about no person: units (20 to 24 but reorganisation's persons), appointments, targets,
    documents."""
    of_entry = " OR ".join(
        f"EXISTS (SELECT FROM {book} AS b WHERE b.entry_id = {table}.entry_id)"
        for book in ("ledger_leg", "people_personname", "people_particulars")
    )
    return (
        f"{of_entry} OR EXISTS (SELECT FROM journal_entry AS e"
        f" WHERE e.id = {table}.entry_id AND (e.kind BETWEEN 21 AND 24 OR e.kind IN (33, 34, 40)"
        " OR e.kind BETWEEN 50 AND 53))"
    )


# table → which of its rows are seen.
POLICIES = {
    "ledger_leg": _UNIT,
    "ledger_legaldate": _person("ledger_legaldate"),
    "people_personname": _person("people_personname"),
    "people_namekey": _person("people_namekey"),
    "people_particulars": _person("people_particulars"),
    "journal_note": _entry("journal_note"),
    "ledger_proposal": _UNIT,
}


# Of a model with this mark, naming the column of a login, the desk sees and changes only the rows
# of whoever sits there.
OWN = "own_of_login"


def secure(role: str) -> None:
    """Let the desk's role see only what is in sight. The owner and the writer see every row."""
    with connections["owner"].cursor() as cursor:
        for model in apps.get_models():
            if column := getattr(model, OWN, None):
                _let_see_own(cursor, model._meta.db_table, column, role)
        for table, seen in POLICIES.items():
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'DROP POLICY IF EXISTS in_sight ON "{table}"')
            cursor.execute(
                f'CREATE POLICY in_sight ON "{table}" FOR SELECT TO "{role}"'
                f" USING ({_ALL} OR ({seen}))"
            )


def _let_see_own(cursor: Any, table: str, column: str, role: str) -> None:
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    cursor.execute(f'DROP POLICY IF EXISTS own ON "{table}"')
    cursor.execute(
        f'CREATE POLICY own ON "{table}" TO "{role}"'
        f" USING ({column} = current_setting('{LOGIN}', true))"
    )


def bypasses(role: str) -> bool:
    """Whether a role sees every row, as the writer's must: COPY needs it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = %s", [role])
        row = cursor.fetchone()
    return bool(row and row[0])
