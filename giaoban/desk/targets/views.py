"""The sheet of targets, its recording, its file, and the revisions."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.sheets import FORMS, sheet_response
from giaoban.desk.targets.asking import Asked, asked
from giaoban.desk.targets.forms import BasisForm, recorded, refused, typed
from giaoban.desk.targets.recording import Recorded, record_sheet
from giaoban.desk.targets.sheet import SEEN, context, exported, sheet_of
from giaoban.figures.allocation_sheet import Sheet
from giaoban.figures.indicators import INDICATORS
from giaoban.journal.errors import RuleBroken
from giaoban.people.models import Role
from giaoban.plans.history import revisions
from giaoban.plans.queries import targets as targets_known
from giaoban.units.queries import lives

SHOWN = 50
# Only counts again what was typed, opening or closing a unit: nothing is recorded.
RECOUNT = "recount"


@page()
def targets(request: DeskRequest) -> HttpResponse:
    """The sheet of a unit, an indicator and a year; posted by a clerk, it records what changed."""
    told = asked(request.GET, request.sitting)
    sheet = sheet_of(told, request.sitting)
    if request.method == "POST":
        return _posted(request, told, sheet)
    return TemplateResponse(
        request, "desk/targets/targets.html", context(told, request.sitting, sheet)
    )


def _posted(request: DeskRequest, told: Asked, sheet: Sheet) -> HttpResponse:
    if not request.sitting.holds(Role.CLERK):
        raise PermissionDenied
    seen = _seen(request)
    held = targets_known(told.indicator, told.year, seen)
    found, basis = typed(request.POST, sheet.rows, held), BasisForm(request.POST)
    lead, done = "", Recorded()
    if RECOUNT in request.POST:
        basis = BasisForm(initial=request.POST.dict())
    elif basis.is_valid() and not found.faults:
        try:
            done = record_sheet(
                told, found, basis, request.POST, seen=seen, sitting=request.sitting
            )
        except RuleBroken as broken:
            lead = refused(broken, found, sheet.rows)
    if done.number:
        messages.success(request, recorded(done.number))
        return redirect(reverse("desk:targets") + told.address())
    said = context(told, request.sitting, sheet, found, basis, request.POST, lead)
    said |= {"reports": done.reports, "mark": done.mark}
    return TemplateResponse(request, "desk/targets/targets.html", said)


def _seen(request: DeskRequest) -> int:
    """The entry up to which the sheet was drawn that is sent back."""
    told = request.POST.get(SEEN, "")
    newest = request.sitting.head.number
    return min(int(told), newest) if told.isdecimal() and len(told) < 16 else newest


@page()
def export(request: DeskRequest, form: str) -> HttpResponse:
    """The sheet as a file; it names no person."""
    if form not in FORMS:
        raise Http404(form)
    told = asked(request.GET, request.sitting)
    heads, rows = exported(sheet_of(told, request.sitting))
    name = f"chi-tieu-{told.year}-{told.indicator}-{told.code}".lower()
    return sheet_response(form, name, _("Targets"), heads, rows)


@page()
def history(request: DeskRequest) -> HttpResponse:
    """The revisions of the targets on a sheet, the newest first."""
    told = asked(request.GET, request.sitting)
    sheet = sheet_of(told, request.sitting)
    units = [row.life.id for row in sheet.rows]
    found = revisions(units, told.indicator, told.year, request.sitting.as_of.known)
    said = {
        "asked": told,
        "unit": sheet.top.life,
        "indicator": INDICATORS[told.indicator],
        "page": Paginator(found, SHOWN).get_page(request.GET.get("page")),
        "units": lives(units, sheet.as_of),
    }
    return TemplateResponse(request, "desk/targets/history.html", said)
