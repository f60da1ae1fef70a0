"""Lines of the register as the page and the exported files show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from giaoban.desk.door import Sitting
from giaoban.desk.members.filters import COLUMN_LABELS, Chosen
from giaoban.figures.strengths import members_in
from giaoban.journal.kept import Kept
from giaoban.journal.queries import AsOf
from giaoban.ledger.accounts import Account
from giaoban.ledger.long_register import stretch
from giaoban.ledger.register import Member, register
from giaoban.ledger.timeline import Dates, dates_of
from giaoban.people.codes import CODED_FIELDS, code_lists
from giaoban.people.finding import Mark
from giaoban.people.queries import ParticularsOn, particulars_of
from giaoban.units.queries import (
    UnitLife,
    last_unit_entry,
    lives,
    tree_on,
    units_of_family,
)

PARTY = "party"
MOST_COUNTED = 1000  # units; of more, some 20.000 members, a list is not counted


@dataclass(frozen=True, slots=True)
class Line:
    """A member with all that a column may show."""

    member: Member
    unit: UnitLife
    dates: Dates
    particulars: ParticularsOn | None

    def value(self, column: str) -> Any:
        """What a column shows: text, a day, or None where the books don't know."""
        if column in CODED_FIELDS:
            code = getattr(self.particulars, column, None)
            return code_lists()[column][code].title if code else None
        return _VALUES[column](self)


def _due(line: Line) -> date | None:
    return line.dates.probation_ends_on if line.member.account.is_probationary else None


_VALUES: dict[str, Callable[[Line], Any]] = {
    "born_on": lambda line: line.member.born_on,
    "unit": lambda line: line.unit,
    "standing": lambda line: line.member.account.label,
    "ceremony_on": lambda line: line.dates.ceremony_on,
    "full_on": lambda line: line.dates.full_on,
    "due": _due,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A page of lines, and how many there are in all, by standing; of a list too long to be
    counted where it goes on instead (None: nowhere)."""

    lines: list[Line]
    counts: dict[Account, int] | None
    goes_on: Mark | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """The units whose books are asked, in the tree's order and as a set."""

    ordered: tuple[int, ...]
    units: frozenset[int]

    @property
    def many(self) -> bool:
        """Whether their members are too many for being counted at each look."""
        return len(self.ordered) > MOST_COUNTED


def units_asked(sitting: Sitting, top: int | None, family: str = PARTY) -> Asking:
    """The units whose books are asked: all below ``top``, or all in sight, in the tree's order.

    Members of closed units stand nowhere else on a day before the closing, so the tree of the
    day decides.
    """
    as_of = sitting.as_of
    return _asking(as_of.on, *last_unit_entry(as_of.known), top, family, sitting.units)


@lru_cache(maxsize=4)
def _asking(
    on: date,
    known: int,
    digest: bytes,  # noqa: ARG001 - the digest is the key
    top: int | None,
    family: str,
    sight: frozenset[int],
) -> Asking:
    tree = tree_on(AsOf(on, known))
    members = frozenset(units_of_family(family, known).tolist())
    inside = tree.ids.tolist() if top is None else tree.below(top).tolist()
    ordered = tuple(unit for unit in inside if unit in members and unit in sight)
    return Asking(ordered, frozenset(ordered))


_kept_totals: Kept[frozenset[int], int] = Kept(states=2, items=4)


def total_of(sitting: Sitting, units: frozenset[int]) -> int:
    """How many members stand in units; worked out once for each state of the books."""

    def read(_fresh: list[frozenset[int]]) -> dict[frozenset[int], int]:
        return {units: members_in(units, sitting.as_of)}

    return _kept_totals.look((sitting.head.digest, sitting.as_of.on), [units], read)[units]


def find(sitting: Sitting, chosen: Chosen, asking: Asking, *, first: int, limit: int) -> Found:
    """The lines that an address asks for, counted."""
    found = register(asking.ordered, sitting.as_of, chosen.asked, first=first, limit=limit)
    return Found(_lines(sitting, chosen, found.members), found.counts)


def find_on(sitting: Sitting, chosen: Chosen, asking: Asking, *, limit: int) -> Found:
    """The lines that follow those told before, of very many."""
    found = stretch(asking.ordered, asking.units, sitting.as_of, chosen.asked,
                    after=chosen.after, limit=limit)  # fmt: skip
    return Found(_lines(sitting, chosen, found.members), None, found.goes_on)


def _lines(sitting: Sitting, chosen: Chosen, members: list[Member]) -> list[Line]:
    as_of = sitting.as_of
    persons = [member.person for member in members]
    where = lives({member.unit for member in members}, as_of)
    dates = dates_of(persons, as_of, PARTY)
    coded = set(chosen.columns) & set(CODED_FIELDS)
    told = particulars_of(persons, as_of) if coded else {}
    return [
        Line(m, where[m.unit], dates.get(m.person, Dates()), told.get(m.person)) for m in members
    ]


def heads(chosen: Chosen) -> list[str]:
    """The heads of the chosen columns."""
    return [str(COLUMN_LABELS[name][0]) for name in chosen.columns]
