"""Editing a definition: its fields, a preview of what comes of them, and saving a new version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban import vietnamese
from giaoban.desk.door import DeskRequest, Sitting, english, page
from giaoban.desk.figures.asking import CALENDAR, default_period, top_in_sight
from giaoban.desk.figures.choices import Option
from giaoban.desk.reports.definitions import named
from giaoban.desk.reports.editing_sheet import LANGUAGES, Sheet, sheet_of, sheet_typed
from giaoban.desk.reports.labels import CHARTS, LEVELS, PARTS, ROLES, TABLES, shown_in
from giaoban.desk.reports.naming import names_shown
from giaoban.desk.reports.sources import Sources
from giaoban.desk.reports.tabs import trail
from giaoban.desk.templatetags.reports import place_named
from giaoban.figures.by_unit import Question, period_title
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import AsOf, head
from giaoban.journal.rights import writers_rights
from giaoban.people import scope
from giaoban.periods import Period, PeriodKind, regime_named
from giaoban.reports.defining import definitions, save_definition
from giaoban.reports.definitions.building import build, plain_paper
from giaoban.reports.definitions.definition import Definition
from giaoban.reports.definitions.shipping import shipped
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.rendering.html import fragment
from giaoban.units.queries import lives, tree_on

DO, SAVE, PREVIEW = "do", "save", "preview"
OF_UNIT, OF_PERIOD, OF_LANGUAGE = "of-unit", "of-period", "of-language"
MOST_UNITS, MOST_PERIODS, DEEPEST, MOST_FAULTS = 200, 24, 2, 3
WORDS = {
    "code": gettext_lazy("Code"),
    "code_hint": gettext_lazy("Small letters and digits with hyphens, as in bao-cao-quy."),
    "name": gettext_lazy("Name in lists"),
    "title": gettext_lazy("What it is about (title)"),
    "slots": gettext_lazy("May have {period}, {next}, {year}, {unit}, {work}, {members}."),
    "kind": gettext_lazy("Kind of document"),
    "abbreviation": gettext_lazy("Its letters in the number"),
    "periods": gettext_lazy("Kinds of period"),
    "units": gettext_lazy("Kinds of unit"),
    "units_hint": gettext_lazy("Codes parted by spaces, as in party-district; empty: any."),
    "families": gettext_lazy("Families"),
    "families_hint": gettext_lazy("party, union, youth; empty: any."),
    "heading": gettext_lazy("Heading"),
    "level": gettext_lazy("Numbered"),
    "sentences": gettext_lazy("Sentences"),
    "table": gettext_lazy("Table"),
    "chart": gettext_lazy("Chart"),
    "key": gettext_lazy("Key"),
    "key_hint": gettext_lazy("Small letters with _, as in kien_nghi."),
    "prompt": gettext_lazy("What is asked for"),
    "default": gettext_lazy("Stands until something is typed"),
    "role": gettext_lazy("Set as"),
}


@page(*scope.RECORDS)
def edit(request: DeskRequest, report: str) -> HttpResponse:
    """Edit a definition of the office's own; saving makes a new version."""
    if report in shipped():
        raise Http404(report)
    return _edited(request, named(report), reverse("desk:reports-definition-edit", args=[report]))


@page(*scope.RECORDS)
def copy(request: DeskRequest, report: str) -> HttpResponse:
    """Begin a definition of the office's own from another one, under a code of its own."""
    here = reverse("desk:reports-definition-copy", args=[report])
    return _edited(request, named(report), here, fresh=True)


def _edited(
    request: DeskRequest, found: Definition, here: str, *, fresh: bool = False
) -> HttpResponse:
    if request.method != "POST":
        sheet = sheet_of(found)
        if fresh:
            sheet.told["code"] = ""
            for language in LANGUAGES:
                sheet.told["name"][language] = ""
        return _shown(request, sheet, found, here, fresh=fresh)
    sheet = sheet_typed(request.POST, request.POST.getlist("periods"))
    if not fresh:
        sheet.told["code"] = found.code
    asked = request.POST.get(DO, PREVIEW)
    if asked == SAVE:
        told = sheet.definition()
        if told is not None and fresh and told.code in definitions():
            sheet.faults["code"] = _("There is a report of this code already. Take another one.")
        if told is not None and not sheet.faults:
            try:
                version = save_definition(told, by=request.sitting.by)
            except RuleBroken as refused:
                sheet.faults["code" if fresh else ""] = str(refused)
            else:
                number = vietnamese.format_number(version)
                messages.success(request, _("Saved as version {n}.").format(n=number))
                return redirect("desk:reports-definition", told.code)
    else:
        sheet.act(asked)
    return _shown(request, sheet, found, here, fresh=fresh)


def _shown(
    request: DeskRequest, sheet: Sheet, found: Definition, here: str, *, fresh: bool
) -> HttpResponse:
    sitting, data = request.sitting, request.POST
    of = _previewed(data, sheet, sitting)
    saving = data.get(DO) == SAVE
    faults = dict(sheet.faults)
    preview = _preview(sheet, of)
    # What can't be taken is said beside its field while one types; the list above only on saving.
    sheet.faults = faults if saving else {k: v for k, v in sheet.faults.items() if k}
    context = {
        "heading": _("Copy a report") if fresh else found.name.within(shown_in()),
        "here": here,
        "fresh": fresh,
        "version": found.version,
        "sheet": sheet,
        "told": sheet.told,
        "saving": saving,
        "w": WORDS,
        "both_languages": LANGUAGES,
        "periods": [
            (kind.value, kind.label_en if english() else kind.label_vi,
             kind.value in sheet.told["periods"])
            for kind in PeriodKind
        ],
        "kinds": list(PARTS.items()),
        "tables": list(TABLES.items()),
        "charts": list(CHARTS.items()),
        "roles": list(ROLES.items()),
        "levels": list(LEVELS.items()),
        "trail": trail((_("Definitions"), reverse("desk:reports-definitions"))),
        **preview,
    }  # fmt: skip
    return TemplateResponse(request, "desk/reports/definition_edit.html", context)


class _Of:
    """What is previewed: which unit and period, and in which language."""

    def __init__(self, question: Question, code: str, language: Any) -> None:
        self.question, self.code, self.language = question, code, language
        self.units: list[Option] = []
        self.periods: list[Option] = []


def _previewed(data: Any, sheet: Sheet, sitting: Sitting) -> _Of:
    """The unit and period of the preview; raises ``Http404`` for a unit that is not in sight."""
    known = head()
    kinds = [PeriodKind(one) for one in sheet.told["periods"]] or [PeriodKind.YEAR]
    offered = _ended(kinds, sitting)
    period = _period(data.get(OF_PERIOD, ""), offered, sitting)
    as_of = AsOf(min(period.last_day, sitting.today), known.number)
    code = data.get(OF_UNIT, "")[:80]
    tree = tree_on(as_of)
    seen = [(u, d) for u, d in zip(tree.ids.tolist(), tree.depth.tolist(), strict=True)
            if u in sitting.units]  # fmt: skip
    top = min((depth for _unit, depth in seen), default=0)
    near = [(u, d - top) for u, d in seen if d - top <= DEEPEST][:MOST_UNITS]
    named_units = lives([u for u, _depth in near], as_of)
    known_codes = {life.code: unit for unit, life in named_units.items()}
    unit = known_codes.get(code) if code else top_in_sight(sitting, as_of)
    if unit is None:
        unit = top_in_sight(sitting, as_of)
    if unit is None:
        raise Http404
    language = data.get(OF_LANGUAGE, shown_in())
    chosen = lives([unit], as_of)[unit].code
    of = _Of(Question(unit, period, known), chosen, language if language in LANGUAGES else "vi")
    of.units = [
        Option(named_units[u].code, "\u2003" * d + named_units[u].name, u == unit) for u, d in near
    ]
    of.periods = [Option(p.code, period_title(p), p.code == period.code) for p in offered]
    return of


def _ended(kinds: list[PeriodKind], sitting: Sitting) -> list[Period]:
    """The periods of these kinds that ended last, the newest first."""
    regime, year = regime_named(CALENDAR), sitting.today.year
    found = [
        period
        for kind in kinds
        for back in range(10)
        for n in range(1, kind.per_year + 1)
        if (period := Period.of(kind, year - back, n, regime=regime)).last_day < sitting.today
    ]
    return sorted(found, key=lambda p: (p.last_day, p.kind.months), reverse=True)[:MOST_PERIODS]


def _period(code: str, offered: list[Period], sitting: Sitting) -> Period:
    """The period asked for, or the longest from the beginning of a year that ended last."""
    usual = code or default_period(sitting.today).code
    return next((one for one in offered if one.code == usual), offered[0])


def _preview(sheet: Sheet, of: _Of) -> dict[str, Any]:
    """The document that the fields make, or why they make none; and all there is to name."""
    sources = Sources(of.code, of.question)
    article, fault, reckoning = "", "", None
    with writers_rights():
        try:
            reckoning = Reckoning(of.question)
            definition = sheet.previewed()
            if definition is not None:
                paper = plain_paper(of.question, of.question.period.last_day)
                document = build(definition, reckoning, paper, of.language)
                article = fragment(document, sources.link, level=3)
            elif sheet.faults:
                told = list(sheet.faults.items())[:MOST_FAULTS]
                fault = " ".join(f"{place_named(place)}: {said}" for place, said in told)
        except RuleBroken as refused:
            fault = str(refused)
        with translation.override(of.language):
            try:
                names = names_shown(reckoning, leading_zero=bool(sheet.told["leading_zero"]))
            except RuleBroken:
                names = names_shown(None, leading_zero=False)
    return {
        "article": article,
        "preview_fault": fault,
        "names": names,
        "units": of.units,
        "offered_periods": of.periods,
        "languages": [
            Option(code, label, code == of.language)
            for code, label in (("vi", "Tiếng Việt"), ("en", "English"))
        ],
    }
