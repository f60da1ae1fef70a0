"""What the boards show, where it may be fetched, and a log of every fetch."""

from .choices import Feed, Group, Measure
from .lists import BoardSettings, Place, PriceKind
from .log import LEAST_BETWEEN, MOST_BETWEEN, Fetch
from .values import PriceQuote, WeatherReading

__all__ = [
    "LEAST_BETWEEN",
    "MOST_BETWEEN",
    "BoardSettings",
    "Feed",
    "Fetch",
    "Group",
    "Measure",
    "Place",
    "PriceKind",
    "PriceQuote",
    "WeatherReading",
]
