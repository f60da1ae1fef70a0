"""The index of acts, the form of one, and what a text in it may mean."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.desk.acts.correcting import recorded_as
from giaoban.desk.acts.forms import (
    BASIS,
    NAME,
    PLAIN,
    SENSITIVE,
    ActForm,
    sheet_of,
)
from giaoban.desk.acts.handling import Handled, handle
from giaoban.desk.acts.kinds import Sheet, grouped
from giaoban.desk.acts.picking import MOST, TEXT, Now
from giaoban.desk.acts.waiting import how_many_wait
from giaoban.desk.door import DeskRequest, page
from giaoban.vietnamese import format_number

PREFILLED = ("person", "unit", "to")
FIELDS_SOUGHT = ("person", "unit", "to")


@page()
def acts(request: DeskRequest) -> HttpResponse:
    """The kinds of acts; who came from a member or a unit takes them along."""
    kept = {name: request.GET[name] for name in PREFILLED if request.GET.get(name)}
    now = Now(request.sitting)
    about = [
        option for name in FIELDS_SOUGHT if (value := kept.get(name))
        and (option := now.option(name, value)) is not None
    ]  # fmt: skip
    context = {
        "groups": grouped(), "kept": kept, "about": about,
        "waiting": how_many_wait(request.sitting),
    }  # fmt: skip
    return TemplateResponse(request, "desk/acts/index.html", context)


@page()
def act(request: DeskRequest, verb: str) -> HttpResponse:
    """The form of an act: filled, looked at, then recorded or proposed."""
    sheet = _sheet(verb)
    if request.method != "POST":
        form = ActForm(sheet, request.sitting, initial=_prefilled(request, verb))
        return _shown(request, sheet, form, Handled())
    if (instead := request.POST.get("instead")) and not _recorded(request, verb, instead):
        raise Http404(instead)
    form = ActForm(sheet, request.sitting, request.POST)
    done = handle(form, request.sitting, request.POST)
    if done.recorded is not None:
        _tell(request, done.recorded.entry, fresh=done.recorded.fresh)
        return HttpResponseRedirect(reverse("desk:journal-entry", args=[done.recorded.entry]))
    if done.proposed is not None:
        messages.success(request, _("Sent as a proposal; it waits for a decision."))
        return HttpResponseRedirect(reverse("desk:acts-proposal", args=[done.proposed]))
    return _shown(request, sheet, form, done)


@page()
def seek(request: DeskRequest, field: str) -> HttpResponse:
    """What a text typed into a field may mean, to choose from."""
    if field not in FIELDS_SOUGHT:
        raise Http404(field)
    text = request.GET.get(field + TEXT, request.GET.get("q", ""))
    options = Now(request.sitting).options(field, text[:100])
    context = {"name": field, "options": options[:MOST], "more": len(options) > MOST,
               "text": text}  # fmt: skip
    return TemplateResponse(request, "desk/acts/options.html", context)


def _sheet(verb: str) -> Sheet:
    sheet = sheet_of(verb)
    if sheet is None:
        raise Http404(verb)
    return sheet


def _prefilled(request: DeskRequest, verb: str) -> dict[str, Any]:
    """What the clerk comes with: a person, a unit, or an entry to be put right."""
    if instead := request.GET.get("instead"):
        recorded = _recorded(request, verb, instead)
        if recorded is None:
            raise Http404(instead)
        return recorded
    return {name: request.GET.get(name, "") for name in PREFILLED}


def _recorded(request: DeskRequest, verb: str, instead: str) -> dict[str, Any] | None:
    number = int(instead) if instead.isdecimal() and len(instead) < 16 else 0
    return recorded_as(number, verb, request.sitting)


def _tell(request: DeskRequest, entry: int, *, fresh: bool) -> None:
    number = format_number(entry)
    if fresh:
        messages.success(request, _("Recorded, no. {n}.").format(n=number))
    else:
        said = _("Recorded before, no. {n}. Nothing was added.").format(n=number)
        messages.info(request, said)


def _shown(request: DeskRequest, sheet: Sheet, form: ActForm, done: Handled) -> HttpResponse:
    context: dict[str, Any] = {
        "sheet": sheet,
        "form": form,
        "preview": done.preview,
        "notes": done.notes,
        "newcomer": [form[name] for name in NAME[:1]] if sheet.newcomers else [],
        "split": [form[name] for name in NAME[1:]] if sheet.newcomers else [],
        "particulars": [form[name] for name in PLAIN] if sheet.newcomers else [],
        "sensitive": [form[name] for name in SENSITIVE] if sheet.newcomers else [],
        "basis": {name: form[name] for name in BASIS},
        "days": [form[day.name] for day in sheet.days],
        "asked": [form[name] for name in form.asked],
        "trail": [{"label": _("Record an act"), "url": reverse("desk:acts")}],
    }
    return TemplateResponse(request, "desk/acts/act.html", context)
