"""Are the segments what the journal says? Every leg compared, every balance added up again."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from giaoban.figures.segments import arrays, layout
from giaoban.figures.segments.columns import table
from giaoban.figures.segments.compacting import gather, windows
from giaoban.figures.segments.layout import LegFile, SegmentSet, SegmentsUnusable, Year
from giaoban.figures.segments.places import read_places
from giaoban.figures.segments.reading import in_force, unused
from giaoban.figures.segments.staging import staged
from giaoban.figures.segments.units import TABLES, bring_units
from giaoban.journal.checks import Check, Finding


def segments_match_the_journal() -> Finding:
    """The set in force holds the legs that the ledger holds up to its watermark, and the balances
    that these come to.

    A set that is of another journal or isn't whole is no fault of the books: no figure reads it.
    """
    finding = Finding(_("figures: segments of closed history"))
    try:
        found = in_force()
        if found is None:
            return finding
        home = settings.SEGMENTS / found.folder
        for file in found.files():
            layout.check(home / file.name, file)
    except SegmentsUnusable as broken:
        finding.warnings.append(unused(broken))
        return finding
    finding.looked_at = found.legs
    _compare(found, home, finding)
    return finding


def _compare(found: SegmentSet, home: Path, finding: Finding) -> None:
    """Lay the ledger's legs beside the segments', year by year, and add the balances up."""
    with tempfile.TemporaryDirectory(prefix="giaoban-") as folder, staged(Path(folder)) as duck:
        for window in windows(found.watermark):
            gather(duck, window, Path(folder))
        _compare_units(duck, found, home, Path(folder), finding)
        duck.execute("CREATE TABLE balance (unit_id BIGINT, standing INTEGER, members BIGINT)")
        units = read_places(home / found.places.name)
        duck.register("places", {"unit_id": units, "place": np.arange(len(units))})
        covered = [year.year for year in found.years]
        [(missed,)] = duck.execute(
            f"SELECT count(*) FROM leg WHERE year(effective_on) NOT IN ({_listed(covered)})"
        ).fetchall()
        if missed:
            finding.fault(_("segments: {n} legs of years that they lack").format(n=missed))
        settled = 0
        for year in found.years:
            legs = table([home / file.name for file in year.legs])
            balances = table([home / year.balances.name])
            of_year = f"SELECT * FROM leg WHERE year(effective_on) = {year.year}"
            _differ(duck, _placed(of_year), f"SELECT * FROM {legs}", _names(year), finding)
            for file in year.legs:
                _check_range(duck, home, file, finding)
            duck.execute(f"CREATE OR REPLACE TABLE balance AS {_ADDED.format(year=year.year)}")
            _differ(duck, _placed("SELECT * FROM balance"), f"SELECT * FROM {balances}",
                    year.balances.name, finding)  # fmt: skip
            [(newest,)] = duck.execute(
                f"SELECT coalesce(max(entry_id), 0) FROM ({of_year}) WHERE account BETWEEN 1 AND 4"
            ).fetchall()
            settled = max(settled, newest)
            if settled != year.settled:
                said = _("{file}: holds from entry {n} on, not from {m}")
                finding.fault(said.format(file=year.balances.name, n=settled, m=year.settled))


def _names(year: Year) -> str:
    """The files of a year's legs, the first and the last of many."""
    first, *others = (file.name for file in year.legs)
    return f"{first} … {others[-1]}" if others else first


def _check_range(duck: Any, home: Path, file: LegFile, finding: Finding) -> None:
    """A file is opened for who asks about the places that it tells, so no leg may lie outside."""
    [(outside,)] = duck.execute(
        f"SELECT count(*) FROM {table([home / file.name])} WHERE account BETWEEN 1 AND 4"
        f" AND (place NOT BETWEEN {file.first} AND {file.last}) IS NOT false"
    ).fetchall()
    if outside:
        said = _("{file}: {n} rows lie outside the places that it tells")
        finding.fault(said.format(file=file.name, n=outside))


def _compare_units(
    duck: Any, found: SegmentSet, home: Path, folder: Path, finding: Finding
) -> None:
    """Lay the units' rows beside the segments'."""
    if found.units is None:
        return
    told = found.units
    bring_units(duck, found.watermark, folder, told.kinds, told.sectors)
    for name, file in zip(TABLES, (told.identities, told.rows), strict=True):
        try:
            # No answer may be left half read, or nothing can be laid beside it.
            duck.register("stored", arrays.read(home / file.name, list(TABLES[name])))
        except SegmentsUnusable as broken:
            finding.warnings.append(unused(broken))
            continue
        _differ(duck, f"SELECT * FROM {name}", "SELECT * FROM stored", file.name, finding)


# Said apart from the way in which ``compacting`` says it, so that one checks the other.
_ADDED = (
    "SELECT unit_id, CASE account WHEN 2 THEN 1 WHEN 4 THEN 1 ELSE 0 END AS standing,"
    " sum(quantity)::BIGINT AS members FROM leg"
    " WHERE account IN (1, 2, 3, 4) AND effective_on < make_date({year} + 1, 1, 1)"
    " GROUP BY ALL HAVING members <> 0"
)


def _placed(rows: str) -> str:
    """Rows with the place of their unit, as the set must have it."""
    return f"SELECT * FROM ({rows}) LEFT JOIN places USING (unit_id)"


def _differ(duck: Any, ledger: str, segment: str, name: str, finding: Finding) -> None:
    lacking, foreign = (
        duck.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL {other})").fetchall()[0][0]
        for one, other in ((ledger, segment), (segment, ledger))
    )
    if lacking or foreign:
        said = _("{file}: {n} rows of the journal are missing, {m} are not of it")
        finding.fault(said.format(file=name, n=lacking, m=foreign))


def _listed(years: Sequence[int]) -> str:
    return ", ".join(map(str, years)) or "NULL"


CHECKS: list[Check] = [segments_match_the_journal]
