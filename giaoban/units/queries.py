"""Reading the units as of a day and a state of knowledge: tree, names, life, successions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from giaoban.journal.kept import Kept
from giaoban.journal.queries import AsOf, Frame, head, not_reversed
from giaoban.journal.sql import fetch
from giaoban.units import columns
from giaoban.units.errors import UnitUnknown
from giaoban.units.models import Extent
from giaoban.units.tree import Ints, Tree, build

# The newest row of each unit that holds on a day, among rows that are known and not reversed.
_LATEST = """
    SELECT DISTINCT ON (x.unit_id) x.* FROM {table} AS x
    WHERE x.from_on <= %(on)s AND {valid}
    ORDER BY x.unit_id, x.from_on DESC, x.entry_id DESC, x.line DESC
"""


def _latest(table: str) -> str:
    return _LATEST.format(table=table, valid=not_reversed("x"))


_TREE = f"""
    WITH placed AS ({_latest("units_placement")}),
    opened AS (
        SELECT DISTINCT x.unit_id FROM units_founding AS x
        WHERE x.from_on <= %(on)s AND {not_reversed("x")}
    ), closed AS (
        SELECT DISTINCT x.unit_id FROM units_closing AS x
        WHERE x.from_on <= %(on)s AND {not_reversed("x")}
    )
    SELECT p.unit_id, COALESCE(p.parent_id, -1)
    FROM placed AS p JOIN opened USING (unit_id) JOIN units_unit AS u ON u.id = p.unit_id
    LEFT JOIN closed AS c ON c.unit_id = p.unit_id
    WHERE c.unit_id IS NULL
    ORDER BY p.position, u.code
"""


def tree_on(as_of: AsOf) -> Tree:
    """The tree of the units open at the end of ``as_of.on``, by entries up to ``as_of.known``."""
    known, digest = last_unit_entry(as_of.known)
    return _tree(as_of.on, known, digest)


@lru_cache(maxsize=64)
def _tree(on: date, known: int, digest: bytes) -> Tree:  # noqa: ARG001 - the digest is the key
    # A digest stands for all that was recorded up to its entry, so a tree by it never changes,
    # not even where numbers are given anew after a transaction that was rolled back.
    found = columns.copied(known)
    return found.tree(on, known) if found is not None else read_tree(on, known)


def read_tree(on: date, known: int) -> Tree:
    """The tree as the rows have it at this moment, past all copies: for checks that trust nobody.

    Raises ``BrokenTree``.
    """
    rows = np.array(fetch(_TREE, on=on, known=known), dtype=np.int64).reshape(-1, 2)
    return build(on, known, rows[:, 0], rows[:, 1])


def last_unit_entry(known: int) -> tuple[int, bytes]:
    """The last entry up to ``known`` that can have changed the units, kinds 20 to 24, and its
    digest: it names their state, by which what was read of them may be kept."""
    # Outside a transaction only what is committed is seen, and that never changes; inside one,
    # an entry may yet be rolled back and its number given to another.
    place = (str(connection.settings_dict["NAME"]), known)
    if not connection.in_atomic_block and place in _final:
        return _final[place]
    rows = fetch(
        "SELECT id, digest FROM journal_entry WHERE kind BETWEEN 20 AND 24"
        " AND id <= %(known)s ORDER BY id DESC LIMIT 1",
        known=known,
    )
    found = (int(rows[0][0]), bytes(rows[0][1])) if rows else (0, b"")
    if not connection.in_atomic_block and head().number >= known:
        if len(_final) >= FINAL_KEPT:
            _final.clear()
        _final[place] = found
    return found


_final: dict[tuple[str, int], tuple[int, bytes]] = {}
FINAL_KEPT = 1000


@dataclass(frozen=True, slots=True)
class UnitLife:
    """A unit with its family and the days it opened and closed (None: not known, or still open)."""

    id: int
    code: str
    kind: str
    family: str
    sector: str | None
    name: str
    opened: date | None
    closed: date | None

    def open_on(self, day: date) -> bool:
        """Whether the unit exists at the end of ``day``."""
        return (
            self.opened is not None
            and self.opened <= day
            and (self.closed is None or day < self.closed)
        )


_LIVES = f"""
    SELECT u.id, u.code, u.kind_id, k.family_id, u.sector_id, COALESCE(n.name, u.code),
        (SELECT min(x.from_on) FROM units_founding AS x
            WHERE x.unit_id = u.id AND {not_reversed("x")}),
        (SELECT min(x.from_on) FROM units_closing AS x
            WHERE x.unit_id = u.id AND {not_reversed("x")})
    FROM units_unit AS u JOIN units_unitkind AS k ON k.code = u.kind_id
    LEFT JOIN LATERAL (
        SELECT x.name FROM units_naming AS x
        WHERE x.unit_id = u.id AND x.from_on <= %(on)s AND {not_reversed("x")}
        ORDER BY x.from_on DESC, x.entry_id DESC LIMIT 1
    ) AS n ON true
    WHERE {{which}}
"""


def lives(units: Iterable[int] | None, as_of: AsOf) -> dict[int, UnitLife]:
    """Units by id (all if None) with the name of the day; a closed one keeps its last name."""
    params: dict[str, Any] = {"on": as_of.on, "known": as_of.known}
    which = "true"
    if units is not None:
        which, params["units"] = "u.id = ANY(%(units)s)", list(units)
    found = (UnitLife(*row) for row in fetch(_LIVES.format(which=which), **params))
    return {life.id: life for life in found}


def closed_days(known: int) -> dict[int, date]:
    """The day on which each unit that ended did so, as far as is known."""
    return dict(_closed_days(*last_unit_entry(known)))


@lru_cache(maxsize=16)
def _closed_days(known: int, digest: bytes) -> tuple[tuple[int, date], ...]:  # noqa: ARG001
    rows = fetch(
        f"SELECT x.unit_id, min(x.from_on) FROM units_closing AS x WHERE {not_reversed('x')}"
        " GROUP BY x.unit_id",
        known=known,
    )
    return tuple((unit, day) for unit, day in rows)


_kept_lives: Kept[int, UnitLife] = Kept(states=16)


def lives_in(frame: Frame, units: Iterable[int], on: date) -> dict[int, UnitLife]:
    """The same in a frame, where most units have been looked at before."""

    def read(fresh: list[int]) -> dict[int, UnitLife]:
        return lives(fresh, AsOf(on, frame.known))

    if not frame.units:
        return read(list(units))
    return _kept_lives.look((frame.units, on), units, read)


def unit_by_code(code: str) -> int:
    """The id of the unit with this code; raises ``UnitUnknown``."""
    rows = fetch("SELECT id FROM units_unit WHERE code = %(code)s", code=code)
    if not rows:
        raise UnitUnknown(code=code)
    return int(rows[0][0])


def units_by_codes(codes: Iterable[str]) -> list[int]:
    """The ids of the units with these codes; what is no code adds nothing."""
    rows = fetch("SELECT id FROM units_unit WHERE code = ANY(%(codes)s)", codes=list(codes))
    return [int(row[0]) for row in rows]


def codes_of(units: Iterable[int]) -> dict[int, str]:
    """The codes of units, by id."""
    return dict(
        fetch("SELECT id, code FROM units_unit WHERE id = ANY(%(units)s)", units=list(units))
    )


def names_on(as_of: AsOf) -> dict[int, str]:
    """The name of every unit on a day."""
    rows = fetch(f"SELECT unit_id, name FROM ({_latest('units_naming')}) AS n",
                 on=as_of.on, known=as_of.known)  # fmt: skip
    return dict(rows)


@dataclass(frozen=True, slots=True)
class SuccessionLine:
    """One line of a merger or split, in force from ``from_on``."""

    entry: int
    from_on: date
    unit: int
    successor: int
    extent: Extent


def successions(known: int, units: Iterable[int] | None = None) -> list[SuccessionLine]:
    """The succession lines known and not reversed, by day and entry; of some units or of all."""
    if units is None:
        return list(_all_successions(*last_unit_entry(known)))
    return _successions(known, units)


@lru_cache(maxsize=16)
def _all_successions(known: int, digest: bytes) -> tuple[SuccessionLine, ...]:  # noqa: ARG001
    return tuple(_successions(known, None))


def _successions(known: int, units: Iterable[int] | None) -> list[SuccessionLine]:
    which = "" if units is None else " AND x.unit_id = ANY(%(units)s)"
    rows = fetch(
        "SELECT x.entry_id, x.from_on, x.unit_id, x.successor_id, x.extent"
        f" FROM units_succession AS x WHERE {not_reversed('x')}{which}"
        " ORDER BY x.from_on, x.entry_id, x.line",
        known=known,
        units=list(units or ()),
    )
    return [
        SuccessionLine(entry, day, unit, after, Extent(extent))
        for entry, day, unit, after, extent in rows
    ]


_kept_successions: Kept[int, list[SuccessionLine]] = Kept(states=16)


def successions_in(frame: Frame, unit: int) -> list[SuccessionLine]:
    """The succession lines of one unit in a frame."""

    def read(fresh: list[int]) -> dict[int, list[SuccessionLine]]:
        return {unit: successions(frame.known, fresh)}

    if not frame.units:
        return successions(frame.known, [unit])
    return _kept_successions.look(frame.units, [unit], read)[unit]


def days_of_change(start: date, end: date, known: int) -> list[date]:
    """The days in [start, end) on which the tree changed in any way, rising."""
    tables = ("units_placement", "units_founding", "units_closing", "units_succession")
    return _days(tables, "", start, end, known)


def days_of_regrouping(start: date, end: date, known: int) -> list[date]:
    """The days in [start, end) on which members changed the unit above them, rising.

    A unit founded empty regroups nobody, so its founding and first placement are left out; what
    counts are moves, closings, mergers and splits.
    """
    return list(_regroupings(start, end, *last_unit_entry(known)))


@lru_cache(maxsize=256)
def _regroupings(start: date, end: date, known: int, digest: bytes) -> tuple[date, ...]:  # noqa: ARG001
    found = columns.copied(known)
    if found is not None:
        return found.days_of_regrouping(start, end, known)
    return read_days_of_regrouping(start, end, known)


def read_days_of_regrouping(start: date, end: date, known: int) -> tuple[date, ...]:
    """The same as the rows have it at this moment, past all copies."""
    moved = """ AND NOT EXISTS (SELECT FROM units_founding AS f
        WHERE f.unit_id = x.unit_id AND f.entry_id = x.entry_id)"""
    tables = ("units_placement", "units_closing", "units_succession")
    return tuple(_days(tables, moved, start, end, known))


def _days(tables: tuple[str, ...], which: str, start: date, end: date, known: int) -> list[date]:
    union = " UNION ".join(
        f"SELECT x.from_on FROM {table} AS x WHERE x.from_on >= %(start)s"
        f" AND x.from_on < %(end)s AND {not_reversed('x')}{which}"
        for table in tables
    )
    return sorted(row[0] for row in fetch(union, start=start, end=end, known=known))


@dataclass(frozen=True, slots=True, eq=False)
class UnitTable:
    """The identities of all units as arrays of one length, by rising id.

    ``kind[i]`` is a place in ``families`` and ``grassroots``, which tell of each kind, and
    ``sector[i]`` one in ``sectors`` (−1, the last: none). So a question compares a handful of
    words and not one for each unit.
    """

    ids: Ints
    kind: columns.Whole
    sector: columns.Whole
    families: npt.NDArray[np.str_]
    grassroots: npt.NDArray[np.bool_]
    sectors: npt.NDArray[np.str_]


@lru_cache(maxsize=4)
def _unit_table(known: int, digest: bytes) -> UnitTable:  # noqa: ARG001 - the digest is the key
    found = columns.copied(known)
    return read_unit_table() if found is None else _table_of(found)


def _table_of(found: columns.UnitColumns) -> UnitTable:
    kinds = {code: (family, grassroots) for code, family, grassroots in fetch(
        "SELECT code, family_id, grassroots FROM units_unitkind")}  # fmt: skip
    return UnitTable(
        found.ids, found.kind, found.sector,
        np.array([kinds[code][0] for code in found.kinds], dtype=np.str_),
        np.array([kinds[code][1] for code in found.kinds], dtype=np.bool_),
        np.array([*found.sectors, ""], dtype=np.str_),
    )  # fmt: skip


def read_unit_table() -> UnitTable:
    """The identities as the rows have them at this moment, past all copies."""
    kinds = fetch("SELECT code, family_id, grassroots FROM units_unitkind ORDER BY code")
    sectors = [code for (code,) in fetch("SELECT code FROM units_sector ORDER BY code")]
    rows = fetch("SELECT id, kind_id, sector_id FROM units_unit ORDER BY id")
    of_kind = {code: at for at, (code, _family, _grassroots) in enumerate(kinds)}
    of_sector = {None: -1} | {code: at for at, code in enumerate(sectors)}
    told = [(unit, of_kind[kind], of_sector[sector]) for unit, kind, sector in rows]
    ids, kind, sector = np.array(told, dtype=np.int64).reshape(-1, 3).T
    return UnitTable(
        ids, kind, sector,
        np.array([family for _code, family, _grassroots in kinds], dtype=np.str_),
        np.array([grassroots for _code, _family, grassroots in kinds], dtype=np.bool_),
        np.array([*sectors, ""], dtype=np.str_),
    )  # fmt: skip


def unit_table(known: int) -> UnitTable:
    """The identities of the units founded by entries up to ``known`` (and perhaps later ones)."""
    return _unit_table(*last_unit_entry(known))


def units_of_family(family: str, known: int) -> Ints:
    """The ids of a family's units, sorted."""
    table = unit_table(known)
    found: Ints = table.ids[(table.families == family)[table.kind]]
    return found


def unit_ids_of_sector(sector: str, known: int) -> Ints:
    """The ids of a sector's units, sorted."""
    table = unit_table(known)
    found: Ints = table.ids[(table.sectors == sector)[table.sector]]
    return found


def grassroots_units(family: str, known: int) -> Ints:
    """The ids of a family's units whose kind counts as grassroots, sorted."""
    table = unit_table(known)
    found: Ints = table.ids[((table.families == family) & table.grassroots)[table.kind]]
    return found


def placement_entries(
    units: Iterable[int], old: Tree, new: Tree, day: date, known: int
) -> dict[int, int]:
    """For units that a day of change carried elsewhere: the entry that moved them.

    It is the entry of their own placement that day, or of the nearest unit above that moved.
    """
    moved: dict[int, int] = dict(
        fetch(
            "SELECT x.unit_id, max(x.entry_id) FROM units_placement AS x"
            f" WHERE x.from_on = %(day)s AND {not_reversed('x')} GROUP BY x.unit_id",
            day=day,
            known=known,
        )
    )
    found: dict[int, int] = {}
    for unit in units:
        path = [*new.ancestors(unit), *old.ancestors(unit)]
        found[unit] = next((moved[above] for above in path if above in moved), 0)
    return found
