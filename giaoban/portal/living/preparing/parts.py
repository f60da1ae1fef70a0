"""What a number of a report is made of: the counts that could be worked out of it, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from giaoban.figures import cells
from giaoban.figures.indicators import INDICATORS, LineFormula, RatioFormula
from giaoban.figures.lines import Line
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import OF_ACHIEVEMENT, STATES
from giaoban.reports.numbers.reckoning import Reckoning

ADMITTED, PLAN, CLOSING, OPENING = cells.ADMITTED, cells.PLAN, "closing", "opening"
LINE_CELLS = {line.name.lower().replace("_", "-"): line for line in Line}
PROBATIONARY, FULL = "probationary", "full"
_RECOGNISED = "recognised"
# Numbers of targets, units and months: of no person.
_OF_NOBODY = (*STATES, "unallocated", "units-nobody-plan", "months-left")


def canonical(address: Address, reckoning: Reckoning) -> Address:
    """The one address of a number that has several: strength is closing, as is its own period."""
    name, _colon, standing = address.cell.partition(":")
    indicator = INDICATORS.get(name)
    if indicator is not None and isinstance(indicator.formula, LineFormula) and not standing:
        line = indicator.formula.line
        group = indicator.formula.standing
        name = line.name.lower().replace("_", "-")
        standing = group.name.lower() if group is not None else ""
    if name == _RECOGNISED and not standing:
        standing = FULL
    cell = f"{name}:{standing}" if standing else name
    own = address.period == reckoning.question.period.code
    return replace(address, cell=cell, period="" if own else address.period)


def is_count(address: Address) -> bool:
    """Whether it is a plain count, of persons or of a target, and worked out of no other."""
    name = address.cell.partition(":")[0]
    return not address.way and (counts_persons(address) or name in (PLAN, cells.REST_PLAN))


def counts_persons(address: Address) -> bool:
    """Whether it is a plain count of persons."""
    name = address.cell.partition(":")[0]
    return not address.way and (name in LINE_CELLS or name in cells.SUMS or name == cells.REST)


def counts_behind(address: Address, reckoning: Reckoning) -> list[Address]:
    """The plain counts that a number is worked out of; itself where it is one, none where it tells
    of no person."""
    found = [canonical(one, reckoning) for one in _behind(address, reckoning)]
    return list(dict.fromkeys(one for one in found if is_count(one)))


def _behind(address: Address, reckoning: Reckoning) -> Iterator[Address]:
    base = address.base
    if address.way:
        years = [base]
        if address.way != "share":
            years.append(replace(base, period=reckoning.last_year.code))
        for one in years:
            yield from _behind(one, reckoning)
            if address.way in ("share", "points"):
                yield whole_of(one)
    elif base.cell in OF_ACHIEVEMENT or base.cell == "monthly-need":
        yield from (replace(base, cell=ADMITTED), replace(base, cell=PLAN))
    elif base.cell in INDICATORS and isinstance(INDICATORS[base.cell].formula, RatioFormula):
        yield from (replace(base, cell=part) for part in cells.parts_of(base.cell))
    elif base.cell not in _OF_NOBODY:
        yield base


def whole_of(address: Address) -> Address:
    """What a share of a number is a share of."""
    if address.group:
        return replace(address, group="")
    return Address(CLOSING, address.row, "", address.period)
