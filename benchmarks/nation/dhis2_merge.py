"""DHIS2's merge of units replayed on one month of the reform: what the total loses, beside ours.

After ``DataOrgUnitMergeHandler`` of DHIS2 (2.43.1, and unchanged in 2.44-SNAPSHOT, commit 3f8c14a0
of dhis2/dhis2-core) with its strategy of the last updated value: values of the target are deleted,
of the sources' values in each cell (element, period, category, attribute) the last updated one is
given to the target, and the sources' values are deleted. So of communes that merge, one commune's
value stays and stands for all of them.

The cells are June 2025 as every commune counted it on the eve of the reform: admitted in June, and
members at its end, by standing. Each commune sent its report on a day of its own, drawn from a
seed; what the loss would be at least and at most, were the days other ones, is told, too. The
mergers are those of our books: every commune, and island district, that went over whole into a new
commune. Those that were divided are left alone. Ours is the month restated by the tree of the
year's end.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from datetime import date, datetime, time, timedelta

import numpy as np
from outcome import Outcome, main, say, seconds

from giaoban.periods import Span
from nation import books
from nation.books import Connection

JUNE = Span(date(2025, 6, 1), date(2025, 7, 1))
REFORM, TODAY = date(2025, 7, 1), date(2025, 12, 31)
FAMILY = "party"
ELEMENTS = ("admitted in June 2025", "members at the end of June 2025")
SEED = 20250701


def merges() -> dict[int, list[int]]:
    """target → the units that went over to it whole on the day of the reform."""
    from giaoban.journal.sql import fetch
    from giaoban.units.models import Extent

    found: dict[int, list[int]] = defaultdict(list)
    for unit, successor in fetch(
        "SELECT s.unit_id, s.successor_id FROM units_succession AS s"
        " JOIN units_unit AS u ON u.id = s.unit_id JOIN units_unit AS n ON n.id = s.successor_id"
        " WHERE s.from_on = %(on)s AND s.extent = %(whole)s AND n.kind_id = 'party-superior'"
        " AND (u.kind_id = 'party-district' OR u.sector_id = 'commune')"
        " AND u.kind_id <> 'party-cell' ORDER BY 1",
        on=REFORM, whole=int(Extent.WHOLE),
    ):  # fmt: skip
        found[successor].append(unit)
    return dict(found)


def fill(connection: Connection, merging: dict[int, list[int]], known: int) -> list[int]:
    """The values of every unit that merges, by our statements of June; the totals."""
    from giaoban.figures.lines import Line
    from giaoban.figures.statement import statements

    june = statements(JUNE, known, FAMILY)
    units = sorted(unit for sources in merging.values() for unit in sources)
    minutes = np.random.default_rng(SEED).integers(0, 5 * 24 * 60, len(units)).tolist()
    connection.execute("""
        CREATE TABLE bench.datavalue (
            dataelementid bigint, periodid bigint, sourceid bigint, categoryoptioncomboid bigint,
            attributeoptioncomboid bigint, value varchar(50000), created timestamp,
            lastupdated timestamp, deleted boolean NOT NULL,
            PRIMARY KEY (dataelementid, periodid, sourceid, categoryoptioncomboid,
                attributeoptioncomboid)
        )""")
    totals = [0, 0]
    with connection.cursor().copy("COPY bench.datavalue FROM STDIN") as copy:
        for unit, minute in zip(units, minutes, strict=True):
            sent = datetime.combine(REFORM, time()) + timedelta(minutes=minute)
            for element, line in enumerate((Line.ADMITTED, Line.CLOSING)):
                for standing, amount in enumerate(june.amount(unit, line)):
                    totals[element] += amount
                    copy.write_row((element + 1, 202506, unit, standing + 1, 1, str(amount),
                                    sent, sent, False))  # fmt: skip
    connection.execute("CREATE INDEX ON bench.datavalue (sourceid)")
    connection.execute("ANALYZE bench.datavalue")
    return totals


def merge(connection: Connection, target: int, sources: list[int]) -> None:
    """One merge by the rule: nothing of the target stays, one value a cell of the sources."""
    connection.execute("DELETE FROM bench.datavalue WHERE sourceid = %s", [target])
    connection.execute(
        """
        INSERT INTO bench.datavalue
        SELECT dataelementid, periodid, %s, categoryoptioncomboid, attributeoptioncomboid, value,
            created, lastupdated, false
        FROM (
            SELECT *, row_number() OVER (
                PARTITION BY dataelementid, periodid, categoryoptioncomboid, attributeoptioncomboid
                ORDER BY lastupdated DESC, created DESC
            ) AS place
            FROM bench.datavalue WHERE sourceid = ANY(%s) AND NOT deleted
        ) AS ranked WHERE place = 1
        """,
        [target, sources],
    )
    connection.execute("DELETE FROM bench.datavalue WHERE sourceid = ANY(%s)", [sources])


def totals(connection: Connection) -> list[int]:
    """The sum of each element over all that there is."""
    rows = connection.execute(
        "SELECT sum(value::bigint)::bigint FROM bench.datavalue GROUP BY dataelementid"
        " ORDER BY dataelementid"
    )
    return [int(total) for (total,) in rows.fetchall()]


def bounds(connection: Connection, merging: dict[int, list[int]]) -> tuple[list[int], list[int]]:
    """What is lost at least and at most, whichever value of a cell came last."""
    connection.execute("CREATE TABLE bench.merging (unit_id bigint, target bigint)")
    with connection.cursor().copy("COPY bench.merging FROM STDIN") as copy:
        for target, sources in merging.items():
            for unit in sources:
                copy.write_row((unit, target))
    rows = connection.execute("""
        SELECT sum(total - most)::bigint, sum(total - least)::bigint FROM (
            SELECT d.dataelementid, sum(value::bigint) AS total, max(value::bigint) AS most,
                min(value::bigint) AS least
            FROM bench.datavalue AS d JOIN bench.merging AS m ON m.unit_id = d.sourceid
            GROUP BY d.dataelementid, m.target, d.categoryoptioncomboid
        ) AS cells GROUP BY dataelementid ORDER BY dataelementid
    """).fetchall()
    least, most = zip(*rows, strict=True)
    return list(least), list(most)


def ours(known: int) -> tuple[list[int], list[int]]:
    """(before, restated) of the whole nation: June by the tree of the day, and by today's."""
    from giaoban.figures.lines import Line
    from giaoban.figures.restating import restate
    from giaoban.figures.statement import statements

    then = statements(JUNE, known, FAMILY)
    root = int(then.tree.ids[0])
    now = restate(root, JUNE, known, FAMILY, TODAY)
    lines = (Line.ADMITTED, Line.CLOSING)
    return ([then.amount(root, line).both for line in lines],
            [now.total(line).both for line in lines])  # fmt: skip


def measure(options: argparse.Namespace) -> list[Outcome]:
    """The totals before and after, theirs and ours."""
    with books.held_up(options.home):
        known, merging = books.known(), merges()
        say.print(f"{len(merging):,} mergers …")
        with books.as_owner() as connection:
            before = fill(connection, merging, known)
            assert totals(connection) == before
            least, most = bounds(connection, merging)

            def replay() -> None:
                with connection.transaction():
                    for target, sources in merging.items():
                        merge(connection, target, sources)

            took = seconds(replay)
            after = totals(connection)
        then, restated = ours(known)
    sources = sum(map(len, merging.values()))
    return [
        _outcome(name, sources, len(merging), before[at], after[at],
                 (least[at], most[at]), (then[at], restated[at]), took)
        for at, name in enumerate(ELEMENTS)
    ]  # fmt: skip


def _outcome(
    name: str, sources: int, targets: int, before: int, after: int, bound: tuple[int, int],
    ours: tuple[int, int], took: float,
) -> Outcome:  # fmt: skip
    lost = before - after
    assert bound[0] <= lost <= bound[1]
    loses = ours[0] - ours[1]
    return Outcome(
        f"{name}: {sources:,} units merged into {targets:,} by DHIS2's rule",
        "ours loses nobody",
        f"before {before:,}, after {after:,}: {lost:,} lost ({lost / before:.1%}; at least"
        f" {bound[0]:,}, at most {bound[1]:,}); ours, the nation restated by the tree of"
        f" {TODAY:%d/%m/%Y}: {ours[0]:,} before, {ours[1]:,} after: {loses:,} lost",
        1.0 if loses == 0 else 0.0,
        {"before": before, "after": after, "lost": lost, "bounds": bound, "ours": ours,
         "seconds": took},
    )  # fmt: skip


def arguments() -> argparse.ArgumentParser:
    """Which home."""
    parser = argparse.ArgumentParser(description=__doc__)
    books.add_home(parser)
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
