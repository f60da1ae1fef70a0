"""A plain recursive query over the ledger's own tables, as an able developer writes it.

Both forms are one statement: WITH RECURSIVE from each unit to all above it, legs, targets, and
transfers inside taken out by joining the two ends of each and what stands above both. In the naive
form every leg is joined with everything above its unit, then grouped; in the better one legs are
summed by unit first. Both run as the owner on the indexes that the ledger has, with a gigabyte of
``work_mem`` and parallel workers allowed, after ANALYZE; the answer stays in a table of the
server's, so that nobody waits for rows to be carried over. Legs are read once, balances before the
period and movements in it together.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import psycopg
from outcome import Outcome, main, say, seconds

from giaoban.figures.lines import Line
from giaoban.journal.kinds import Kind
from nation import books, phrases
from nation.against import Ours, ours_of, told_beside
from nation.books import Connection
from nation.question import Timed

NAIVE, BETTER = "plain recursive query", "the same, summed by unit first"

# Left to itself PostgreSQL reads the legs unit by unit, at random, for a merge join with what
# stands above, whose size it can't guess; both forms took longer by a quarter and by half.
NO_MERGE_JOINS = "SET enable_mergejoin = off"

_ABOVE = """
    above (unit_id, above_id) AS (
        SELECT unit_id, unit_id FROM placed
        UNION ALL
        SELECT a.unit_id, p.parent_id FROM above AS a JOIN placed AS p ON p.unit_id = a.above_id
        WHERE p.parent_id IS NOT NULL
    )"""
_LEGS = """
    FROM ledger_leg AS l {join}
    WHERE l.account BETWEEN 1 AND 4 AND l.effective_on < %(end)s AND l.entry_id <= %(known)s
    GROUP BY 1, 2, 3"""
_LINE = (
    f"CASE WHEN l.effective_on < %(start)s THEN {int(Line.OPENING)}"
    f" ELSE {phrases.line_of_leg()} END"
)
_MOVED = {
    NAIVE: f"""
    moved AS (
        SELECT a.above_id AS unit_id, {phrases.FULL} AS standing, {_LINE} AS line,
            sum(l.quantity) AS n
        {_LEGS.format(join="JOIN above AS a ON a.unit_id = l.unit_id")}
    )""",
    BETTER: f"""
    own AS MATERIALIZED (
        SELECT l.unit_id, {phrases.FULL} AS standing, {_LINE} AS line, sum(l.quantity) AS n
        {_LEGS.format(join="")}
    ), moved AS (
        SELECT a.above_id AS unit_id, o.standing, o.line, sum(o.n)::bigint AS n
        FROM own AS o JOIN above AS a USING (unit_id) GROUP BY 1, 2, 3
    )""",
}
# A transfer is neither in nor out for what stands above both of its ends.
_INSIDE = f"""
    pair AS (
        SELECT o.unit_id AS left_id, l.unit_id AS taken_id, {phrases.FULL} AS standing,
            sum(l.quantity) AS n
        FROM ledger_leg AS o JOIN ledger_leg AS l USING (entry_id, person_id)
        WHERE o.kind = {int(Kind.TRANSFER)} AND o.account BETWEEN 1 AND 4
            AND o.effective_on >= %(start)s AND o.effective_on < %(end)s
            AND o.entry_id <= %(known)s AND (o.quantity > 0) = o.reversal
            AND l.kind = {int(Kind.TRANSFER)} AND l.account BETWEEN 1 AND 4
            AND l.effective_on >= %(start)s AND l.effective_on < %(end)s
            AND (l.quantity > 0) <> l.reversal
        GROUP BY 1, 2, 3
    ), inside AS (
        SELECT a.above_id AS unit_id, p.standing, sum(p.n)::bigint AS n FROM pair AS p
        JOIN above AS a ON a.unit_id = p.left_id
        JOIN above AS b ON b.unit_id = p.taken_id AND b.above_id = a.above_id
        GROUP BY 1, 2
    )"""


def text(form: str) -> str:
    """The statement of one of the two forms."""
    return f"""
        CREATE UNLOGGED TABLE bench.plain AS
        WITH RECURSIVE placed AS ({phrases.placed()}), {_ABOVE}, {_MOVED[form]}, {_INSIDE},
        rows AS (
            SELECT unit_id, standing, line, {phrases.signed("n")} AS amount FROM moved
            UNION ALL
            SELECT unit_id, standing, line, -n FROM inside
            CROSS JOIN (VALUES ({int(Line.ARRIVED)}), ({int(Line.DEPARTED)})) AS both_ (line)
        ), statement AS ({phrases.spread()})
        {phrases.with_achievement()}
    """


def answered(connection: Connection, known: int, form: str) -> Timed:
    """One form, once."""
    connection.execute("DROP TABLE IF EXISTS bench.plain")
    connection.execute(NO_MERGE_JOINS)
    told = phrases.parameters(known)
    took = seconds(lambda: psycopg_client(connection).execute(text(form), told))
    return Timed(form, took, phrases.read(connection, "bench.plain"))


def psycopg_client(connection: Connection) -> psycopg.ClientCursor[tuple[Any, ...]]:
    """A cursor that writes parameters into the text: CREATE TABLE AS takes none."""
    return psycopg.ClientCursor(connection)


def explained(connection: Connection, known: int, form: str) -> str:
    """How PostgreSQL goes about it, for whoever doubts that the query was treated well."""
    connection.execute("DROP TABLE IF EXISTS bench.plain")
    connection.execute(NO_MERGE_JOINS)
    cursor = psycopg_client(connection)
    cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {text(form)}", phrases.parameters(known))
    return "\n".join(line for (line,) in cursor.fetchall())


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Both forms, against ours."""
    with books.held_up(options.home):
        ours: Ours = ours_of(options)
        known = books.known()
        with books.as_owner() as connection:
            if options.explain:
                for form in (NAIVE, BETTER):
                    print(explained(connection, known, form), file=sys.stderr)
            found = []
            for form in (BETTER, NAIVE):
                say.print(f"{form} …")
                found.append(answered(connection, known, form))
    return [told_beside(ours, one, goal=30 if one.name == NAIVE else None) for one in found]


def arguments() -> argparse.ArgumentParser:
    """Which home."""
    parser = argparse.ArgumentParser(description=__doc__)
    books.add_home(parser)
    parser.add_argument("--ours", help="a command that answers as nation.asking does")
    parser.add_argument("--explain", action="store_true", help="print the plans, too")
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
