"""The overview: what needs the login today, and how its units stand against the year's plan."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.door import DeskRequest, page
from giaoban.desk.overview.gathering import (
    DUE_WITHIN,
    PAPER_GOOD_FOR,
    SHOWN,
    Overview,
    gather,
    tasks,
    top_units,
)
from giaoban.figures.achievement import Pace
from giaoban.figures.year_so_far import MONTHS, YearSoFar
from giaoban.ledger.timeline import Due, Transit
from giaoban.units.queries import lives

UNIT = "unit"
MOST = 12


@page()
def overview(request: DeskRequest) -> HttpResponse:
    """What needs the login today, for one of its units and all below it."""
    sitting = request.sitting
    tops = top_units(sitting)
    code = request.GET.get(UNIT)
    unit = sitting.unit(code) if code else next(iter(tops), None)
    if unit is None:
        raise Http404
    found = gather(sitting, unit)
    context = {
        "found": found,
        "others": [life for life in lives(tops, sitting.as_of).values() if life.id != unit],
        "tasks": [_task(found, *task) for task in tasks(found)],
        "reached": found.reached[:SHOWN],
        "paces": [(pace.label, found.paces[pace]) for pace in Pace],
        "chart": _chart(found.year),
        "due": [_due(found, due) for due in found.due[:MOST]],
        "more_due": max(len(found.due) - MOST, 0),
        "due_until": sitting.as_of.on + DUE_WITHIN,
        "transits": [_transit(found, transit) for transit in found.transits[:SHOWN]],
        "good_for": PAPER_GOOD_FOR.days,
        "late": [(one, found.names.get(one.person or 0), found.units[one.unit])
                 for one in found.late],
    }  # fmt: skip
    return TemplateResponse(request, "desk/overview/overview.html", context)


def _task(found: Overview, code: str, n: int, first: Due | Transit) -> dict[str, Any]:
    said = {
        "transits_overdue": _("transfer papers out for more than 30 days, not received"),
        "probation_over": _("probationary members whose twelve months have ended"),
        "probation_week": _("probationary members whose twelve months end within a week"),
    }
    name, unit = found.names.get(first.person), found.units[first.unit]
    return {"code": code, "n": n, "what": said[code], "name": name, "unit": unit}


def _due(found: Overview, due: Due) -> dict[str, Any]:
    today = found.year.span.last_day
    return {
        "name": found.names.get(due.person), "person": due.person,
        "unit": found.units[due.unit], "on": due.ends_on, "days": (due.ends_on - today).days,
    }  # fmt: skip


def _transit(found: Overview, transit: Transit) -> dict[str, Any]:
    out = found.days_out(transit)
    good = PAPER_GOOD_FOR.days
    return {
        "name": found.names.get(transit.person), "person": transit.person,
        "unit": found.units[transit.unit], "since": transit.since, "days": out,
        "over": max(out - good, 0), "share": min(out * 100 // (good * 3 // 2), 100),
    }  # fmt: skip


def _chart(year: YearSoFar) -> dict[str, Any]:
    """Admissions up to the end of each month, and the same in words."""
    coming = [None] * (MONTHS - len(year.months))
    values = [(str(month), n) for month, n in enumerate([*year.months, *coming], 1)]
    told = ", ".join(
        f"{month}: {vietnamese.format_number(n)}" for month, n in values if n is not None
    )
    return {"values": values, "label": f"{_('Admissions up to the end of each month')}: {told}"}
