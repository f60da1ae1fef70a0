"""The tables that a definition may name. None where there is nothing to put into one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from giaoban.reports.catalogue.by_unit import (
    admissions_by_unit,
    behind,
    furthest_behind,
    has_units,
)
from giaoban.reports.catalogue.changes import against_last_year, change_by_unit
from giaoban.reports.catalogue.particulars import (
    admissions_by_particulars,
    party_indicators,
    roll_by_particulars,
)
from giaoban.reports.catalogue.statement import statement
from giaoban.reports.documents.blocks import Table
from giaoban.reports.numbers.reckoning import Reckoning


def _by_unit(reckoning: Reckoning) -> Table | None:
    return admissions_by_unit(reckoning) if has_units(reckoning) else None


BY_UNIT = "admissions-by-unit"
CATALOGUE: Mapping[str, Callable[[Reckoning], Table | None]] = {
    "statement": statement,
    BY_UNIT: _by_unit,
    "admissions-by-particulars": admissions_by_particulars,
    "roll-by-particulars": roll_by_particulars,
    "indicators": party_indicators,
    "change-by-unit": change_by_unit,
    "against-last-year": against_last_year,
    "behind": behind,
    "furthest-behind": furthest_behind,
}
