"""The register of members: who stands in some units, found by name and by particulars, in the order
of lists, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from giaoban import vietnamese
from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch
from giaoban.ledger.accounts import STANDINGS, Account
from giaoban.people.codes import CODED_FIELDS
from giaoban.people.queries import Name, escape_like


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the register.

    ``text`` is a part of a name, with or without diacritics; ``particulars`` maps a coded field
    to a code, and ``born_from``/``born_until`` are the first and the last birthday.
    """

    text: str = ""
    standings: tuple[Account, ...] = STANDINGS
    particulars: Mapping[str, str] = field(default_factory=dict)
    born_from: date | None = None
    born_until: date | None = None
    by_unit: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A line of the register."""

    name: Name
    unit: int
    account: Account
    born_on: date | None

    @property
    def person(self) -> int:
        return self.name.person


@dataclass(frozen=True, slots=True)
class Register:
    """A page of the register, and how many members there are in all, by standing."""

    members: list[Member]
    counts: dict[Account, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


_STANDING = """
    placed AS MATERIALIZED (
        SELECT person_id, unit_id, account FROM ledger_leg
        WHERE unit_id = ANY(%(units)s) AND account BETWEEN 1 AND 4
            AND effective_on <= %(on)s AND entry_id <= %(known)s
        GROUP BY person_id, unit_id, account HAVING sum(quantity) > 0
    )
"""


def _latest(table: str, columns: str) -> str:
    return (
        f"SELECT DISTINCT ON (x.person_id) x.person_id, {columns} FROM {table} AS x"
        f" JOIN placed USING (person_id) WHERE x.from_on <= %(on)s AND {not_reversed('x')}"
        " ORDER BY x.person_id, x.from_on DESC, x.entry_id DESC, x.line DESC"
    )


_NAMES = _latest(
    "people_personname", "x.full_name, x.family, x.middle, x.given, x.entry_id, x.line"
)
_PARTICULARS = _latest(
    "people_particulars", "x.born_on, " + ", ".join(f"x.{name}" for name in CODED_FIELDS)
)
_FOUND = """
    WITH {standing}, named AS ({names}), told AS ({particulars}), found AS (
        SELECT p.person_id, p.unit_id, p.account, n.full_name, n.family, n.middle, n.given,
            t.born_on, k.sort_key
        FROM placed AS p
        LEFT JOIN named AS n ON n.person_id = p.person_id
        LEFT JOIN people_namekey AS k ON k.entry_id = n.entry_id AND k.line = n.line
        LEFT JOIN told AS t ON t.person_id = p.person_id
        WHERE {which}
    )
"""


def register(
    units: Iterable[int], as_of: AsOf, asked: Asked, *, first: int = 0, limit: int = 50
) -> Register:
    """Who stands in these units at the end of the day, ``limit`` lines from the ``first`` (from 0).

    Names that hold ``text`` to the letter come first; then by given, middle and family name, or
    ``by_unit`` in the order in which ``units`` are given.
    """
    ordered = list(units)
    which, params = _conditions(asked)
    params |= {"units": ordered, "on": as_of.on, "known": as_of.known}
    found = _FOUND.format(standing=_STANDING, names=_NAMES, particulars=_PARTICULARS, which=which)
    counted = fetch(f"{found} SELECT account, count(*) FROM found GROUP BY account", **params)
    by_unit = "array_position(%(units)s::bigint[], unit_id)," if asked.by_unit else ""
    rows = fetch(
        f"{found} SELECT person_id, unit_id, account, full_name, family, middle, given, born_on"
        " FROM found WHERE account = ANY(%(standings)s)"
        f" ORDER BY position(lower(%(text)s) IN lower(full_name)) = 0, {by_unit}"
        " sort_key NULLS LAST, person_id LIMIT %(limit)s OFFSET %(first)s",
        **params,
        standings=[int(account) for account in asked.standings],
        limit=limit,
        first=first,
    )
    members = [
        Member(Name(person, *name), unit, Account(account), born_on)
        for person, unit, account, *name, born_on in rows
    ]
    return Register(members, {Account(account): n for account, n in counted})


def _conditions(asked: Asked) -> tuple[str, dict[str, Any]]:
    """What a line must fulfil, in SQL, and its parameters."""
    text = vietnamese.nfc(asked.text).strip()
    params: dict[str, Any] = {"text": text}
    conditions = ["true"]
    if text:
        conditions.append("k.folded LIKE %(like)s")
        params["like"] = f"%{escape_like(vietnamese.fold(text))}%"
    for name, code in asked.particulars.items():
        if name in CODED_FIELDS:
            conditions.append(f"t.{name} = %({name})s")
            params[name] = code
    if asked.born_from is not None:
        conditions.append("t.born_on >= %(born_from)s")
        params["born_from"] = asked.born_from
    if asked.born_until is not None:
        conditions.append("t.born_on <= %(born_until)s")
        params["born_until"] = asked.born_until
    return " AND ".join(conditions), params
