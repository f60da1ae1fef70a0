"""Cells of tables: words, and numbers with the address that they are asked for again by."""

from __future__ import annotations

from fractions import Fraction

from giaoban import vietnamese
from giaoban.figures.values import Value
from giaoban.reports.documents.blocks import Cell, Exact
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.printed import in_table, shape_of
from giaoban.reports.numbers.reckoning import Reckoning

EMPTY = Cell("")


def exact(value: Value) -> Exact | None:
    """A value as documents hold it."""
    return None if value is None else (value.numerator, value.denominator)


def number(address: Address | str, value: Value) -> Cell:
    """A cell with a number as tables print it; a dash where there is none."""
    asked = Address.parse(address) if isinstance(address, str) else address
    return Cell(in_table(value, shape_of(asked)), exact(value), str(asked))


def figure(reckoning: Reckoning, address: Address | str) -> Cell:
    """The same, asked of the numbers."""
    return number(address, reckoning.value(address))


def ratio(address: Address, value: Value) -> Cell:
    """A ratio as the form has it, in per cent without the sign: 109,8 where it grew by 9,8%."""
    if value is None:
        return Cell(vietnamese.MISSING, None, str(address))
    hundredfold = Fraction(value) * 100
    return Cell(vietnamese.format_number(hundredfold, 1), exact(hundredfold), str(address))


def signed(address: Address, value: Value) -> Cell:
    """A difference with its sign: +12, −3, 0."""
    text = vietnamese.format_number(value)
    return Cell(f"+{text}" if value and value > 0 else text, exact(value), str(address))
