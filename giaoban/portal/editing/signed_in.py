"""Who has signed in at the desk is signed in here; nobody signs in here.

The two doors have one table of sessions. The desk's sessions name a backend of the sign-in library,
which the portal doesn't carry, so a session is read here by hand, as Django's own middleware does.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from giaoban.people.models import Login

AT_THE_DESK = "allauth.account.auth_backends.AuthenticationBackend"


class PermissionsOnly(ModelBackend):
    """Says what a login may do by its groups, and takes no password: second steps and limits of
    tries are the desk's."""

    def authenticate(self, *_args: Any, **_told: Any) -> None:
        """Nobody, whatever is told."""


class DeskSessions(AuthenticationMiddleware):
    """``request.user`` from the session that the desk has opened."""

    def process_request(self, request: HttpRequest) -> None:
        """Look when first asked: readers have no session, and none is looked for."""
        request.user = SimpleLazyObject(lambda: signed_in(request))  # type: ignore[assignment]  # stands for one


def signed_in(request: HttpRequest) -> Login | AnonymousUser:
    """The login of a request's session, unless it is closed or gone, or has a new password."""
    session = request.session
    if session.get(BACKEND_SESSION_KEY) not in (AT_THE_DESK, *settings.AUTHENTICATION_BACKENDS):
        return AnonymousUser()
    login = Login.objects.filter(pk=session.get(SESSION_KEY, 0), is_active=True).first()
    told = session.get(HASH_SESSION_KEY, "")
    if login is None or not constant_time_compare(told, login.get_session_auth_hash()):
        return AnonymousUser()
    return login
