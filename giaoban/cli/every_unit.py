"""``giaoban statement --each``: a row for a unit and for everything below it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from giaoban.figures.by_unit import Question
from giaoban.figures.everywhere import everywhere
from giaoban.figures.lines import Line
from giaoban.figures.organisation_work import ADMITTED, life_in
from giaoban.figures.statement import Statements, statements_below
from giaoban.figures.stretches import stretch
from giaoban.journal.queries import AsOf
from giaoban.plans.queries import target_columns
from giaoban.units.queries import codes_of, names_on
from giaoban.units.tree import distinct

Table = tuple[list[str], Iterator[list[Any]]]


def every_unit(question: Question, *, in_words: bool) -> Table:
    """Heads, in words or as keys, and rows: those below on the period's last day, in the office's
    order; then those that were below earlier in it. Both standings together; of recognitions,
    those recognised. ``percent`` is of the year's target of admissions."""
    family, known = life_in(question).family, question.head.number
    [found] = statements_below(question.unit, [question.period], known, family)
    lines = _lines(found)
    heads = (
        [_("Code"), _("Unit"), *(line.label for line in lines), _("Plan"), "%"]
        if in_words
        else ["code", "name", *(line.name.lower() for line in lines), "plan", "percent"]
    )
    return heads, _rows(question, found, lines)


def _lines(found: Statements) -> list[Line]:
    """Balances, and what says something in any of the units."""
    stocks = (Line.OPENING, Line.CLOSING)
    return [line for line in Line if line in stocks or found.amounts[line].any()]


def _rows(question: Question, found: Statements, lines: list[Line]) -> Iterator[list[Any]]:
    known, period = question.head.number, question.period
    below = found.tree.below(question.unit)
    ever = distinct(*(tree.below(question.unit) for tree in stretch(period, known).trees))
    units = np.concatenate((below, np.setdiff1d(ever, below)))
    at = np.searchsorted(found.units, units)
    plans = target_columns(ADMITTED, period.year, known, units.tolist())
    admitted = found.together(Line.ADMITTED)
    reached = everywhere(found.units, admitted, plans, period.elapsed_share)
    codes, names = codes_of(units.tolist()), names_on(AsOf(period.last_day, known))
    columns = [
        (found.amounts[line, 1] if line == Line.RECOGNISED else found.together(line))[at].tolist()
        for line in lines
    ]
    columns += [reached.plan[at].tolist(), reached.tenths[at].tolist()]
    for unit, *amounts, plan, tenths in zip(units.tolist(), *columns, strict=True):
        yield [
            codes[unit], names.get(unit, codes[unit]), *amounts,
            None if plan < 0 else plan, None if tenths < 0 else Decimal(tenths) / 10,
        ]  # fmt: skip
