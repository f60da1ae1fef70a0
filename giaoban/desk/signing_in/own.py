"""What the login's own page shows: its password, second step, keys, codes and sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import cast

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from giaoban.desk.door import DeskRequest, sit
from giaoban.people.models import Login, LoginChange
from giaoban.people.sight import in_sight


def own_page(
    view: Callable[[DeskRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let any signed-in login see a page of its own, whatever it is appointed to; no member is in
    sight there."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        desk = cast(DeskRequest, request)
        desk.sitting = sit(request.user.get_username(), request)
        with in_sight(()):
            response = view(desk)
            if isinstance(response, TemplateResponse):
                response.render()
        return response

    return guarded


@dataclass(frozen=True, slots=True)
class Security:
    """How a login is secured now."""

    password_at: datetime | None
    app_since: datetime | None
    keys: int
    codes_left: int
    codes: int
    sessions: int

    @property
    def two_step(self) -> bool:
        """Whether a second step is asked for at the sign-in."""
        return self.app_since is not None or self.keys > 0


def security_of(login: Login) -> Security:
    """Read it from the library's tables and from what was done to the login."""
    mine: dict[str, list[Authenticator]] = {}
    for one in Authenticator.objects.filter(user=login):
        mine.setdefault(one.type, []).append(one)
    app = mine.get(Authenticator.Type.TOTP, [])
    codes = mine.get(Authenticator.Type.RECOVERY_CODES, [])
    given = (LoginChange.What.CREATED, LoginChange.What.PASSWORD_GIVEN,
             LoginChange.What.PASSWORD_CHOSEN)  # fmt: skip
    last = (
        LoginChange.objects.filter(login_name=login.username, what__in=given)
        .order_by("-at")
        .first()
    )
    return Security(
        password_at=last.at if last else None,
        app_since=app[0].created_at if app else None,
        keys=len(mine.get(Authenticator.Type.WEBAUTHN, [])),
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else 0,
        codes=len(codes[0].wrap().generate_codes()) if codes else 0,
        sessions=_open_sessions(login),
    )


def _open_sessions(login: Login) -> int:
    keys = UserSession.objects.filter(user=login).values("session_key")
    return Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).count()
