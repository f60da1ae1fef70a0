"""Watches over sessions: one left alone ends, and a first password is changed before all else."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from giaoban.browser.sessions import left_alone

# What a login with a first password may still ask for.
OPEN = frozenset({
    "account_change_password", "account_set_password", "account_logout", "account_reauthenticate",
    "set_language", "healthz",
})  # fmt: skip


class SessionWatch:
    """The middleware; stands behind the one that knows who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if left_alone(request.session, timezone.now()):
                logout(request)
                messages.info(request, _("Signed out after a long pause. Sign in to go on."))
            elif request.user.must_change_password and not _open(request.path_info):
                return HttpResponseRedirect(reverse("account_change_password"))
        return self.get_response(request)


def _open(path: str) -> bool:
    try:
        return resolve(path).view_name in OPEN
    except Resolver404:
        return False
