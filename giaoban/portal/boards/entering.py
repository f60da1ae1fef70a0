"""Values entered by hand: what an editor reads at a counter or hears on the radio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from giaoban.journal.writing import Recorder
from giaoban.portal.boards import plausible
from giaoban.portal.boards.errors import TimeBehind
from giaoban.portal.boards.models import Place, PriceKind, PriceQuote, WeatherReading
from giaoban.portal.boards.storing import PRICES, WEATHER, latest_quotes
from giaoban.portal.caching import changed


@dataclass(frozen=True, slots=True)
class Priced:
    """What a kind is bought and sold for, in đồng; None where there is no price."""

    kind: PriceKind
    buy: int | None
    sell: int | None


@dataclass(frozen=True, slots=True)
class Felt:
    """The weather of a place, °C and per cent; None where it isn't known."""

    place: Place
    temperature: Decimal | None
    humidity: Decimal | None


@transaction.atomic
def enter_prices(*, prices: Sequence[Priced], by: Recorder, far: bool = False) -> list[int]:
    """Put prices on the board, all or none; returns the ids of the quotes.

    ``far`` is said by somebody who has looked twice: a price may differ from the last one by any
    factor. Raises ``PriceNotAboveZero``, ``PriceFarOff``, ``PricesCrossed``, ``TimeBehind``.
    """
    last = latest_quotes(one.kind for one in prices)
    for one in prices:
        check_priced(one, last.get(one.kind.pk), far=far)
        newest = last.get(one.kind.pk)
        if newest is not None and newest.quoted_at > by.at:
            raise TimeBehind(what=one.kind.name, moment=by.at)
    quotes = [
        PriceQuote.objects.create(
            kind=one.kind, buy=one.buy, sell=one.sell, measure=one.kind.measure,
            quoted_at=by.at, entered_by=by.name,
        )
        for one in prices
    ]  # fmt: skip
    changed(PRICES)
    return [quote.pk for quote in quotes]


def check_priced(one: Priced, last: PriceQuote | None, *, far: bool) -> None:
    """The rules for one line. Raises what ``enter_prices`` raises for its prices."""
    known = (last.buy, last.sell) if last else (None, None)
    plausible.check_prices(one.kind.name, (one.buy, one.sell), known, far=far)


@transaction.atomic
def enter_weather(*, weather: Sequence[Felt], by: Recorder) -> None:
    """Put the weather on the board, all or none.

    Raises ``TemperatureFarOff``, ``HumidityFarOff``, ``TimeBehind``.
    """
    for one in weather:
        last = WeatherReading.objects.filter(place=one.place, measured_at__gt=by.at)
        if last.exists():
            raise TimeBehind(what=one.place.name, moment=by.at)
        values = checked_felt(one)
        WeatherReading.objects.update_or_create(
            place=one.place,
            defaults={"temperature": values[0], "humidity": values[1], "measured_at": by.at,
                      "source": "", "fetched_at": None, "entered_by": by.name},
        )  # fmt: skip
    changed(WEATHER)


def checked_felt(one: Felt) -> tuple[Decimal | None, int | None]:
    """Temperature and humidity as they are stored. Raises ``TemperatureFarOff``,
    ``HumidityFarOff``."""
    warm, moist = one.temperature, one.humidity
    return (
        None if warm is None else plausible.temperature(one.place.name, warm),
        None if moist is None else plausible.humidity(one.place.name, moist),
    )
