"""Facts about a page for machines: schema.org as JSON-LD."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.templatetags.static import static

from giaoban.vietnamese import VIETNAM_TIME

if TYPE_CHECKING:
    from giaoban.portal.pages.models import ArticlePage, OfficialDocument, SiteFacts

SCHEMA = "https://schema.org"
# What is passed on: the size that is shown beside a link.
SHARED = "fill-1200x630|format-jpeg|jpegquality-75"


def site_data(request: HttpRequest, facts: SiteFacts) -> dict[str, Any]:
    """The site and its search."""
    home = request.build_absolute_uri("/")
    return {
        "@context": SCHEMA, "@type": "WebSite", "url": home, "inLanguage": "vi",
        "name": _name(facts), "publisher": _publisher(request, facts),
        "potentialAction": {
            "@type": "SearchAction", "target": f"{home}tim-kiem/?q={{q}}", "query-input": "name=q",
        },
    }  # fmt: skip


def article_data(request: HttpRequest, article: ArticlePage, facts: SiteFacts) -> dict[str, Any]:
    """An article as schema.org's NewsArticle; what is not known is left out."""
    address = request.build_absolute_uri(article.get_url(request) or "/")
    told = {
        "@context": SCHEMA, "@type": "NewsArticle", "headline": article.title,
        "description": article.summary, "inLanguage": "vi", "isAccessibleForFree": True,
        "url": address, "mainEntityOfPage": address, "articleSection": article.section.title,
        "datePublished": _instant(article.shown_at),
        "dateModified": _instant(article.last_published_at or article.shown_at),
        "keywords": [tag.name for tag in article.topics],
        "author": {"@type": "Person", "name": article.byline} if article.byline
        else _publisher(request, facts),
        "publisher": _publisher(request, facts),
        "image": _image(request, article.picture) if article.picture else None,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def document_data(
    request: HttpRequest, document: OfficialDocument, facts: SiteFacts
) -> dict[str, Any]:
    """An official document as schema.org's DigitalDocument."""
    return {
        "@context": SCHEMA, "@type": "DigitalDocument", "name": document.abstract,
        "identifier": document.number, "dateCreated": document.issued_on.isoformat(),
        "author": {"@type": "Organization", "name": document.issuer}, "inLanguage": "vi",
        "genre": str(document.get_kind_display()), "publisher": _publisher(request, facts),
        "url": request.build_absolute_uri(document.get_absolute_url()),
        "encoding": {
            "@type": "MediaObject", "contentUrl": request.build_absolute_uri(document.file.url),
        },
    }  # fmt: skip


def _name(facts: SiteFacts) -> str:
    return f"{facts.subtitle} {facts.name}".strip()


def _publisher(request: HttpRequest, facts: SiteFacts) -> dict[str, Any]:
    logo = request.build_absolute_uri(static("look/mark.svg"))
    return {"@type": "Organization", "name": _name(facts), "logo": logo}


def _image(request: HttpRequest, picture: Any) -> dict[str, Any]:
    made = picture.get_rendition(SHARED)
    return {
        "@type": "ImageObject", "url": request.build_absolute_uri(made.url),
        "width": made.width, "height": made.height, "caption": picture.alt,
    }  # fmt: skip


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(VIETNAM_TIME).isoformat(timespec="seconds") if at else None
