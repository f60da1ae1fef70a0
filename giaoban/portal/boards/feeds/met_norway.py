"""MET Norway's Locationforecast: GeoJSON, one place an answer.

    {"geometry": {"coordinates": [105.55, 21.02, 15]},
     "properties": {
       "meta": {"units": {"air_temperature": "celsius", "relative_humidity": "%"}},
       "timeseries": [{"time": "2026-08-21T07:00:00Z", "data": {"instant": {"details":
         {"air_temperature": 29.1, "relative_humidity": 78.4}}}}, …]}}

Its terms: a User-Agent that says who asks (403 without), coordinates to four decimals at most, not
before ``Expires``, with ``If-Modified-Since``; status 203 means that this version will end.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from giaoban.portal.boards.errors import FeedOtherPlace, FeedUnreadable
from giaoban.portal.boards.feeds.weather import Spot, Weather, number, parsed, require

ADDRESS = "https://api.met.no/weatherapi/locationforecast/2.0/compact"
SITE = "https://www.met.no/"
NEAR_DEGREES = 0.1


def address(spot: Spot) -> str:
    """Where to ask for the weather of a place."""
    asked = {"lat": f"{spot.latitude:.4f}", "lon": f"{spot.longitude:.4f}"}
    return f"{ADDRESS}?{urlencode(asked)}"


def read(body: bytes, spot: Spot, at: datetime) -> Weather:
    """The weather of the hour that is running ``at`` a moment.

    Where the series only begins later, its first moment: a time in the future is refused by
    whoever stores it. Raises ``FeedUnreadable``, ``FeedOtherUnit``, ``FeedOtherPlace``.
    """
    told = parsed(body)
    try:
        longitude, latitude = told["geometry"]["coordinates"][:2]
        units = told["properties"]["meta"]["units"]
        series = [
            (_moment(one["time"]), one["data"]["instant"]["details"])
            for one in told["properties"]["timeseries"]
        ]
        degrees, moist = units["air_temperature"], units["relative_humidity"]
        running = [one for one in series if one[0] <= at]
        moment, details = max(running or series[:1], key=lambda one: one[0])
        temperature, humidity = details["air_temperature"], details["relative_humidity"]
    except (KeyError, TypeError, ValueError, IndexError) as other:
        raise FeedUnreadable(form="JSON") from other
    require(degrees, "celsius")
    require(moist, "%")
    for found, asked in ((latitude, spot.latitude), (longitude, spot.longitude)):
        where = number(found)
        if where is None or abs(where - asked) > NEAR_DEGREES:
            raise FeedOtherPlace(place=spot.name)
    return Weather(moment, number(temperature), number(humidity))


def _moment(text: Any) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
