"""What the tree demands of an act on units, checked before it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from giaoban import vietnamese
from giaoban.journal.models import BookRow
from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.text import check_text
from giaoban.journal.writing import Journal, next_ids
from giaoban.units.errors import (
    CodeRefused,
    CodeTaken,
    Cycle,
    KindUnknown,
    LaterRows,
    NameMissing,
    ParentForeign,
    PositionRefused,
    SectorUnknown,
    UnitClosed,
    UnitClosedWithoutSuccessor,
    UnitNotYetOpen,
    UnitUnknown,
)
from giaoban.units.models import Founding, Naming, Placement, Sector, Unit, UnitKind
from giaoban.units.queries import UnitLife, lives, successions, unit_by_code

NAME_LENGTH, LAST_POSITION = 250, 1_000_000
LEADING_FAMILY = "party"
_CODE = re.compile(r"[A-Za-z0-9_-]{1,60}")

Rows = dict[type[BookRow], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit to be founded; ``parent`` is the code of the unit above, None for a root."""

    code: str
    kind: str
    name: str
    parent: str | None
    sector: str | None = None
    position: int = 0


def open_unit(journal: Journal, unit: int, day: date) -> UnitLife:
    """The unit, which must be open on ``day``; refuses in words if it is not."""
    life = lives([unit], AsOf(day, journal.number)).get(unit)
    if life is None:
        raise UnitUnknown(code=str(unit))
    if life.open_on(day):
        return life
    if life.opened is None or day < life.opened:
        raise UnitNotYetOpen(unit=life.name, opened=life.opened or "–", date=day)
    after = [line.successor for line in successions(journal.number, [unit])]
    if not after:
        raise UnitClosedWithoutSuccessor(unit=life.name, closed=life.closed)
    names = lives(after, AsOf(day, journal.number))
    raise UnitClosed(unit=life.name, closed=life.closed, successors=[names[u].name for u in after])


def clean_name(name: str) -> str:
    """A unit's name as it is stored: NFC, single spaces; refuses an empty one, one that is too
    long, and characters that are no text."""
    check_text(_("name"), name)
    cleaned = vietnamese.clean(name)
    check_text(_("name"), cleaned, NAME_LENGTH)
    if not cleaned:
        raise NameMissing
    return cleaned


def check_position(position: int) -> None:
    """Refuse a place among those beside it that is none."""
    if abs(position) > LAST_POSITION:
        raise PositionRefused(position=position, most=LAST_POSITION)


def found(journal: Journal, new: NewUnit, on: date) -> tuple[int, Rows]:
    """An identity and the rows of its founding. Refuses taken codes and unknown kinds.

    A code whose founding was reversed is free again for a unit of the same kind and sector.
    """
    name = clean_name(new.name)
    if not _CODE.fullmatch(new.code):
        raise CodeRefused(code=new.code)
    check_position(new.position)
    if not UnitKind.objects.filter(code=new.kind).exists():
        raise KindUnknown(kind=new.kind, kinds=list(_codes(UnitKind)))
    if new.sector is not None and not Sector.objects.filter(code=new.sector).exists():
        raise SectorUnknown(sector=new.sector, sectors=list(_codes(Sector)))
    parent = None
    if new.parent is not None:
        parent = unit_by_code(new.parent)
        family = UnitKind.objects.values_list("family_id", flat=True).get(code=new.kind)
        _check_family(family, open_unit(journal, parent, on))
        refuse_later(journal, parent, on, "units_closing")
    rows: Rows = {}
    unit = _identity(journal, new, on)
    rows[Founding] = [(unit, on, new.code, new.kind, new.sector)]
    rows[Naming] = [(unit, on, name)]
    rows[Placement] = [(unit, on, parent, new.position)]
    return unit, rows


def _identity(journal: Journal, new: NewUnit, on: date) -> int:
    taken = Unit.objects.filter(code=new.code).first()
    if taken is None:
        (unit,) = next_ids("units_unit", 1)
        Unit.objects.create(id=unit, code=new.code, kind_id=new.kind, sector_id=new.sector)
        return unit
    life = lives([taken.pk], AsOf(on, journal.number))[taken.pk]
    never_was = life.opened is None and _was_founded(taken.pk)
    if not never_was or (taken.kind_id, taken.sector_id) != (new.kind, new.sector):
        raise CodeTaken(code=new.code, unit=life.name)
    return taken.pk


def _was_founded(unit: int) -> bool:
    """Whether an entry founded it; not so for a unit that this very act has just named."""
    return Founding.objects.filter(unit_id=unit).exists()


def _codes(model: type[UnitKind] | type[Sector]) -> list[str]:
    return list(model.objects.order_by("position").values_list("code", flat=True))


def check_parent(journal: Journal, unit: int, parent: int, on: date) -> None:
    """Refuse a parent that is closed on the day, or that lies at or below the unit."""
    above = open_unit(journal, parent, on)
    _check_family(lives([unit], AsOf(on, journal.number))[unit].family, above)
    if unit in ancestors(parent, AsOf(on, journal.number)):
        life = lives([unit], AsOf(on, journal.number))[unit]
        raise Cycle(target=above.name, unit=life.name)


def _check_family(family: str, above: UnitLife) -> None:
    """Refuse a unit of one family under one of another; only the Party has others below it."""
    if above.family not in (family, LEADING_FAMILY):
        raise ParentForeign(parent=above.name)


def ancestors(unit: int, as_of: AsOf) -> list[int]:
    """The unit and everything above it on a day, from the bottom up."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE up AS (
                SELECT %(unit)s::bigint AS unit_id, 0 AS level
                UNION ALL
                SELECT p.parent_id, up.level + 1 FROM up JOIN LATERAL (
                    SELECT x.parent_id FROM units_placement AS x
                    WHERE x.unit_id = up.unit_id AND x.from_on <= %(on)s AND {not_reversed("x")}
                    ORDER BY x.from_on DESC, x.entry_id DESC LIMIT 1
                ) AS p ON p.parent_id IS NOT NULL
                WHERE up.level < 100
            )
            SELECT unit_id FROM up ORDER BY level
            """,
            {"unit": unit, "on": as_of.on, "known": as_of.known},
        )
        return [int(row[0]) for row in cursor.fetchall()]


def refuse_later(
    journal: Journal, unit: int, on: date, *tables: str, column: str = "unit_id"
) -> None:
    """Refuse a day before rows that already hang on the unit: they would stand on nothing.

    ``tables`` are books with a ``from_on``; ``column`` names the unit in them.
    """
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT x.entry_id, x.from_on FROM {table} AS x WHERE x.{column} = %(unit)s"
                f" AND x.from_on > %(on)s AND {not_reversed('x')} ORDER BY x.from_on LIMIT 1",
                {"unit": unit, "on": on, "known": journal.number},
            )
            row = cursor.fetchone()
        if row is not None:
            life = lives([unit], AsOf(on, journal.number))[unit]
            raise LaterRows(unit=life.name, n=row[0], date=row[1])


def children_on(unit: int, as_of: AsOf) -> list[int]:
    """The open units directly under a unit on a day, in the office's order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT c.unit_id FROM (
                SELECT DISTINCT p.unit_id FROM units_placement AS p WHERE p.parent_id = %(unit)s
            ) AS c
            JOIN LATERAL (
                SELECT x.parent_id, x.position FROM units_placement AS x
                WHERE x.unit_id = c.unit_id AND x.from_on <= %(on)s AND {not_reversed("x")}
                ORDER BY x.from_on DESC, x.entry_id DESC LIMIT 1
            ) AS p ON p.parent_id = %(unit)s
            WHERE NOT EXISTS (
                SELECT FROM units_closing AS x WHERE x.unit_id = c.unit_id
                AND x.from_on <= %(on)s AND {not_reversed("x")}
            ) ORDER BY p.position, c.unit_id
            """,
            {"unit": unit, "on": as_of.on, "known": as_of.known},
        )
        return [int(row[0]) for row in cursor.fetchall()]
