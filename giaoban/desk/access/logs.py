"""The access log: who saw or took away whose record. An administrator sees members' numbers only;
clerks and leaders the names of members in their sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from giaoban import vietnamese
from giaoban.desk.access.hands import SEES, Hands
from giaoban.desk.acts.fields import said
from giaoban.desk.door import DeskRequest, page
from giaoban.ledger.access_log import Wanted, looks, persons_of
from giaoban.people import scope
from giaoban.people.queries import names_of
from giaoban.people.sight import sees_everything

LINES = 50
PERSONS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the log: the filters, the place in it, or one line of it. A day
    that can't be read is said, and passed over."""

    wanted: Wanted
    before: int | None
    act: int | None
    after: int
    day: str
    fault: str


@page(*SEES)
def log(request: DeskRequest) -> HttpResponse:
    """The log, the newest first; or with ``act`` whose records one line of it was about."""
    hands = Hands(request.sitting)
    asked = _asked(request.GET, hands)
    context: dict[str, Any] = {"asked": asked, "logins": hands.logins}
    if asked.act is not None:
        look, persons = persons_of(asked.wanted, asked.act, after=asked.after, limit=PERSONS)
        if look is None:
            raise Http404(asked.act)
        more = persons[-1] if len(persons) == PERSONS else None
        context |= {"look": look, "persons": persons, "more": more}
    else:
        found = looks(asked.wanted, before=asked.before, limit=LINES)
        persons = [person for look in found.looks for person in look.persons]
        context |= {"found": found}
    context["names"] = names_of(persons, request.sitting.as_of) if _reads(hands) else {}
    return TemplateResponse(request, "desk/access/log.html", context)


def _reads(hands: Hands) -> bool:
    return hands.sitting.holds(*scope.READS)


def _asked(query: QueryDict, hands: Hands) -> Asked:
    day, fault = None, ""
    typed = query.get("day", "").strip()[:40]
    try:
        day = vietnamese.parse_date(typed) if typed else None
    except vietnamese.BadText as refused:
        fault = said(refused)
    # Who reads members sees what concerns those in sight, whoever looked; who only administers,
    # what the logins in hand did.
    reads = _reads(hands)
    everything = not reads or sees_everything()
    wanted = Wanted(
        logins=None if reads else tuple(hands.logins),
        login=query.get("login", "")[:150],
        day=day,
        person=_number(query, "person"),
        units=None if everything else tuple(sorted(hands.sitting.units)),
    )
    after = _number(query, "after") or 0
    return Asked(wanted, _number(query, "before"), _number(query, "act"), after, typed, fault)


def _number(query: QueryDict, name: str) -> int | None:
    told = query.get(name, "").replace(".", "").strip()
    return int(told) if told.isdecimal() and len(told) < 16 else None
