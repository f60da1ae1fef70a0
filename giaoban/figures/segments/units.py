"""The units' rows beside the legs in a set: what a nation's tree is read from.

The units' floor reads trees from them (``units/columns.py``) as long as nothing was recorded of
units since the watermark; a nation's tree would take the database seconds.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from giaoban.figures.segments import arrays
from giaoban.figures.segments.columns import literal
from giaoban.figures.segments.layout import SegmentFile, SegmentsUnusable, UnitFiles, check
from giaoban.figures.segments.reading import in_force, warn
from giaoban.figures.segments.staging import bring
from giaoban.journal.sql import fetch
from giaoban.units.columns import Rows, UnitColumns

# Tables while a set is written → their columns. Rows are of one of ``_SORTS``, by its place there.
TABLES = {
    "identity": {"id": "BIGINT", "code_rank": "BIGINT", "kind": "INTEGER", "sector": "INTEGER"},
    "unit_row": {
        "sort": "SMALLINT", "unit_id": "BIGINT", "since": "INTEGER", "entry_id": "BIGINT",
        "line": "INTEGER", "reversed_by": "BIGINT", "other": "BIGINT", "position": "INTEGER",
    },
}  # fmt: skip
_SORTS = {
    "units_placement": "COALESCE(x.parent_id, -1), x.position",
    "units_founding": "0, 0",
    "units_closing": "0, 0",
    "units_succession": "x.successor_id, 0",
}
_ROWS = (
    "SELECT {sort}, x.unit_id, x.from_on - DATE '1970-01-01', x.entry_id, x.line,"
    " COALESCE((SELECT r.id FROM journal_entry AS r WHERE r.reverses_id IS NOT NULL"
    " AND r.reverses_id = x.entry_id AND r.id <= {last}), 0), {more}"
    " FROM {table} AS x WHERE x.entry_id <= {last}"
)
# Siblings of one position stand in the order of their codes, which the database knows. A kind is
# told by its place in a list.
_IDENTITIES = (
    "SELECT u.id, row_number() OVER (ORDER BY u.code), array_position({kinds}, u.kind_id) - 1,"
    " COALESCE(array_position({sectors}, u.sector_id) - 1, -1) FROM units_unit AS u WHERE EXISTS"
    " (SELECT FROM units_founding AS x WHERE x.unit_id = u.id AND x.entry_id <= {last})"
)
Codes = tuple[str, ...]


def bring_units(duck: Any, last: int, folder: Path, kinds: Codes, sectors: Codes) -> None:
    """Bring what is recorded of units by the entries up to ``last`` into tables of DuckDB's."""
    for name, columns in TABLES.items():
        said = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        duck.execute(f"CREATE OR REPLACE TABLE {name} ({said})")
    query = _IDENTITIES.format(kinds=_array(kinds), sectors=_array(sectors), last=last)
    bring(duck, query, "identity", TABLES["identity"], folder)
    for sort, (table, more) in enumerate(_SORTS.items()):
        query = _ROWS.format(sort=sort, last=last, more=more, table=table)
        bring(duck, query, "unit_row", TABLES["unit_row"], folder)


def _array(codes: Codes) -> str:
    """Codes as PostgreSQL writes a list of them."""
    return f"ARRAY[{', '.join(map(literal, codes))}]::text[]"


def write_units(duck: Any, fresh: Path, last: int) -> UnitFiles:
    """The files of the units in a new set."""
    kinds, sectors = (
        tuple(code for (code,) in fetch(f"SELECT code FROM {table} ORDER BY code"))
        for table in ("units_unitkind", "units_sector")
    )
    bring_units(duck, last, fresh, kinds, sectors)
    return UnitFiles(
        _written(duck, "identity", "id", fresh / "identities.npy"),
        _written(duck, "unit_row", "sort, unit_id, since, entry_id, line", fresh / "unit-rows.npy"),
        kinds, sectors,
    )  # fmt: skip


def _written(duck: Any, name: str, order: str, path: Path) -> SegmentFile:
    """A table in the order in which it is read, as a file."""
    columns = ", ".join(TABLES[name])
    return arrays.write(
        path, duck.execute(f"SELECT {columns} FROM {name} ORDER BY {order}").fetchnumpy()
    )


def copy_of(last: int) -> UnitColumns | None:
    """What the set in force holds of units, if that is all that is recorded of them up to ``last``.

    A set that can't be trusted is named in a warning, and the database answers.
    """
    try:
        found = in_force()
        if found is None or found.units is None or last > found.watermark:
            return None
        place = settings.SEGMENTS / found.folder
        for each in (found.units.identities, found.units.rows):
            check(place / each.name, each)
        return _read(place, found.units, found.watermark)
    except SegmentsUnusable as broken:
        warn(broken)
        return None


@lru_cache(maxsize=1)
def _read(place: Path, files: UnitFiles, last: int) -> UnitColumns:
    # The name of a set is drawn anew each time, so what is kept is of these very files.
    units, rows = (arrays.read(place / file.name, list(TABLES[name])) for name, file in zip(
        TABLES, (files.identities, files.rows), strict=True))  # fmt: skip
    ends = np.searchsorted(rows["sort"], np.arange(len(_SORTS) + 1))
    parts = [
        Rows(*(rows[name][a:b] for name in (
            "unit_id", "since", "entry_id", "reversed_by", "other", "position")))
        for a, b in pairwise(ends)
    ]  # fmt: skip
    ids, code_rank = (units[name].astype(np.int64) for name in ("id", "code_rank"))
    return UnitColumns(
        last, ids, code_rank, units["kind"], units["sector"], files.kinds, files.sectors, *parts
    )
