"""Watches over editors' sessions; readers have none.

Who has a hand in the site is looked at once a session, and again when the journal has moved on or
some minutes have passed: an appointment that was ended is felt at the next page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from giaoban.browser.sessions import left_alone
from giaoban.journal.queries import head
from giaoban.journal.writing import VIETNAM
from giaoban.people.scope import contact_for
from giaoban.portal.editing.arranging import arrange_editing, arranged
from giaoban.portal.editing.hands import Hand, settle_hands, site_unit
from giaoban.portal.editing.policy import editors_policy

EDITORS = "/bien-tap/"
# Stands in a session: the journal's last entry and the minute that the hands were settled at, and
# which they are.
SETTLED = "hands"
SETTLED_FOR_SECONDS = 300


class EditorsWatch:
    """The middleware: a session left alone ends; a first password is changed at the desk first;
    who has no hand in the site comes no further."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say why not."""
        if not request.path_info.startswith(EDITORS):
            return self.get_response(request)
        response = self._stopped(request) or self.get_response(request)
        return editors_policy(response)

    def _stopped(self, request: HttpRequest) -> HttpResponse | None:
        now = timezone.now()
        if request.user.is_authenticated and left_alone(request.session, now):
            logout(request)
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if request.user.must_change_password:
            return HttpResponseRedirect(settings.DESK_URL)
        if not hands_now(request, now):
            return no_hand(request, now)
        return None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the desk, which sends its logins back to where they wanted to go; a script is told."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest" or request.method != "GET":
        return HttpResponse(status=403)
    back = urlencode({"next": f"{settings.PORTAL_URL}{request.get_full_path()}"})
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{back}")


def hands_now(request: HttpRequest, now: datetime) -> frozenset[Hand]:
    """The hands of the login of a session, settled anew where they may have changed."""
    newest, at = head().number, int(now.timestamp())
    known, since, held = request.session.get(SETTLED, (-1, 0, ()))
    if known == newest and at - since < SETTLED_FOR_SECONDS:
        return frozenset(Hand[name] for name in held)
    if not arranged():
        arrange_editing()
    today = now.astimezone(VIETNAM).date()
    found = settle_hands(request.user.get_username(), on=today, known=newest)
    request.session[SETTLED] = (newest, at, sorted(hand.name for hand in found))
    return found


def no_hand(request: HttpRequest, now: datetime) -> HttpResponse:
    """A login that writes nothing here: whom to ask, and the way back to the desk."""
    unit = site_unit()
    today = now.astimezone(VIETNAM).date()
    contact = "–" if unit is None else contact_for(unit, on=today, known=head().number)
    told = {"contact": contact, "desk": settings.DESK_URL, "login": request.user.get_username()}
    return render(request, "portal/editing/no_hand.html", told, status=403)
