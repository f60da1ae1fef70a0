"""Recording a sheet of targets, once what it changes in issued reports has been looked at.

The sheet shows itself what will be recorded. So it is recorded at once, unless an issued report in
sight would read otherwise: then its figures are shown first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from giaoban.desk.door import Sitting
from giaoban.desk.reports.affected import Looking, Report
from giaoban.desk.targets.asking import Asked
from giaoban.desk.targets.forms import BasisForm, Typed
from giaoban.ledger.rehearsal import carry_out
from giaoban.plans.revising import revise_targets
from giaoban.reports.affecting import concerned

KEY, LOOKED = "key", "looked"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of it: the number in the journal, or the issued reports to be looked at first,
    and what stands for just these targets."""

    number: int = 0
    reports: list[Report] = field(default_factory=list)
    mark: str = ""


def record_sheet(
    asked: Asked, found: Typed, basis: BasisForm, data: Any, *, seen: int, sitting: Sitting
) -> Recorded:
    """Record what was typed, or show the issued reports that it would change. Raises what
    ``revise_targets`` does."""

    def revise() -> int:
        return revise_targets(
            asked.unit, found.changed, indicator=asked.indicator, year=asked.year, seen=seen,
            basis=basis.basis(), note=basis.cleaned_data["note"], key=data.get(KEY) or None,
            by=sitting.by,
        )  # fmt: skip

    mark = mark_of(asked, found)
    if data.get(LOOKED) != mark:
        reports = reports_changed(revise, found.changed, asked.year, sitting)
        if reports:
            return Recorded(reports=reports, mark=mark)
    return Recorded(number=revise())


def reports_changed(
    revise: Callable[[], int], units: Collection[int], year: int, sitting: Sitting
) -> list[Report]:
    """The issued reports in sight that would read otherwise; nothing is recorded. It is rehearsed
    only where there are some that could."""
    if not any(one.unit in sitting.units for one in concerned(units, date.max, years=[year])):
        return []
    looking = Looking(sitting.units)
    carry_out(looking.around(revise), by=sitting.by, dry_run=True)
    return looking.reports


def mark_of(asked: Asked, found: Typed) -> str:
    """What stands for the targets typed, so that just what was looked at is recorded."""
    told = [asked.unit, asked.indicator, asked.year, sorted(found.changed.items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
