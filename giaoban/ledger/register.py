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
from giaoban.people.queries import Name, ParticularsOn, escape_like, particulars_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the register.

    ``text`` is a part of a name, with or without diacritics; ``particulars`` maps a coded field
    to a code.
    """

    text: str = ""
    standings: tuple[Account, ...] = STANDINGS
    particulars: Mapping[str, str] = field(default_factory=dict)
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


# Fenced step by step: a part of a name matches far more than the planner believes, and it would
# walk through one list for each line of the other.
_FOUND = f"""
    WITH placed AS MATERIALIZED (
        SELECT person_id, unit_id, account FROM ledger_leg
        WHERE unit_id = ANY(%(units)s) AND account BETWEEN 1 AND 4
            AND effective_on <= %(on)s AND entry_id <= %(known)s
        GROUP BY person_id, unit_id, account HAVING sum(quantity) > 0
    ), named AS MATERIALIZED (
        SELECT DISTINCT ON (x.person_id) x.person_id, x.full_name, x.family, x.middle, x.given,
            k.folded, k.sort_key
        FROM people_personname AS x JOIN placed USING (person_id)
        LEFT JOIN people_namekey AS k ON k.entry_id = x.entry_id AND k.line = x.line
        WHERE x.from_on <= %(on)s AND {not_reversed("x")}
        ORDER BY x.person_id, x.from_on DESC, x.entry_id DESC, x.line DESC
    ), listed AS MATERIALIZED (
        SELECT p.person_id, p.unit_id, p.account, n.full_name, n.family, n.middle, n.given,
            n.folded, n.sort_key
        FROM placed AS p LEFT JOIN named AS n ON n.person_id = p.person_id
    ), found AS MATERIALIZED (
        SELECT l.*, {{rank}} AS rank FROM listed AS l {{particulars}} WHERE {{which}}
    )
"""
_PARTICULARS = f"""
    JOIN LATERAL (
        SELECT x.* FROM people_particulars AS x
        WHERE x.person_id = l.person_id AND x.from_on <= %(on)s AND {not_reversed("x")}
        ORDER BY x.from_on DESC, x.entry_id DESC, x.line DESC LIMIT 1
    ) AS t ON true
"""
# How many there are in each standing, and the lines of the page, in one question.
_PAGE = """
    , page AS (
        SELECT * FROM found WHERE account = ANY(%(standings)s)
        ORDER BY rank, sort_key NULLS LAST, person_id LIMIT %(limit)s OFFSET %(first)s
    )
    SELECT NULL::bigint AS person_id, NULL::bigint, account, count(*)::text, NULL, NULL, NULL,
        0 AS place
    FROM found GROUP BY account
    UNION ALL
    SELECT person_id, unit_id, account, full_name, family, middle, given,
        row_number() OVER (ORDER BY rank, sort_key NULLS LAST, person_id) AS place
    FROM page
    ORDER BY place
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
    found = _FOUND.format(
        which=which, rank=_rank(asked), particulars=_PARTICULARS if " t." in which else ""
    )
    rows = fetch(
        found + _PAGE, **params, units=ordered, on=as_of.on,
        known=as_of.known, standings=[int(account) for account in asked.standings],
        limit=limit, first=first,
    )  # fmt: skip
    counts = {Account(account): int(n) for person, _u, account, n, *_ in rows if person is None}
    lines = [row for row in rows if row[0] is not None]
    born = particulars_of([row[0] for row in lines], as_of)
    return Register([_member(row, born) for row in lines], counts)


def _member(row: tuple[Any, ...], told: Mapping[int, ParticularsOn]) -> Member:
    person, unit, account, *name, _place = row
    born_on = told[person].born_on if person in told else None
    return Member(Name(person, *name), unit, Account(account), born_on)


def _rank(asked: Asked) -> str:
    """What comes before the names in the order: exact marks, then the units' order, each only
    where it is asked for."""
    exact = "(position(lower(%(text)s) IN lower(l.full_name)) = 0)::int" if asked.text else "0"
    unit = "array_position(%(units)s::bigint[], l.unit_id)" if asked.by_unit else "0"
    return f"ROW({exact}, {unit})"


def _conditions(asked: Asked) -> tuple[str, dict[str, Any]]:
    """What a line must fulfil, in SQL, and its parameters."""
    text = vietnamese.nfc(asked.text).strip()
    params: dict[str, Any] = {"text": text}
    conditions = ["true"]
    if text:
        conditions.append("l.folded LIKE %(like)s")
        params["like"] = f"%{escape_like(vietnamese.fold(text))}%"
    for name, code in asked.particulars.items():
        if name in CODED_FIELDS:
            conditions.append(f"t.{name} = %({name})s")
            params[name] = code
    return " AND ".join(conditions), params
