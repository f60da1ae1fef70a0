"""Reading who is in charge of what, and since when; and logins with what was done to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch
from giaoban.people.models import Role


@dataclass(frozen=True, slots=True)
class Charge:
    """A login in charge of a unit from a day on, until the day before ``until`` (None: still).

    ``entry`` is the appointment's line in the journal, ``ended_by`` the one that ends it.
    """

    login: str
    unit: int
    role: Role
    since: date
    entry: int
    until: date | None = None
    ended_by: int | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the login is in charge at the end of ``day``."""
        return self.since <= day and (self.until is None or day < self.until)


_ROWS = f"""
    SELECT x.login_name, x.unit_id, x.role, x.from_on, x.ends, x.entry_id
    FROM people_appointment AS x WHERE {not_reversed("x")} {{which}}
    ORDER BY x.login_name, x.unit_id, x.role, x.from_on, x.entry_id
"""


def charges(
    known: int, *, units: Iterable[int] | None = None, login: str | None = None
) -> list[Charge]:
    """The appointments known and not reversed, past ones too: of some units, of a login, or all."""
    which = "" if units is None else "AND x.unit_id = ANY(%(units)s)"
    which += "" if login is None else " AND x.login_name = %(login)s"
    rows = fetch(_ROWS.format(which=which), known=known, units=list(units or ()), login=login or "")
    found: list[Charge] = []
    for (name, unit, role), steps in groupby(rows, key=lambda row: row[:3]):
        days = ((on, ends, entry) for _n, _u, _r, on, ends, entry in steps)
        found.extend(_charges(name, unit, Role(role), days))
    return found


def _charges(
    login: str, unit: int, role: Role, steps: Iterator[tuple[date, bool, int]]
) -> Iterator[Charge]:
    """The stretches of one appointment. Of several rows of one day the last counts."""
    by_day = {on: (ends, entry) for on, ends, entry in steps}
    since: tuple[date, int] | None = None
    for on, (ends, entry) in by_day.items():
        if not ends and since is None:
            since = (on, entry)
        elif ends and since is not None:
            yield Charge(login, unit, role, *since, until=on, ended_by=entry)
            since = None
    if since is not None:
        yield Charge(login, unit, role, *since)


@dataclass(frozen=True, slots=True)
class LoginState:
    """A login as it stands now."""

    name: str
    active: bool
    must_change_password: bool
    has_password: bool
    last_seen_at: datetime | None


def logins(names: Iterable[str] | None = None) -> dict[str, LoginState]:
    """Logins by name (all if None), in the order of their names."""
    which = "true" if names is None else "username = ANY(%(names)s)"
    rows = fetch(
        "SELECT username, is_active, must_change_password, password NOT LIKE '!%%', last_login"
        f" FROM people_login WHERE {which} ORDER BY username",
        names=list(names or ()),
    )
    return {row[0]: LoginState(*row) for row in rows}


def logins_in_hand(units: Iterable[int], known: int, *, unplaced: bool) -> list[str]:
    """The logins that were ever appointed to one of these units; and, where ``unplaced``, those
    that were never appointed at all."""
    rows = fetch(
        "SELECT l.username FROM people_login AS l WHERE EXISTS (SELECT FROM people_appointment AS x"
        f" WHERE x.login_name = l.username AND x.unit_id = ANY(%(units)s) AND {not_reversed('x')})"
        " OR %(unplaced)s AND NOT EXISTS (SELECT FROM people_appointment AS x"
        f" WHERE x.login_name = l.username AND {not_reversed('x')}) ORDER BY l.username",
        units=list(units), known=known, unplaced=unplaced,
    )  # fmt: skip
    return [row[0] for row in rows]


def charges_on(as_of: AsOf, units: Iterable[int]) -> list[Charge]:
    """Who is in charge of these units on a day."""
    return [one for one in charges(as_of.known, units=units) if one.holds_on(as_of.on)]
