"""Tags of pages with living figures: ``{% load living %}``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from wagtail.models import Page

from giaoban.portal.caching import depends
from giaoban.portal.living.binding import bind_figures
from giaoban.portal.living.cards import cards_in
from giaoban.portal.living.data import observations
from giaoban.portal.living.models import CorrectedSentence, PublicEdition, in_words

register = template.Library()


@register.simple_tag
def ask_for_figures(page: Page) -> SafeString:
    """Ask what has become of all figures of a page at once, before its texts show one by one."""
    cards_in(page, None)
    return SafeString()


@register.inclusion_tag("portal/living/cards.html", takes_context=True)
def figure_cards(context: Context, page: Page) -> dict[str, Any]:
    """A card for each figure that a page cites, once; nothing where it cites none."""
    return {"cards": cards_in(page, context.get("request"))}


@register.inclusion_tag("portal/living/table.html", takes_context=True)
def figure_table(context: Context, page: Page) -> dict[str, Any]:
    """All figures that a page cites in a table, for print and for whoever wants to see them at
    once; nothing where it cites none."""
    request = context.get("request")
    cards = cards_in(page, request)
    editions = list(dict.fromkeys(card.edition for card in cards))
    return {
        "cards": cards, "editions": editions, "page": page, "request": request,
        "differ": any(card.since.now for card in cards),
        "data": observations(cards, request) if request is not None else None,
    }  # fmt: skip


@register.inclusion_tag("portal/living/article_corrections.html", takes_context=True)
def article_corrections(context: Context, page: Page) -> dict[str, Any]:
    """The corrections of an article, the latest first; nothing where there is none."""
    request = context.get("request")
    if request is not None:
        depends(request, f"page:{page.pk}")
    found = CorrectedSentence.objects.filter(page_id=page.pk).select_related(
        "correction", "figure__edition", "successor__edition"
    )
    return {"corrections": by_correction(found)}


def by_correction(sentences: Any) -> list[tuple[Any, Sequence[CorrectedSentence]]]:
    """Corrections with their sentences, the latest first. A sentence of which several numbers were
    corrected is told once."""
    found: dict[Any, dict[Any, CorrectedSentence]] = {}
    for one in sentences:
        told = found.setdefault(one.correction, {})
        told.setdefault((one.page_id, one.before, one.after), one)
    return [(key, list(told.values())) for key, told in sorted(
        found.items(), key=lambda one: -one[0].pk
    )]  # fmt: skip


@register.filter
def short(edition: PublicEdition) -> str:
    """The digest of a report, both ends of it: 7c1e40b2…a9d503f8."""
    told = bytes(edition.content_hash).hex()
    return f"{told[:8]}…{told[-8:]}"


@register.filter
def whole(value: bytes | memoryview) -> str:
    """A digest in full."""
    return bytes(value).hex()


@register.filter
def told(words: dict[str, str]) -> str:
    """What is told in both languages, in that of the page."""
    return in_words(words)


@register.filter
def bound(shown: str) -> str:
    """A text of a page, its figures bound to the words that go with them: ``|richtext|bound``."""
    return bind_figures(str(shown))


@register.filter
def at(found: dict[Any, Any], key: Any) -> Any:
    """What stands under a key; None where nothing does."""
    return found.get(key)
