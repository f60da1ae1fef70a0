"""``{% load comments %}{% comments page %}``: what readers wrote below an article, and the form."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from wagtail.models import Site

from giaoban.portal.caching import depends
from giaoban.portal.comments.queries import comments_open, shown_below
from giaoban.portal.comments.sending import Form
from giaoban.portal.comments.stamps import stamp
from giaoban.portal.pages.models import ArticlePage

AT_THE_ARTICLE = 20

register = template.Library()


@register.inclusion_tag("portal/comments/section.html", takes_context=True)
def comments(context: Context, page: ArticlePage) -> dict[str, Any]:
    """The comments of an article and, where readers may write, the form for one.

    Nothing at all below an article that is not saved yet, or that is closed and has none.
    """
    if page.pk is None:
        return {"article": None}
    request = context["request"]
    depends(request, f"comments:{page.pk}", f"page:{page.pk}", "site")
    every = shown_below(page)
    shown = list(every[: AT_THE_ARTICLE + 1])
    more = len(shown) > AT_THE_ARTICLE
    count = every.count() if more else len(shown)
    may_write = comments_open(page, Site.find_for_request(request))
    return {
        "article": page if count or may_write else None,
        "count": count,
        "shown": shown[:AT_THE_ARTICLE],
        "more": more,
        "may_write": may_write,
        "form": Form(stamp=stamp(page.pk, timezone.now())),
        "request": request,
    }
