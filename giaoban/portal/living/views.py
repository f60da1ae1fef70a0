"""Public pages of figures, reports and corrections."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import override
from wagtail.models import Page, Site

from giaoban.portal.caching import depends
from giaoban.portal.living import data
from giaoban.portal.living.cards import Card, cards_in, cards_of
from giaoban.portal.living.keys import CORRECTIONS, REPORTS, figure_key, report_key
from giaoban.portal.living.models import (
    CorrectedSentence,
    PublicEdition,
    PublicFigure,
    PublicFile,
)
from giaoban.portal.living.queries import (
    Fate,
    fates,
    public_editions,
    public_issues,
    search_figures,
)
from giaoban.portal.living.templatetags.living import by_correction
from giaoban.portal.pages.paging import page_of
from giaoban.reports.rendering.html import fragment
from giaoban.reports.rendering.rendition import Form
from giaoban.vietnamese import BadText, clean

LONGEST_QUESTION = 100
ON_A_PAGE = 40
CSV = "text/csv; charset=utf-8"


def figures(request: HttpRequest) -> HttpResponse:
    """The figures of public reports; ``?q=`` searches them, ``?bao-cao=`` is of one report."""
    words, report = _words(request), request.GET.get("bao-cao", "")
    issue = int(report) if report.isascii() and report.isdigit() else None
    found = search_figures(words, issue=issue)
    if not words:
        # Of parts there are hundreds: they are found by words, and from the tables of the whole.
        found = found.filter(row="").exclude(address__contains="[").exclude(address__contains="@")
    if not words:
        depends(request, "site", REPORTS)
    told = {
        "figures": page_of(Paginator(found, ON_A_PAGE), request), "words": words, "issue": issue,
        "editions": public_editions(), "here": "figures",
    }  # fmt: skip
    return render(request, "portal/living/figures.html", told)


def _words(request: HttpRequest) -> str:
    try:
        return clean(request.GET.get("q", "")[:LONGEST_QUESTION])
    except BadText:
        return ""


def figure(request: HttpRequest, issue: str, slug: str) -> HttpResponse:
    """A figure: what it is, where from, and its table."""
    card = _card(request, int(issue), slug)
    told = {"card": card, "one": card.figure, "edition": card.edition, "here": "figures",
            "data": data.dataset(card, request)}  # fmt: skip
    return render(request, "portal/living/figure.html", told)


def figure_csv(request: HttpRequest, issue: str, slug: str) -> HttpResponse:
    """Its table as CSV; where it has none, the figure itself."""
    card = _card(request, int(issue), slug)
    table = card.figure.table
    told = data.table_csv(table) if table is not None else data.page_csv([card], request)
    return _file(told.encode(), CSV, f"{slug}-{issue}.csv")


def _card(request: HttpRequest, issue: int, slug: str) -> Card:
    """A figure of a report that is public, or no page."""
    found = PublicFigure.objects.filter(edition=issue, slug=slug).select_related("edition", "table")
    cards = cards_of(found)
    if not cards:
        raise Http404
    depends(request, "site", REPORTS, report_key(issue), figure_key(cards[0].figure.pk))
    return cards[0]


def reports(request: HttpRequest) -> HttpResponse:
    """The reports that are public, the latest first."""
    depends(request, "site", REPORTS)
    shown = list(public_editions())
    told = fates(one.issue for one in shown)
    rows = [(edition, told.get(edition.issue)) for edition in shown]
    return render(request, "portal/living/reports.html", {"rows": rows, "here": "figures"})


def report(request: HttpRequest, issue: int) -> HttpResponse:
    """The public edition of a report, its files, and what has become of it."""
    edition, fate = _edition(request, issue)
    links = dict(edition.figures.values_list("address", "slug"))

    def link(address: str) -> str | None:
        slug = links.get(address)
        return f"/so-lieu/{issue}/{slug}/" if slug else None

    with override(edition.language):
        article = fragment(edition.document, link)
    successor = fate.successor if fate else None
    told = {
        "edition": edition, "fate": fate, "article": article, "files": edition.files.all(),
        "successor": successor,
        "successor_public": successor is not None and successor.entry in public_issues(),
        "here": "figures",
    }  # fmt: skip
    return render(request, "portal/living/report.html", told)


def _edition(request: HttpRequest, issue: int) -> tuple[PublicEdition, Fate | None]:
    edition = PublicEdition.objects.filter(issue=issue).first()
    if edition is None or issue not in public_issues():
        raise Http404
    depends(request, "site", REPORTS, report_key(issue))
    return edition, fates([issue]).get(issue)


def report_file(request: HttpRequest, issue: str, form: str) -> HttpResponse:
    """A file of the public edition."""
    edition, _fate = _edition(request, int(issue))
    found = PublicFile.objects.filter(edition=edition, form=form).first()
    if found is None:
        raise Http404
    name = f"{edition.document.name}.{form}"
    return _file(bytes(found.content), Form(form).media_type, name)


def corrections(request: HttpRequest) -> HttpResponse:
    """All corrections of articles, the latest first."""
    depends(request, "site", CORRECTIONS)
    everything = CorrectedSentence.objects.all()
    depends(request, *(f"page:{pk}" for pk in everything.values_list("page_id", flat=True)))
    closed = Page.objects.not_public().values("pk")
    found = everything.exclude(page_id__in=closed).select_related(
        "correction", "figure__edition", "successor__edition"
    )
    pages = page_of(Paginator(by_correction(found), ON_A_PAGE), request)
    ids = {one.page_id for _correction, told in pages for one in told}
    live = {page.pk: page.url for page in Page.objects.live().public().filter(pk__in=ids)}
    context = {"pages": pages, "live": live, "here": "corrections"}
    return render(request, "portal/living/corrections.html", context)


def page_csv(request: HttpRequest, path: str) -> HttpResponse:
    """The figures of an article as CSV."""
    page, cards = _cited(request, path)
    return _file(data.page_csv(cards, request).encode(), CSV, f"{page.slug}.csv")


def page_package(request: HttpRequest, path: str) -> JsonResponse:
    """The same as a Frictionless data package."""
    page, cards = _cited(request, path)
    written = data.page_csv(cards, request).encode()
    address = request.build_absolute_uri(page.get_url(request) or "/")
    told = data.package(page.title, address, cards, request, written)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _cited(request: HttpRequest, path: str) -> tuple[Page, list[Card]]:
    """A public page with figures, by its address, or no page."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    found = site.root_page.specific.route(request, [part for part in path.split("/") if part])
    page = found.page
    if page.get_view_restrictions().exists():
        raise Http404
    with override("vi"):
        cards = cards_in(page, request)
    if not cards:
        raise Http404
    depends(request, f"page:{page.pk}")
    return page, cards


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    told: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=told)
