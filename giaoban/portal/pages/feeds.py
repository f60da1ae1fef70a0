"""RSS and Atom: what is new on the site, and in one section."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from wagtail.models import Site

from giaoban.portal.caching import depends
from giaoban.portal.pages.models import ArticlePage, SectionPage, SiteFacts
from giaoban.vietnamese import VIETNAM_TIME

ITEMS = 30


class _VietnameseRss(Rss201rev2Feed):
    """What stands in it is Vietnamese, whatever the reader's chrome is in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"language": "vi"}))


class _VietnameseAtom(Atom1Feed):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"language": "vi"}))


# Django's class has parameters for type checkers alone.
if TYPE_CHECKING:
    _Feed = Feed[Any, Any]
else:
    _Feed = Feed


class SiteFeed(_Feed):
    """The newest articles of the whole site, as RSS."""

    feed_type: type[SyndicationFeed] = _VietnameseRss

    def get_object(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> Any:
        """What the feed is of: the site."""
        depends(request, "site", "latest")
        return Site.find_for_request(request).root_page.specific

    def title(self, of: Any) -> str:
        """The name of the site, and of the section if it is of one."""
        facts = SiteFacts.for_site(of.get_site())
        own = f"{facts.name} - {facts.subtitle}"
        return own if of.pk == of.get_site().root_page_id else f"{of.title} - {own}"

    def link(self, of: Any) -> str:
        """Where it is read."""
        return str(of.get_url())

    def description(self, of: Any) -> str:
        """What a reader subscribes to."""
        return str(of.search_description or SiteFacts.for_site(of.get_site()).subtitle)

    def items(self, of: Any) -> QuerySet[ArticlePage]:
        """The newest articles."""
        newest: QuerySet[ArticlePage] = ArticlePage.objects.listed().descendant_of(of)[:ITEMS]
        return newest

    def item_title(self, item: Any) -> str:
        """The headline."""
        return str(item.title)

    def item_description(self, item: Any) -> str:
        """The lead."""
        return str(item.lead_in_words)

    def item_link(self, item: Any) -> str:
        """Where the article is read."""
        return str(item.get_url())

    def item_pubdate(self, item: Any) -> datetime | None:
        """When it was published."""
        return _by_our_clock(item.published_at)

    def item_updateddate(self, item: Any) -> datetime | None:
        """When it was last changed."""
        return _by_our_clock(item.last_published_at or item.published_at)

    def item_author_name(self, item: Any) -> str | None:
        """The byline."""
        return item.byline or None


def _by_our_clock(at: datetime | None) -> datetime | None:
    return at.astimezone(VIETNAM_TIME) if at else None


class SiteAtom(SiteFeed):
    """The same as Atom."""

    feed_type = _VietnameseAtom
    subtitle = SiteFeed.description


class SectionFeed(SiteFeed):
    """The newest articles of a section, as RSS."""

    def get_object(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> Any:
        """What the feed is of: a section of this site."""
        home = Site.find_for_request(request).root_page
        section = get_object_or_404(
            SectionPage.objects.child_of(home).live().public(), slug=kwargs["section"]
        )
        depends(request, "site", f"page:{section.pk}", f"section:{section.pk}")
        return section


class SectionAtom(SectionFeed):
    """The same as Atom."""

    feed_type = _VietnameseAtom
    subtitle = SiteFeed.description
