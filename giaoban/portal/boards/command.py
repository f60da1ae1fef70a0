"""``giaoban portal boards``: fetch now from the feeds that are on, tell what the boards show."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.models import Site

from giaoban.portal.boards.board import THOUSAND, Origin, price_board, weather_board
from giaoban.portal.boards.errors import AskedTooSoon
from giaoban.portal.boards.fetching import fetch_rates, fetch_weather
from giaoban.portal.boards.log import notes, states
from giaoban.terminal.office import console, print_table
from giaoban.vietnamese import format_number, format_published

HELP = gettext_lazy("Fetch the boards' values from the feeds that are on; tell how they stand.")


def add_arguments(parser: ArgumentParser) -> None:
    """``--no-fetch`` only tells."""
    parser.add_argument("--no-fetch", action="store_true", help=_("Fetch nothing, only tell."))


def handle(**options: Any) -> None:
    """Fetch where a feed allows, then tell."""
    if not options["no_fetch"]:
        _fetch()
    _tell_feeds()
    for site in Site.objects.order_by("-is_default_site", "pk"):
        _tell_values(site)


def _fetch() -> None:
    for fetch in (fetch_rates, fetch_weather):
        try:
            fetch(at=timezone.now())
        except AskedTooSoon as refused:
            console().print(str(refused))


def _tell_feeds() -> None:
    found = states()
    if not found:
        console().print(_("No feed is on; values are entered by hand."))
        return
    heads = [_("Feed"), _("Asked at"), _("Outcome"), _("Why")]
    rows = [
        (state.feed.label, state.last and format_published(state.last.asked_at),
         state.last and str(state.last.get_outcome_display()),
         state.last and " ".join(notes(state.last)))
        for state in found
    ]  # fmt: skip
    print_table(heads, rows)


def _tell_values(site: Site) -> None:
    rows = list(_values(site))
    if rows:
        print_table(
            ["", pgettext("price", "Buy"), pgettext("price", "Sell"), _("Source"), _("Time"), ""],
            rows, title=str(site),
        )  # fmt: skip


def _values(site: Site) -> Iterator[tuple[str | None, ...]]:
    now = timezone.now()
    prices, weather = price_board(site, now), weather_board(site, now)
    for group in prices.groups if prices else ():
        times = THOUSAND if group.in_thousands else 1
        for row in group.rows:
            # The board says above its columns where it tells thousands; here all is in đồng.
            buy, sell = (None if one is None else one * times for one in (row.buy, row.sell))
            yield (row.kind.name, format_number(buy), format_number(sell), *_origin(row.origin))
    for place in weather.rows if weather else ():
        warm = format_number(place.temperature) + ("" if place.temperature is None else " °C")
        moist = format_number(place.humidity) + ("" if place.humidity is None else "%")
        yield (place.place.name, warm, moist, *_origin(place.origin))


def _origin(origin: Origin | None) -> tuple[str | None, ...]:
    if origin is None:
        return (None, None, "")
    source = _("the editors") if origin.by_hand else origin.feed.label
    return (source, format_published(origin.of), pgettext("value", "old") if origin.stale else "")
