"""What every page of the site shows around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from giaoban.portal.pages.models import SectionPage, SiteFacts


def site(request: HttpRequest) -> dict[str, Any]:
    """``facts`` about the site, the address of its ``front`` page and its ``sections``, for public
    pages."""
    if request.path_info.startswith("/bien-tap/"):
        return {}
    found = Site.find_for_request(request)
    if found is None:
        return {}
    home = found.root_page
    return {
        "facts": SiteFacts.for_site(found),
        "front": home.get_url(request),
        "sections": SectionPage.objects.child_of(home).live().in_menu(),
    }
