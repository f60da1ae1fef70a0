"""Who is in charge of what, the logins, and one login with its history."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse

from giaoban import vietnamese
from giaoban.desk.access.hands import SEES, Hands
from giaoban.desk.door import DeskRequest, page
from giaoban.people.appointments import Charge, charges, logins
from giaoban.people.models import LoginChange
from giaoban.units.queries import tree_on

LINES = 100
CHANGES = 50


@page(*SEES)
def in_charge(request: DeskRequest) -> HttpResponse:
    """The appointments that hold on the day, or all that ever did, in the order of the tree."""
    hands = Hands(request.sitting)
    past = request.GET.get("all") == "1"
    text = request.GET.get("q", "")[:100]
    found = _asked(hands, text, past=past)
    context = {
        "text": text, "past": past, "hands": hands, "units": hands.lives,
        "page": Paginator(found, LINES).get_page(request.GET.get("page")),
    }  # fmt: skip
    return TemplateResponse(request, "desk/access/in_charge.html", context)


def _asked(hands: Hands, text: str, *, past: bool) -> list[Charge]:
    folded = vietnamese.fold(text)
    as_of = hands.sitting.as_of
    order = {unit: at for at, unit in enumerate(tree_on(as_of).ids.tolist())}
    found = [
        one
        for one in hands.charges
        if (past or one.holds_on(as_of.on))
        and (folded in vietnamese.fold(one.login)
             or folded in vietnamese.fold(hands.lives[one.unit].name))
    ]  # fmt: skip
    return sorted(found, key=lambda one: (order.get(one.unit, len(order)), one.role, one.since))


@page(*SEES)
def all_logins(request: DeskRequest) -> HttpResponse:
    """The logins of the units in hand, and those that are in charge of nothing yet."""
    hands = Hands(request.sitting)
    held: dict[str, list[Charge]] = defaultdict(list)
    for one in hands.charges:
        if one.holds_on(request.sitting.today):
            held[one.login].append(one)
    told = list(logins(hands.logins).values())
    page = Paginator(told, LINES).get_page(request.GET.get("page"))
    second = _second([state.name for state in page])
    rows = [(state, held.get(state.name, []), state.name in second) for state in page]
    context = {"page": page, "rows": rows, "units": hands.lives, "hands": hands}
    return TemplateResponse(request, "desk/access/logins.html", context)


def _second(names: list[str]) -> set[str]:
    """Which of these logins have a second step or a passkey."""
    asked = Authenticator.objects.filter(
        user__username__in=names,
        type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN],
    )
    return set(asked.values_list("user__username", flat=True))


@page(*SEES)
def one_login(request: DeskRequest, login: str) -> HttpResponse:
    """One login: how it stands, what it was and is in charge of, and what was done to it."""
    hands = Hands(request.sitting)
    hands.require_seen(login)
    return TemplateResponse(request, "desk/access/login.html", login_context(hands, login))


def login_context(hands: Hands, login: str) -> dict[str, Any]:
    """What the page of a login shows: only its appointments to units in hand."""
    held = [one for one in hands.charges if one.login == login]
    everything = charges(hands.sitting.as_of.known, login=login)
    return {
        "login": logins([login])[login],
        "held": sorted(held, key=lambda one: (one.until is not None, one.since)),
        "today": hands.sitting.today,
        "elsewhere": len(everything) - len(held),
        "units": hands.lives,
        "keeps": hands.keeps(login),
        "own": login == hands.sitting.login,
        "appoints": hands.appoints,
        "second": bool(_second([login])),
        "changes": LoginChange.objects.filter(login_name=login).order_by("-at", "-id")[:CHANGES],
    }
