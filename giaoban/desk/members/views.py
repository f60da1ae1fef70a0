"""The register, its export, and a member's page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.members.filters import (
    COLUMN_LABELS,
    COLUMNS,
    SENSITIVE,
    STANDING_GROUPS,
    Chosen,
    after_in_address,
    chosen,
)
from giaoban.desk.members.rows import (
    PARTY,
    Asking,
    Found,
    find,
    find_on,
    heads,
    total_of,
    units_asked,
)
from giaoban.desk.sheets import FORMS, sheet_response
from giaoban.journal.queries import AsOf
from giaoban.ledger.queries import standings
from giaoban.ledger.timeline import Dates, dates_of, timeline
from giaoban.people.access import note_access
from giaoban.people.codes import code_lists
from giaoban.people.models import Access, Role
from giaoban.people.queries import ParticularsOn, history_of, names_of, particulars_of
from giaoban.units.queries import lives

LINES = 50
MOST_EXPORTED = 200_000
ASKED_FOR = "show"


@page()
def members(request: DeskRequest) -> HttpResponse:
    """The register: found as one types; filters, columns and the place in the list are in the
    address. Only the list is sent to who asks for a part of the page."""
    told = chosen(request.GET)
    asking = _asking(request, told)
    if asking.many:
        found = find_on(request.sitting, told, asking, limit=LINES)
    else:
        first = (told.page - 1) * LINES
        found = find(request.sitting, told, asking, first=first, limit=LINES)
    _note(request, told, found, Access.What.SEEN_SENSITIVE, only_sensitive=True)
    context = {
        "chosen": told, **_listed(told, found), **_counted(request, told, asking, found),
        **_choices(told),
    }  # fmt: skip
    name = "list" if request.htmx and not request.htmx.boosted else "members"
    return TemplateResponse(request, f"desk/members/{name}.html", context)


@page()
def export(request: DeskRequest, form: str) -> HttpResponse:
    """What the register shows, all pages of it, as a file; that it was taken away is written
    down for each member."""
    if form not in FORMS:
        raise Http404(form)
    told = chosen(request.GET)
    asking = _asking(request, told)
    found = find(request.sitting, told, asking, first=0, limit=MOST_EXPORTED)
    _note(request, told, found, Access.What.EXPORTED)
    rows = [
        [at, str(line.member.name), *map(line.value, told.columns)]
        for at, line in enumerate(found.lines, start=1)
    ]
    head = [pgettext("in the list", "Number"), _("Full name"), *heads(told)]
    return sheet_response(form, "dang-vien", _("Party members"), head, rows)


@page()
def member(request: DeskRequest, person: int) -> HttpResponse:
    """One member: where they stand, particulars, and one timeline of every act."""
    sitting = request.sitting
    happened = timeline(person, sitting.as_of)
    if not happened:
        raise Http404(person)
    as_of = AsOf(sitting.as_of.on, sitting.as_of.known)
    sensitive = request.GET.get(ASKED_FOR) == "sensitive"
    what = Access.What.SEEN_SENSITIVE if sensitive else Access.What.SEEN
    note_access(what, [person], by=sitting.by)
    units = lives({step.unit for one in happened for step in one.steps}, as_of)
    context = {
        "name": names_of([person], as_of).get(person),
        "person": person,
        "places": [(units.get(p.unit), p.account) for p in standings([person], as_of)],
        "dates": dates_of([person], as_of, PARTY).get(person, Dates()),
        "particulars": _particulars(particulars_of([person], as_of).get(person), sensitive),
        "history": _history(person, as_of, sensitive),
        "sensitive_shown": sensitive,
        "may_record": sitting.holds(Role.CLERK, Role.SECRETARY),
        "happened": list(reversed(happened)),
        "units": units,
    }
    return TemplateResponse(request, "desk/members/member.html", context)


def _asking(request: DeskRequest, told: Chosen) -> Asking:
    top = request.sitting.unit(told.unit) if told.unit else None
    return units_asked(request.sitting, top)


def _note(
    request: DeskRequest, told: Chosen, found: Found, what: Access.What, *,
    only_sensitive: bool = False,
) -> None:  # fmt: skip
    """Write down that records were seen or taken away, and which sensitive fields of them."""
    if only_sensitive and not told.sensitive:
        return
    persons = [line.member.person for line in found.lines]
    note_access(what, persons, by=request.sitting.by, told=request.GET.urlencode())


def _listed(told: Chosen, found: Found) -> dict[str, Any]:
    first = (told.page - 1) * LINES if found.counts is not None else told.told
    return {
        "lines": [
            {
                "at": first + at,
                "line": line,
                "cells": [(c, COLUMN_LABELS[c][0], line.value(c)) for c in told.columns],
            }
            for at, line in enumerate(found.lines, start=1)
        ],
        "heads": [(name, COLUMN_LABELS[name][0]) for name in told.columns],
    }


def _counted(request: DeskRequest, told: Chosen, asking: Asking, found: Found) -> dict[str, Any]:
    """How many there are in all and by standing, and the ways to the other pages; of very many
    how many stand in the units, where that is asked, and the way on."""
    counts = found.counts
    if counts is None:
        goes_on = found.goes_on
        return {
            "total": None if told.filtered else total_of(request.sitting, asking.units),
            "groups": [(code, _group_label(code), None) for code in STANDING_GROUPS],
            "goes_on": goes_on and after_in_address(goes_on, told.told + len(found.lines)),
        }
    shown = sum(counts.get(account, 0) for account in told.asked.standings)
    return {
        "page": Paginator(range(shown), LINES).get_page(told.page),
        "total": sum(counts.values()),
        "groups": [
            (code, _group_label(code), sum(counts.get(a, 0) for a in accounts))
            for code, accounts in STANDING_GROUPS.items()
        ],
    }


def _group_label(code: str) -> str:
    return {"full": _("Full"), "probationary": _("Probationary"), "transit": _("In transit")}[code]


def _choices(told: Chosen) -> dict[str, Any]:
    lists = code_lists()
    return {
        "filters": [
            (name, COLUMN_LABELS[name][0], list(lists[name].values()),
             told.asked.particulars.get(name, ""))
            for name in COLUMN_LABELS if name in lists and name not in SENSITIVE
        ],
        "columns": [
            (name, label, name in told.columns, name in SENSITIVE)
            for name, (label, _on) in COLUMN_LABELS.items()
        ],
        "columns_name": COLUMNS,
    }  # fmt: skip


def _particulars(told: ParticularsOn | None, sensitive: bool) -> list[tuple[Any, Any]]:
    if told is None:
        return []
    shown: list[tuple[Any, Any]] = [(COLUMN_LABELS["born_on"][0], told.born_on)]
    for name, codes in code_lists().items():
        if name in SENSITIVE and not sensitive:
            continue
        code = getattr(told, name)
        shown.append((COLUMN_LABELS[name][0], codes[code].title if code else None))
    return shown


def _history(person: int, as_of: AsOf, sensitive: bool) -> list[dict[str, Any]]:
    """What was recorded of a person over time: names, and of particulars what they say."""
    return [
        {
            "on": row.from_on,
            "entry": row.entry,
            "name": row.name,
            "told": [pair for pair in _particulars(row.particulars, sensitive) if pair[1]],
        }
        for row in history_of(person, as_of)
    ]
