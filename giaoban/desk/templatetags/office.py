"""What templates say of the office: names as lists show them, values of any kind, addresses that
keep the day a page shows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from giaoban import vietnamese
from giaoban.desk.door import KNOWN, ON, Sitting
from giaoban.journal.writing import VIETNAM
from giaoban.people.queries import Name
from giaoban.units.queries import UnitLife

register = template.Library()


@register.filter
def shown(value: Any) -> str:
    """A value of any kind as a table shows it: a day, a number, a text; nothing is a dash."""
    if value is None or value == "":
        return vietnamese.MISSING
    if isinstance(value, datetime):
        return f"{value.astimezone(VIETNAM):%H:%M} {vietnamese.format_date(value.date())}"
    if isinstance(value, date):
        return vietnamese.format_date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return vietnamese.format_number(value)
    return str(value)


@register.simple_tag
def member_name(name: Name) -> SafeString | str:
    """A member's name with the given name set off, since lists are in its order."""
    if name.full is None or not name.given:
        return str(name)
    before, found, after = name.full.rpartition(name.given)
    if not found:
        return name.full
    return format_html("{}<b>{}</b>{}", before, found, after)


@register.simple_tag
def unit_named(units: dict[int, UnitLife], unit: int) -> str:
    """A unit's name out of those that the view has looked up."""
    return units[unit].name


@register.simple_tag(takes_context=True)
def query_of_time(context: template.Context) -> str:
    """The part of the address that says which day and which state of the books are shown."""
    request: HttpRequest = context["request"]
    told = {name: request.GET[name] for name in (ON, KNOWN) if request.GET.get(name)}
    return f"?{urlencode(told)}" if told else ""


@register.inclusion_tag("desk/parts/past.html", takes_context=True)
def asof(context: template.Context) -> dict[str, Any]:
    """The bar with the day a page shows and the state of the books; keeps the rest of the address.

    What was typed and can't be read is shown again with the reason.
    """
    request: HttpRequest = context["request"]
    sitting: Sitting = context["sitting"]
    rest = [(name, value) for name, values in request.GET.lists() for value in values
            if name not in (ON, KNOWN, "page", "after")]  # fmt: skip
    return {
        "request": request,
        "on": sitting.as_of.on,
        "known": sitting.known_on or sitting.today,
        "is_past": sitting.past,
        "keep": rest,
        "error": sitting.unread,
        "typed_on": request.GET.get(ON, ""),
        "typed_known": request.GET.get(KNOWN, ""),
    }
