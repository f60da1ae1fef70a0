"""Where comments stand among the editors' screens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, register_converter, reverse
from django.urls.converters import SlugConverter
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.site_summary import SummaryItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from giaoban.portal.comments import moderation
from giaoban.portal.comments.models import DeclineReason, State
from giaoban.portal.comments.moderation import LISTS, MAY_MODERATE
from giaoban.portal.comments.queries import how_many


class ListOf(SlugConverter):
    """A list of comments in an address."""

    regex = "|".join(LISTS)


register_converter(ListOf, "list_of_comments")


class CommentsItem(MenuItem):
    """The item of the menu, for whoever moderates."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this login does."""
        return request.user.has_perm(MAY_MODERATE)


class WaitingItem(SummaryItem):
    """How many comments wait, on the editors' first page."""

    order = 300
    template_name = "portal/comments/moderation/summary.html"

    def is_shown(self) -> bool:
        """Whether this login moderates."""
        return bool(self.request.user.has_perm(MAY_MODERATE))

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - Wagtail's signature
        """``n``: how many wait."""
        return {"n": how_many()[State.WAITING]}


class ReasonsViewSet(SnippetViewSet):
    """The reasons for declining, among the editors' lists."""

    model = DeclineReason
    icon = "list-ul"
    list_display = ["words_vi", "from_on", "until_on"]
    panels = [
        FieldPanel("words_vi"), FieldPanel("words_en"), FieldPanel("from_on"),
        FieldPanel("until_on"),
    ]  # fmt: skip


register_snippet(ReasonsViewSet)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # untyped library
def addresses() -> list[URLPattern | URLResolver]:
    """The pages of moderation, for whoever may enter."""
    own = [
        path("", moderation.queue, name="waiting"),
        path("nhat-ky/", moderation.log, name="log"),
        path("<list_of_comments:of>/", moderation.queue, name="queue"),
    ]
    return [path("y-kien/", include((own, "comments_moderation")))]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]  # untyped library
def comments_item() -> CommentsItem:
    """Readers' comments in the menu."""
    address = reverse("comments_moderation:waiting")
    return CommentsItem(
        pgettext_lazy("readers", "Comments"),
        address,
        icon_name="comment",
        name="comments",
        order=640,
    )


@hooks.register("construct_homepage_summary_items")  # type: ignore[untyped-decorator]  # untyped library
def waiting_item(request: HttpRequest, items: list[SummaryItem]) -> None:
    """The number that waits beside those of pages and pictures."""
    items.append(WaitingItem(request))
