"""Beginning a report: which one, of what period, of which unit; only what fits is offered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.acts.fields import said
from giaoban.desk.door import DeskRequest, Sitting, english, page
from giaoban.desk.figures.asking import (
    CALENDAR,
    KINDS,
    PART,
    PERIOD,
    REGIME,
    TREE,
    UNIT,
    YEAR,
    default_period,
    part_of,
)
from giaoban.desk.figures.choices import YEARS, Option, parts_in_words
from giaoban.desk.reports.labels import shown_in
from giaoban.desk.reports.sight import units_as
from giaoban.desk.reports.tabs import trail
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import AsOf, head
from giaoban.people import scope
from giaoban.periods import BadPeriod, Period, regime_named
from giaoban.periods.regimes import regimes
from giaoban.reports.corrections import NOTICE
from giaoban.reports.defining import definitions
from giaoban.reports.definitions.definition import Definition, Language
from giaoban.reports.drafting import begin_report
from giaoban.units.queries import UnitLife, lives, tree_on

DEFINITION, LANGUAGE, BEGIN, KEY = "definition", "language", "begin", "key"
MOST_UNITS = 400
# code of a refusal → the field it stands beside.
FIELDS = {
    "out_of_scope": UNIT, "unit_unfit": UNIT, "unit_not_in_period": UNIT, "period_unfit": PERIOD,
    "definition_unknown": DEFINITION,
}  # fmt: skip


@dataclass
class Beginning:
    """What was chosen, and what can be chosen beside it. ``faults`` are by field."""

    definition: Definition
    period: Period
    code: str
    tree: date | None
    language: str
    key: str
    typed: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def definition_language(self) -> Language:
        """The language of the document."""
        return "en" if self.language == "en" else "vi"

    @property
    def parts(self) -> list[str]:
        """The parts of a year that the report is made for, as codes say them."""
        return [part for kind, parts in KINDS if kind in self.definition.periods for part in parts]


def offered() -> dict[str, Definition]:
    """The reports that can be begun; a correction notice is begun from the report it corrects."""
    return {code: one for code, one in definitions().items() if code != NOTICE}


def read(data: Mapping[str, str], sitting: Sitting) -> Beginning:
    """What an address or a form chooses; what does not fit gives way to what does."""
    found = offered()
    chosen = found.get(data.get(DEFINITION, ""))
    definition = chosen or next(iter(found.values()))
    faults: dict[str, str] = {}
    language = data.get(LANGUAGE, "vi")
    tree_told = data.get(TREE, "").strip()[:20]
    return Beginning(
        definition=definition,
        period=_period(data, definition, sitting, faults),
        code=data.get(UNIT, "")[:80],
        tree=_tree(tree_told, faults),
        language=language if language in ("vi", "en") else "vi",
        key=data.get(KEY, "")[:60] or uuid.uuid4().hex,
        typed={TREE: tree_told},
        faults=faults,
    )


def _period(
    data: Mapping[str, str], definition: Definition, sitting: Sitting, faults: dict[str, str]
) -> Period:
    year, part = data.get(YEAR, ""), data.get(PART, "")
    try:
        regime = regime_named(data.get(REGIME, "") or CALENDAR)
        if year:
            told = Period.parse(f"{year}-{part}" if part else year, regime=regime)
        else:
            return latest(definition, sitting.today)
    except BadPeriod as refused:
        faults[PERIOD] = refused.in_english() if english() else str(refused)
        return latest(definition, sitting.today)
    if told.start > sitting.today:
        title = vietnamese.capitalise_first(told.title_en if english() else told.title_vi)
        faults[PERIOD] = _("{period} has not begun. Choose an earlier one.").format(period=title)
    if told.kind in definition.periods:
        return told
    # Another report was chosen: its own kind of period, of the same year where it has begun.
    kind = definition.periods[0]
    same = Period.of(kind, told.year, 1, regime=regime)
    return same if same.start <= sitting.today else latest(definition, sitting.today)


def latest(definition: Definition, today: date) -> Period:
    """The longest period from the beginning of a year that ended last, if the report is made for
    such; else whatever it is made for that ended last."""
    usual = default_period(today)
    if usual.kind in definition.periods:
        return usual
    regime = regime_named(CALENDAR)
    ended = [
        period
        for kind in definition.periods
        for year in (today.year, today.year - 1)
        for n in range(1, kind.per_year + 1)
        if (period := Period.of(kind, year, n, regime=regime)).last_day < today
    ]
    return max(ended, key=lambda period: (period.last_day, period.kind.months))


def _tree(told: str, faults: dict[str, str]) -> date | None:
    if not told:
        return None
    try:
        return vietnamese.parse_date(told)
    except vietnamese.BadText as refused:
        faults[TREE] = said(refused)
        return None


def fitting_units(
    told: Beginning, sitting: Sitting, mine: frozenset[int]
) -> list[tuple[UnitLife, int]]:
    """(unit, how deep) of ``mine`` that were there in the period and that the report fits."""
    as_of = AsOf(min(told.period.last_day, sitting.today), head().number)
    tree = tree_on(as_of)
    seen = [(unit, depth) for unit, depth in zip(tree.ids.tolist(), tree.depth.tolist(),
                                                 strict=True) if unit in mine]  # fmt: skip
    known = lives([unit for unit, _depth in seen], as_of)
    fit = [
        (known[unit], depth)
        for unit, depth in seen
        if told.definition.fits(told.period.kind, known[unit].kind, known[unit].family)
    ][:MOST_UNITS]
    top = min((depth for _life, depth in fit), default=0)
    return [(life, depth - top) for life, depth in fit]


@page(*scope.PROPOSES)
def begin(request: DeskRequest) -> HttpResponse:
    """Choose a report, its period and its unit; then its draft is there to be written."""
    sitting = request.sitting
    told = read(request.POST if request.method == "POST" else request.GET, sitting)
    units = fitting_units(told, sitting, units_as(sitting, scope.PROPOSES))
    unit = next((life for life, _depth in units if life.code == told.code), None)
    if request.method == "POST" and BEGIN in request.POST and not told.faults:
        if unit is None:
            told.faults[UNIT] = _("This report is not made for that unit. Choose one of the list.")
        else:
            try:
                number = begin_report(
                    unit=unit.id, definition=told.definition.code, period=told.period,
                    key=told.key, by=sitting.by, tree=told.tree,
                    language=told.definition_language,
                )  # fmt: skip
            except RuleBroken as refused:
                told.faults[FIELDS.get(refused.code, "")] = str(refused)
            else:
                messages.success(request, _("The draft is begun."))
                return redirect("desk:reports-draft", number)
    return TemplateResponse(request, "desk/reports/begin.html", context_of(told, units, sitting))


def context_of(
    told: Beginning, units: list[tuple[UnitLife, int]], sitting: Sitting
) -> dict[str, Any]:
    """What the form offers, what is chosen marked."""
    language = shown_in()
    words, last = parts_in_words(), sitting.today.year
    chosen = told.code or (units[0][0].code if units else "")
    years = sorted({*range(last - YEARS, last + 1), told.period.year}, reverse=True)
    return {
        "told": told,
        "definitions": [
            Option(code, one.name.within(language), code == told.definition.code)
            for code, one in offered().items()
        ],
        "parts": [Option(p, words[p], p == part_of(told.period)) for p in told.parts],
        "years": [Option(str(y), str(y), y == told.period.year) for y in years],
        "regimes": [
            Option(one.code, one.title_en if english() else one.title_vi,
                   one.code == told.period.regime.code)
            for one in regimes()
        ],
        "units": [
            Option(life.code, "\u2003" * depth + life.name, life.code == chosen)
            for life, depth in units
        ],
        "running": told.period.last_day >= sitting.today,
        "languages": [Option(code, label, code == told.language)
                      for code, label in (("vi", "Tiếng Việt"), ("en", "English"))],
        "trail": trail(),
    }  # fmt: skip
