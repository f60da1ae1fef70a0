"""An article: headline, time, lead, body, picture, byline; related ones and tags."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from giaoban.portal.asking import once
from giaoban.portal.caching import depends
from giaoban.portal.pages.addresses import FoldedAddress, slug_of
from giaoban.portal.pages.body import BODY_BLOCKS, LEAD_FEATURES
from giaoban.portal.pages.linked import article_data
from giaoban.portal.pages.models.pictures import with_sizes
from giaoban.portal.pages.models.site import SiteFacts
from giaoban.portal.pages.plain import plain

OLDER_SHOWN = 4


class Topic(TagBase):
    """A tag (thẻ), with an address without diacritics: Kết nạp đảng viên is ket-nap-dang-vien."""

    free_tagging = True

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def slugify(self, tag: str, i: int | None = None) -> str:
        """The last part of its address; ``i`` parts those that would be alike."""
        slug = slug_of(tag) or "the"
        return slug if i is None else f"{slug}-{i}"


class ArticleTag(ItemBase):
    """A tag at an article."""

    content_object = ParentalKey("portal_pages.ArticlePage", related_name="tagged")
    tag = models.ForeignKey(Topic, models.CASCADE, related_name="at_articles")


class RelatedArticle(Orderable):
    """An article that another one points to, in the editors' order."""

    page = ParentalKey("portal_pages.ArticlePage", related_name="related")
    article = models.ForeignKey("portal_pages.ArticlePage", models.CASCADE, related_name="+")

    panels = [PageChooserPanel("article")]


class ArticleQuerySet(PageQuerySet):
    """Articles as lists show them."""

    def private_q(self) -> Q:
        """Which pages are not for everybody; every list of a page asks."""
        private: Q = once("private pages", super().private_q)
        return private

    def listed(self) -> ArticleQuerySet:
        """Those that everybody may read, the newest first, without their bodies."""
        shown: ArticleQuerySet = self.live().public().defer_streamfields()
        newest_first = F("published_at").desc(nulls_last=True), "-pk"
        found: ArticleQuerySet = shown.select_related("picture").order_by(*newest_first)
        return found

    def before(self, article: ArticlePage) -> ArticleQuerySet:
        """The older ones of an article's section, the newest of them first."""
        at = article.published_at
        if at is None:
            nowhere: ArticleQuerySet = self.none()
            return nowhere  # scheduled, not published yet: it stands nowhere in the section
        older = Q(published_at__lt=at) | Q(published_at=at, pk__lt=article.pk)
        found: ArticleQuerySet = self.listed().sibling_of(article, inclusive=False).filter(older)
        return found

    def after(self, article: ArticlePage) -> ArticleQuerySet:
        """The newer ones of an article's section, the oldest of them first."""
        at = article.published_at
        if at is None:
            nowhere: ArticleQuerySet = self.none()
            return nowhere  # scheduled, not published yet: it stands nowhere in the section
        newer = Q(published_at__gt=at) | Q(published_at=at, pk__gt=article.pk)
        found: ArticleQuerySet = self.listed().sibling_of(article, inclusive=False).filter(newer)
        oldest_first: ArticleQuerySet = found.order_by("published_at", "pk")
        return oldest_first

    def with_sections(self) -> list[ArticlePage]:
        """The articles with the section of each, in two queries however many they are."""
        found = list(self)
        paths = {article.path[: -Page.steplen] for article in found}
        sections = {page.path: page for page in Page.objects.filter(path__in=paths)}
        for article in found:
            article.section = sections[article.path[: -Page.steplen]]
        return found


class ArticlePage(FoldedAddress):
    """An article (bài viết) of a section. Its title is the headline.

    ``published_at`` is the time that stands above the headline (08:11 29/10/2018); left empty, it
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

    objects = PageManager.from_queryset(ArticleQuerySet)()

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

    @cached_property
    def section(self) -> Page:
        """The section it stands in."""
        return self.get_parent()

    @property
    def shown_at(self) -> datetime | None:
        """The time to show: as set, or when it was last saved where it is not published yet."""
        at: datetime | None = self.published_at or self.latest_revision_created_at
        return at

    @property
    def lead_in_words(self) -> str:
        """The lead without any markup, for lists, feeds and searches."""
        return plain(self.lead)

    @property
    def summary(self) -> str:
        """What a search engine is told: the editors' words for it, or else the lead."""
        return str(self.search_description) or self.lead_in_words

    @cached_property
    def topics(self) -> list[Topic]:
        """Its tags."""
        return list(self.tags.all())

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """What keeps readers from it, its section's included; asked for once while it is shown."""
        found: QuerySet[PageViewRestriction] = once(
            ("restrictions", self.pk), super().get_view_restrictions
        )
        return found

    @property
    def opens_with_picture(self) -> bool:
        """Whether the leading picture stands above the body: where the body doesn't show it."""
        return self.picture_id is not None and self.picture_id not in {
            block.value["picture"].pk for block in self.body
            if block.block_type == "picture" and block.value["picture"]
        }  # fmt: skip

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What ``article.html`` shows, and of what it is made."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        order = {one.article_id: place for place, one in enumerate(self.related.all())}
        chosen = ArticlePage.objects.listed().filter(pk__in=order)
        related = sorted(chosen, key=lambda article: order[article.pk])
        with_sizes(self.picture)
        older = list(ArticlePage.objects.before(self)[:OLDER_SHOWN])
        newer = ArticlePage.objects.after(self).first()
        depends(request, "site", f"page:{self.section.pk}")
        depends(request, *(f"page:{one.pk}" for one in (self, *related, *older, newer) if one))
        return context | {
            "here": self.section.pk, "related": related, "older": older, "newer": newer,
            "previous": older[0] if older else None, "to_print": "ban-in" in request.GET,
            "data": article_data(request, self, SiteFacts.for_request(request)),
        }  # fmt: skip
