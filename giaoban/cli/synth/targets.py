"""The year's targets for admissions: invented for each grassroots organisation, and above these the
sums of what was handed down, so that every allocation is even."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from giaoban.cli.synth.books import Batch, basis
from giaoban.cli.synth.histories import Histories
from giaoban.cli.synth.organisations import Organisations
from giaoban.cli.synth.sizes import offset
from giaoban.journal.kinds import Kind
from giaoban.journal.writing import Draft
from giaoban.plans.models import Target

FIRST_YEAR = 2018
INDICATOR = "admitted"
_SET_AFTER = timedelta(days=30)
_LEAST, _MOST = 0.85, 1.25  # of what was reached in the year


def targets_of(year: int, units: Organisations, people: Histories, first_unit: int) -> Batch:
    """The decision that hands down a year's targets, to every organisation that is open."""
    on = date(year, 1, 1)
    plans = _plans(year, units, people)
    rows = [(first_unit + at, INDICATOR, year, int(plans[at])) for at in np.flatnonzero(plans >= 0)]
    paper = basis(f"CT-{year}", on, "Quyết định giao chỉ tiêu kết nạp đảng viên")
    draft = Draft(Kind.TARGET, on, {Target: rows}, basis=paper)
    return Batch(f"chi-tieu-{year}", on + _SET_AFTER, [draft])


def _plans(year: int, units: Organisations, people: Histories) -> npt.NDArray[np.int64]:
    """The target by place; −1 for cells below others, and for what is not open yet."""
    first, last = np.searchsorted(
        people.joined, [offset(date(year, 1, 1)) + 1, offset(date(year + 1, 1, 1))]
    )
    reached = np.bincount(people.home[first:last], minlength=len(units))
    rng = np.random.default_rng([4, year])
    plans = np.full(len(units), -1, dtype=np.int64)
    for at in range(len(units) - 1, -1, -1):  # children come after their parents
        one = units.listed[at]
        if one.opens <= year and one.kind == "party-cell":
            reached[one.parent] += reached[at]
    shares = rng.uniform(_LEAST, _MOST, len(units))
    for at in range(len(units) - 1, -1, -1):
        one = units.listed[at]
        if one.opens > year or one.kind == "party-cell":
            continue
        if one.kind in ("party-base", "party-base-cell"):
            plans[at] = round(float(reached[at] * shares[at]))
        plans[at] = max(plans[at], 0)
        if one.parent >= 0:
            plans[one.parent] = max(plans[one.parent], 0) + plans[at]
    return plans
