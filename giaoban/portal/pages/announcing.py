"""What happens to a page, told to those that hang on it: the search, and pages kept by the front.

Wagtail and Django say what was saved, published, moved or deleted; ``announce`` connects each of
these to one function here, and the app connects them when it is ready.

Publishing, for the first time or anew, renews pages: readers who ask meanwhile may have them as
they were a moment ago. Whatever takes something away, or lets fewer read it, changes them at once;
so does, for safety's sake, whatever could: facts of the site, documents, files, contacts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.documents.models import Document
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from giaoban.portal.caching import changed, renewed
from giaoban.portal.pages.findable import document_key, of_article, of_document, page_key
from giaoban.portal.pages.finding import forget, keep
from giaoban.portal.pages.models import (
    ArticlePage,
    HomePage,
    OfficialDocument,
    Picture,
    SectionPage,
    SiteFacts,
    UnitContact,
)
from giaoban.portal.pages.models.articles import OLDER_SHOWN

# The word for pages that are old: ``changed`` or ``renewed``.
Tell = Callable[..., None]
PAGES = (HomePage, SectionPage, ArticlePage)


def article_changed(article: ArticlePage, tell: Tell = changed) -> None:
    """An article is to be read as it is now, or is to be read no more.

    Its own page is old, and those that name it; so are the neighbours that it came between.
    """
    if article.live and not article.get_view_restrictions().exists():
        keep(of_article(article))
    else:
        forget(page_key(article))
        tell = changed
    neighbours = [
        *ArticlePage.objects.after(article)[:OLDER_SHOWN],
        *ArticlePage.objects.before(article)[:1],
    ]
    tell("latest", f"section:{article.get_parent().pk}", page_key(article),
         *map(page_key, neighbours))  # fmt: skip


def page_changed(page: Page, tell: Tell = changed) -> None:
    """A page of the site is not as it was; with the names of sections every page changes."""
    if isinstance(page, ArticlePage):
        article_changed(page, tell)
    else:
        tell("latest", "site", page_key(page))


def subtree_changed(page: Page) -> None:
    """The address of a page, or who may read it, is not as it was; so is that of all below it."""
    for one in page.get_descendants(inclusive=True).specific():
        page_changed(one)


def page_gone(page: Page) -> None:
    """A page is no longer to be read: it was taken down, or is about to be deleted."""
    forget(page_key(page))
    above = f"section:{page.get_parent().pk}" if isinstance(page, ArticlePage) else "site"
    changed("latest", page_key(page), above)


def page_moved(page: Page, left: Page) -> None:
    """A page stands in another section than before."""
    changed(f"section:{left.pk}")
    subtree_changed(page)


def document_changed(document: OfficialDocument) -> None:
    """An official document is to be found as it is now, or no more."""
    if document.shown:
        keep(of_document(document))
    else:
        forget(document_key(document))
    changed("papers", f"paper:{document.pk}")


def document_gone(document: OfficialDocument) -> None:
    """An official document was deleted."""
    forget(f"document:{document.pk}")
    changed("papers", f"paper:{document.pk}")


def shown_somewhere_changed(thing: Picture | Document) -> None:
    """A picture or file is not as it was, so pages that show it are old."""
    changed("latest", "papers", *_pages_with(thing))


def _pages_with(thing: Picture | Document) -> Iterable[str]:
    found = ReferenceIndex.get_references_to(thing).values_list(
        "base_content_type__model", "object_id"
    )
    pages = Page.objects.filter(pk__in=[pk for model, pk in found if model == "page"])
    return [f"page:{pk}" for pk in pages.values_list("pk", flat=True)]


def announce() -> None:
    """Connect what Wagtail and Django say to what is to be done about it."""
    for model in PAGES:
        page_published.connect(_page_said, sender=model)
        page_unpublished.connect(_page_going, sender=model)
        page_slug_changed.connect(_subtree_said, sender=model)
        post_page_move.connect(_move_said, sender=model)
        pre_delete.connect(_page_going, sender=model)
    for signal in (post_save, post_delete):
        signal.connect(_restriction_said, sender=PageViewRestriction)
        for site_wide in (SiteFacts, Site):
            signal.connect(_site_said, sender=site_wide)
        signal.connect(_contact_said, sender=UnitContact)
    post_save.connect(_document_said, sender=OfficialDocument)
    post_delete.connect(_document_going, sender=OfficialDocument)
    for shown in (Picture, Document):
        post_save.connect(_shown_said, sender=shown)


def _page_said(instance: Page, **_sent: Any) -> None:
    page_changed(instance, renewed)


def _subtree_said(instance: Page, **_sent: Any) -> None:
    subtree_changed(instance)


def _move_said(instance: Page, parent_page_before: Page, **_sent: Any) -> None:
    page_moved(instance, parent_page_before)


def _page_going(instance: Page, **_sent: Any) -> None:
    page_gone(instance)


def _restriction_said(instance: PageViewRestriction, **_sent: Any) -> None:
    subtree_changed(instance.page)


def _site_said(**_sent: Any) -> None:
    changed("site")


def _contact_said(**_sent: Any) -> None:
    changed("organisation")


def _document_said(instance: OfficialDocument, **_sent: Any) -> None:
    document_changed(instance)


def _document_going(instance: OfficialDocument, **_sent: Any) -> None:
    document_gone(instance)


def _shown_said(instance: Picture | Document, **_sent: Any) -> None:
    shown_somewhere_changed(instance)
