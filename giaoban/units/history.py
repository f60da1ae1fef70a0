"""A unit's life as its acts tell it: names, parents, founding, closing, who came before, after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch
from giaoban.units.models import Extent


class Event(Enum):
    """What one row of a unit's history says."""

    FOUNDED = "founded"
    NAMED = "named"
    PLACED = "placed"
    CLOSED = "closed"
    WENT_INTO = "went_into"
    CAME_FROM = "came_from"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One row: from ``on`` by ``entry``; ``name`` of a naming, ``other`` the parent, successor or
    predecessor, ``extent`` how much of the predecessor went."""

    event: Event
    on: date
    entry: int
    basis: str | None
    unit: int
    name: str | None
    other: int | None
    extent: Extent | None


_PARTS = {
    Event.FOUNDED: ("units_founding", "unit_id", "NULL", "NULL::bigint", "NULL::int"),
    Event.NAMED: ("units_naming", "unit_id", "x.name", "NULL::bigint", "NULL::int"),
    Event.PLACED: ("units_placement", "unit_id", "NULL", "x.parent_id", "NULL::int"),
    Event.CAME_FROM: ("units_succession", "successor_id", "NULL", "x.unit_id", "x.extent"),
    Event.WENT_INTO: ("units_succession", "unit_id", "NULL", "x.successor_id", "x.extent"),
    Event.CLOSED: ("units_closing", "unit_id", "NULL", "NULL::bigint", "NULL::int"),
}
_PART = """
    SELECT '{event}' AS event, {order} AS part, x.from_on, x.entry_id, x.{column} AS unit_id,
        {name} AS name, {other} AS other_id, {extent} AS extent
    FROM {table} AS x
    WHERE x.{column} = ANY(%(units)s) AND x.from_on <= %(on)s AND {valid}
"""
_HISTORY = """
    SELECT h.event, h.from_on, h.entry_id, b.number, b.issued_on, b.issuer, h.unit_id, h.name,
        h.other_id, h.extent
    FROM ({parts}) AS h JOIN journal_entry AS e ON e.id = h.entry_id
    LEFT JOIN journal_basis AS b ON b.id = e.basis_id
    ORDER BY h.from_on, h.entry_id, h.part
"""


def history(units: Iterable[int], as_of: AsOf) -> list[Chapter]:
    """What happened to these units by the end of the day, as known, in the order of the days.

    Rows of entries that were taken back are left out.
    """
    parts = " UNION ALL ".join(
        _PART.format(
            event=event.value, order=order, table=table, column=column, name=name, other=other,
            extent=extent, valid=not_reversed("x"),
        )
        for order, (event, (table, column, name, other, extent)) in enumerate(_PARTS.items())
    )  # fmt: skip
    rows = fetch(_HISTORY.format(parts=parts), units=list(units), on=as_of.on, known=as_of.known)
    return [
        Chapter(
            Event(event), on, entry, _told(number, issued_on, issuer), unit, name, other,
            Extent(extent) if extent else None,
        )
        for event, on, entry, number, issued_on, issuer, unit, name, other, extent in rows
    ]  # fmt: skip


def _told(number: str | None, issued_on: date | None, issuer: str | None) -> str | None:
    return f"{number}, {issued_on:%d/%m/%Y}, {issuer}" if number else None


_FOUND = f"""
    SELECT x.unit_id, array_agg(DISTINCT x.name) FROM units_naming AS x
    WHERE x.unit_id = ANY(%(units)s) AND x.from_on <= %(on)s AND {not_reversed("x")}
    GROUP BY x.unit_id
"""


def names_ever(units: Iterable[int], as_of: AsOf) -> dict[int, list[str]]:
    """All names that these units have had by the end of the day."""
    return dict(fetch(_FOUND, units=list(units), on=as_of.on, known=as_of.known))
