"""Pages that lead to others: the home and its sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from giaoban.portal.caching import depends
from giaoban.portal.pages.addresses import FoldedAddress
from giaoban.portal.pages.linked import site_data
from giaoban.portal.pages.models.articles import ArticlePage
from giaoban.portal.pages.models.papers import OfficialDocument
from giaoban.portal.pages.models.pictures import with_sizes
from giaoban.portal.pages.models.site import SiteFacts
from giaoban.portal.pages.paging import page_of

NEWEST_SHOWN = 7
OF_A_SECTION_SHOWN = 4
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """A section on the front page: the article that leads it, and those below."""

    section: Page
    first: ArticlePage
    others: Sequence[ArticlePage]


class FrontFigure(Orderable):
    """A figure on the front page, with the words below it."""

    page = ParentalKey("portal_pages.HomePage", related_name="figures")
    figure = RichTextField(_("figure"), features=["figure"], max_length=100)
    words = models.CharField(_("what it counts"), max_length=80)

    panels = [FieldPanel("figure"), FieldPanel("words")]


class HomePage(Page):
    """The front page (trang chủ): what leads, what is new, the sections below it."""

    template = "portal/pages/home.html"
    max_count = 1
    subpage_types = ["portal_pages.SectionPage"]
    show_in_menus_default = True

    leading = models.ForeignKey(
        "portal_pages.ArticlePage", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("leading article"), help_text=_("Left empty, the newest one leads."),
    )  # fmt: skip
    figures_note = RichTextField(
        _("line below the figures"), features=["link", "document-link"], blank=True, max_length=300
    )

    content_panels = [
        *Page.content_panels,
        PageChooserPanel("leading", "portal_pages.ArticlePage"),
        MultiFieldPanel(
            [
                InlinePanel("figures", label=_("figure"), max_num=4),
                FieldPanel("figures_note"),
            ],
            _("Figures of the period"),
        ),
    ]

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What ``home.html`` shows, and of what it is made."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        articles = ArticlePage.objects.listed().descendant_of(self)
        newest = articles[: NEWEST_SHOWN + 1].with_sections()
        lead = self._lead(newest, articles) or (newest[0] if newest else None)
        desks = list(_desks(self, lead))
        with_sizes(*(one.picture for one in [lead, *(desk.first for desk in desks)] if one))
        depends(request, "site", "latest", "papers", f"page:{self.pk}")
        return context | {
            "here": "home", "lead": lead,
            "newest": [one for one in newest if one != lead][:NEWEST_SHOWN],
            "desks": desks,
            "updated_at": newest[0].published_at if newest else None,
            "papers": OfficialDocument.objects.filter(shown=True).select_related("file")[:5],
            "data": site_data(request, SiteFacts.for_request(request)),
        }  # fmt: skip

    def _lead(self, newest: Iterable[ArticlePage], articles: Any) -> ArticlePage | None:
        """The one that the editors let lead; it is among the newest as a rule."""
        if self.leading_id is None:
            return None
        known = [one for one in newest if one.pk == self.leading_id]
        found = known or articles.filter(pk=self.leading_id).with_sections()
        return found[0] if found else None


def _desks(home: HomePage, lead: ArticlePage | None) -> list[Desk]:
    found = []
    for section in SectionPage.objects.child_of(home).live().public().in_menu():
        articles = ArticlePage.objects.listed().child_of(section)
        shown = list(articles.exclude(pk=lead.pk if lead else None)[:OF_A_SECTION_SHOWN])
        if shown:
            # With a picture first, if any has one.
            first = next((one for one in shown if one.picture), shown[0])
            others = [one for one in shown if one != first]
            found.append(Desk(section, first, others))
    return found


class SectionPage(FoldedAddress):
    """A section (chuyên mục): its articles, the newest first, page by page (``?trang=2``)."""

    template = "portal/pages/section.html"
    parent_page_types = ["portal_pages.HomePage"]
    subpage_types = ["portal_pages.ArticlePage"]
    show_in_menus_default = True
    content_panels = [*Page.content_panels]
    promote_panels = [FieldPanel("slug"), FieldPanel("show_in_menus"),
                      FieldPanel("search_description")]  # fmt: skip

    class Meta:
        verbose_name = _("section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What ``section.html`` shows, and of what it is made; a page that is none is a 404."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = Paginator(ArticlePage.objects.listed().child_of(self), PAGE_SIZE)
        depends(request, "site", f"page:{self.pk}", f"section:{self.pk}")
        return context | {"here": self.pk, "articles": page_of(pages, request)}
