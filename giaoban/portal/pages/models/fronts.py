"""Pages that lead to others: the home and its sections."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class HomePage(Page):
    """The front page (trang chủ): what leads, what is new, the sections below it."""

    template = "portal/pages/home.html"
    max_count = 1
    subpage_types = ["portal_pages.SectionPage"]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("front page")


class SectionPage(Page):
    """A section (chuyên mục): its articles, the newest first."""

    template = "portal/pages/section.html"
    parent_page_types = ["portal_pages.HomePage"]
    subpage_types = ["portal_pages.ArticlePage"]
    show_in_menus_default = True
    content_panels = [*Page.content_panels]
    promote_panels = [FieldPanel("slug"), FieldPanel("show_in_menus"),
                      FieldPanel("search_description")]  # fmt: skip

    class Meta:
        verbose_name = _("section")
