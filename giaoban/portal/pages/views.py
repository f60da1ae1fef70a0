"""The pages that are none of the tree: search, tags, documents, organisation, contents."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from wagtail.models import Site

from giaoban.portal.caching import depends
from giaoban.portal.pages.finding import PAGE_SIZE, Hits, folded_words, search
from giaoban.portal.pages.linked import document_data
from giaoban.portal.pages.models import (
    ArticlePage,
    OfficialDocument,
    SiteFacts,
    Topic,
)
from giaoban.portal.pages.organisation import chart
from giaoban.portal.pages.paging import number_of, page_of
from giaoban.portal.pages.papers import Asked, choices, find_documents
from giaoban.vietnamese import BadText, clean

LONGEST_QUESTION = 200
DOCUMENTS_ON_A_PAGE = 25
NEWEST_SHOWN = 5


def find(request: HttpRequest) -> HttpResponse:
    """What holds the words of ``?q=``; not kept, for there are too many things to ask."""
    asked, refused = _words(request)
    hits = search(asked, page=number_of(request)) if asked else Hits([], 0)
    if not hits.found and number_of(request) > 1:
        raise Http404
    # A page of a list that was cut in the database: the paginator is told how long it is.
    pages = Paginator(range(hits.total), PAGE_SIZE)
    told = {"asked": asked, "hits": hits, "refused": refused, "page_of": page_of(pages, request),
            "words": folded_words(asked), "newest": _newest(request)}  # fmt: skip
    return render(request, "portal/pages/search.html", told)


def tagged(request: HttpRequest, tag: str) -> HttpResponse:
    """The articles with a tag, the newest first."""
    found = get_object_or_404(Topic, slug=tag)
    articles = ArticlePage.objects.listed().filter(tagged__tag=found)
    if not articles.exists():
        raise Http404
    depends(request, "site", "latest")
    shown = page_of(Paginator(articles, PAGE_SIZE), request)
    shown.object_list = shown.object_list.with_sections()
    return render(request, "portal/pages/tag.html", {"tag": found, "articles": shown})


def documents(request: HttpRequest) -> HttpResponse:
    """Official documents; those asked for by words, kind, issuer or year."""
    words, refused = _words(request)
    year = request.GET.get("nam", "")
    asked = Asked(
        words=words, kind=request.GET.get("loai", ""), issuer=request.GET.get("co-quan", ""),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
    )  # fmt: skip
    if asked == Asked():
        depends(request, "site", "papers")
    shown = page_of(Paginator(find_documents(asked), DOCUMENTS_ON_A_PAGE), request)
    told = {"here": "papers", "asked": asked, "asking": asked != Asked(), "papers": shown,
            "choices": choices(), "refused": refused}  # fmt: skip
    return render(request, "portal/pages/documents.html", told)


def document(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One official document."""
    shown = OfficialDocument.objects.filter(shown=True).select_related("file")
    found = get_object_or_404(shown, pk=pk)
    if found.slug != slug:
        return redirect(found, permanent=True)
    depends(request, "site", f"paper:{found.pk}")
    data = document_data(request, found, SiteFacts.for_request(request))
    told = {"here": "papers", "paper": found, "data": data}
    return render(request, "portal/pages/document.html", told)


def organisation(request: HttpRequest) -> HttpResponse:
    """The chart as of today, with contacts; not kept, for any act at the desk may change it."""
    facts = SiteFacts.for_request(request)
    drawn = chart(facts.unit_id, timezone.localdate()) if facts.unit_id else None
    told = {"here": "organisation", "chart": drawn}
    return render(request, "portal/pages/organisation.html", told)


def contents(request: HttpRequest) -> HttpResponse:
    """All that there is on the site, for whoever looks for something."""
    depends(request, "site", "latest")
    return render(request, "portal/pages/contents.html", {"newest": _newest(request)})


def access(request: HttpRequest) -> HttpResponse:
    """What the site does for whoever reads with a keyboard, a voice, or a slow line."""
    depends(request, "site")
    return render(request, "portal/pages/access.html")


def robots(request: HttpRequest) -> HttpResponse:
    """What machines that gather pages are asked to leave alone, and where the map is."""
    depends(request, "site")
    return render(request, "portal/pages/robots.txt", content_type="text/plain")


def _words(request: HttpRequest) -> tuple[str, BadText | None]:
    """What is asked for in ``?q=``, and what of it can't be read."""
    try:
        return clean(request.GET.get("q", "")[:LONGEST_QUESTION]), None
    except BadText as refused:
        return "", refused


def _newest(request: HttpRequest) -> list[ArticlePage]:
    home = Site.find_for_request(request).root_page
    newest: list[ArticlePage] = (
        ArticlePage.objects.listed().descendant_of(home)[:NEWEST_SHOWN].with_sections()
    )
    return newest
