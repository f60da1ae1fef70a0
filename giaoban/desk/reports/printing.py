"""A working print: any report of any unit and period, as the books knew it on a day. Not issued."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.desk.door import KNOWN, DeskRequest, Sitting, page
from giaoban.desk.reports.beginning import Beginning, context_of, fitting_units, read
from giaoban.desk.reports.files import FORMS, as_file, form_of
from giaoban.desk.reports.sources import Sources
from giaoban.desk.reports.tabs import trail
from giaoban.figures.by_unit import Question, period_title
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import Head, known_until
from giaoban.journal.rights import writers_rights
from giaoban.reports.definitions.paper import plain_paper
from giaoban.reports.documents.blocks import Document
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.rendering.html import fragment
from giaoban.reports.rendering.rendition import render
from giaoban.reports.unissued import unissued
from giaoban.units.queries import UnitLife


@page()
def working_print(request: DeskRequest) -> HttpResponse:
    """The report asked for, by the state of the books of a day."""
    sitting = request.sitting
    told = read(request.GET, sitting)
    units = fitting_units(told, sitting, sitting.units)
    unit = _unit(request, told, units)
    document, fault = None, ""
    if unit is not None and not told.faults:
        try:
            document = printed(told, unit, sitting)
        except RuleBroken as refused:
            fault = str(refused)
    context: dict[str, Any] = {
        **context_of(told, units, sitting),
        "unit": unit,
        "article": _article(document, told, unit, sitting.head),
        "fault": fault or sitting.unread,
        "head": sitting.head,
        "known": request.GET.get(KNOWN, ""),
        "known_on": sitting.known_on,
        "period": period_title(told.period),
        "file_forms": FORMS,
        "trail": trail(),
    }
    return TemplateResponse(request, "desk/reports/print.html", context)


def _unit(
    request: DeskRequest, told: Beginning, units: list[tuple[UnitLife, int]]
) -> UnitLife | None:
    """The unit of the address, which must be in sight, or the first that fits."""
    if told.code:
        request.sitting.unit(told.code)
    chosen = next((life for life, _depth in units if life.code == told.code), None)
    return chosen or (units[0][0] if units and not told.code else None)


def printed(told: Beginning, unit: UnitLife, sitting: Sitting) -> Document:
    """The document, marked as a working print. Raises what figures and definition refuse."""
    known = sitting.known_on or known_until(sitting.head, sitting.today)
    question = Question(unit.id, told.period, sitting.head, known, told.tree)
    language = told.definition_language
    with writers_rights(), translation.override(language):
        paper = plain_paper(question, max(told.period.last_day, told.period.start))
        marked = _("Working print, not an issued document.")
        paper = replace(paper, state="draft", provenance=f"{marked} {paper.provenance}")
        return unissued(told.definition, Reckoning(question), paper, language, by=sitting.known_on)


def _article(document: Document | None, told: Beginning, unit: UnitLife | None, head: Head) -> str:
    if document is None or unit is None:
        return ""
    question = Question(unit.id, told.period, head, tree=told.tree)
    return fragment(document, Sources(unit.code, question).link)


@page()
def download(request: DeskRequest, document: str) -> HttpResponse:
    """The same as a file; every page of it says that it is no issued document."""
    wanted, sitting = form_of(document), request.sitting
    told = read(request.GET, sitting)
    unit = _unit(request, told, fitting_units(told, sitting, sitting.units))
    here = f"{reverse('desk:reports-print')}?{request.GET.urlencode()}"
    if unit is None or told.faults:
        return redirect(here)
    try:
        made = printed(told, unit, sitting)
        return as_file(render(made, wanted), wanted, f"in-thu-{made.name}")
    except RuleBroken as refused:
        messages.error(request, str(refused))
        return redirect(here)
