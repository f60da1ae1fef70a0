"""What Wagtail is told of living figures: the editor's feature, menus, screens, notices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.editors.draftail import features as draftail
from wagtail.models import Page

from giaoban.portal.living import choosing, correcting_views, editors_views
from giaoban.portal.living.citeable import refusal
from giaoban.portal.living.citing import FIGURE, keys_cited
from giaoban.portal.living.publishing import PUBLISH
from giaoban.portal.living.queries import fates
from giaoban.portal.living.rich_text import CONVERSION, ENTITY, FigureEmbedHandler


@hooks.register("register_rich_text_features")  # type: ignore[untyped-decorator]  # untyped library
def figures_in_sentences(features: Any) -> None:
    """The feature "figure": a number of a public report in a sentence."""
    features.register_embed_type(FigureEmbedHandler)
    features.register_converter_rule("contentstate", FIGURE, CONVERSION)
    features.register_editor_plugin(
        "draftail",
        FIGURE,
        draftail.EntityFeature(
            {
                "type": ENTITY, "icon": "table", "description": gettext_lazy("Figure of a report"),
                "chooserUrls": {"figureChooser": reverse_lazy("portal_living_choose")},
                # A figure is what it is; what is pasted is words.
                "attributes": ["issue", "address", "text", "said"],
                "allowlist": {"issue": True, "address": True},
            },
            js=["portal/figure-chooser.js"],
            css={"all": ["portal/figure-editing.css"]},
        ),
    )  # fmt: skip


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # untyped library
def screens() -> list[URLPattern]:
    """The editors' screens."""
    return [
        path("so-lieu/chon/", choosing.choose, name="portal_living_choose"),
        path("bao-cao/", editors_views.public_reports, name="portal_living_reports"),
        path("so-lieu-da-khac/", correcting_views.learned, name="portal_living_learned"),
    ]


class _ReportsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Publishers make reports public."""
        return bool(request.user.has_perm(PUBLISH))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]  # untyped library
def reports_item() -> MenuItem:
    """The way to the reports."""
    url = reverse_lazy("portal_living_reports")
    return _ReportsItem(gettext_lazy("Public reports"), url, icon_name="doc-full", order=320)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]  # untyped library
def learned_item() -> MenuItem:
    """The way to what is known otherwise."""
    url = reverse_lazy("portal_living_learned")
    return MenuItem(
        gettext_lazy("Figures known otherwise"), url, name="learned", icon_name="history", order=330
    )


@hooks.register("after_edit_page")  # type: ignore[untyped-decorator]  # untyped library
@hooks.register("after_create_page")  # type: ignore[untyped-decorator]  # untyped library
def say_what_was_withdrawn(request: HttpRequest, page: Page) -> None:
    """Tell an editor whose page cites a report that is no longer in force."""
    for fate in fates({issue for issue, _address in keys_cited(page)}).values():
        if said := refusal(fate):
            messages.warning(request, said)
