"""What a number of a report counts: members by the words of their family, units, months."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import npgettext

from giaoban.figures.cells import GRASSROOTS
from giaoban.figures.indicators import INDICATORS, UnitsFormula
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import STATES
from giaoban.reports.wording.families import PARTY, noun

# Numbers of the plan, told as what is still to be done under it.
_TARGETS = ("units-nobody-plan", "unallocated")


def noun_of(address: Address, family: str, value: int | Fraction) -> str:
    """The noun beside so many of a figure: one member, two members."""
    count = 1 if value in (1, -1) else 2
    cell = address.cell.partition(":")[0]
    indicator = INDICATORS.get(cell)
    if cell in STATES:
        return npgettext("so many", "unit", "units", count)
    if cell == "months-left":
        return npgettext("so many", "month", "months", count)
    if cell in _TARGETS:
        return npgettext("so many", "member of the plan", "members of the plan", count)
    if cell == GRASSROOTS and family == PARTY:
        return npgettext("so many", "grassroots organisation", "grassroots organisations", count)
    if cell == GRASSROOTS:
        return npgettext("so many", "grassroots unit", "grassroots units", count)
    if indicator is not None and isinstance(indicator.formula, UnitsFormula):
        if indicator.formula.family == PARTY:
            return npgettext("so many", "Party organisation", "Party organisations", count)
        return npgettext("so many", "trade union", "trade unions", count)
    return noun(family, count)
