"""Watches over editors' sessions; readers have none."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from giaoban.browser.sessions import left_alone

EDITORS = "/bien-tap/"


class EditorsWatch:
    """The middleware: a session left alone ends; a first password is changed at the desk first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(EDITORS) and request.user.is_authenticated:
            if left_alone(request.session, timezone.now()):
                logout(request)
            elif request.user.must_change_password:
                return HttpResponseRedirect(settings.DESK_URL)
        return self.get_response(request)
