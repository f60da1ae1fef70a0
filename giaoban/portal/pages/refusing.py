"""What the portal answers where it can't show a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """There is no such page."""
    return render(request, "portal/pages/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A mistake of ours."""
    return render(request, "portal/pages/500.html", status=500)
