"""What the boards show at a moment: values with where they come from, and whether they are old."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby

from wagtail.models import Site

from giaoban.portal.boards.feeds import met_norway, open_meteo, vietcombank
from giaoban.portal.boards.models import (
    BoardSettings,
    Feed,
    Group,
    Measure,
    Place,
    PriceKind,
    PriceQuote,
    WeatherReading,
)
from giaoban.portal.boards.storing import latest_quotes

SITES = {
    Feed.VIETCOMBANK: vietcombank.SITE, Feed.OPEN_METEO: open_meteo.SITE,
    Feed.MET_NORWAY: met_norway.SITE,
}  # fmt: skip
# What may be passed on only with its licence beside it.
CC_BY = "https://creativecommons.org/licenses/by/4.0/deed.vi"
CC_BY_4 = frozenset({Feed.OPEN_METEO, Feed.MET_NORWAY})
THOUSAND = 1000
# A bank quotes and a station measures some time before it is asked; beyond this it is told.
APART = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from. ``of`` is its own time, ``got_at`` when it was fetched or entered.

    It is old (``stale``) ``hours`` after its own time, however often a feed repeats it.
    """

    source: str
    of: datetime
    got_at: datetime
    stale_at: datetime
    stale: bool

    @property
    def by_hand(self) -> bool:
        """Whether an editor entered it."""
        return not self.source

    @property
    def feed(self) -> Feed:
        """The feed that it comes from."""
        return Feed(self.source)

    @property
    def address(self) -> str:
        """Where the feed's own pages are."""
        return SITES[self.feed]

    @property
    def licence(self) -> str:
        """The address of the licence that has to stand beside the value, or nothing."""
        return CC_BY if self.feed in CC_BY_4 else ""

    @property
    def apart(self) -> bool:
        """Whether the value is so much older than its fetching that both times are told."""
        return self.got_at - self.of > APART


@dataclass(slots=True)
class PriceRow:
    """A line: what is priced, ``buy`` and ``sell`` as they are shown, None where unknown."""

    kind: PriceKind
    buy: Decimal | None
    sell: Decimal | None
    origin: Origin | None
    apart: bool = False  # from another source or time than its group says

    @property
    def per_hundred(self) -> bool:
        """Whether a hundred units of the currency are priced."""
        return self.kind.measure == Measure.HUNDRED


@dataclass(slots=True)
class PriceGroup:
    """Lines of one group and measure, in đồng or, ``in_thousands``, in thousand đồng."""

    group: Group
    measure: Measure
    rows: list[PriceRow]
    in_thousands: bool
    origin: Origin | None


@dataclass(slots=True)
class WeatherRow:
    """A place with its weather, None where unknown."""

    place: Place
    temperature: Decimal | None
    humidity: int | None
    origin: Origin | None
    apart: bool = False


@dataclass(slots=True)
class Prices:
    """The price board."""

    groups: list[PriceGroup]
    old_at: datetime | None  # when the next value grows old, for whoever keeps the page

    @property
    def origin(self) -> Origin | None:
        """Where all groups come from, if that is the same."""
        first, *others = [group.origin for group in self.groups]
        return first if all(origin == first for origin in others) else None


@dataclass(slots=True)
class WeatherBoard:
    """The weather board."""

    rows: list[WeatherRow]
    origin: Origin | None
    old_at: datetime | None = field(default=None)


def price_board(site: Site, at: datetime) -> Prices | None:
    """The prices of a site as of a moment, in the editors' order; None where none are listed."""
    board = BoardSettings.for_site(site)
    kinds = list(board.kinds.all())
    if not kinds:
        return None
    quotes = latest_quotes(kinds)
    hours = board.prices_stale_hours
    groups = []
    for (group, measure), of_group in groupby(kinds, key=_grouped):
        listed = list(of_group)
        shown = [quotes[kind.pk] for kind in listed if kind.pk in quotes]
        thousands = group == Group.GOLD and all(
            not (price or 0) % THOUSAND for quote in shown for price in (quote.buy, quote.sell)
        )
        rows = [_price_row(kind, quotes.get(kind.pk), hours, at, thousands) for kind in listed]
        groups.append(PriceGroup(group, measure, rows, thousands, _shared(rows)))
    return Prices(groups, _old_at((row for group in groups for row in group.rows), at))


def _grouped(kind: PriceKind) -> tuple[Group, Measure]:
    """Currencies stand together, whether of one unit or of a hundred."""
    group = Group(kind.group)
    return group, Measure.ONE if group == Group.CURRENCY else Measure(kind.measure)


def _price_row(
    kind: PriceKind, quote: PriceQuote | None, hours: int, at: datetime, thousands: bool
) -> PriceRow:
    if quote is None:
        return PriceRow(kind, None, None, None)
    scale = THOUSAND if thousands else 1
    buy, sell = (None if p is None else Decimal(p) / scale for p in (quote.buy, quote.sell))
    return PriceRow(kind, buy, sell, _origin(quote, quote.quoted_at, hours, at))


def weather_board(site: Site, at: datetime) -> WeatherBoard | None:
    """The weather of a site's places as of a moment; None where no place is listed."""
    board = BoardSettings.for_site(site)
    places = list(board.places.all())
    if not places:
        return None
    readings = {one.place_id: one for one in WeatherReading.objects.filter(place__in=places)}
    hours = board.weather_stale_hours
    rows = [_weather_row(place, readings.get(place.pk), hours, at) for place in places]
    return WeatherBoard(rows, _shared(rows), _old_at(rows, at))


def _weather_row(
    place: Place, reading: WeatherReading | None, hours: int, at: datetime
) -> WeatherRow:
    if reading is None:
        return WeatherRow(place, None, None, None)
    origin = _origin(reading, reading.measured_at, hours, at)
    return WeatherRow(place, reading.temperature, reading.humidity, origin)


def _origin(value: PriceQuote | WeatherReading, of: datetime, hours: int, at: datetime) -> Origin:
    stale_at = of + timedelta(hours=hours)
    return Origin(value.source, of, value.fetched_at or of, stale_at, stale_at <= at)


def _shared(rows: Iterable[PriceRow | WeatherRow]) -> Origin | None:
    """What most lines have in common, the newest of those; lines of another origin say theirs."""
    listed = list(rows)
    known = [row.origin for row in listed if row.origin is not None]
    if not known:
        return None
    main = max(known, key=lambda origin: (known.count(origin), origin.of))
    for row in listed:
        row.apart = row.origin is not None and row.origin != main
    return main


def _old_at(rows: Iterable[PriceRow | WeatherRow], at: datetime) -> datetime | None:
    moments = (row.origin.stale_at for row in rows if row.origin is not None)
    return min((moment for moment in moments if moment > at), default=None)
