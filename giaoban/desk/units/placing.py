"""The grid in which everybody of a unit that is split gets a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.door import Sitting
from giaoban.desk.units.verbs import Told, Verb
from giaoban.journal.queries import AsOf
from giaoban.ledger.accounts import Account
from giaoban.ledger.register import Asked, register
from giaoban.people.queries import Name
from giaoban.units.queries import UnitLife, lives
from giaoban.units.rules import NewUnit, children_on

ROWS = 100
MOST_MEMBERS = 20_000
MEMBER, BELOW, PICKED = "to-", "below-", "pick"
UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Destination:
    """A unit to which somebody may go."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of the unit's own book, and where the draft places them."""

    person: int
    name: Name
    account: Account
    born_on: date | None
    to: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Who has to be placed, where to, and who is so far."""

    unit: UnitLife
    destinations: list[Destination]
    seats: list[Seat]
    below: list[tuple[UnitLife, str]]

    @property
    def unplaced(self) -> list[Seat]:
        """Members who have no place yet."""
        return [seat for seat in self.seats if not seat.to]

    @property
    def below_unplaced(self) -> int:
        """How many units below have no new parent yet."""
        return sum(1 for _life, to in self.below if not to)

    @property
    def counts(self) -> list[tuple[Destination, int, int]]:
        """Each destination with the members and the units placed there."""
        return [
            (one, sum(1 for seat in self.seats if seat.to == one.code),
             sum(1 for _life, to in self.below if to == one.code))
            for one in self.destinations
        ]  # fmt: skip


def destinations(verb: Verb, told: Told, unit: UnitLife, names: AsOf) -> list[Destination]:
    """The successors of a split, and the unit itself where it stays."""
    there = lives([one for one in told.successors if isinstance(one, int)], names)
    found = [Destination(unit.code, unit.name)] if verb.stays else []
    for one in told.successors:
        if isinstance(one, NewUnit):
            found.append(Destination(one.code, one.name))
        else:
            found.append(Destination(there[one].code, there[one].name))
    return found


def grid(
    verb: Verb, told: Told, sitting: Sitting, members: dict[int, str], units: dict[str, str]
) -> Grid:
    """Everybody in the unit's own book on the day, and the units directly below it.

    Places in units that are no successors any more are forgotten.
    """
    as_of = AsOf(told.on, sitting.head.number)
    assert told.unit is not None
    unit = lives([told.unit], as_of)[told.unit]
    to = destinations(verb, told, unit, as_of)
    codes = {one.code for one in to}
    found = register([told.unit], as_of, Asked(), limit=MOST_MEMBERS)
    seats = [
        Seat(one.person, one.name, one.account, one.born_on, _kept(members, one.person, codes))
        for one in found.members
    ]
    succeeding = {one for one in told.successors if isinstance(one, int)}
    under = [one for one in children_on(told.unit, as_of) if one not in succeeding]
    there = lives(under, as_of)
    below = [(there[one], _kept(units, there[one].code, codes)) for one in under]
    return Grid(unit, to, seats, below)


def _kept(places: dict[Any, str], key: Any, codes: set[str]) -> str:
    code = places.get(key, "")
    return code if code in codes else ""


def page_of(seen: Grid, query: QueryDict) -> Page[Seat]:
    """The rows of the address: those whose name holds the text, unplaced or placed somewhere."""
    text, show = vietnamese.fold(query.get("q", "").strip()), query.get("show", "")
    rows = [seat for seat in seen.seats if not text or text in vietnamese.fold(str(seat.name))]
    if show == UNPLACED:
        rows = [seat for seat in rows if not seat.to]
    elif show:
        rows = [seat for seat in rows if seat.to == show]
    return Paginator(rows, ROWS).get_page(query.get("page", "1"))


def views(seen: Grid, query: QueryDict) -> list[dict[str, Any]]:
    """The tabs above the grid: all, without a place, and by destination."""
    told = [("", _("All"), len(seen.seats)), (UNPLACED, _("Without a place"), len(seen.unplaced))]
    told += [(one.code, one.name, members) for one, members, _units in seen.counts]
    now, found = query.get("show", ""), []
    for code, label, n in told:
        params = query.copy()
        params.pop("page", None)
        params.pop("show", None)
        if code:
            params["show"] = code
        found.append({"label": label, "url": f"?{params.urlencode()}", "count": n,
                      "current": code == now})  # fmt: skip
    return found


def read_places(seen: Grid, posted: QueryDict) -> tuple[dict[int, str], dict[str, str]]:
    """The places that a posted grid gives: of its rows, then of those picked or of all without
    one, as its button says. What belongs to nobody here is passed over."""
    codes = {one.code for one in seen.destinations}
    here = {seat.person: seat for seat in seen.seats}
    members: dict[int, str] = {}
    for name, code in posted.items():
        number = name.removeprefix(MEMBER)
        if name.startswith(MEMBER) and number.isdecimal() and int(number) in here:
            members[int(number)] = code if code in codes else ""
    bulk, act = posted.get("bulk_to", ""), posted.get("do", "")
    if bulk in codes and act == "picked":
        picked = {int(one) for one in posted.getlist(PICKED) if one.isdecimal()}
        members |= {person: bulk for person in picked if person in here}
    elif bulk in codes and act == "rest":
        waiting = {p for p, seat in here.items() if not members.get(p, seat.to)}
        members |= dict.fromkeys(waiting, bulk)
    units = {
        life.code: code if (code := posted[BELOW + life.code]) in codes else ""
        for life, _to in seen.below if BELOW + life.code in posted
    }  # fmt: skip
    if bulk in codes and act == "rest":
        units |= {life.code: bulk for life, to in seen.below if not units.get(life.code, to)}
    return members, units
