"""The login's own page, and ending one of its sessions."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.desk.door import DeskRequest
from giaoban.desk.signing_in.own import own_page, security_of
from giaoban.people.appointments import charges
from giaoban.units.queries import lives


@own_page
def account(request: DeskRequest) -> HttpResponse:
    """What a login signs in with, where it is signed in, and what it is in charge of."""
    sitting = request.sitting
    held = [
        one
        for one in charges(sitting.head.number, login=sitting.login)
        if one.holds_on(sitting.today)
    ]
    context: dict[str, Any] = {
        "security": security_of(request.user),
        "held": held,
        "units": lives({one.unit for one in held}, sitting.as_of),
    }
    return TemplateResponse(request, "desk/signing_in/account.html", context)


@login_required
def to_account(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The library's own overview is ours."""
    return HttpResponseRedirect(reverse("desk:account"))


@require_POST
@login_required
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    """End one of the login's own sessions; the one that asks ends by signing out."""
    found = get_object_or_404(UserSession, pk=session, user=request.user)
    if found.is_current():
        get_adapter(request).logout(request)
        return HttpResponseRedirect(reverse("account_login"))
    found.end()
    messages.success(request, _("The session has ended."))
    return HttpResponseRedirect(reverse("usersessions_list"))
