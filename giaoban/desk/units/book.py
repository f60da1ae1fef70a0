"""A unit's book over a period: its statement as rows to be drawn, and its targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from giaoban import vietnamese
from giaoban.desk.door import ON, english
from giaoban.desk.units.links import link
from giaoban.figures.achievement import Achievement, achievements
from giaoban.figures.indicators import INDICATORS, LineFormula, UnitsFormula
from giaoban.figures.lines import DECREASES, INCREASES, OFFICIAL, Amount, Line, kinds_of
from giaoban.figures.statement import Statements, statements_below
from giaoban.figures.trace import total, trace
from giaoban.periods import BadPeriod, Period, Span, regime_named
from giaoban.plans.indicators import TARGETED
from giaoban.plans.queries import targets
from giaoban.units.queries import UnitLife

REGIME = "calendar"
YEARS_OFFERED = 4
_DAY = timedelta(days=1)
_MONTHS = 12
# In the order of a year: each is over by the end of the month.
_RUNNING = ((6, "H1"), (9, "9M"), (12, ""))
_PARTS = ("Q1", "H1", "Q2", "9M", "Q3", "H2", "Q4")


@dataclass(frozen=True, slots=True)
class Asked:
    """The period a page shows: ``span`` ends with the page's day where the period runs on."""

    period: Period
    span: Span

    @property
    def title(self) -> str:
        """The period's name in the active language."""
        return self.period.title_en if english() else self.period.title_vi

    @property
    def running(self) -> bool:
        """Whether the period was not over on the page's day."""
        return self.span.end < self.period.end

    @property
    def year_to_date(self) -> Span:
        """From the beginning of the year to the end of what is shown."""
        return Span(self.period.year_period.start, self.span.end)

    @property
    def elapsed(self) -> Fraction:
        """The share of the year that has passed, in whole months: the even pace of a target."""
        if not self.running:
            return Fraction(self.period.elapsed_share)
        last = self.span.last_day
        whole = last.month if (last + _DAY).day == 1 else last.month - 1
        return Fraction(whole, _MONTHS)


def period_asked(code: str, on: date, last: date) -> Asked:
    """The period of an address, or the one that ran on the unit's ``last`` day: the first half,
    nine months or the year, from its beginning."""
    try:
        period = Period.parse(code, regime=regime_named(REGIME))
        if period.start > on:
            period = running(last)
    except BadPeriod:
        period = running(last)
    return Asked(period, Span(period.start, min(period.end, on + _DAY)))


def running(on: date) -> Period:
    """The period from the beginning of the year in which a day falls."""
    part = next(part for last, part in _RUNNING if on.month <= last)
    return Period.parse(f"{on.year}-{part}" if part else f"{on.year}", regime=regime_named(REGIME))


def choices(on: date, now: Period) -> list[tuple[str, str, bool]]:
    """The periods to choose from, the newest year first: code, name, whether it is shown."""
    regime = regime_named(REGIME)
    codes = [f"{year}" for year in range(on.year, on.year - YEARS_OFFERED, -1)]
    codes[1:1] = [f"{on.year}-{part}" for part in _PARTS]
    if now.code not in codes:
        codes.append(now.code)
    periods = [Period.parse(code, regime=regime) for code in codes]
    return [
        (one.code, one.title_en if english() else one.title_vi, one == now)
        for one in periods if one.start <= on
    ]  # fmt: skip


def read(life: UnitLife, asked: Asked, known: int) -> tuple[Statements, Statements]:
    """The family's statements over what is shown, and over the year to the same day."""
    spans = [asked.span]
    if asked.year_to_date != Span(asked.span.start, asked.span.end):
        spans.insert(0, asked.year_to_date)
    found = statements_below(life.id, spans, known, life.family)
    return found[-1], found[0]


def statement_rows(
    request: HttpRequest, life: UnitLife, asked: Asked, book: Statements
) -> list[dict[str, Any]]:
    """The statement for ``parts/statement.html``: every line of the form, others if not zero."""
    lines = book.of(life.id)
    rows = [_stock(request, life, asked, Line.OPENING, lines, asked.span.start)]
    for line in Line:
        if line in (Line.OPENING, Line.CLOSING):
            continue
        amount = lines[line]
        if line in OFFICIAL or any(amount):
            rows.append(_flow(request, life, asked, line, amount))
    rows.append(_stock(request, life, asked, Line.CLOSING, lines, asked.span.last_day))
    order = {Line.RECOGNISED: 1, **dict.fromkeys(INCREASES, 0), **dict.fromkeys(DECREASES, 2)}
    middle = sorted(rows[1:-1], key=lambda row: order[row["line"]])
    return [rows[0], *middle, rows[-1]]


def _stock(
    request: HttpRequest, life: UnitLife, asked: Asked, line: Line, lines: dict[Line, Amount],
    day: date,
) -> dict[str, Any]:  # fmt: skip
    role = "opening" if line == Line.OPENING else "closing"
    label = (
        pgettext("statement", "Opening") if role == "opening" else pgettext("statement", "Closing")
    )
    return _row(request, life, asked, line, lines[line], 1) | {
        "label": label, "note": vietnamese.format_date(day), "role": role,
    }  # fmt: skip


def _flow(
    request: HttpRequest, life: UnitLife, asked: Asked, line: Line, amount: Amount
) -> dict[str, Any]:
    return _row(request, life, asked, line, amount, -1 if line in DECREASES else 1)


def _row(
    request: HttpRequest, life: UnitLife, asked: Asked, line: Line, amount: Amount, sign: int
) -> dict[str, Any]:
    def cell(value: int, standing: str) -> dict[str, Any]:
        url = drill(request, life, asked, line, standing) if value else None
        return {"value": sign * value, "url": url}

    return {
        "line": line,
        "label": line.label,
        "note": "",
        "role": "flow",
        "cells": [cell(amount.probationary, "probationary"), cell(amount.full, "full")],
        "total": cell(amount.both, ""),
    }


def drill(
    request: HttpRequest, life: UnitLife, asked: Asked, line: Line, standing: str = ""
) -> str | None:
    """The address of what is behind a number: the figure's entries.

    Where the page's day cuts the period, the figures count further; then the members of that day,
    or the journal's lines up to it.
    """
    cut = asked.running and bool(request.GET.get(ON))
    if cut and line == Line.CLOSING:
        return link(request, "desk:members", unit=life.code)
    if cut and line != Line.OPENING and (kinds := kinds_of(line)):
        first, last = (vietnamese.format_date(d) for d in (asked.span.start, asked.span.last_day))
        told = {"unit": life.code, "from": first, "until": last, "kind": [int(k) for k in kinds]}
        return link(request, "desk:journal", **told)
    cell = line.name.lower().replace("_", "-") + (f":{standing}" if standing else "")
    told = {"unit": life.code, "period": asked.period.code, "view": "statement", "cell": cell}
    return link(request, "desk:figures", **told)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target of the year with what was reached so far."""

    label: str
    measure: str
    achievement: Achievement
    url: str | None


def goals(
    request: HttpRequest, life: UnitLife, asked: Asked, year: Statements, known: int
) -> list[Goal]:
    """The unit's targets of the period's year; none where nothing was set."""
    found = []
    for code in TARGETED:
        plans = targets(code, asked.period.year, known)
        if life.id not in plans:
            continue
        indicator, did = INDICATORS[code], 0
        formula = indicator.formula
        if isinstance(formula, LineFormula):
            amount = year.amount(life.id, formula.line)
            did = amount.both if formula.standing is None else amount[formula.standing]
        elif isinstance(formula, UnitsFormula):
            did = total(trace(life.id, formula, asked.year_to_date, known, formula.family))
        [one] = achievements([life.id], [did], plans, asked.elapsed)
        url = link(request, "desk:figures", unit=life.code, period=asked.period.code, cell=code)
        found.append(Goal(str(indicator.label), str(indicator.measure), one, url))
    return found


def standings_heads() -> list[str]:
    """The heads of a statement's two standings."""
    return [_("Probationary"), _("Full")]
