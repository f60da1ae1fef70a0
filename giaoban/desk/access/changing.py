"""Acts on logins and appointments: create, give a password, close, open, appoint, end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.desk.access.forms import Appointing, Ending, NewLogin, refuse
from giaoban.desk.access.hands import Hands
from giaoban.desk.access.views import login_context
from giaoban.desk.door import DeskRequest, Sitting, page
from giaoban.journal.errors import RuleBroken
from giaoban.people import logins, scope
from giaoban.people.actions import appoint_login, end_appointment
from giaoban.people.appointments import Charge
from giaoban.people.models import Role
from giaoban.vietnamese import format_number


@page(*scope.APPOINTS)
def create(request: DeskRequest) -> HttpResponse:
    """Create a login; its first password is shown once, to be printed."""
    form = NewLogin(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = logins.first_password()
        try:
            made = logins.create_login(
                form.cleaned_data["name"], password=password, must_change=True,
                by=request.sitting.by,
            )  # fmt: skip
        except RuleBroken as refused:
            refuse(form, refused)
        else:
            return _printed(request, made, password)
    return TemplateResponse(request, "desk/access/create.html", {"form": form})


@require_POST
@page(*scope.APPOINTS)
def give_password(request: DeskRequest, login: str) -> HttpResponse:
    """Give a login a new first password, shown once."""
    password = logins.first_password()
    answer = _refused(request, login, lambda by: logins.set_password(login, password, by=by))
    return answer or _printed(request, login, password)


@require_POST
@page(*scope.APPOINTS)
def drop_second_step(request: DeskRequest, login: str) -> HttpResponse:
    """Take the second step from a login whose phone is lost."""
    answer = _refused(request, login, lambda by: logins.drop_second_step(login, by=by))
    said = _("The login {login} signs in by password alone now.").format(login=login)
    return answer or _to_login(request, login, said)


@require_POST
@page(*scope.APPOINTS)
def close(request: DeskRequest, login: str) -> HttpResponse:
    """Let a login sign in no more."""
    answer = _refused(request, login, lambda by: logins.deactivate_login(login, by=by))
    said = _("The login {login} is closed; its sessions have ended.").format(login=login)
    return answer or _to_login(request, login, said)


@require_POST
@page(*scope.APPOINTS)
def reopen(request: DeskRequest, login: str) -> HttpResponse:
    """Let a login sign in again."""
    answer = _refused(request, login, lambda by: logins.activate_login(login, by=by))
    said = _("The login {login} signs in again.").format(login=login)
    return answer or _to_login(request, login, said)


@page(*scope.APPOINTS)
def appoint(request: DeskRequest) -> HttpResponse:
    """Put a login in charge of a unit."""
    hands = Hands(request.sitting)
    asked = {name: request.GET[name] for name in ("login", "unit") if name in request.GET}
    form = Appointing(request.POST or None, hands=hands, initial=asked)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        answer = _recorded(request, form, told["login"], lambda by: appoint_login(
            told["login"], told["unit"], Role(told["role"]), on=told["on"], basis=form.basis,
            key=told["key"], by=by,
        ))  # fmt: skip
        if answer:
            return answer
    return TemplateResponse(request, "desk/access/appoint.html", {"form": form})


@page(*scope.APPOINTS)
def end(request: DeskRequest) -> HttpResponse:
    """End an appointment, named in the address by the entry that made it."""
    one, hands = _charge(request.sitting, request.GET.get("entry", ""))
    form = Ending(request.POST or None, today=request.sitting.today)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        answer = _recorded(request, form, one.login, lambda by: end_appointment(
            one.login, one.unit, one.role, on=told["on"], basis=form.basis, key=told["key"], by=by,
        ))  # fmt: skip
        if answer:
            return answer
    context = {"form": form, "one": one, "unit": hands.lives[one.unit]}
    return TemplateResponse(request, "desk/access/end.html", context)


def _charge(sitting: Sitting, entry: str) -> tuple[Charge, Hands]:
    hands = Hands(sitting)
    for one in hands.charges:
        if str(one.entry) == entry and one.unit in hands.appoints:
            return one, hands
    raise Http404(entry)


def _recorded(
    request: DeskRequest, form: Any, login: str, act: Callable[[Any], int]
) -> HttpResponse | None:
    """Record an act; None where it was refused, and the form says why."""
    try:
        number = act(request.sitting.by)
    except RuleBroken as refused:
        refuse(form, refused)
        return None
    said = _("Recorded, no. {n}.").format(n=format_number(number))
    return _to_login(request, login, said)


def _refused(request: DeskRequest, login: str, act: Callable[[Any], None]) -> HttpResponse | None:
    """Do something to a login in hand; a refusal is shown on its page."""
    hands = Hands(request.sitting)
    hands.require_seen(login)
    try:
        act(request.sitting.by)
    except RuleBroken as refused:
        context = {**login_context(hands, login), "fault": str(refused)}
        return TemplateResponse(request, "desk/access/login.html", context)
    return None


def _printed(request: DeskRequest, login: str, password: str) -> HttpResponse:
    context = {"login": login, "password": password}
    response = TemplateResponse(request, "desk/access/password.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _to_login(request: DeskRequest, login: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("desk:access-login", args=[login]))
