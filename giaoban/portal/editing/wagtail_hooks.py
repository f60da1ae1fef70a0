"""What the house changes in Wagtail's screens, at the places that Wagtail keeps open for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem, help_menu

from giaoban.portal.editing.checker import check_as_the_house_does
from giaoban.portal.editing.errors import SectionNotTheirs
from giaoban.portal.editing.hands import Hand
from giaoban.portal.editing.panels import MyDraftsPanel
from giaoban.portal.pages.models import ArticlePage

# Ways out to the maker's own site.
OUTSIDE = ("whats-new-in-wagtail", "editor-guide")


def sections_are_opened_by_who_publishes(
    request: HttpRequest, parent: Any, kind: type
) -> HttpResponse | None:
    """Articles are written by everybody; what readers find them under is decided by few."""
    if issubclass(kind, ArticlePage) or parent.permissions_for_user(request.user).can_publish():
        return None
    messages.error(request, str(SectionNotTheirs()))
    return redirect("wagtailadmin_explore", parent.pk)


def a_menu_for_each_hand(request: HttpRequest, items: list[MenuItem]) -> None:
    """Who writes their own articles has nothing to oversee. Of the help only what is here stays:
    the editors' server may have no way into the network, and needs none."""
    held = set(request.user.groups.values_list("name", flat=True))
    oversees = held & {Hand.EDITOR.group_name, Hand.PUBLISHER.group_name}
    hidden = {"help"} if oversees else {"help", "reports"}
    items[:] = [item for item in items if item.name not in hidden]
    items += [item for item in help_menu.registered_menu_items if not item.name.startswith(OUTSIDE)]


def my_drafts(_request: HttpRequest, panels: list[Any]) -> None:
    """After what waits for somebody's word, what somebody has begun. Edits of all kinds, which
    Wagtail lists, would tell the same again."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") != "recent_edits"]
    panels.append(MyDraftsPanel())


def what_waits_alone(_request: HttpRequest, items: list[Any]) -> None:
    """How many pages and pictures there are asks nothing of anybody; what a slice counts does."""
    items[:] = [item for item in items if not type(item).__module__.startswith("wagtail.")]


def look() -> str:
    """Paper, ink and one red, as at every door."""
    return format_html('<link rel="stylesheet" href="{}">', static("portal/editing/editing.css"))


def beginnings() -> str:
    """What Wagtail begins from inside a page, begun from a file instead; and names for what it
    draws without one."""
    return format_html_join(
        "", '<script src="{}"></script>',
        [(static(f"portal/editing/{name}.js"),) for name in ("editing", "names")],
    )  # fmt: skip


# Called, for as a decorator what has no types would take a function's own away.
hooks.register("before_create_page", sections_are_opened_by_who_publishes)
hooks.register("construct_homepage_panels", my_drafts)
hooks.register("insert_global_admin_css", look)
hooks.register("insert_global_admin_js", beginnings)
hooks.register("construct_main_menu", a_menu_for_each_hand)
# After all who add something.
hooks.register("construct_homepage_summary_items", what_waits_alone, order=100)
hooks.register("construct_wagtail_userbar", check_as_the_house_does)
