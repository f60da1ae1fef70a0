"""Row-level security: what the desk's role sees of persons, their movements, and documents.

A leg is seen with its unit, and everything of a person with one of their legs: names, particulars,
dates, notes. A row that its model marks as a unit's is seen with the unit, and what belongs to such
a row with it. The scope is a setting of the transaction (``people/sight.py``); where it is missing
nothing is seen. Set anew after every migration, like the rights in ``journal/roles.py``.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

from giaoban.journal.models import BookRow
from giaoban.people.sight import DOCUMENTS, EVERYTHING, LOGIN, SETTING


def _told(setting: str) -> str:
    """A setting of the transaction; asked once for each query, not for each row."""
    return f"(SELECT COALESCE(NULLIF(current_setting('{setting}', true), ''), '{{}}'))"


def _is_in(setting: str, column: str) -> str:
    """Whether a column is one of the units that a setting names one by one."""
    return (
        f"{column} IN (SELECT unnest(NULLIF({_told(setting)}, '{EVERYTHING}')::bigint[]))"
    )  # fmt: skip


_ALL, _ALL_DOCUMENTS = (f"{_told(one)} = '{EVERYTHING}'" for one in (SETTING, DOCUMENTS))
_UNIT = _is_in(SETTING, "unit_id")


def _person(table: str) -> str:
    """A person is seen with any leg that is; the policy of the legs holds inside, too.

    The condition on accounts is the index's; without it every name would cost a look at all legs.
    """
    return (
        f"EXISTS (SELECT FROM ledger_leg AS l WHERE l.person_id = {table}.person_id"
        " AND l.account BETWEEN 1 AND 4 OFFSET 0)"
    )


def _entry(table: str) -> str:
    """A row of an entry is seen with a leg, a name, particulars or a document that are; or where
    the entry is about neither: units (20 to 24 but reorganisation's persons), appointments,
    targets."""
    documents = (
        model._meta.db_table for model in _marked(SEEN_BY_UNIT) if issubclass(model, BookRow)
    )
    of_entry = " OR ".join(
        f"EXISTS (SELECT FROM {book} AS b WHERE b.entry_id = {table}.entry_id)"
        for book in ("ledger_leg", "people_personname", "people_particulars", *documents)
    )
    return (
        f"{of_entry} OR EXISTS (SELECT FROM journal_entry AS e"
        f" WHERE e.id = {table}.entry_id AND (e.kind BETWEEN 21 AND 24 OR e.kind IN (33, 34, 40)))"
    )


# How people are called, whoever they are: seen by who sees every unit. A search looks past it with
# the writer's rights, and shows only whom the desk's role sees.
_NOBODY = "false"

# table → which of its rows are seen. Marks of the models above add to these (``policies``).
POLICIES = {
    "ledger_leg": _UNIT,
    "ledger_legaldate": _person("ledger_legaldate"),
    "people_personname": _person("people_personname"),
    "people_namekey": _person("people_namekey"),
    "people_particulars": _person("people_particulars"),
    "people_spelling": _NOBODY,
    "people_nameword": _NOBODY,
    "people_wordspelling": _NOBODY,
    "ledger_proposal": _UNIT,
}
NOTES = "journal_note"

# Marks of models on floors above, whose rows are seen with a unit: (what of the unit must be in
# sight, the column of the unit); or with a row of another table: (own column, table, its column).
SEEN_BY_UNIT, SEEN_WITH = "seen_by_unit", "seen_with"
_OF = {
    "books": lambda column: _is_in(SETTING, column),
    "documents": lambda column: (
        f"{_is_in(SETTING, column)} OR {_ALL_DOCUMENTS} OR {_is_in(DOCUMENTS, column)}"
    ),
}


def _marked(mark: str) -> list[type[Model]]:
    return [model for model in apps.get_models() if getattr(model, mark, None)]


def policies() -> dict[str, str]:
    """table → which of its rows are seen, for every table whose rows are hidden by units."""
    found = {**POLICIES, NOTES: _entry(NOTES)}
    for model in _marked(SEEN_BY_UNIT):
        of, column = getattr(model, SEEN_BY_UNIT)
        found[model._meta.db_table] = _OF[of](column)
    for model in _marked(SEEN_WITH):
        own, table, column = getattr(model, SEEN_WITH)
        mine = model._meta.db_table
        found[mine] = f"EXISTS (SELECT FROM {table} AS b WHERE b.{column} = {mine}.{own})"
    return found


# Of a model with this mark, naming the column of a login, the desk sees and changes only the rows
# of whoever sits there.
OWN = "own_of_login"


def secure(role: str) -> None:
    """Let the desk's role see only what is in sight. The owner and the writer see every row."""
    with connections["owner"].cursor() as cursor:
        for model in apps.get_models():
            if column := getattr(model, OWN, None):
                _let_see_own(cursor, model._meta.db_table, column, role)
        for table, seen in policies().items():
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'DROP POLICY IF EXISTS in_sight ON "{table}"')
            cursor.execute(
                f'CREATE POLICY in_sight ON "{table}" FOR SELECT TO "{role}"'
                f" USING ({_ALL} OR ({seen}))"
            )
        for model in (*_marked(SEEN_BY_UNIT), *_marked(SEEN_WITH)):
            _let_others_read(cursor, model._meta.db_table, role)


def _let_others_read(cursor: Any, table: str, role: str) -> None:
    """Of documents only the desk has a sight; another role that is granted them, as the portal's,
    reads them all: what is issued names no member."""
    cursor.execute(f'DROP POLICY IF EXISTS as_granted ON "{table}"')
    cursor.execute(
        f'CREATE POLICY as_granted ON "{table}" FOR SELECT'
        f" USING ((SELECT current_user) <> '{role}')"
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
