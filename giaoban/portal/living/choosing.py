"""The editors' chooser of figures: by words, with what each counts, of whom, when, of which report.

Figures of a report that was withdrawn or replaced are shown, but not to be chosen: with the reason,
and the report to choose from.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.modal_workflow import render_modal_workflow

from giaoban.portal.living.citeable import refusal
from giaoban.portal.living.models import PublicFigure
from giaoban.portal.living.queries import fates, public_editions, search_figures
from giaoban.portal.living.rich_text import said_of
from giaoban.portal.pages.paging import page_of
from giaoban.vietnamese import BadText, clean

IN_A_LIST = 12
LONGEST_QUESTION = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure in the list; ``refusal`` says why it is not to be chosen, ``said`` what it is."""

    figure: PublicFigure
    said: str
    refusal: str


def choose(request: HttpRequest) -> HttpResponse:
    """The chooser, or only its list (``?chi-danh-sach=1``)."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    asked = request.GET.get("bao-cao", "")
    issue = int(asked) if asked.isascii() and asked.isdigit() else None
    words = _words(request)
    pages = Paginator(search_figures(words, issue=issue), IN_A_LIST)
    shown = page_of(pages, request)
    told = {"choices": _choices(shown), "shown": shown, "words": words, "issue": issue,
            "editions": public_editions()}  # fmt: skip
    if request.GET.get("chi-danh-sach"):
        return render(request, "portal/living/choosing/list.html", told)
    modal: HttpResponse = render_modal_workflow(
        request, "portal/living/choosing/chooser.html", None, told, json_data={"step": "choose"}
    )
    return modal


def _words(request: HttpRequest) -> str:
    try:
        return clean(request.GET.get("q", "")[:LONGEST_QUESTION])
    except BadText:
        return ""


def _choices(figures: list[PublicFigure]) -> list[Choice]:
    told = fates({figure.edition_id for figure in figures})
    return [Choice(figure, said_of(figure), refusal(told[figure.edition_id])) for figure in figures]
