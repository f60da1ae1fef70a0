"""Pages for readers: a comment is sent, looked after by its writer, and read with the others."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from giaoban.portal.caching import depends
from giaoban.portal.comments import suggesting
from giaoban.portal.comments.actions import take_back_comment
from giaoban.portal.comments.errors import CommentRefused, FromElsewhere
from giaoban.portal.comments.queries import (
    article_with_comments,
    comment_by_key,
    comments_open,
    last_decision,
    shown_below,
)
from giaoban.portal.comments.sending import (
    Form,
    flooded,
    from_here,
    read_form,
    send,
    take_suggestion,
)
from giaoban.portal.comments.stamps import stamp
from giaoban.portal.pages.limits import seconds_left
from giaoban.portal.pages.models import ArticlePage

ON_A_PAGE = 50
# Asked for by our script, which puts the answer where the form stands.
PART = "X-Part"


def _article(page_id: int) -> ArticlePage:
    found = article_with_comments(page_id)
    if found is None:
        raise Http404
    return found


# The form stands on pages that are the same for everybody and are kept in memory, so it can't hold
# a token of one visitor; where it was sent from is told by the browser (``sending.from_here``).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """The form alone; sent, it comes back with what is wrong, or leads to the writer's own page."""
    at = timezone.now()
    if request.method == "POST" and (refused := flooded(request, page_id, at)):
        return _too_many(request, page_id, refused, at)
    page, form = _article(page_id), Form(stamp=stamp(page_id, at))
    if request.method == "POST":
        suggesting.prepare()
        form = read_form(request, page_id, at)
        if request.POST.get("take"):
            take_suggestion(form)
        elif key := send(request, page, form, at):
            return _sent(request, key)
    return _form(request, page, form)


def _too_many(
    request: HttpRequest, page_id: int, refused: CommentRefused, at: datetime
) -> HttpResponse:
    """Said in plain words on a page that costs next to nothing; what was typed stays."""
    form = read_form(request, page_id, at)
    form.refused = [refused]
    told = {"article": {"pk": page_id}, "form": form}
    answer = HttpResponse(render_to_string("portal/comments/flooded.html", told), status=429)
    answer["Retry-After"] = seconds_left(refused, at)
    return answer


def _sent(request: HttpRequest, key: str) -> HttpResponseBase:
    answer = redirect("portal_comments:mine", key)
    if PART in request.headers:  # a script would follow by itself, and never learn the address
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Location": answer["Location"]})
    return answer


def _form(request: HttpRequest, page: ArticlePage, form: Form) -> HttpResponse:
    told: dict[str, Any] = {"article": page, "form": form, "may_write": comments_open(page)}
    whole = "portal/comments/write.html"
    template = "portal/comments/parts/form.html" if PART in request.headers else whole
    return render(request, template, told, status=form.status)


@never_cache
@require_safe
def mine(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a comment, for whoever has its key."""
    comment = comment_by_key(key)
    if comment is None:
        raise Http404
    told = {"comment": comment, "key": key, "decision": last_decision(comment)}
    answer = render(request, "portal/comments/mine.html", told)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"  # the address is the key
    return answer


# Whoever has the key has no session with us; see above.
@csrf_exempt
@never_cache
@require_http_methods(["POST"])
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Its writer takes a comment back."""
    comment = comment_by_key(key)
    if comment is None:
        raise Http404
    if not from_here(request):
        return HttpResponse(str(FromElsewhere()), status=FromElsewhere.status)
    take_back_comment(comment=comment, at=timezone.now())
    return redirect("portal_comments:mine", key)


@require_safe
def all_of(request: HttpRequest, page_id: int) -> HttpResponse:
    """All comments of an article, fifty a page."""
    page = _article(page_id)
    depends(request, f"comments:{page.pk}", f"page:{page.pk}", "site")
    listed = Paginator(shown_below(page), ON_A_PAGE).get_page(request.GET.get("trang"))
    return render(request, "portal/comments/all.html", {"article": page, "listed": listed})
