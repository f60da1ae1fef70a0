"""Which sheet of targets an address asks for: unit, indicator, year, and what is opened on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.http import Http404, QueryDict

from giaoban.desk.door import KNOWN, ON, Sitting
from giaoban.journal.queries import AsOf
from giaoban.plans.indicators import TARGETED, YEARS
from giaoban.units.queries import lives, tree_on, units_of_family

UNIT, INDICATOR, YEAR, OPEN, PAGE = "unit", "indicator", "year", "open", "page"
PARTY = "party"
MOST_OPENED, MOST_UNITS = 30, 300


@dataclass(frozen=True, slots=True)
class Asked:
    """An address, read. ``opened`` are the codes of units whose units below are shown, too."""

    unit: int
    code: str
    indicator: str
    year: int
    opened: tuple[str, ...]
    time: tuple[tuple[str, str], ...]

    def address(self, **changes: Any) -> str:
        """The address that shows this again, with changes."""
        told: dict[str, Any] = {
            UNIT: self.code, INDICATOR: self.indicator, YEAR: self.year, OPEN: self.opened,
            **dict(self.time), **changes,
        }  # fmt: skip
        kept = {name: value for name, value in told.items() if value}
        return f"?{urlencode(kept, doseq=True)}"

    def toggled(self, code: str) -> str:
        """The address with a unit opened, or closed again."""
        others = tuple(one for one in self.opened if one != code)
        opened = others if code in self.opened else (*self.opened, code)
        return self.address(open=opened)


def asked(query: QueryDict, sitting: Sitting) -> Asked:
    """Read an address. Raises ``Http404`` for a unit that is not in sight."""
    indicator, year = query.get(INDICATOR, ""), query.get(YEAR, "")
    told_year = int(year) if year.isdecimal() and len(year) == 4 else 0
    code = query.get(UNIT, "")[:80]
    unit = sitting.unit(code) if code else top_in_sight(sitting)
    if unit is None:
        raise Http404
    return Asked(
        unit=unit,
        code=code or lives([unit], sitting.as_of)[unit].code,
        indicator=indicator if indicator in TARGETED else TARGETED[0],
        year=told_year if told_year in YEARS else sitting.as_of.on.year,
        opened=tuple(dict.fromkeys(query.getlist(OPEN)))[:MOST_OPENED],
        time=tuple((name, told) for name in (ON, KNOWN) if (told := query.get(name, ""))),
    )


def top_in_sight(sitting: Sitting) -> int | None:
    """The highest unit in sight on the day, or the first below it that branches."""
    tree = tree_on(sitting.as_of)
    party = tree.ids[np.isin(tree.ids, units_of_family(PARTY, sitting.as_of.known))]
    first = next((unit for unit in map(int, party) if unit in sitting.units), None)
    return first if first is not None else min(sitting.units, default=None)


def units_to_choose(asked: Asked, sitting: Sitting) -> list[tuple[str, str, bool]]:
    """(code, name, chosen) of the units in sight that have units below, as a tree."""
    as_of = AsOf(min(sitting.as_of.on, date(asked.year, 12, 31)), sitting.as_of.known)
    tree = tree_on(as_of)
    party = np.isin(tree.ids, units_of_family(PARTY, as_of.known))
    at = np.flatnonzero(party & ((tree.size > 1) | (tree.ids == asked.unit)))
    branching = zip(map(int, tree.ids[at]), map(int, tree.depth[at]), strict=True)
    seen = list(islice((one for one in branching if one[0] in sitting.units), MOST_UNITS))
    if asked.unit not in {unit for unit, _depth in seen}:
        seen.insert(0, (asked.unit, 0))
    top = min(depth for _unit, depth in seen)
    shown = lives([unit for unit, _depth in seen], as_of)
    return [
        (shown[unit].code, "\u2003" * (depth - top) + shown[unit].name, unit == asked.unit)
        for unit, depth in seen
    ]
