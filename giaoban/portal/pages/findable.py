"""Articles and official documents as a search keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.utils.translation import override
from wagtail.models import Page

from giaoban.portal.pages.finding import Findable
from giaoban.portal.pages.models import ArticlePage, OfficialDocument, SearchEntry
from giaoban.portal.pages.plain import plain
from giaoban.vietnamese import VIETNAM_TIME


def page_key(page: Page) -> str:
    """What a page is called by the search and by the front."""
    return f"page:{page.pk}"


def document_key(document: OfficialDocument) -> str:
    """What an official document is called by the search."""
    return f"document:{document.pk}"


def of_article(article: ArticlePage) -> Findable:
    """An article with all that it says."""
    return Findable(
        key=page_key(article), kind=SearchEntry.Kind.ARTICLE, address=article.url or "",
        title=article.title, lead=article.lead_in_words, text=" ".join(_words(article)),
        place=article.section.title, at=article.published_at or article.last_published_at,
    )  # fmt: skip


def of_document(document: OfficialDocument) -> Findable:
    """An official document: its abstract is its title; what it is is said in its own language."""
    with override("vi"):
        kind = str(document.get_kind_display())
    return Findable(
        key=document_key(document), kind=SearchEntry.Kind.DOCUMENT,
        address=document.get_absolute_url(), title=document.abstract,
        lead=f"{document.number}, {kind}", text="",
        place=document.issuer, at=datetime.combine(document.issued_on, time(), VIETNAM_TIME),
    )  # fmt: skip


def _words(article: ArticlePage) -> Iterator[str]:
    for block in article.body:
        match block.block_type:
            case "text":
                yield plain(block.value.source)
            case "heading":
                yield str(block.value)
            case "picture":
                yield str(block.value["caption"])
            case "quote":
                yield f"{block.value['words']} {block.value['speaker']}"
            case "attachment":
                yield str(block.value["words"])
    yield from (tag.name for tag in article.tags.all())
    yield article.byline
