"""Reading the ledger: where persons stand, rosters, strengths. Legal dates: ``timeline.py``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from giaoban.journal.queries import AsOf
from giaoban.journal.sql import fetch
from giaoban.ledger.accounts import Account


class Place(NamedTuple):
    """Somebody on a roster: the person, the unit and the standing."""

    person: int
    unit: int
    account: Account


_PLACES = """
    SELECT person_id, unit_id, account FROM ledger_leg
    WHERE {which} AND account BETWEEN 1 AND 4 AND effective_on <= %(on)s AND entry_id <= %(known)s
    GROUP BY person_id, unit_id, account HAVING sum(quantity) > 0
    ORDER BY unit_id, person_id
"""


def roster(units: Iterable[int], as_of: AsOf) -> list[Place]:
    """Who stands in these units at the end of the day (danh sách đảng viên)."""
    sql = _PLACES.format(which="unit_id = ANY(%(ids)s)")
    rows = fetch(sql, ids=list(units), on=as_of.on, known=as_of.known)
    return [Place(person, unit, Account(account)) for person, unit, account in rows]


def standings(persons: Iterable[int], as_of: AsOf) -> list[Place]:
    """Where these persons stand at the end of the day, one place for each family at most."""
    sql = _PLACES.format(which="person_id = ANY(%(ids)s)")
    rows = fetch(sql, ids=list(persons), on=as_of.on, known=as_of.known)
    return [Place(person, unit, Account(account)) for person, unit, account in rows]


def strength(units: Iterable[int], as_of: AsOf) -> dict[int, int]:
    """How many members stand in each unit's own book at the end of the day."""
    rows = fetch(
        "SELECT unit_id, sum(quantity) FROM ledger_leg WHERE unit_id = ANY(%(ids)s)"
        " AND account BETWEEN 1 AND 4 AND effective_on <= %(on)s AND entry_id <= %(known)s"
        " GROUP BY unit_id",
        ids=list(units),
        on=as_of.on,
        known=as_of.known,
    )
    return {unit: int(total) for unit, total in rows}
