"""The boards in a page: ``{% load boards %}{% board_prices %}{% board_weather %}``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from babel.numbers import get_currency_name
from django import template
from django.forms import Form
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Site

from giaoban.browser.templatetags.written import icon, moment
from giaoban.portal.boards.board import (
    Origin,
    PriceGroup,
    Prices,
    WeatherBoard,
    price_board,
    weather_board,
)
from giaoban.portal.boards.models import Group, Measure
from giaoban.portal.boards.storing import PRICES, WEATHER
from giaoban.portal.caching import depends, keep_until
from giaoban.vietnamese import Number, format_number

register = template.Library()


@register.inclusion_tag("portal/boards/prices.html", takes_context=True)
def board_prices(context: Context) -> dict[str, Any]:
    """Prices, kind by kind, with their source and time; nothing where no kinds are listed."""
    return _shown(context, PRICES, price_board)


@register.inclusion_tag("portal/boards/weather.html", takes_context=True)
def board_weather(context: Context) -> dict[str, Any]:
    """Weather, place by place, with its source and time; nothing where no places are listed."""
    return _shown(context, WEATHER, weather_board)


def _shown(context: Context, key: str, board_of: Any) -> dict[str, Any]:
    """The board at this moment; the page is kept until something on it changes or grows old."""
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    if request is None or site is None:
        return {"board": None}
    depends(request, key)
    board: Prices | WeatherBoard | None = board_of(site, _now())
    if board is not None and board.old_at is not None:
        keep_until(request, board.old_at)
    return {"board": board}


def _now() -> datetime:
    return timezone.now()


@register.simple_tag
def value(told: Number | None) -> str | SafeString:
    """A number; where it isn't known a dash, which is said in words to who hears the page."""
    if told is not None:
        return format_number(told)
    dash = '<span class="dash" aria-hidden="true">–</span><span class="vh">{}</span>'
    return format_html(dash, pgettext("value", "not known"))


@register.simple_tag
def origin(told: Origin) -> SafeString:
    """Where a value comes from and when; where it is old, the time that makes it so is marked."""
    times = [_("of {moment}").format(moment=moment(told.of))] if told.apart else []
    times.append(_got(told))
    mark = _mark(times.pop(0)) if told.stale else SafeString()
    said: list[tuple[str | SafeString]] = [(_source(told),)]
    if not told.by_hand and told.licence:
        link = '<a href="{}" rel="license">CC BY 4.0</a>'
        said.append((format_html(link, told.licence),))
    said += [(time,) for time in times]
    return format_html("{}{}", format_html_join(", ", "{}", said), mark)


def _mark(time: str) -> SafeString:
    said = _("old figure, {time}").format(time=time)
    return format_html(' <span class="tag late">{}<span>{}</span></span>', icon("clock"), said)


def _source(told: Origin) -> str | SafeString:
    if told.by_hand:
        return _("the editors")
    return format_html('<a href="{}">{}</a>', told.address, told.feed.label)


def _got(told: Origin) -> str:
    said = _("entered at {moment}") if told.by_hand else _("fetched at {moment}")
    return said.format(moment=moment(told.got_at))


@register.filter
def priced_in(group: PriceGroup) -> str:
    """What a group's numbers are: “Vàng, nghìn đồng một lượng”."""
    if group.group == Group.CURRENCY:
        return _("Foreign currency, in đồng")
    said = {
        (Measure.TAEL, True): _("Gold, thousand đồng a tael"),
        (Measure.TAEL, False): _("Gold, đồng a tael"),
        (Measure.MACE, True): _("Gold, thousand đồng a mace"),
        (Measure.MACE, False): _("Gold, đồng a mace"),
    }
    return said[group.measure, group.in_thousands]


@register.filter
def named(group: PriceGroup) -> str:
    """What a group is called before its source: “Vàng”."""
    return _("Gold") if group.group == Group.GOLD else _("Foreign currency")


@register.filter
def currency(code: str) -> str:
    """A currency's name in the language of the page; nothing for a code that nobody knows."""
    found: str = get_currency_name(code, locale=(translation.get_language() or "vi")[:2])
    return "" if found == code else found[:1].lower() + found[1:] if _vietnamese() else found


@register.filter
def wrong(lines: list[Form]) -> bool:
    """Whether something typed into a line is refused."""
    return any(line.is_bound and line.errors for line in lines)


def _vietnamese() -> bool:
    return (translation.get_language() or "vi").startswith("vi")
