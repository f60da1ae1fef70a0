"""Lists page by page: ``?trang=2``."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import Http404, HttpRequest

PAGE_NUMBER = "trang"


def page_of(pages: Any, request: HttpRequest) -> Any:
    """The page of a list (a Paginator) that an address asks for; raises ``Http404``."""
    try:
        return pages.page(request.GET.get(PAGE_NUMBER, "1"))
    except (EmptyPage, PageNotAnInteger) as none:
        raise Http404 from none


def number_of(request: HttpRequest) -> int:
    """The number of the page that an address asks for, from 1; raises ``Http404``."""
    asked = request.GET.get(PAGE_NUMBER, "1")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) <= 10_000):
        raise Http404
    return int(asked)
