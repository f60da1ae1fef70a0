"""What can't be so: a price ten times the last one, a hot winter, a time that hasn't come."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from giaoban.portal.boards.errors import (
    HumidityFarOff,
    PriceFarOff,
    PriceNotAboveZero,
    PricesCrossed,
    TemperatureFarOff,
    TimeAhead,
)
from giaoban.vietnamese import format_number, round_half_up

TIMES = 10
COLDEST, HOTTEST = -10, 50
# Two clocks are never quite the same.
CLOCKS_DIFFER = timedelta(minutes=5)

Prices = tuple[int | None, int | None]


def check_time(moment: datetime, at: datetime) -> None:
    """Raises ``TimeAhead`` for a moment after ``at``."""
    if moment > at + CLOCKS_DIFFER:
        raise TimeAhead(moment=moment)


def check_prices(kind: str, prices: Prices, last: Prices, *, far: bool = False) -> None:
    """Refuse prices, in đồng, that can't be.

    ``last`` are those known already; ``far`` lets them differ by any factor. Raises
    ``PriceNotAboveZero``, ``PriceFarOff``, ``PricesCrossed``.
    """
    for value, before in zip(prices, last, strict=True):
        if value is not None and value <= 0:
            raise PriceNotAboveZero(kind=kind, value=value)
        near = not (value and before) or (value < before * TIMES and before < value * TIMES)
        if not near and not far:
            raise PriceFarOff(kind=kind, value=value, last=before)
    buy, sell = prices
    if buy and sell and sell < buy:
        raise PricesCrossed(kind=kind, buy=buy, sell=sell)


def temperature(place: str, value: Decimal) -> Decimal:
    """A temperature to a tenth of a degree. Raises ``TemperatureFarOff``."""
    if not COLDEST <= value <= HOTTEST:
        raise TemperatureFarOff(place=place, value=format_number(value))
    return round_half_up(value, 1)


def humidity(place: str, value: Decimal) -> int:
    """Humidity in whole per cent. Raises ``HumidityFarOff``."""
    if not 0 <= value <= 100:
        raise HumidityFarOff(place=place, value=format_number(value))
    return int(round_half_up(value))
