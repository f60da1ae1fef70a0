"""What the portal answers where it can't show a page."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import get_language
from wagtail.models import Site

from giaoban.portal.pages.finding import Hit, search
from giaoban.portal.pages.models import ArticlePage

NEAR_SHOWN = 5
LONGEST_ADDRESS = 200


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """There is no such page; what is like its address is offered, and what is new."""
    site = Site.find_for_request(request)
    newest = (
        ArticlePage.objects.listed().descendant_of(site.root_page)[:NEAR_SHOWN].with_sections()
        if site else []
    )  # fmt: skip
    told = {"near": _near(request.path_info), "newest": newest}
    return render(request, "portal/pages/404.html", told, status=404)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A mistake of ours. The page asks nothing of the database, which may be what is broken."""
    page = get_template("portal/pages/500.html").render({"language": get_language() or "vi"})
    return HttpResponse(page, status=500)


def _near(path: str) -> list[Hit]:
    """What holds the words of the address' last part, which is a headline without marks."""
    last = unquote(path[:LONGEST_ADDRESS]).strip("/").rpartition("/")[2]
    words = re.sub(r"\.\w+$|[^\w]|_|\d{5,}", " ", last).replace("\x00", " ")
    return search(words, size=NEAR_SHOWN).found
