"""The door of every page: who sits at the desk, what is in their sight, as of when.

A page is a plain function behind ``page``. It runs in one transaction in which the database shows
no person outside the login's units, whatever the page asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language

from giaoban import vietnamese
from giaoban.journal.queries import AsOf, Head, head, head_known_on
from giaoban.journal.writing import VIETNAM, Recorder
from giaoban.people import scope
from giaoban.people.models import Login, Role
from giaoban.people.sight import in_sight
from giaoban.units.errors import UnitUnknown
from giaoban.units.queries import unit_by_code

EVERY_ROLE = tuple(Role)
ON, KNOWN = "on", "known"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One request of a signed-in login.

    ``units`` are those in sight (``scope.units_in_sight``), ``documents`` those whose issued
    documents are, for an editor cites what is issued and looks behind no number. ``as_of`` is what
    the page shows: today and all that is recorded, unless the address names a day (``on``) or a
    state of the journal (``known``, the day by whose end it was recorded). ``unread`` says why one
    of them could not be taken; then the page shows today.
    """

    login: str
    now: datetime
    roles: dict[Role, frozenset[int]]
    units: frozenset[int]
    documents: frozenset[int]
    head: Head
    as_of: AsOf
    on: date | None
    known_on: date | None
    unread: str = ""

    @property
    def today(self) -> date:
        """The day in Vietnam."""
        return self.now.astimezone(VIETNAM).date()

    @property
    def by(self) -> Recorder:
        """The login as the one who records."""
        return Recorder(self.login, self.now)

    @property
    def past(self) -> bool:
        """Whether the page shows another day than today or less than all that is recorded."""
        return self.on is not None or self.known_on is not None

    def holds(self, *roles: Role) -> bool:
        """Whether the login is appointed in one of these roles anywhere."""
        return any(role in self.roles for role in roles)

    def unit(self, code: str) -> int:
        """The id of a unit in sight; any other is not found, and it is not said which exist."""
        try:
            unit = unit_by_code(code)
        except UnitUnknown as unknown:
            raise Http404(code) from unknown
        if unit not in self.units:
            raise Http404(code)
        return unit


class DeskRequest(HttpRequest):
    """A request that came through the door."""

    user: Login
    sitting: Sitting
    htmx: Any


P = ParamSpec("P")
View = Callable[Concatenate[DeskRequest, P], HttpResponse]
GuardedView = Callable[Concatenate[Any, P], HttpResponse]


def page(*roles: Role) -> Callable[[View[P]], GuardedView[P]]:
    """Let a view see to signed-in logins appointed in one of ``roles`` (those who read members
    by default), within what is in their sight."""
    allowed = roles or scope.READS

    def guard(view: View[P]) -> GuardedView[P]:
        @wraps(view)
        def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            desk = cast(DeskRequest, request)
            desk.sitting = sit(request.user.username, request)
            if not desk.sitting.holds(*allowed):
                raise PermissionDenied
            sitting = desk.sitting
            with in_sight(sitting.units, sitting.login, documents=sitting.documents):
                response = view(desk, *args, **kwargs)
                if isinstance(response, TemplateResponse):
                    response.render()
                if response.status_code >= 500:
                    transaction.set_rollback(True)
            return response

        guarded.allowed = allowed  # type: ignore[attr-defined]  # for the navigation
        return cast(GuardedView[P], guarded)

    return guard


def sit(login: str, request: HttpRequest) -> Sitting:
    """Who sits here, and as of when."""
    now = timezone.now()
    today = now.astimezone(VIETNAM).date()
    newest = head()
    unread = ""
    try:
        on, known_on = _day(request, ON, today), _day(request, KNOWN, today)
    except vietnamese.BadText as refused:
        on = known_on = None
        unread = refused.in_english() if english() else str(refused)
    known = newest if known_on is None else head_known_on(known_on)
    roles = scope.roles_of(login, on=today, known=newest.number)
    units, cited = (
        scope.units_in_sight(login, on=today, known=newest.number, roles=asked)
        if any(role in roles for role in asked) else frozenset()
        for asked in (scope.READS, scope.CITES)
    )  # fmt: skip
    return Sitting(
        login=login,
        now=now,
        roles=roles,
        units=units,
        documents=cited,
        head=known,
        as_of=AsOf(on or today, known.number),
        on=on,
        known_on=known_on,
        unread=unread,
    )


def _day(request: HttpRequest, name: str, today: date) -> date | None:
    """A day of the address; today and what lies ahead is as good as nothing said."""
    told = request.GET.get(name, "").strip()
    day = vietnamese.parse_date(told) if told else None
    return day if day is not None and day < today else None


def english() -> bool:
    """Whether the page is shown in English."""
    return (get_language() or "vi").startswith("en")


def allows(view: Any, held: Iterable[Role]) -> bool:
    """Whether a guarded view lets in whoever holds these roles."""
    return any(role in view.allowed for role in held)
