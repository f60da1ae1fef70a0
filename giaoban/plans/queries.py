"""Reading plans: targets as known, and what of a parent's target is not allocated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch, fetch_columns
from giaoban.units import rules

Ints = npt.NDArray[np.int64]


def targets(
    indicator: str, year: int, known: int, units: Iterable[int] | None = None
) -> dict[int, int]:
    """unit → target for a year, the newest known revision of each; taken back ones left out. Of
    some units, or of all."""
    return dict(fetch(_targets(units), **_asked(indicator, year, known, units)))


def target_columns(
    indicator: str, year: int, known: int, units: Iterable[int] | None = None
) -> tuple[Ints, Ints]:
    """The same for many as two arrays of one length: units, rising, and their targets."""
    told = fetch_columns(_targets(units), 2, **_asked(indicator, year, known, units))
    return told[0], told[1]


def _targets(units: Iterable[int] | None) -> str:
    which = "" if units is None else " AND x.unit_id = ANY(%(units)s)"
    return (
        "SELECT unit_id, value FROM (SELECT DISTINCT ON (x.unit_id) x.unit_id, x.value"
        " FROM plans_target AS x WHERE x.indicator = %(indicator)s AND x.year = %(year)s"
        f" AND {not_reversed('x')}{which} ORDER BY x.unit_id, x.entry_id DESC) AS t"
        " WHERE value IS NOT NULL"
    )


def _asked(indicator: str, year: int, known: int, units: Iterable[int] | None) -> dict[str, Any]:
    told: dict[str, Any] = {"indicator": indicator, "year": year, "known": known}
    return told if units is None else {**told, "units": list(units)}


@dataclass(frozen=True, slots=True)
class Allocation:
    """A unit's target beside the sum of those directly below it.

    ``unallocated`` is positive where some is not handed down yet, negative where more was handed
    down than the unit has to reach (giao vượt); None where the unit has no target.
    """

    unit: int
    target: int | None
    allocated: int

    @property
    def unallocated(self) -> int | None:
        return None if self.target is None else self.target - self.allocated


def allocation(unit: int, indicator: str, year: int, as_of: AsOf) -> Allocation:
    """How a unit's target is handed down to its direct children."""
    children = list(rules.children_on(unit, as_of))
    known = targets(indicator, year, as_of.known, [unit, *children])
    return Allocation(unit, known.get(unit), _sum(known, children))


def _sum(known: dict[int, int], units: Iterable[int]) -> int:
    return sum(known.get(unit, 0) for unit in units)


def target_entries(unit: int, indicator: str, year: int, known: int) -> list[tuple[int, int, date]]:
    """(entry, value, effective day) of a unit's newest known target; empty where it has none."""
    return [
        (entry, value, day)
        for entry, value, day in fetch(
            "SELECT x.entry_id, x.value, e.effective_on FROM plans_target AS x"
            " JOIN journal_entry AS e ON e.id = x.entry_id"
            " WHERE x.unit_id = %(unit)s AND x.indicator = %(indicator)s AND x.year = %(year)s"
            f" AND {not_reversed('x')} ORDER BY x.entry_id DESC LIMIT 1",
            unit=unit,
            indicator=indicator,
            year=year,
            known=known,
        )
        if value is not None
    ]
