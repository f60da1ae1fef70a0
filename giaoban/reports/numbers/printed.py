"""How the number of an address is printed, in prose and in tables: a count, a per cent, a mean.

Prose drops decimals that are all zero (đạt 100%), tables keep them (100,0%). A zero before 1 to 9
is the custom of signed reports, and a setting of the definition.
"""

from __future__ import annotations

from enum import Enum

from giaoban import vietnamese
from giaoban.figures.indicators import INDICATORS, RatioFormula
from giaoban.figures.values import Value
from giaoban.reports.numbers.address import Address


class Shape(Enum):
    """What a number is: how many, a share of something, a difference of shares, an average."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    MEAN = "mean"


_OF_WAY = {
    "ratio": Shape.PERCENT,
    "growth": Shape.PERCENT,
    "share": Shape.PERCENT,
    "points": Shape.POINTS,
}


def shape_of(address: Address) -> Shape:
    """The shape of the number at an address."""
    if address.way in _OF_WAY:
        return _OF_WAY[address.way]
    if address.cell == "monthly-need":
        return Shape.MEAN
    indicator = INDICATORS.get(address.cell)
    if address.cell == "achievement" or (
        indicator is not None and isinstance(indicator.formula, RatioFormula)
    ):
        return Shape.POINTS if address.way == "change" else Shape.PERCENT
    return Shape.COUNT


def in_prose(value: Value, shape: Shape, *, leading_zero: bool = False, places: int = 1) -> str:
    """A number in a sentence; "–" where there is none."""
    if value is None:
        return vietnamese.MISSING
    if shape is Shape.COUNT:
        return vietnamese.format_number(value, 0, leading_zero=leading_zero)
    if shape is Shape.PERCENT:
        return vietnamese.format_percent(value, 1, places, trim=True)
    rounded = vietnamese.round_half_up(value * 100 if shape is Shape.POINTS else value, places)
    return vietnamese.format_number(rounded, 0 if rounded == int(rounded) else None)


def in_table(value: Value, shape: Shape) -> str:
    """A number in a cell; "–" where there is none."""
    if value is None or shape is Shape.COUNT:
        return vietnamese.format_number(value)
    if shape is Shape.PERCENT:
        return vietnamese.format_percent(value, 1)
    return vietnamese.format_number(value * 100 if shape is Shape.POINTS else value, 1)
