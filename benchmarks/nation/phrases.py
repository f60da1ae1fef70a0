"""What the rivals' SQL has in common: the tree of a day, lines of movements, targets, and a
statement with its achievement spread over columns. Nothing here knows prefix sums or segments."""

from __future__ import annotations

import numpy as np

from giaoban.figures.lines import DECREASES, LINES, Line, kinds_of, line_of
from nation.books import Connection
from nation.question import INDICATOR, PERIOD, Answer, Ints

FULL = "CASE WHEN l.account IN (2, 4) THEN 1 ELSE 0 END"
INWARD = "((l.quantity > 0) <> l.reversal)"
STANDINGS = 2


def not_reversed(alias: str) -> str:
    """What keeps only rows of entries that are known and that no known entry reverses."""
    return (
        f"{alias}.entry_id <= %(known)s AND NOT EXISTS (SELECT FROM journal_entry AS r"
        f" WHERE r.reverses_id = {alias}.entry_id AND r.id <= %(known)s)"
    )


def parameters(known: int) -> dict[str, object]:
    """What the texts here ask for by name."""
    share = PERIOD.elapsed_share
    return {
        "known": known, "start": PERIOD.start, "end": PERIOD.end, "last_day": PERIOD.last_day,
        "year": PERIOD.year, "indicator": INDICATOR,
        "part": share.numerator, "parts": share.denominator,
    }  # fmt: skip


def placed(day: str = "%(last_day)s") -> str:
    """A query: (unit_id, parent_id) of the units that stand at the end of a day."""
    return f"""
        SELECT * FROM (
            SELECT DISTINCT ON (p.unit_id) p.unit_id, p.parent_id FROM units_placement AS p
            WHERE p.from_on <= {day} AND {not_reversed("p")}
            ORDER BY p.unit_id, p.from_on DESC, p.entry_id DESC, p.line DESC
        ) AS newest
        WHERE EXISTS (SELECT FROM units_founding AS f
                WHERE f.unit_id = newest.unit_id AND f.from_on <= {day} AND {not_reversed("f")})
            AND NOT EXISTS (SELECT FROM units_closing AS c
                WHERE c.unit_id = newest.unit_id AND c.from_on <= {day} AND {not_reversed("c")})
    """


def line_of_leg() -> str:
    """The line that a leg ``l`` of the period belongs to."""
    kinds = sorted({kind for line in Line for kind in kinds_of(line)})
    cases = []
    for kind in kinds:
        into, out_of = int(line_of(kind, True)), int(line_of(kind, False))
        then = str(into) if into == out_of else f"CASE WHEN {INWARD} THEN {into} ELSE {out_of} END"
        cases.append(f"WHEN {int(kind)} THEN {then}")
    return f"CASE l.kind {' '.join(cases)} END"


def signed(amount: str) -> str:
    """An amount of column ``line`` as a statement tells it: decreases count those who left."""
    falls = ", ".join(str(int(line)) for line in DECREASES)
    return f"CASE WHEN line IN ({falls}) THEN -{amount} ELSE {amount} END"


def column(line: int, standing: int) -> str:
    """The name of a column of a statement."""
    return f"{Line(line).name.lower()}_{standing}"


def spread(rows: str = "rows") -> str:
    """A query: a statement's columns for each unit of (unit_id, standing, line, amount).

    The closing follows from the opening and what moved in between.
    """
    columns = []
    for standing in range(STANDINGS):
        for line in Line:
            if line == Line.CLOSING:
                rises = ", ".join(
                    str(int(one)) for one in Line if one not in DECREASES and one != Line.CLOSING
                )
                value = f"CASE WHEN line IN ({rises}) THEN amount ELSE -amount END"
                which = f"standing = {standing}"
            else:
                value, which = "amount", f"standing = {standing} AND line = {int(line)}"
            columns.append(
                f"COALESCE(sum({value}) FILTER (WHERE {which}), 0)::bigint"
                f" AS {column(line, standing)}"
            )
    return f"SELECT unit_id, {', '.join(columns)} FROM {rows} GROUP BY unit_id"


def with_achievement(units: str = "placed", statement: str = "statement") -> str:
    """A query: every unit's statement, its plan, tenths of a per cent, rank and pace."""
    cells = [column(line, standing) for standing in range(STANDINGS) for line in Line]
    told = ", ".join(f"COALESCE(s.{cell}, 0) AS {cell}" for cell in cells)
    return f"""
        SELECT unit_id, {", ".join(cells)}, COALESCE(plan, -1) AS plan,
            CASE WHEN plan > 0 THEN round(1000.0 * done / plan)::bigint ELSE -1 END AS tenths,
            CASE WHEN plan > 0 THEN dense_rank() OVER (
                ORDER BY CASE WHEN plan > 0 THEN done::numeric / plan END DESC NULLS LAST)
                ELSE 0 END AS rank,
            CASE WHEN plan IS NULL OR plan <= 0 THEN 0 WHEN done >= plan THEN 1
                WHEN done * %(parts)s >= plan * %(part)s THEN 2 ELSE 3 END AS pace
        FROM (
            SELECT u.unit_id, {told}, t.value AS plan,
                COALESCE(s.admitted_0 + s.admitted_1, 0) AS done
            FROM {units} AS u LEFT JOIN {statement} AS s USING (unit_id) LEFT JOIN (
                SELECT DISTINCT ON (x.unit_id) x.unit_id, x.value FROM plans_target AS x
                WHERE x.indicator = %(indicator)s AND x.year = %(year)s AND {not_reversed("x")}
                ORDER BY x.unit_id, x.entry_id DESC
            ) AS t USING (unit_id)
        ) AS told
    """


def read(connection: Connection, table: str) -> Answer:
    """An answer that was left in a table, as ``with_achievement`` has its columns."""
    with connection.cursor(binary=True) as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY unit_id")
        rows: Ints = np.array(cursor.fetchall(), dtype=np.int64).T
    cells = rows[1 : 1 + STANDINGS * LINES].reshape(STANDINGS, LINES, -1)
    return Answer(rows[0], cells.transpose(1, 0, 2), rows[1 + STANDINGS * LINES :])
