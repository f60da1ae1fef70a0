"""What every page of the desk shows around its content: the way to the others, and who is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _

from giaoban.desk.door import Sitting, allows

# In the order of a day's work: (name of the address, label).
PAGES = (
    ("desk:overview", _("Overview")),
    ("desk:units", _("Organisations")),
    ("desk:members", _("Party members")),
    ("desk:acts", _("Record an act")),
    ("desk:journal", _("Journal")),
    ("desk:targets", _("Targets")),
    ("desk:figures", _("Figures")),
    ("desk:reports", _("Reports")),
    ("desk:intake", _("Bring in data")),
    ("desk:access", _("Access")),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A line of the navigation."""

    url: str
    label: Any
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Who:
    """The login at the desk and its roles in words."""

    name: str
    roles: str


def desk(request: HttpRequest) -> dict[str, Any]:
    """``nav``, ``who`` and ``sitting`` for the templates of pages behind the door."""
    sitting: Sitting | None = getattr(request, "sitting", None)
    if sitting is None:
        return {}
    roles = ", ".join(str(role.label) for role in sitting.roles)
    return {
        "sitting": sitting,
        "nav": list(_ways(request, sitting)),
        "who": Who(sitting.login, roles),
    }


def _ways(request: HttpRequest, sitting: Sitting) -> list[Way]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    found = []
    for name, label in PAGES:
        url = reverse(name)
        if allows(resolve(url).func, sitting.roles):
            # A page's own pages are named after it: desk:members, desk:members-person.
            found.append(Way(url, label, here == name or here.startswith(f"{name}-")))
    return found
