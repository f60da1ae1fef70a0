"""Fetching from the feeds that are on: at most so often, never by two at once, each time logged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.db import DatabaseError, transaction
from django.db.models import Q

from giaoban.portal.boards.agent import agent
from giaoban.portal.boards.errors import AskedTooSoon, FeedDeprecated, FeedFault, FeedRefused
from giaoban.portal.boards.feeds import met_norway, open_meteo, vietcombank
from giaoban.portal.boards.feeds.asking import Answer, ask
from giaoban.portal.boards.feeds.weather import Spot
from giaoban.portal.boards.models import (
    LEAST_BETWEEN,
    MOST_BETWEEN,
    BoardSettings,
    Feed,
    Fetch,
    Group,
    Place,
    PriceKind,
)
from giaoban.portal.boards.storing import store_rates, store_weather

# How often the queue asks by itself; a person may ask as soon as a feed allows.
EVERY = timedelta(minutes=15)
DEPRECATED = 203

Outcome = Fetch.Outcome
# Puts an answer into the store, and returns what was kept out.
Store = Callable[[Answer], list[FeedFault]]


def fetch_rates(*, at: datetime) -> Fetch | None:
    """Fetch exchange rates for every board that wants them; None where none does.

    Raises ``AskedTooSoon``. That the feed gave nothing is no error: the log tells it.
    """
    kinds = list(
        PriceKind.objects.filter(board__rates_feed=True, group=Group.CURRENCY)
        .exclude(board__contact="")
        .select_related("board")
    )
    if not kinds:
        return None

    def store(answer: Answer) -> list[FeedFault]:
        return store_rates(vietcombank.read(answer.body), kinds, at=at)

    return _fetch(Feed.VIETCOMBANK, "", vietcombank.ADDRESS, kinds[0].board, store, at)


def fetch_weather(*, at: datetime) -> list[Fetch]:
    """Fetch the weather for every board that wants it, from the feed that it wants.

    A place that was asked for just now is passed over; if all were, raises ``AskedTooSoon``.
    """
    fetches, soon = [], None
    for feed, places, ask_for in (
        (Feed.OPEN_METEO, _places(Feed.OPEN_METEO), _all_at_once),
        (Feed.MET_NORWAY, _places(Feed.MET_NORWAY), _one_by_one),
    ):
        for name, address, store in ask_for(places, at) if places else ():
            try:
                fetches.append(_fetch(feed, name, address, places[0].board, store, at))
            except AskedTooSoon as refused:
                soon = refused
    if soon is not None and not fetches:
        raise soon
    return fetches


def due(at: datetime) -> bool:
    """Whether the queue has let some minutes pass since it asked any feed."""
    return not Fetch.objects.filter(asked_at__gt=at - EVERY).exists()


def _places(feed: Feed) -> list[Place]:
    wanted = Q(board__weather_feed=feed) & ~Q(board__contact="")
    return list(Place.objects.filter(wanted).select_related("board"))


def _spot(place: Place) -> Spot:
    return Spot(place.name, place.latitude, place.longitude)


def _all_at_once(places: list[Place], at: datetime) -> Iterable[tuple[str, str, Store]]:
    spots = [_spot(place) for place in places]

    def store(answer: Answer) -> list[FeedFault]:
        found = open_meteo.read(answer.body, spots)
        return store_weather(
            list(zip(places, found, strict=True)), feed=Feed.OPEN_METEO, at=at
        )  # fmt: skip

    yield "", open_meteo.address(spots), store


def _one_by_one(places: list[Place], at: datetime) -> Iterable[tuple[str, str, Store]]:
    for place in places:

        def store(answer: Answer, place: Place = place) -> list[FeedFault]:
            found = met_norway.read(answer.body, _spot(place), at)
            return store_weather([(place, found)], feed=Feed.MET_NORWAY, at=at)

        yield place.name, met_norway.address(_spot(place)), store


def _fetch(
    feed: Feed, place: str, address: str, board: BoardSettings, store: Store, at: datetime
) -> Fetch:
    """Note that the feed is asked, ask it, store what it says, note what came of it."""
    fetch, since = _begin(feed, place, address, at)
    begun = time.monotonic()
    try:
        answer = ask(address, agent=agent(board.contact), since=since)
    except FeedFault as fault:
        told = fault.answer if isinstance(fault, FeedRefused) else None
        return _end(fetch, Outcome.FAILED, begun, told, [fault])
    if answer.unchanged:
        return _end(fetch, Outcome.UNCHANGED, begun, answer, [], last_modified=since)
    notes: list[FeedFault] = [FeedDeprecated()] if answer.status == DEPRECATED else []
    try:
        kept_out = store(answer)
    except FeedFault as fault:
        return _end(fetch, Outcome.FAILED, begun, answer, [*notes, fault])
    outcome = Outcome.KEPT_OUT if kept_out else Outcome.STORED
    since = answer.headers.get("last-modified", "")[:100]
    return _end(fetch, outcome, begun, answer, [*notes, *kept_out], last_modified=since)


def _begin(feed: Feed, place: str, address: str, at: datetime) -> tuple[Fetch, str]:
    """The line of the log, committed before anything is asked, and since when news is wanted."""
    last = Fetch.objects.filter(feed=feed, place=place).order_by("-asked_at").first()
    if last is not None and last.next_at > at:
        raise AskedTooSoon(feed=feed.label, moment=last.next_at)
    new = Fetch(feed=feed, place=place, address=address[:2000], asked_at=at,
                next_at=at + LEAST_BETWEEN)  # fmt: skip
    try:
        with transaction.atomic():
            new.save()
    except DatabaseError as refused:
        # Somebody else was quicker by a moment: the database has the last word.
        if "board_too_soon" in str(refused):
            raise AskedTooSoon(feed=feed.label, moment=new.next_at) from refused
        raise
    same = last is not None and last.address == new.address and last.outcome in (
        Outcome.STORED, Outcome.UNCHANGED,
    )  # fmt: skip
    return new, last.last_modified if last is not None and same else ""


def _end(
    fetch: Fetch, outcome: Fetch.Outcome, begun: float, answer: Answer | None,
    notes: list[FeedFault], *, last_modified: str = "",
) -> Fetch:  # fmt: skip
    fetch.outcome, fetch.last_modified = outcome, last_modified
    fetch.took_ms = int((time.monotonic() - begun) * 1000)
    if answer is not None:
        fetch.status = answer.status
        fetch.next_at = _next_at(fetch, answer.headers)
    told = [fault.as_dict() for fault in notes]
    fetch.notes = [{"code": one["code"], "params": one["params"]} for one in told]
    fetch.save(update_fields=list(Fetch.decided_columns))
    return fetch


def _next_at(fetch: Fetch, headers: Mapping[str, str]) -> datetime:
    """When the feed may be asked again: as it says itself, within what we take from anybody."""
    wished = [fetch.asked_at + LEAST_BETWEEN]
    wished += filter(None, (_moment(headers.get("expires")), _later(fetch, headers)))
    return min(max(wished), fetch.asked_at + MOST_BETWEEN)


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _later(fetch: Fetch, headers: Mapping[str, str]) -> datetime | None:
    wait = headers.get("retry-after", "")
    if wait.isascii() and wait.isdigit() and len(wait) < 7:
        return fetch.asked_at + timedelta(seconds=int(wait))
    return _moment(wait)
