"""What the desk answers where it can't show a page: in words, in the look, saying nothing of what
there is."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from giaoban.desk.signing_in.landing import landing

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The address or what was sent can't be read."""
    return render(request, "400.html", status=400)


def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A page that the login's roles don't open. The first page of all leads to the first open."""
    if request.path == "/" and request.method == "GET" and request.user.is_authenticated:
        first = landing(request)
        if first != request.path:
            return HttpResponseRedirect(first)
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """No such page, or one outside the login's units: the answer is the same. A stranger is sent
    to sign in, and learns not even that."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return HttpResponseRedirect(reverse("account_login"))
    return render(request, "404.html", status=404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form that was not sent from our own page, or from one that had grown old."""
    return render(request, "403_csrf.html", status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """Too many tries in a short time."""
    return render(request, "429.html", status=429)


def broken(request: HttpRequest) -> HttpResponse:
    """A mistake of ours: a page with a code that stands in the server's log beside the mistake.
    It is drawn without the request, and where even that fails, said plainly."""
    ref = secrets.token_hex(3)
    logger.error("%s: %s %s", ref, request.method, request.path)
    try:
        page = render_to_string("500.html", {"ref": ref})
    except Exception:  # whatever broke the page must not break its excuse
        return HttpResponse(f"500 ({ref})\n", status=500, content_type="text/plain")
    return HttpResponse(page, status=500)
