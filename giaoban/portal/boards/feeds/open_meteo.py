"""Open-Meteo: the weather of several places in one answer. CC BY 4.0, with a visible link.

    {"latitude": 21.0, "longitude": 105.5, "utc_offset_seconds": 25200,
     "current_units": {"temperature_2m": "°C", "relative_humidity_2m": "%"},
     "current": {"time": "2026-03-26T16:15", "temperature_2m": 18.0, "relative_humidity_2m": 50}}

One such object for one place, a list of them in the order asked for several. The time is local and
without its offset. Not for commercial use without a contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from giaoban.portal.boards.errors import FeedOtherPlace, FeedUnreadable
from giaoban.portal.boards.feeds.weather import Spot, Weather, number, parsed, require
from giaoban.vietnamese import VIETNAM_TIME

ADDRESS = "https://api.open-meteo.com/v1/forecast"
SITE = "https://open-meteo.com/"
OFFSET_SECONDS = 7 * 3600
# The answer is for the middle of a cell of the model's grid, up to some ten kilometres away.
NEAR_DEGREES = 0.5


def address(spots: Sequence[Spot]) -> str:
    """Where to ask for the weather of these places."""
    asked = {
        "latitude": ",".join(f"{spot.latitude:f}" for spot in spots),
        "longitude": ",".join(f"{spot.longitude:f}" for spot in spots),
        "current": "temperature_2m,relative_humidity_2m",
        "timezone": ",".join(["Asia/Ho_Chi_Minh"] * len(spots)),
    }
    return f"{ADDRESS}?{urlencode(asked)}"


def read(body: bytes, spots: Sequence[Spot]) -> list[Weather]:
    """The weather of each place, in the order asked.

    Raises ``FeedUnreadable``, ``FeedOtherUnit``, ``FeedOtherPlace``.
    """
    told = parsed(body)
    listed = told if isinstance(told, list) else [told]
    if len(listed) != len(spots):
        raise FeedUnreadable(form="JSON")
    return [_one(each, spot) for each, spot in zip(listed, spots, strict=True)]


def _one(told: Any, spot: Spot) -> Weather:
    try:
        now, units = told["current"], told["current_units"]
        at = datetime.fromisoformat(now["time"])
        lies = number(told["latitude"]), number(told["longitude"])
        offset, degrees, moist = (
            told["utc_offset_seconds"], units["temperature_2m"], units["relative_humidity_2m"],
        )  # fmt: skip
        temperature, humidity = now["temperature_2m"], now["relative_humidity_2m"]
    except (KeyError, TypeError, ValueError) as other:
        raise FeedUnreadable(form="JSON") from other
    if offset != OFFSET_SECONDS or at.tzinfo is not None:
        raise FeedUnreadable(form="JSON")
    require(degrees, "°C")
    require(moist, "%")
    for found, asked in zip(lies, (spot.latitude, spot.longitude), strict=True):
        if found is None or abs(found - asked) > NEAR_DEGREES:
            raise FeedOtherPlace(place=spot.name)
    return Weather(at.replace(tzinfo=VIETNAM_TIME), number(temperature), number(humidity))
