"""The DHIS2 way: today's ancestors copied beside every value, built, then grouped by level.

Written after reading DHIS2 2.44-SNAPSHOT (commit 3f8c14a0 of dhis2/dhis2-core; the parts used here
are those of 2.43.1): ``OrganisationUnitStructureResourceTable`` (one row a unit, its ancestors'
identifiers in a column for each level), ``JdbcAnalyticsTableManager`` (values joined with that and
with the resource tables of elements, periods and categories into one unlogged table, a partition a
year), ``AnalyticsIndexHelper`` (an index for each dimension column of each partition) and
``JdbcAnalyticsManager`` (one query a level: sum of value by element, category and ``uidlevelN``).
Its logic in words of our own, not its text.

Its store of values is filled from our legs beforehand, untimed: one value a leg on the rolls, the
line as data element, the month as period, the standing as category, the value as text, as there.
In its favour: legs outside the rolls are left out; so are period types, group sets and outliers; a
query of a level takes all units instead of naming each; the structure is that of the period's last
day, so that it can be right at all. What is handed down as plan is not summed by it but taken as it
is. It knows no transfers inside a unit: ``arrived`` and ``departed`` can't be the same as ours.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import psycopg
from outcome import Outcome, main, say, seconds

from giaoban.figures.lines import DECREASES, LINES, Line
from giaoban.journal.kinds import Kind
from nation import books, phrases
from nation.against import ours_of, told_beside
from nation.books import Connection
from nation.plain_sql import psycopg_client
from nation.question import PERIOD, Timed

NOT_THE_SAME = frozenset({"arrived", "departed"})
WORKERS = 2  # one for each core, as there
_NUMERIC = r"^(-?\d+|-?\d*\.\d+)([eE][-+]?\d+)?$"


def uid(number: str, letter: str = "u") -> str:
    """An identifier of eleven characters for a number, as everything there has."""
    return f"('{letter}' || lpad(({number})::text, 10, '0'))::char(11)"


# Before the clock starts ---------------------------------------------------------------------


def fill(connection: Connection, known: int) -> int:
    """Its store of values and the small resource tables; how many values there are."""
    month = "extract(year FROM l.effective_on)::int * 100 + extract(month FROM l.effective_on)::int"
    element = (
        f"CASE WHEN l.kind = {int(Kind.REORGANISATION)} THEN CASE WHEN {phrases.INWARD}"
        f" THEN {int(Line.CAME_WITH_UNIT)} ELSE {int(Line.LEFT_WITH_UNIT)} END"
        f" ELSE {phrases.line_of_leg()} END"
    )
    # In the order of entries, which is nearly that of months: as values come in over the years.
    psycopg_client(connection).execute(
        f"""
        CREATE UNLOGGED TABLE bench.datavalue AS
        SELECT line AS dataelementid, periodid, sourceid, standing + 1 AS categoryoptioncomboid,
            1 AS attributeoptioncomboid, ({phrases.signed("quantity")})::text::varchar AS value,
            timestamp '2026-01-01' AS lastupdated, false AS deleted
        FROM (
            SELECT {element} AS line, {month} AS periodid, l.unit_id AS sourceid,
                {phrases.FULL} AS standing, l.quantity, l.entry_id
            FROM ledger_leg AS l WHERE l.account BETWEEN 1 AND 4 AND l.entry_id <= %(known)s
        ) AS legs ORDER BY entry_id
        """,
        phrases.parameters(known),
    )
    connection.execute("CREATE INDEX ON bench.datavalue (periodid)")
    connection.execute(f"""
        CREATE TABLE bench.periodstructure AS
        SELECT periodid, periodid::text AS iso, startdate, enddate, year,
            enddate - startdate + 1 AS daysno
        FROM (
            SELECT DISTINCT periodid, periodid / 100 AS year,
                make_date(periodid / 100, periodid % 100, 1) AS startdate,
                (make_date(periodid / 100, periodid % 100, 1) + interval '1 month - 1 day')::date
                    AS enddate
            FROM bench.datavalue
        ) AS months;
        CREATE TABLE bench.dataelementstructure AS
        SELECT n AS dataelementid, {uid("n", "e")} AS dataelementuid
        FROM generate_series(0, {LINES - 1}) AS n;
        CREATE TABLE bench.categorystructure AS
        SELECT n AS categoryoptioncomboid, {uid("n", "c")} AS categoryoptioncombouid
        FROM generate_series(1, 2) AS n;
    """)
    for table in ("datavalue", "periodstructure", "dataelementstructure", "categorystructure"):
        connection.execute(f"ANALYZE bench.{table}")
    return _number(connection, "SELECT count(*) FROM bench.datavalue")


# Built ---------------------------------------------------------------------------------------


def structure(connection: Connection, known: int) -> int:
    """One row a unit with its ancestors by level; how many levels there are."""
    told = phrases.parameters(known)
    psycopg_client(connection).execute(
        f"""
        CREATE UNLOGGED TABLE bench.path AS
        WITH RECURSIVE placed AS ({phrases.placed()}), path AS (
            SELECT unit_id, 1 AS level, ARRAY[unit_id] AS ids FROM placed WHERE parent_id IS NULL
            UNION ALL
            SELECT p.unit_id, a.level + 1, a.ids || p.unit_id
            FROM path AS a JOIN placed AS p ON p.parent_id = a.unit_id
        ) SELECT * FROM path
        """,
        told,
    )
    levels = _number(connection, "SELECT max(level) FROM bench.path")
    columns = ", ".join(
        f"ids[{n}] AS idlevel{n}, CASE WHEN level >= {n} THEN {uid(f'ids[{n}]')} END AS uidlevel{n}"
        for n in range(1, levels + 1)
    )
    connection.execute(f"""
        CREATE UNLOGGED TABLE bench.orgunitstructure AS
        SELECT unit_id AS organisationunitid, {uid("unit_id")} AS organisationunituid, level,
            {columns} FROM bench.path;
        DROP TABLE bench.path;
        ALTER TABLE bench.orgunitstructure ADD PRIMARY KEY (organisationunitid);
        CREATE UNIQUE INDEX ON bench.orgunitstructure (organisationunituid);
        ANALYZE bench.orgunitstructure;
    """)
    return levels


def create(connection: Connection, levels: int, years: Iterable[int]) -> None:
    """The table and a partition for each year."""
    of_levels = ", ".join(f"uidlevel{n} char(11)" for n in range(1, levels + 1))
    connection.execute(f"""
        CREATE UNLOGGED TABLE bench.analytics (
            dx char(11) NOT NULL, co char(11) NOT NULL, ao char(11) NOT NULL, pestartdate date,
            peenddate date, year int NOT NULL, pe text NOT NULL, ou char(11) NOT NULL, oulevel int,
            id text, {of_levels}, approvallevel int, daysxvalue double precision,
            daysno int NOT NULL, value double precision, textvalue text
        )""")
    for year in years:
        connection.execute(
            f"CREATE UNLOGGED TABLE bench.analytics_{year} (CHECK (year = {year}),"
            f" CHECK (pestartdate < date '{year + 1}-01-01')) INHERITS (bench.analytics)"
        )


def populate(connection: Connection, year: int, levels: int) -> None:
    """One partition, as values stand joined with the resource tables."""
    of_levels = ", ".join(f"ous.uidlevel{n}" for n in range(1, levels + 1))
    connection.execute(f"""
        INSERT INTO bench.analytics_{year}
        SELECT des.dataelementuid, dcs.categoryoptioncombouid, acs.categoryoptioncombouid,
            ps.startdate, ps.enddate, ps.year, ps.iso, ous.organisationunituid, ous.level,
            concat(des.dataelementuid, '-', ps.iso, '-', ous.organisationunituid, '-',
                dcs.categoryoptioncombouid, '-', acs.categoryoptioncombouid),
            {of_levels}, 1, dv.value::double precision * ps.daysno, ps.daysno,
            dv.value::double precision, null
        FROM bench.datavalue AS dv
        JOIN bench.periodstructure AS ps USING (periodid)
        JOIN bench.dataelementstructure AS des USING (dataelementid)
        JOIN bench.orgunitstructure AS ous ON ous.organisationunitid = dv.sourceid
        JOIN bench.categorystructure AS dcs
            ON dcs.categoryoptioncomboid = dv.categoryoptioncomboid
        JOIN bench.categorystructure AS acs
            ON acs.categoryoptioncomboid = dv.attributeoptioncomboid
        WHERE ps.year = {year} AND dv.deleted IS FALSE AND dv.value IS NOT NULL
            AND dv.value <> '0' AND dv.value ~ '{_NUMERIC}'
            AND dv.lastupdated < timestamp '2100-01-01'
    """)


def index(connection: Connection, year: int, levels: int) -> None:
    """An index for each dimension of a partition; statistics."""
    single = ("pestartdate", "peenddate", "year", "pe", "ou", "oulevel", "id", "approvallevel")
    of_levels = [f"uidlevel{n}" for n in range(1, levels + 1)]
    for column in ("dx, co", "dx, ao", *single, *of_levels):
        connection.execute(f"CREATE INDEX ON bench.analytics_{year} ({column})")
    connection.execute(f"ANALYZE bench.analytics_{year}")


def in_parallel(work: Callable[[Connection, int], None], years: list[int]) -> None:
    """A year each on connections of their own, as many at once as there are cores."""

    def one(year: int) -> None:
        with psycopg.connect(_owner_url(), autocommit=True) as connection:
            for name, value in books.SETTINGS.items():
                connection.execute(f"SET {name} = '{value}'")
            work(connection, year)

    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(one, sorted(years, reverse=True)))


def build(connection: Connection, known: int) -> tuple[int, dict[str, float]]:
    """Structure, table, indexes; the number of levels, and the seconds that each part took."""
    found: list[int] = []
    took = {"structure": seconds(lambda: found.append(structure(connection, known)))}
    [levels] = found
    rows = connection.execute("SELECT DISTINCT year FROM bench.periodstructure ORDER BY 1")
    years = [int(year) for (year,) in rows.fetchall()]
    create(connection, levels, years)
    took["populating"] = seconds(
        lambda: in_parallel(lambda one, year: populate(one, year, levels), years)
    )
    took["indexes"] = seconds(
        lambda: in_parallel(lambda one, year: index(one, year, levels), years)
    )
    return levels, took


# Asked ---------------------------------------------------------------------------------------


def query(connection: Connection, known: int, levels: int) -> dict[str, float]:
    """Two queries a level, flows of the period and all before it, then put together: by parts."""
    year, start, end = PERIOD.year, PERIOD.start, PERIOD.last_day
    before = (
        f"year < {year}", f"peenddate < date '{start}'",
    )  # fmt: skip
    within = (f"year IN ({year})", f"pestartdate >= date '{start}'", f"peenddate <= date '{end}'")
    found: list[str] = []

    def grouped() -> None:
        for level in range(1, levels + 1):
            for opening, which in ((True, before), (False, within)):
                found.append(f"bench.found_{level}_{int(opening)}")
                # Into a table of the server's, so that nobody waits for rows to be carried over.
                connection.execute(
                    f"CREATE UNLOGGED TABLE {found[-1]} AS SELECT uidlevel{level} AS uid, dx, co,"
                    f" {opening} AS opening, sum(value) AS value FROM bench.analytics AS ax"
                    f" WHERE uidlevel{level} IS NOT NULL AND {' AND '.join(which)}"
                    f" GROUP BY dx, uidlevel{level}, co"
                )

    told = phrases.parameters(known)
    return {
        "grouping": seconds(grouped),
        "putting together": seconds(
            lambda: psycopg_client(connection).execute(_together(found), told)
        ),
    }


def _together(tables: list[str]) -> str:
    """What levels have told, as statements with their achievement."""
    falls = ", ".join(str(int(line)) for line in DECREASES)
    return f"""
        CREATE UNLOGGED TABLE bench.answer AS
        WITH found AS ({" UNION ALL ".join(f"SELECT * FROM {name}" for name in tables)}),
        placed AS (SELECT organisationunitid AS unit_id FROM bench.orgunitstructure),
        named AS (
            SELECT ous.organisationunitid AS unit_id, des.dataelementid AS line,
                dcs.categoryoptioncomboid - 1 AS standing, f.opening, f.value
            FROM found AS f
            JOIN bench.orgunitstructure AS ous ON ous.organisationunituid = f.uid
            JOIN bench.dataelementstructure AS des ON des.dataelementuid = f.dx
            JOIN bench.categorystructure AS dcs ON dcs.categoryoptioncombouid = f.co
        ), rows AS (
            SELECT unit_id, standing, line, value AS amount FROM named WHERE NOT opening
            UNION ALL
            SELECT unit_id, standing, {int(Line.OPENING)},
                CASE WHEN line IN ({falls}) THEN -value ELSE value END FROM named WHERE opening
        ), statement AS ({phrases.spread()})
        {phrases.with_achievement()}
    """


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Built and asked, each told apart, against ours."""
    with books.held_up(options.home):
        ours = ours_of(options)
        known = books.known()
        with books.as_owner() as connection:
            say.print("its store of values …")
            values = fill(connection, known)
            say.print(f"{values:,} values; building …")
            levels, built = build(connection, known)
            say.print(f"{built}; asking …")
            asked = query(connection, known, levels)
            answer = phrases.read(connection, "bench.answer")
            size = _number(connection, _SIZE)
    details = {"values": values, "build": built, "query": asked, "bytes": size}
    took = sum(asked.values())
    found = Timed("the DHIS2 way, query alone", took, answer, details)
    whole = sum(built.values())
    parts = ", ".join(f"{name} {part:.0f} s" for name, part in built.items())
    return [
        told_beside(ours, found, expected=NOT_THE_SAME),
        Outcome("the DHIS2 way, build before the query", "–",
                f"{whole:.0f} s ({parts}), {size / 1e9:.1f} GB; ours has no such table:"
                f" {(whole + took) / ours.seconds:.0f} times with the query",
                None, details),
    ]  # fmt: skip


_SIZE = (
    "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class AS c JOIN pg_namespace AS n"
    " ON n.oid = c.relnamespace WHERE n.nspname = 'bench' AND c.relname ~ '^analytics'"
    " AND c.relkind = 'r'"
)


def _number(connection: Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return int(row[0])


def _owner_url() -> str:
    from giaoban import database

    return database.connection_url(database.cluster(), database.OWNER_ROLE)


def arguments() -> argparse.ArgumentParser:
    """Which home."""
    parser = argparse.ArgumentParser(description=__doc__)
    books.add_home(parser)
    parser.add_argument("--ours", help="a command that answers as nation.asking does")
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
