"""The value of any indicator for a unit and a period."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from giaoban.figures.indicators import (
    INDICATORS,
    Indicator,
    LineFormula,
    UnitsFormula,
    indicator_named,
)
from giaoban.figures.restating import Restated
from giaoban.figures.statement import Statements
from giaoban.figures.trace import total, trace

Books = Statements | Restated
Value = int | Fraction | None
_NONE: Mapping[str, int] = {}


def value(
    indicator: Indicator, unit: int, found: Books, counted: Mapping[str, int] = _NONE
) -> Value:
    """An indicator's value: a count, or for a ratio an exact fraction (None: of nothing).

    ``found`` are the statements of the unit's family over the period, or restated; ``counted``
    holds values that the caller knows already, by code.
    """
    if indicator.code in counted:
        return counted[indicator.code]
    formula = indicator.formula
    if isinstance(formula, LineFormula):
        amount = found.amount(unit, formula.line)
        return amount.both if formula.standing is None else amount[formula.standing]
    if isinstance(formula, UnitsFormula):
        return total(trace(unit, formula, found.span, found.known, formula.family))
    part = value(indicator_named(formula.part), unit, found, counted)
    whole = value(indicator_named(formula.whole), unit, found, counted)
    return Fraction(part, whole) if part is not None and whole else None


def values(unit: int, found: Books, counted: Mapping[str, int] = _NONE) -> dict[str, Value]:
    """All indicators of a unit, by code."""
    return {code: value(each, unit, found, counted) for code, each in INDICATORS.items()}
