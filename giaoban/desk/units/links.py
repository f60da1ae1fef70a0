"""Addresses that keep the day a page shows, and those of pages that may not be there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from giaoban.desk.door import KNOWN, ON


def told_time(request: HttpRequest) -> dict[str, str]:
    """What the address says of the day and the state of the books."""
    return {name: request.GET[name] for name in (ON, KNOWN) if request.GET.get(name)}


def link(request: HttpRequest, name: str, *args: Any, **query: Any) -> str | None:
    """A page's address with a query and the day shown; None where there is no such page."""
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:
        return None
    told = {key: value for key, value in query.items() if value is not None}
    words = urlencode({**told, **told_time(request)}, doseq=True)
    return f"{url}?{words}" if words else url
