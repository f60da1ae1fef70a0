"""Reading the access log: what was seen or taken away at once is one line, the newest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from giaoban.journal.sql import fetch
from giaoban.journal.writing import VIETNAM
from giaoban.people.models import Access


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of the log: of some logins (None: of any), one login, one day, one member, of
    members who stand or stood in some units (None: of any)."""

    logins: tuple[str, ...] | None = None
    login: str = ""
    day: date | None = None
    person: int | None = None
    units: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a login saw or took away at once: of how many members, the first of them, and the
    last line's number, which is the place in the log."""

    at: datetime
    login: str
    what: Access.What
    members: int
    persons: tuple[int, ...]
    last: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some looks, and the place from which older ones go on (None: there are none)."""

    looks: list[Look] = field(default_factory=list)
    before: int | None = None


SHOWN = 3


def looks(wanted: Wanted, *, before: int | None = None, limit: int = 50) -> Page:
    """The newest looks, or those before a place in the log."""
    where, params = _where(wanted)
    if before is not None:
        where += (
            " AND (a.at, a.login_name, a.what) <"
            " (SELECT p.at, p.login_name, p.what FROM people_access AS p WHERE p.id = %(before)s)"
        )
        params["before"] = before
    rows = fetch(
        "SELECT a.at, a.login_name, a.what, count(*), (array_agg(a.person_id ORDER BY a.id))"
        f"[1:{SHOWN}], max(a.id) FROM people_access AS a WHERE {where}"
        " GROUP BY a.at, a.login_name, a.what"
        " ORDER BY a.at DESC, a.login_name DESC, a.what DESC LIMIT %(limit)s",
        **params, limit=limit + 1,
    )  # fmt: skip
    found = [
        Look(at, login, Access.What(what), n, tuple(persons), last)
        for at, login, what, n, persons, last in rows
    ]
    more = len(found) > limit
    found = found[:limit]
    return Page(found, found[-1].last if more else None)


def persons_of(
    wanted: Wanted, place: int, *, after: int = 0, limit: int = 200
) -> tuple[Look | None, list[int]]:
    """The look that a line of the log belongs to, and whose records it was of, by their number,
    from the one after ``after`` on."""
    where, params = _where(wanted)
    where += (
        " AND (a.at, a.login_name, a.what) ="
        " (SELECT p.at, p.login_name, p.what FROM people_access AS p WHERE p.id = %(place)s)"
    )
    params["place"] = place
    heads = fetch(
        "SELECT a.at, a.login_name, a.what, count(*), max(a.id) FROM people_access AS a"
        f" WHERE {where} GROUP BY a.at, a.login_name, a.what",
        **params,
    )
    if not heads:
        return None, []
    at, login, what, n, last = heads[0]
    rows = fetch(
        f"SELECT DISTINCT a.person_id FROM people_access AS a WHERE {where}"
        " AND a.person_id > %(after)s ORDER BY a.person_id LIMIT %(limit)s",
        **params, after=after, limit=limit,
    )  # fmt: skip
    persons = [row[0] for row in rows]
    return Look(at, login, Access.What(what), n, tuple(persons[:SHOWN]), last), persons


def _where(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    conditions = ["true"]
    params: dict[str, Any] = {}
    if wanted.logins is not None:
        conditions.append("a.login_name = ANY(%(logins)s)")
        params["logins"] = list(wanted.logins)
    if wanted.login:
        conditions.append("a.login_name = %(login)s")
        params["login"] = wanted.login
    if wanted.day is not None:
        conditions.append("a.at >= %(start)s AND a.at < %(end)s")
        params["start"] = datetime.combine(wanted.day, time(), VIETNAM)
        params["end"] = datetime.combine(wanted.day + timedelta(days=1), time(), VIETNAM)
    if wanted.person is not None:
        conditions.append("a.person_id = %(person)s")
        params["person"] = wanted.person
    if wanted.units is not None:
        conditions.append(
            "EXISTS (SELECT FROM ledger_leg AS l WHERE l.person_id = a.person_id"
            " AND l.unit_id = ANY(%(units)s))"
        )
        params["units"] = list(wanted.units)
    return " AND ".join(conditions), params
