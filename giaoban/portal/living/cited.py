"""Which live pages cite which figures, and which versions that wait for their hour do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Revision, get_page_models

from giaoban.portal.living.citing import keys_cited
from giaoban.portal.living.queries import Key

_SIGN = 'embedtype=\\"figure\\"', 'embedtype="figure"', "figure_chart"


def citing_pages() -> Iterator[Page]:
    """Every live page that cites a figure."""
    for model in get_page_models():
        if model is Page:
            continue
        yield from _of(model)


def _of(model: type[Page]) -> Iterator[Page]:
    """The live pages of one sort whose texts hold a figure; those with texts in rows of their own
    are looked at one by one."""
    pages = model.objects.live()
    names = [f.name for f in model._meta.get_fields() if isinstance(f, RichTextField | StreamField)]
    if model.__name__ != "HomePage" and names:
        wanted = Q()
        for name in names:
            pages = pages.annotate(**{f"{name}_told": Cast(name, TextField())})
            for sign in _SIGN:
                wanted |= Q(**{f"{name}_told__contains": sign})
        pages = pages.filter(wanted)
    for page in pages:
        if keys_cited(page):
            yield page


def scheduled_pages() -> Iterator[Page]:
    """Every page as it will be published at its hour, if it cites a figure then."""
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    for revision in waiting.order_by("approved_go_live_at", "pk"):
        page = revision.as_object()
        if keys_cited(page):
            yield page


def pages_citing() -> dict[Key, list[Page]]:
    """For every figure that is cited, the live pages that do."""
    found: dict[Key, list[Page]] = defaultdict(list)
    for page in citing_pages():
        for key in keys_cited(page):
            found[key].append(page)
    return dict(found)
