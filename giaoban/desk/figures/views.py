"""The page of figures, what is behind a cell, and both as files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.figures import drill as drilling
from giaoban.desk.figures.asking import Asked, asked
from giaoban.desk.figures.choices import choices
from giaoban.desk.figures.exporting import exported
from giaoban.desk.figures.showing import shown, told
from giaoban.desk.sheets import FORMS, sheet_response
from giaoban.journal.errors import RuleBroken
from giaoban.people.access import note_access
from giaoban.people.models import Access


@page()
def figures(request: DeskRequest) -> HttpResponse:
    """A unit's figures of a period: the table or chart asked for, and the panel behind a cell."""
    sitting, told_of = request.sitting, asked(request.GET, request.sitting)
    context: dict[str, Any] = choices(told_of, sitting)
    try:
        context |= shown(told_of, sitting)
    except RuleBroken as refused:
        context["refusal"] = str(refused)
    _note_sensitive(request, told_of, context.get("drill"))
    return TemplateResponse(request, "desk/figures/figures.html", context)


@page()
def export(request: DeskRequest, form: str) -> HttpResponse:
    """The table that the page shows, as a file; it names no person."""
    if form not in FORMS:
        raise Http404(form)
    name, title, heads, rows = exported(asked(request.GET, request.sitting), request.sitting)
    return sheet_response(form, name, title, heads, rows)


@page()
def behind(request: DeskRequest) -> HttpResponse:
    """All that is behind a cell, a page at a time."""
    told_of = _with_cell(request)
    first = (told_of.page - 1) * drilling.LISTED
    found = drilling.drill(told_of, request.sitting, first=first, limit=drilling.LISTED)
    _note_sensitive(request, told_of, found)
    pages = Paginator(range(len(found.items)), drilling.LISTED).get_page(told_of.page)
    context = {"asked": told_of, "page": pages, **told(told_of, found)}
    return TemplateResponse(request, "desk/figures/behind.html", context)


@page()
def export_behind(request: DeskRequest, form: str) -> HttpResponse:
    """All that is behind a cell, as a file; that it was taken away is written down for each
    member it names."""
    if form not in FORMS:
        raise Http404(form)
    told_of = _with_cell(request)
    found = drilling.drill(told_of, request.sitting, limit=None)
    persons = {one.item.person for one in found.shown if one.name is not None}
    note_access(Access.What.EXPORTED, sorted(p for p in persons if p is not None),
                by=request.sitting.by, told=request.GET.urlencode())  # fmt: skip
    rows = [drilling.line(one) for one in found.shown]
    return sheet_response(form, "nguon-so-lieu", _("Behind the figure"), drilling.heads(), rows)


def _with_cell(request: DeskRequest) -> Asked:
    told_of = asked(request.GET, request.sitting)
    if told_of.cell is None:
        raise Http404
    return told_of


def _note_sensitive(request: DeskRequest, told_of: Asked, found: drilling.Drill | None) -> None:
    """Who looks up who is of which ethnicity or religion is written down."""
    if found is None or told_of.cell is None or not drilling.sensitive(told_of.cell):
        return
    persons = [one.item.person for one in found.shown if one.item.person is not None]
    note_access(Access.What.SEEN_SENSITIVE, persons, by=request.sitting.by,
                told=request.GET.urlencode())  # fmt: skip
