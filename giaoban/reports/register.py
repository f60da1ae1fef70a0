"""Registers of outgoing documents: which one holds for a unit and kind on a day, and its numbers.

A register runs until the office opens the next one of the same unit and kind. When that is (a new
term, a new year, a new name of the body) differs from office to office and is never guessed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from giaoban.journal.queries import AsOf
from giaoban.journal.sql import fetch
from giaoban.reports.errors import RegisterMissing
from giaoban.units.queries import lives

# Together with a unit's number; the number spells "BOOK".
REGISTER_LOCK = 0x424F4F4B
LINES = ("superior", "issuer", "symbol", "place", "authority", "body", "post")


@dataclass(frozen=True, slots=True)
class RegisterOn:
    """A register as it was opened; ``entry`` is its number everywhere.

    ``recipients`` are the lines of the foot by default.
    """

    entry: int
    unit: int
    kind: str
    family: str
    superior: str
    issuer: str
    symbol: str
    place: str
    authority: str
    body: str
    post: str
    recipients: tuple[str, ...]
    from_on: date
    first_number: int


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A register in a list: how many documents stand in it, and the next number it gives."""

    register: RegisterOn
    issued: int
    next_number: int
    in_force: bool


_COLUMNS = (
    "x.entry_id, x.unit_id, x.kind, x.family, x.superior, x.issuer, x.symbol, x.place, x.authority,"
    " x.body, x.post, x.recipients, x.from_on, x.first_number"
)
_LATEST_FIRST = "x.from_on DESC, x.entry_id DESC"


def register_on(unit: int, kind: str, on: date) -> RegisterOn | None:
    """The register that numbers a unit's documents of a kind on a day, or None."""
    rows = fetch(
        f"SELECT {_COLUMNS} FROM reports_register AS x WHERE x.unit_id = %(unit)s"
        f" AND x.kind = %(kind)s AND x.from_on <= %(on)s ORDER BY {_LATEST_FIRST} LIMIT 1",
        unit=unit, kind=kind, on=on,
    )  # fmt: skip
    return next(_registers(rows), None)


def require_register(unit: int, kind: str, on: date) -> RegisterOn:
    """The same; raises ``RegisterMissing``."""
    found = register_on(unit, kind, on)
    if found is None:
        known = lives([unit], AsOf(on, 2**62))
        name = known[unit].name if unit in known else str(unit)
        raise RegisterMissing(unit=name, kind=kind, date=on)
    return found


def register_opened_by(entry: int) -> RegisterOn:
    """The register that an entry opened."""
    rows = fetch(
        f"SELECT {_COLUMNS} FROM reports_register AS x WHERE x.entry_id = %(entry)s", entry=entry
    )
    return next(_registers(rows))


def registers(units: Iterable[int], *, on: date) -> list[RegisterLine]:
    """Every register of some units, by unit and kind, the newest first; which of them hold on a
    day."""
    rows = fetch(
        f"SELECT {_COLUMNS}, count(i.number), COALESCE(max(i.number) + 1, x.first_number)"
        " FROM reports_register AS x LEFT JOIN reports_issue AS i"
        " ON i.register_entry = x.entry_id WHERE x.unit_id = ANY(%(units)s)"
        f" GROUP BY {_COLUMNS} ORDER BY x.unit_id, x.kind, {_LATEST_FIRST}",
        units=list(units),
    )
    held: set[tuple[int, str]] = set()
    found = []
    for *columns, issued, following in rows:
        [register] = _registers([tuple(columns)])
        place = (register.unit, register.kind)
        in_force = register.from_on <= on and place not in held
        if in_force:
            held.add(place)
        found.append(RegisterLine(register, issued, following, in_force))
    return found


def next_number(register: RegisterOn) -> int:
    """The number that the next document of a register gets."""
    [(last,)] = fetch(
        "SELECT max(number) FROM reports_issue WHERE register_entry = %(entry)s",
        entry=register.entry,
    )
    return register.first_number if last is None else int(last) + 1


def lock_registers(unit: int) -> None:
    """Hold a unit's registers until the transaction ends: who issues works out a document with its
    number before the journal is locked, so that nobody else waits meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashint8(%s::bigint))", [REGISTER_LOCK, unit]
        )


def _registers(rows: Iterable[tuple[Any, ...]]) -> Iterator[RegisterOn]:
    for *told, recipients, from_on, first in rows:
        lines = tuple(filter(None, str(recipients).splitlines()))
        yield RegisterOn(*(*told, lines, from_on, first))
