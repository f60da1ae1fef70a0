"""What the house changes in Wagtail's screens, at the places that Wagtail keeps open for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from giaoban.portal.editing.errors import SectionNotTheirs
from giaoban.portal.editing.panels import MyDraftsPanel
from giaoban.portal.pages.models import ArticlePage

# Ways out to the maker's own site.
OUTSIDE = ("whats-new-in-wagtail-version", "editor-guide")


def sections_are_opened_by_who_publishes(
    request: HttpRequest, parent: Any, kind: type
) -> HttpResponse | None:
    """Articles are written by everybody; what readers find them under is decided by few."""
    if issubclass(kind, ArticlePage) or parent.permissions_for_user(request.user).can_publish():
        return None
    messages.error(request, str(SectionNotTheirs()))
    return redirect("wagtailadmin_explore", parent.pk)


def no_way_out(_request: HttpRequest, items: list[MenuItem]) -> None:
    """The editors' server may have no way into the network, and needs none."""
    items[:] = [item for item in items if not item.name.startswith(OUTSIDE)]


def my_drafts(_request: HttpRequest, panels: list[Any]) -> None:
    """After what waits for somebody's word, what somebody has begun."""
    panels.append(MyDraftsPanel())


def look() -> str:
    """Paper, ink and one red, as at every door."""
    return format_html('<link rel="stylesheet" href="{}">', static("portal/editing/editing.css"))


def beginnings() -> str:
    """What Wagtail begins from inside a page, begun from a file instead."""
    return format_html('<script src="{}"></script>', static("portal/editing/editing.js"))


# Called, for as a decorator what has no types would take a function's own away.
hooks.register("before_create_page", sections_are_opened_by_who_publishes)
hooks.register("construct_help_menu", no_way_out)
hooks.register("construct_homepage_panels", my_drafts)
hooks.register("insert_global_admin_css", look)
hooks.register("insert_global_admin_js", beginnings)
