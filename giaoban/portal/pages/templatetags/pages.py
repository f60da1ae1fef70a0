"""Tags and filters of public pages: ``{% load pages %}``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.documents.models import Document
from wagtail.images.models import Filter
from wagtail.images.models import Picture as Sources
from wagtail.images.shortcuts import get_renditions_or_not_found

from giaoban.portal.pages.finding import Hit
from giaoban.portal.pages.marking import marked, snippet
from giaoban.portal.pages.models import Picture
from giaoban.vietnamese import MISSING, VIETNAM_TIME, format_date, format_number

register = template.Library()

WEEKDAYS = (
    pgettext_lazy("weekday", "Monday"),
    pgettext_lazy("weekday", "Tuesday"),
    pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"),
    pgettext_lazy("weekday", "Friday"),
    pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
)
MEGABYTE = 1_000_000
FORMS = "format-{avif,webp}|avifquality-50|webpquality-72"
# Where a picture stands → the sizes it is made in, and how wide it is shown.
PLACES = {
    "prose": ("width-{480,720,1080}", "(max-width: 47rem) calc(100vw - 2rem), 43.5rem"),
    "lead": ("width-{480,720,1080}", "(max-width: 64rem) calc(100vw - 2rem), 46rem"),
    "card": ("fill-{360x240,600x400}", "(max-width: 64rem) calc(100vw - 2rem), 22rem"),
    "thumb": ("fill-{180x120,360x240}", "11rem"),
}


@register.filter
def weekday(at: datetime | None) -> str:
    """A day with its name, as over a newspaper: Thứ Hai, 29/10/2018."""
    if at is None:
        return MISSING
    day = at.astimezone(VIETNAM_TIME).date()
    return f"{WEEKDAYS[day.weekday()]}, {format_date(day)}"


@register.filter
def clock(at: datetime | None) -> str:
    """The time of day by Vietnam's clock: 08:11."""
    return MISSING if at is None else f"{at.astimezone(VIETNAM_TIME):%H:%M}"


@register.filter
def brief(at: datetime | None, newest: datetime | None = None) -> str:
    """When, as short as is plain beside what is newest: 10:20, 28/10, or 30/12/2017."""
    if at is None:
        return MISSING
    day = at.astimezone(VIETNAM_TIME)
    last = newest.astimezone(VIETNAM_TIME) if newest else None
    if last and day.date() == last.date():
        return f"{day:%H:%M}"
    if last and day.year == last.year:
        return f"{day:%d/%m}"
    return format_date(day.date())


@register.filter
def machine(at: datetime | None) -> str:
    """An instant for machines, by Vietnam's clock: 2018-10-29T08:11:00+07:00."""
    return "" if at is None else at.astimezone(VIETNAM_TIME).isoformat(timespec="seconds")


@register.filter
def file_facts(file: Document) -> str:
    """What a file is and how much of it there is: PDF, 212 kB."""
    size = file.get_file_size() or 0
    told = f"{format_number(round(size / 1e6, 1))}\u00a0MB" if size >= MEGABYTE else (
        f"{format_number(max(round(size / 1e3), 1))}\u00a0kB"
    )  # fmt: skip
    return f"{file.file_extension.upper()}, {told}"


@register.filter(name="marked")
def marked_filter(text: str, words: Iterable[str]) -> SafeString:
    """A text with the words asked for marked."""
    return marked(text, words)


@register.simple_tag(name="snippet")
def snippet_tag(hit: Hit, words: Iterable[str]) -> SafeString:
    """The part of a found text where the words stand; its lead where the title alone has them."""
    return snippet(f"{hit.lead} {hit.text}".strip(), words)


@register.simple_tag
def as_written() -> SafeString:
    """Tells whoever reads aloud that words are Vietnamese, where the page around is not."""
    return mark_safe("" if get_language() == "vi" else ' lang="vi"')


@register.simple_tag
def plate(picture: Picture | None, place: str, *, alt: str | None = None,
          first: bool = False) -> SafeString:  # fmt: skip
    """A picture in the sizes and forms of a place, its own size told, so that nothing jumps.

    ``alt`` replaces the picture's description, "" keeps it silent beside a link that says it all;
    ``first`` is for the one that is seen before any scrolling.
    """
    if picture is None:
        return mark_safe("")
    spec, sizes = PLACES[place]
    specs = Filter.expand_spec([*spec.split("|"), *FORMS.split("|")])
    made = get_renditions_or_not_found(picture, [Filter(spec=one) for one in specs])
    attributes: dict[str, Any] = {"sizes": sizes, "decoding": "async"}
    attributes |= {"fetchpriority": "high"} if first else {"loading": "lazy"}
    described = getattr(picture, "contextual_alt_text", None) or picture.default_alt_text
    attributes["alt"] = described if alt is None else alt
    return mark_safe(str(Sources(made, attributes)))


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """An address of this site in full, for machines and for what is passed on."""
    return str(context["request"].build_absolute_uri(path))


@register.filter
def linked_data(value: Any) -> SafeString:
    """Facts for machines (JSON-LD); data to a browser, so a strict policy lets it pass."""
    written = json_script(value)
    return mark_safe(written.replace("application/json", "application/ld+json", 1))


@register.inclusion_tag("portal/pages/parts/paging.html", takes_context=True)
def paging(context: Context, articles: Any, called: str = "") -> dict[str, Any]:
    """The way to the other pages of a list; nothing where there is one page."""
    return {"page_of": articles, "request": context["request"],
            "called": called or _("Pages of the list")}  # fmt: skip
