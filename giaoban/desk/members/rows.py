"""Lines of the register as the page and the exported files show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from giaoban.desk.door import Sitting
from giaoban.desk.members.filters import COLUMN_LABELS, Chosen
from giaoban.ledger.register import Member, Register, register
from giaoban.ledger.timeline import Dates, dates_of
from giaoban.people.codes import CODED_FIELDS, code_lists
from giaoban.people.queries import ParticularsOn, particulars_of
from giaoban.units.queries import UnitLife, lives, tree_on, units_of_family

PARTY = "party"


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
    """A page of lines, and how many there are in all."""

    lines: list[Line]
    register: Register


def units_asked(sitting: Sitting, top: int | None, family: str = PARTY) -> list[int]:
    """The units whose books are asked: all below ``top``, or all in sight, in the tree's order.

    Members of closed units stand nowhere else on a day before the closing, so the tree of the
    day decides.
    """
    tree = tree_on(sitting.as_of)
    members = set(units_of_family(family, sitting.as_of.known).tolist())
    inside = tree.ids.tolist() if top is None else tree.below(top).tolist()
    return [unit for unit in inside if unit in members and unit in sitting.units]


def find(sitting: Sitting, chosen: Chosen, units: list[int], *, first: int, limit: int) -> Found:
    """The lines that an address asks for."""
    as_of = sitting.as_of
    found = register(units, as_of, chosen.asked, first=first, limit=limit)
    persons = [member.person for member in found.members]
    where = lives({member.unit for member in found.members}, as_of)
    dates = dates_of(persons, as_of, PARTY)
    coded = set(chosen.columns) & set(CODED_FIELDS)
    told = particulars_of(persons, as_of) if coded else {}
    lines = [
        Line(m, where[m.unit], dates.get(m.person, Dates()), told.get(m.person))
        for m in found.members
    ]
    return Found(lines, found)


def heads(chosen: Chosen) -> list[str]:
    """The heads of the chosen columns."""
    return [str(COLUMN_LABELS[name][0]) for name in chosen.columns]
