"""The pages of proposals: the list, one with the lines it would post, and the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.desk.acts.facts import facts
from giaoban.desk.acts.waiting import Waiting, described, listed, rehearsed
from giaoban.desk.door import DeskRequest, page
from giaoban.journal.errors import RuleBroken
from giaoban.ledger.models import Outcome
from giaoban.ledger.proposals import proposal
from giaoban.ledger.proposing import decline_proposal, record_proposal
from giaoban.people import scope
from giaoban.vietnamese import format_number

OUTCOMES = {"": Outcome.WAITING, "recorded": Outcome.RECORDED, "declined": Outcome.DECLINED}
MINE, STATE = "mine", "state"


@page()
def proposals(request: DeskRequest) -> HttpResponse:
    """What waits for a decision, what was decided, and what became of one's own."""
    state = request.GET.get(STATE, "")
    mine = bool(request.GET.get(MINE))
    outcome = None if mine else OUTCOMES.get(state, Outcome.WAITING)
    context = {
        "lines": listed(request.sitting, outcome=outcome, mine=mine),
        "state": state, "mine": mine, "trail": _trail(),
    }  # fmt: skip
    return TemplateResponse(request, "desk/acts/proposals.html", context)


@page()
def one_proposal(request: DeskRequest, number: int) -> HttpResponse:
    """One proposal: its words, the lines it would post today, and the decision."""
    return _shown(request, _found(request, number), {})


@page()
def lines(request: DeskRequest, number: int) -> HttpResponse:
    """Only the lines that a waiting proposal would post, for the list."""
    one = _found(request, number)
    context = _lines(request, one)
    return TemplateResponse(request, "desk/acts/lines.html", context)


@require_POST
@page(*scope.DECIDES)
def record(request: DeskRequest, number: int) -> HttpResponse:
    """Record a waiting proposal; a second click finds it recorded."""
    one = _found(request, number)
    try:
        entry = record_proposal(number, by=request.sitting.by)
    except RuleBroken as refused:
        return _shown(request, one, {"refused": str(refused)})
    messages.success(request, _("Recorded, no. {n}.").format(n=format_number(entry)))
    return HttpResponseRedirect(reverse("desk:journal-entry", args=[entry]))


@require_POST
@page(*scope.DECIDES)
def decline(request: DeskRequest, number: int) -> HttpResponse:
    """Decline a waiting proposal with a reason."""
    one, reason = _found(request, number), request.POST.get("reason", "")
    try:
        decline_proposal(number, reason=reason, by=request.sitting.by)
    except RuleBroken as refused:
        return _shown(request, one, {"fault": str(refused), "reason": reason})
    messages.success(request, _("Declined; the proposer sees the reason."))
    return HttpResponseRedirect(reverse("desk:acts-proposal", args=[number]))


def _found(request: DeskRequest, number: int) -> Waiting:
    found = proposal(number, request.sitting.units)
    if found is None:
        raise Http404(number)
    return described(request.sitting, [found])[0]


def _lines(request: DeskRequest, one: Waiting) -> dict[str, Any]:
    told = rehearsed(request.sitting, one) if one.waits else ""
    if isinstance(told, str):
        return {"one": one, "preview": None, "hindered": told}
    return {"one": one, "preview": told, "hindered": ""}


def _shown(request: DeskRequest, one: Waiting, more: dict[str, Any]) -> HttpResponse:
    trail = [*_trail(), {"label": _("Proposals"), "url": reverse("desk:acts-proposals")}]
    context = {
        **_lines(request, one), "facts": facts(one, request.sitting), "trail": trail, **more,
    }  # fmt: skip
    return TemplateResponse(request, "desk/acts/proposal.html", context)


def _trail() -> list[dict[str, Any]]:
    return [{"label": _("Record an act"), "url": reverse("desk:acts")}]
