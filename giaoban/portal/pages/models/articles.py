"""An article: headline, time, lead, body, picture, byline; related ones and tags."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page

from giaoban.portal.pages.body import BODY_BLOCKS, LEAD_FEATURES


class ArticleTag(TaggedItemBase):
    """A tag at an article."""

    content_object = ParentalKey("portal_pages.ArticlePage", related_name="tagged")


class RelatedArticle(Orderable):
    """An article that another one points to, in the editors' order."""

    page = ParentalKey("portal_pages.ArticlePage", related_name="related")
    article = models.ForeignKey("portal_pages.ArticlePage", models.CASCADE, related_name="+")

    panels = [PageChooserPanel("article")]


class ArticlePage(Page):
    """An article (bài viết) of a section. Its title is the headline.

    ``published_at`` is the time that stands below the headline (08:11 29/10/2018); left empty, it
    is when the article was first published.
    """

    template = "portal/pages/article.html"
    parent_page_types = ["portal_pages.SectionPage"]
    subpage_types: list[str] = []
    show_in_menus_default = False

    published_at = models.DateTimeField(_("time of publication"), null=True, blank=True)
    lead = RichTextField(_("lead"), features=LEAD_FEATURES, max_length=1500)
    body = StreamField(BODY_BLOCKS, verbose_name=_("body"))
    picture = models.ForeignKey(
        "portal_pages.Picture", models.SET_NULL, null=True, blank=True,
        related_name="+", verbose_name=_("leading picture"),
    )  # fmt: skip
    byline = models.CharField(_("byline"), max_length=100, blank=True)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("tags"))
    comments_open = models.BooleanField(_("readers may comment"), default=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("body"),
        FieldPanel("byline"),
    ]
    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("search_description")], _("In searches")),
        FieldPanel("tags"),
        InlinePanel("related", heading=_("Related articles"), label=_("article"), max_num=6),
    ]
    settings_panels = [
        *Page.settings_panels, FieldPanel("published_at"), FieldPanel("comments_open"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("article")

    def save(self, *args: object, **kwargs: object) -> None:
        if self.published_at is None and self.first_published_at is not None:
            self.published_at = self.first_published_at
        super().save(*args, **kwargs)
