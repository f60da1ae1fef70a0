"""What the database itself refuses: changing a book, or hanging a row on a foreign entry.

Each guard is a trigger, so it holds for whoever asks, the owner included; the application's role
has no right to update or delete in the first place (``roles.py``).
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from pgtrigger import compiler

_TEMPLATE = """
    CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp
        SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
        SET enable_nestloop = off SET enable_mergejoin = off SET enable_presorted_aggregate = off
        SET plan_cache_mode = force_generic_plan SET jit = off AS $$
        {declare}
        BEGIN
            {func}
        END;
    $$;
    DROP TRIGGER IF EXISTS {pgid} ON {table};
    CREATE TRIGGER {pgid}
        {when} {operation} ON {table}
        {referencing}
        FOR EACH {level} {condition}
        EXECUTE PROCEDURE {execute};
    COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
"""


class GuardSql(compiler.UpsertTriggerSql):  # type: ignore[misc]  # untyped library
    """A trigger that nobody can talk out of its duty.

    The library's own template lets any session switch triggers off by a setting
    (``pgtrigger.ignore``), and looks tables up along the session's search path, where a temporary
    table of the same name would stand in for the journal.

    A session plans a guard's queries once, perhaps for a single act in an empty journal, and runs
    them for a million rows. So the planner is left only what stays linear then: rows of the
    statement are hashed, rows of tables are looked up by index in ranges or arrays.
    """

    def get_template(self) -> str:
        """The text of the function and the trigger."""
        return _TEMPLATE


class Guard(pgtrigger.Trigger):  # type: ignore[misc]  # untyped library
    """A trigger of ours: see ``GuardSql``."""

    def compile(self, model: type[models.Model]) -> compiler.Trigger:
        """The trigger as migrations keep it."""
        sql = GuardSql(
            pgid=self.get_pgid(model), declare=self.render_declare(model),
            func=self.render_func(model), table=model._meta.db_table, when=self.when,
            operation=self.operation, referencing=self.referencing or "", level=self.level,
            condition=self.render_condition(model), execute=self.render_execute(model),
        )  # fmt: skip
        return compiler.Trigger(name=self.name, sql=sql)


_REFUSE = "RAISE EXCEPTION 'journal_append_only: % on %', TG_OP, TG_TABLE_NAME;"


def append_only() -> list[Guard]:
    """No row is ever changed or removed."""
    return [
        Guard(
            name="append_only",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
            func=_REFUSE,
        )
    ]


def _hangs_on_own_entry() -> Guard:
    """Rows come in the very transaction of their entry, so no entry grows after its digest."""
    return Guard(
        name="own_entry",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="fresh"),
        declare=[("first_id", "bigint"), ("last_id", "bigint")],
        func="""
            SELECT min(entry_id), max(entry_id) INTO first_id, last_id FROM fresh;
            IF EXISTS (
                SELECT FROM fresh AS f LEFT JOIN (
                    SELECT id FROM journal_entry
                    WHERE id BETWEEN first_id AND last_id AND xid = pg_current_xact_id()
                ) AS e ON e.id = f.entry_id
                WHERE e.id IS NULL
            ) THEN
                RAISE EXCEPTION 'book_foreign_entry: % takes rows only with their own entry',
                    TG_TABLE_NAME;
            END IF;
            RETURN NULL;
        """,
    )


def book() -> list[Guard]:
    """The guards of every plain book."""
    return [*append_only(), _hangs_on_own_entry()]


def sealed_book(*content: str) -> list[Guard]:
    """The guards of a book with personal content: only an erasure may empty a row.

    An erasure sets every column of ``content`` and the salt to NULL and leaves the rest as it is;
    only the owner's function ``journal_erase`` may do so (the application has no UPDATE right).
    """
    emptied = " AND ".join(f"NEW.{column} IS NULL" for column in ("salt", *content))
    kept = ["'salt'", *(f"'{column}'" for column in content)]
    return [
        Guard(
            name="append_only",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Delete | pgtrigger.Truncate,
            func=_REFUSE,
        ),
        Guard(
            name="erase_only",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"""
                IF {emptied}
                    AND to_jsonb(NEW) - ARRAY[{", ".join(kept)}]
                        = to_jsonb(OLD) - ARRAY[{", ".join(kept)}]
                THEN
                    RETURN NEW;
                END IF;
                {_REFUSE}
            """,
        ),
        _hangs_on_own_entry(),
    ]


def decided_once(*columns: str, decided: str) -> list[Guard]:
    """The guards of a table of what waits to be decided: only ``columns`` change, only until the
    row is ``decided`` (SQL over OLD), and no row is removed."""
    kept = ", ".join(f"'{column}'" for column in columns)
    return [
        Guard(
            name="no_removal",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Delete | pgtrigger.Truncate,
            func=_REFUSE,
        ),
        Guard(
            name="decided_once",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"""
                IF {decided}
                    OR to_jsonb(NEW) - ARRAY[{kept}] <> to_jsonb(OLD) - ARRAY[{kept}]
                THEN
                    {_REFUSE}
                END IF;
                RETURN NEW;
            """,
        ),
    ]


JOURNAL_ORDER = Guard(
    name="journal_order",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="fresh"),
    declare=[
        ("first_id", "bigint"),
        ("last_id", "bigint"),
        ("n", "bigint"),
        ("earliest", "timestamptz"),
        ("latest", "timestamptz"),
        ("foreign_xid", "boolean"),
        ("reversed", "bigint[]"),
        ("bases", "bigint[]"),
        ("before", "record"),
        ("newest", "bigint"),
    ],
    # Questions that a single act doesn't raise are not even put: an IF of its own costs nothing.
    func="""
        SELECT min(id), max(id), count(*), min(recorded_at), max(recorded_at),
            bool_or(xid <> pg_current_xact_id()),
            array_agg(reverses_id) FILTER (WHERE reverses_id IS NOT NULL),
            array_agg(basis_id) FILTER (WHERE basis_id IS NOT NULL)
        INTO first_id, last_id, n, earliest, latest, foreign_xid, reversed, bases FROM fresh;
        IF n = 0 THEN RETURN NULL; END IF;
        SELECT id, recorded_at INTO before FROM journal_entry
            WHERE id < first_id ORDER BY id DESC LIMIT 1;
        SELECT id INTO newest FROM journal_entry ORDER BY id DESC LIMIT 1;
        IF last_id - first_id + 1 <> n OR first_id <> 1 + COALESCE(before.id, 0)
            OR newest <> last_id
        THEN
            RAISE EXCEPTION 'journal_gap: entries are numbered without gaps';
        END IF;
        IF foreign_xid THEN
            RAISE EXCEPTION 'journal_xid: an entry names its own transaction';
        END IF;
        IF before.recorded_at > earliest OR latest > clock_timestamp() + interval '1 minute' THEN
            RAISE EXCEPTION 'journal_time: recorded_at never goes back, nor ahead of the clock';
        END IF;
        IF earliest <> latest THEN
            IF EXISTS (
                SELECT FROM (
                    SELECT recorded_at, lag(recorded_at) OVER (ORDER BY id) AS before FROM fresh
                ) AS f WHERE f.before > f.recorded_at
            ) THEN
                RAISE EXCEPTION 'journal_time: recorded_at never goes back, nor ahead of the clock';
            END IF;
        END IF;
        -- What foreign keys would ask: nothing here is ever deleted, so once is enough.
        IF bases IS NOT NULL THEN
            IF n > 1 THEN
                bases := ARRAY(SELECT DISTINCT b FROM unnest(bases) AS b);
            END IF;
            IF (SELECT count(*) FROM journal_basis WHERE id = ANY (bases)) <> cardinality(bases)
            THEN
                RAISE EXCEPTION 'journal_basis: an entry rests on a basis that is not there';
            END IF;
        END IF;
        IF reversed IS NOT NULL THEN
            IF cardinality(reversed) <> (
                SELECT count(*) FROM fresh AS f
                JOIN (SELECT * FROM journal_entry WHERE id = ANY (reversed)) AS r
                    ON r.id = f.reverses_id
                WHERE r.reverses_id IS NULL AND r.kind = f.kind AND r.effective_on = f.effective_on
            ) THEN
                RAISE EXCEPTION
                    'journal_reversal: a reversal takes kind and day of what it reverses';
            END IF;
        END IF;
        RETURN NULL;
    """,
)
