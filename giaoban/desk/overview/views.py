"""The overview: what needs the login today, and how its units stand against the year's plan."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.door import KNOWN, DeskRequest, page
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
from giaoban.figures.organisation_work import ADMITTED
from giaoban.figures.year_so_far import MONTHS, YearSoFar
from giaoban.intake.queries import intakes_of
from giaoban.ledger.proposals import waiting_in
from giaoban.ledger.timeline import Due, Transit
from giaoban.people.models import Role
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
        "tasks": [*_tasks(found), *_waiting(request)],
        "figure": _figure(request, found),
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


def _tasks(found: Overview) -> list[dict[str, Any]]:
    """What the books ask for, with the first it is about and a way to all."""
    said = {
        "transits_overdue": _("transfer papers out for more than 30 days, not received"),
        "probation_over": _("probationary members whose twelve months have ended"),
        "probation_week": _("probationary members whose twelve months end within a week"),
    }
    told = []
    for code, n, first in tasks(found):
        why = f"{found.names.get(first.person)}, {found.units[first.unit].name}"
        standing = "transit" if code == "transits_overdue" else "probationary"
        query = urlencode({"unit": found.year.unit.code, "standing": standing})
        url = f"{reverse('desk:members')}?{query}&col=unit&col=ceremony_on&col=due"
        told.append({"n": n, "what": said[code], "why": f"{why}, …" if n > 1 else why, "url": url})
    return told


def _waiting(request: DeskRequest) -> list[dict[str, Any]]:
    """What waits for the login outside the journal: proposals to decide, files begun."""
    sitting = request.sitting
    proposed = waiting_in(sitting.units) if sitting.holds(Role.CLERK, Role.LEADER) else 0
    files = [one for one in intakes_of(sitting.login) if one.is_under_way]
    told: list[dict[str, Any]] = []
    if proposed:
        told.append({"n": proposed, "what": _("proposals of units wait to be recorded"),
                     "url": reverse("desk:acts-proposals")})  # fmt: skip
    if files:
        told.append({"n": len(files), "what": _("files begun, not recorded yet"),
                     "why": files[0].file_name, "url": reverse("desk:intake")})  # fmt: skip
    return told


def _figure(request: DeskRequest, found: Overview) -> str:
    """The address behind the admissions of the year: their movements."""
    told = {"unit": found.year.unit.code, "period": found.year.span.start.year, "cell": ADMITTED}
    if known := request.GET.get(KNOWN):
        told[KNOWN] = known
    return f"{reverse('desk:figures')}?{urlencode(told)}"


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
