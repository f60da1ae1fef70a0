"""Values on their way into the store: each is looked at, and what can't be is kept out and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from giaoban.portal.boards import plausible
from giaoban.portal.boards.errors import FeedFault, PriceNotListed, TimeBehind
from giaoban.portal.boards.feeds.vietcombank import Rates
from giaoban.portal.boards.feeds.weather import Weather
from giaoban.portal.boards.models import Feed, Measure, Place, PriceKind, PriceQuote, WeatherReading
from giaoban.portal.caching import renewed
from giaoban.vietnamese import round_half_up

PRICES, WEATHER = "board:prices", "board:weather"
UNITS = {Measure.ONE.value: 1, Measure.HUNDRED.value: 100}


def latest_quotes(kinds: Iterable[PriceKind]) -> dict[int, PriceQuote]:
    """The newest quote of each kind, by the kind's id; one in another measure is none."""
    measures = {kind.pk: kind.measure for kind in kinds}
    newest = (
        PriceQuote.objects.filter(kind__in=measures)
        .order_by("kind_id", "-quoted_at", "-id")
        .distinct("kind_id")
    )
    return {q.kind_id: q for q in newest if q.measure == measures[q.kind_id]}


@transaction.atomic
def store_rates(rates: Rates, kinds: Sequence[PriceKind], *, at: datetime) -> list[FeedFault]:
    """Store what the bank quotes for the currencies that the boards list.

    What the bank no longer quotes is stored as missing. Raises ``TimeAhead``; returns what was
    kept out of the rest, and why.
    """
    plausible.check_time(rates.quoted_at, at)
    faults = list(rates.faults)
    last = latest_quotes(kinds)
    for kind in kinds:
        if kind.name in rates.unreadable:
            continue
        try:
            _store_rate(rates, kind, last.get(kind.pk), at)
        except FeedFault as fault:
            faults.append(fault)
    renewed(PRICES)
    return faults


def _store_rate(rates: Rates, kind: PriceKind, last: PriceQuote | None, at: datetime) -> None:
    if kind.name not in rates.pairs:
        raise PriceNotListed(kind=kind.name)
    buy, sell = (_in_dong(price, kind.measure) for price in rates.pairs[kind.name])
    known = (last.buy, last.sell) if last else (None, None)
    plausible.check_prices(kind.name, (buy, sell), known)
    if last is not None and last.quoted_at > rates.quoted_at:
        raise TimeBehind(what=kind.name, moment=rates.quoted_at)
    if last is not None and last.source == Feed.VIETCOMBANK and known == (buy, sell):
        last.quoted_at, last.fetched_at = rates.quoted_at, at
        last.save(update_fields=["quoted_at", "fetched_at"])
        return
    PriceQuote.objects.create(
        kind=kind, buy=buy, sell=sell, measure=kind.measure, source=Feed.VIETCOMBANK,
        quoted_at=rates.quoted_at, fetched_at=at,
    )  # fmt: skip


def _in_dong(price: Decimal | None, measure: str) -> int | None:
    return None if price is None else int(round_half_up(price * UNITS[measure]))


@transaction.atomic
def store_weather(
    found: Sequence[tuple[Place, Weather]], *, feed: Feed, at: datetime
) -> list[FeedFault]:
    """Store the weather of places; returns what was kept out, and why."""
    faults = []
    for place, weather in found:
        try:
            _store_reading(place, weather, feed, at)
        except FeedFault as fault:
            faults.append(fault)
    renewed(WEATHER)
    return faults


def _store_reading(place: Place, weather: Weather, feed: Feed, at: datetime) -> None:
    plausible.check_time(weather.measured_at, at)
    last = WeatherReading.objects.filter(place=place).first()
    if last is not None and last.measured_at > weather.measured_at:
        raise TimeBehind(what=place.name, moment=weather.measured_at)
    degrees, moist = weather.temperature, weather.humidity
    values = {
        "temperature": None if degrees is None else plausible.temperature(place.name, degrees),
        "humidity": None if moist is None else plausible.humidity(place.name, moist),
        "measured_at": weather.measured_at,
    }
    WeatherReading.objects.update_or_create(
        place=place, defaults={**values, "source": feed, "fetched_at": at, "entered_by": ""}
    )
