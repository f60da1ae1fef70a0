"""Tables behind public figures: by unit, or by group; without what may not be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from giaoban.figures import cells
from giaoban.figures.breakdowns import FIELDS, group_titles
from giaoban.figures.by_unit import UnitRow
from giaoban.journal.errors import RuleBroken
from giaoban.portal.living.preparing.disclosure import Disclosure
from giaoban.portal.living.preparing.parts import (
    ADMITTED,
    CLOSING,
    LINE_CELLS,
    OPENING,
    PLAN,
    canonical,
)
from giaoban.portal.living.preparing.words import Both, in_both
from giaoban.portal.living.suppression.system import LEAST_TOLD
from giaoban.reports.catalogue.particulars import field_title
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import OF_ACHIEVEMENT, STATES, ranked
from giaoban.reports.numbers.printed import in_table, shape_of
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.naming import named
from giaoban.vietnamese.sorting import sort_key

AGAINST_PLAN = "ke-hoach"
_IN_PLAN = (PLAN, ADMITTED, "achievement")
_OF_PLAN = {PLAN, ADMITTED, "monthly-need", "units-nobody-plan", "unallocated", *OF_ACHIEVEMENT,
            *STATES}  # fmt: skip
_ROLLS = (CLOSING, OPENING)


@dataclass(frozen=True, slots=True)
class Behind:
    """A table: its columns are cells, its rows units of the table by unit, or groups of a field."""

    name: str
    columns: tuple[str, ...]
    field: str = ""

    def addresses(self, reckoning: Reckoning) -> Iterator[Address]:
        """Every number in it, row by row, the whole last."""
        for key in self.keys(reckoning):
            yield from (self.at(column, key) for column in self.columns)
        yield from (Address(column) for column in self.columns)

    def keys(self, reckoning: Reckoning) -> list[str]:
        """The codes of its rows: units in the office's order by per cent, or groups."""
        if self.field:
            groups = reckoning.work.breakdowns if self.columns == (ADMITTED,) else reckoning.roll
            return [group.code or "" for group in groups.get(self.field, ())]
        return [
            row.life.code for row in ranked(reckoning.work.units) if self._shows(row, reckoning)
        ]

    def at(self, column: str, key: str) -> Address:
        """The number of a row."""
        if self.field:
            return Address(column, group=f"{self.field}={key}")
        return Address(column, key)

    def _shows(self, row: UnitRow, reckoning: Reckoning) -> bool:
        if self.name == AGAINST_PLAN:
            return row.achievement.plan is not None or bool(row.achievement.actual)
        return bool(number(reckoning, self.at(self.columns[0], row.life.code)))


def behind(address: Address, reckoning: Reckoning) -> Behind | None:
    """The table that a figure is told in more detail by; None where there is none that may be told.

    Members by unit are told only where the units have enough of them on the whole: else almost
    every cell would have to be withheld.
    """
    asked = canonical(address, reckoning)
    if asked.period:
        return None
    name = asked.cell.partition(":")[0]
    if asked.group:
        field = asked.group.partition("=")[0]
        cell = name if name in (ADMITTED, CLOSING) else ""
        return Behind(f"{cell}-{field}", (cell,), field) if cell and field in FIELDS else None
    if name in _OF_PLAN:
        return Behind(AGAINST_PLAN, _IN_PLAN) if reckoning.rows else None
    if name in (*LINE_CELLS, *cells.SUMS) and reckoning.rows:
        whole = number(reckoning, Address(name)) or 0
        if name in _ROLLS and whole >= LEAST_TOLD * len(reckoning.rows):
            return Behind(name, (name,))
    return None


def number(reckoning: Reckoning, address: Address) -> Any:
    """A number; None where its unit was not there."""
    try:
        return reckoning.value(address)
    except RuleBroken:
        return None


@dataclass(frozen=True, slots=True)
class Made:
    """A table as it is stored."""

    title: Both
    heads: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    withheld: int


def made(table: Behind, told: Disclosure) -> Made | None:
    """The table with what may be told; None where next to nothing may."""
    reckoning = told.reckoning
    rows = [_row(table, key, told) for key in table.keys(reckoning)]
    hidden = [row for row in rows if None in row["cells"]]
    if not rows or len(hidden) == len(rows):
        return None
    shown = [row for row in rows if None not in row["cells"]]
    hidden.sort(key=lambda row: sort_key(row["name"]["vi"]))
    rest = _rest(table, told)
    whole = {
        "code": "", "name": in_both(lambda: _("Total")), "role": "total",
        "cells": [_cell(Address(column), told) for column in table.columns],
    }  # fmt: skip
    return Made(
        in_both(lambda: _title(table)),
        [_head(column) for column in table.columns],
        [*shown, *hidden, *rest, whole],
        sum(row["cells"].count(None) for row in rows),
    )  # fmt: skip


def _head(column: str) -> dict[str, Any]:
    address = Address(column)
    return {
        "code": column, "words": in_both(lambda: named(address)), "holds": shape_of(address).value,
    }  # fmt: skip


def _title(table: Behind) -> str:
    if table.field:
        return f"{named(Address(table.columns[0]))}: {field_title(table.field).lower()}"
    if table.name == AGAINST_PLAN:
        return _("Admissions against the year's target, by unit")
    return _("{what}, by unit").format(what=named(Address(table.columns[0])))


def _row(table: Behind, key: str, told: Disclosure) -> dict[str, Any]:
    if table.field:
        name = in_both(lambda: group_titles(table.field).get(key or None) or _("not known"))
    else:
        life = told.reckoning.rows[key].life
        name = in_both(lambda: life.name)
    cells_ = [_cell(table.at(column, key), told) for column in table.columns]
    # Beside a number that is withheld nothing is told but the target.
    if None in cells_:
        cells_ = [one if column == PLAN else None
                  for one, column in zip(cells_, table.columns, strict=True)]  # fmt: skip
    return {"code": key, "name": name, "role": "row", "cells": cells_}


def _rest(table: Behind, told: Disclosure) -> Iterable[dict[str, Any]]:
    """Of admissions what stands in no row."""
    rest = told.reckoning.work.rest.actual
    if table.name != AGAINST_PLAN or not rest:
        return []
    dash = {"text": "–", "exact": None}
    return [{
        "code": "", "name": in_both(lambda: _("In the unit's own book")), "role": "rest",
        "cells": [dash, _cell(Address(cells.REST), told), dash],
    }]  # fmt: skip


def _cell(address: Address, told: Disclosure) -> dict[str, Any] | None:
    if not told.tells(address):
        return None
    value = number(told.reckoning, address)
    exact = None if value is None else [value.numerator, value.denominator]
    return {"text": in_table(value, shape_of(address)), "exact": exact}


def numbers_of(tables: Iterable[Behind], reckoning: Reckoning) -> list[Address]:
    """All numbers of some tables, and what of the whole belongs to no row."""
    found = [one for table in tables for one in table.addresses(reckoning)]
    if reckoning.work.rest.actual:
        found.append(Address(cells.REST))
    return [replace(one) for one in dict.fromkeys(found)]
