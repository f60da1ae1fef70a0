"""The journal's list, the page of one entry, and taking an entry back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.desk.acts.correcting import correct_url
from giaoban.desk.door import DeskRequest, page
from giaoban.desk.journal.filters import asked, day_fields, kind_choices
from giaoban.desk.journal.reversing import RECORD, may_reverse, reverse_asked
from giaoban.desk.journal.wording import in_words
from giaoban.journal.queries import AsOf
from giaoban.ledger.entry_book import Written, written
from giaoban.ledger.journal_lines import JournalLine, journal_line, journal_lines
from giaoban.people import scope
from giaoban.people.queries import names_of
from giaoban.people.sight import sees_everything
from giaoban.units.queries import lives
from giaoban.vietnamese import format_number

LINES = 50


@page()
def journal(request: DeskRequest) -> HttpResponse:
    """The entries asked for, newest first; filters and the place in the list are in the address."""
    sitting = request.sitting
    told = asked(request.GET, sitting)
    found = journal_lines(told.sought, limit=LINES)
    up, more = told.sought.after is not None, len(found) > LINES
    lines = (found[1:] if up else found[:LINES]) if more else found
    context = {
        **_named(request, lines),
        "kinds": kind_choices(told.sought),
        "days": day_fields(request.GET, told.faults),
        "asked": told,
        "older": lines[-1].number if lines and (more or up) else None,
        "newer": lines[0].number if lines and (more if up else told.sought.before) else None,
    }
    name = "list" if request.htmx and not request.htmx.boosted else "journal"
    return TemplateResponse(request, f"desk/journal/{name}.html", context)


@page()
def entry(request: DeskRequest, number: int) -> HttpResponse:
    """One entry with all it wrote in sight, and the way to take it back."""
    return _shown(request, _found(request, number), {})


@require_POST
@page(*scope.RECORDS)
def reverse_one(request: DeskRequest, number: int) -> HttpResponse:
    """Show what taking an entry back would post, then post it."""
    line = _found(request, number)
    done = reverse_asked(line.number, request.sitting, request.POST)
    if done.recorded is not None:
        said = _("Recorded, no. {n}.").format(n=format_number(done.recorded))
        messages.success(request, said)
        return HttpResponseRedirect(reverse("desk:journal-entry", args=[done.recorded]))
    return _shown(request, line, {
        "preview": done.preview, "fault": done.fault, "reason": request.POST.get("reason", ""),
        "key": request.POST.get("key", ""), "asked_again": request.POST.get("step") == RECORD,
    })  # fmt: skip


def _found(request: DeskRequest, number: int) -> JournalLine:
    line = journal_line(number, None if sees_everything() else request.sitting.units)
    if line is None:
        raise Http404(number)
    return line


def _named(request: DeskRequest, lines: list[JournalLine]) -> dict[str, Any]:
    now = AsOf(request.sitting.today, request.sitting.as_of.known)
    names = names_of({person for line in lines for person in line.persons}, now)
    units = lives({unit for line in lines for unit in line.units}, now)
    return {
        "lines": [
            {
                "line": line,
                "persons": [names[one] for one in line.persons if one in names],
                "units": [units[one] for one in line.units],
                "more_persons": line.n_persons - len(line.persons),
                "more_units": line.n_units - len(line.units),
            }
            for line in lines
        ]
    }


def _shown(request: DeskRequest, line: JournalLine, more: dict[str, Any]) -> HttpResponse:
    wrote = written(line.number)
    context = {
        "entry": line, "written": wrote, **_in_words(request, line, wrote),
        "may_reverse": may_reverse(line, request.sitting),
        "correct_url": correct_url(line, wrote), "others": in_words(wrote.more, request.sitting),
        "key": str(uuid.uuid4()),
        "trail": [{"label": _("Journal"), "url": reverse("desk:journal")}], **more,
    }  # fmt: skip
    return TemplateResponse(request, "desk/journal/entry.html", context)


def _in_words(request: DeskRequest, line: JournalLine, wrote: Written) -> dict[str, Any]:
    now = AsOf(request.sitting.today, request.sitting.as_of.known)
    persons = {leg.person for one in wrote.legs for leg in one.legs if leg.person is not None}
    names = names_of(persons | set(line.persons), now)
    units = lives({one.unit for one in wrote.legs} | set(line.units), now)
    return {
        "books": [
            {
                "unit": units[one.unit],
                "sum": one.sum,
                "legs": [(leg, names.get(leg.person or 0)) for leg in one.legs],
            }
            for one in wrote.legs
        ],
        "persons": [names[one] for one in line.persons if one in names],
        "units": [units[one] for one in line.units],
    }
