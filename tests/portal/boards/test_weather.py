"""The weather: two feeds with their terms, of which a site takes one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from giaoban.portal.boards.errors import AskedTooSoon
from giaoban.portal.boards.fetching import fetch_weather
from giaoban.portal.boards.models import BoardSettings, Fetch, WeatherReading
from tests.portal.boards import answers
from tests.portal.boards.conftest import NOW, weather_from
from tests.portal.boards.feed_server import Server, answering

LATER = NOW + timedelta(minutes=15)
Readings = dict[str, tuple[Decimal | None, int | None]]


def known() -> Readings:
    return {
        one.place.name: (one.temperature, one.humidity) for one in WeatherReading.objects.all()
    }  # fmt: skip


def two(**others: Any) -> bytes:
    """Open-Meteo's answer for the two places."""
    return answers.written([answers.open_meteo(NOW, **others), answers.open_meteo(NOW, 23.14, 74)])


def test_with_every_feed_off_nobody_is_asked(board: BoardSettings, feed: Server) -> None:
    assert fetch_weather(at=NOW) == []
    assert feed.asked == []


def test_open_meteo_tells_all_places_at_once(board: BoardSettings, feed: Server) -> None:
    weather_from(board, "open-meteo")
    feed.reply = answering(two())
    (fetch,) = fetch_weather(at=NOW)
    assert (fetch.outcome, fetch.notes) == (Fetch.Outcome.STORED, [])
    assert known() == {"Liên Quan": (Decimal("23.4"), 71), "Hòa Lạc": (Decimal("23.1"), 74)}
    (asked,) = feed.asked
    assert "latitude=21.0568%2C20.9972" in asked["path"]
    assert "current=temperature_2m%2Crelative_humidity_2m" in asked["path"]
    reading = WeatherReading.objects.get(place__name="Liên Quan")
    assert (reading.measured_at, reading.fetched_at) == (NOW, NOW)


def test_one_place_alone_is_no_list(board: BoardSettings, feed: Server) -> None:
    weather_from(board, "open-meteo")
    board.places.filter(name="Hòa Lạc").delete()
    feed.reply = answering(answers.written(answers.open_meteo(NOW)))
    fetch_weather(at=NOW)
    assert known() == {"Liên Quan": (Decimal("23.4"), 71)}


def test_what_is_null_is_unknown(board: BoardSettings, feed: Server) -> None:
    weather_from(board, "open-meteo")
    feed.reply = answering(two(temperature=None))
    fetch_weather(at=NOW)
    assert known()["Liên Quan"] == (None, 71)


def _units(temperature: str) -> dict[str, Any]:
    return {"current_units": {"temperature_2m": temperature, "relative_humidity_2m": "%"}}


def _without_current() -> bytes:
    told = [answers.open_meteo(NOW), answers.open_meteo(NOW)]
    del told[1]["current"]
    return answers.written(told)


USELESS: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut in half": (lambda: two()[:200], "feed_unreadable"),
    "a page": (lambda: b"<html>down</html>", "feed_unreadable"),
    "broken letters": (lambda: two().replace("°".encode(), b"\xb0"), "feed_unreadable"),
    "letters broken before": (lambda: two(**_units("Â°C")), "feed_other_unit"),
    "Fahrenheit": (lambda: two(**_units("°F")), "feed_other_unit"),
    "one place too few": (lambda: answers.written([answers.open_meteo(NOW)]), "feed_unreadable"),
    "another place": (lambda: two(latitude=10.8), "feed_other_place"),
    "another zone": (lambda: two(utc_offset_seconds=0), "feed_unreadable"),
    "words for numbers": (lambda: two(temperature="23.4"), "feed_unreadable"),
    "truth for a number": (lambda: two(humidity=True), "feed_unreadable"),
    "no number": (lambda: two().replace(b"23.4", b"NaN"), "feed_unreadable"),
    "nothing current": (_without_current, "feed_unreadable"),
    "too deep": (lambda: b"[" * 200_000, "feed_unreadable"),
}


@pytest.mark.parametrize("case", USELESS)
def test_what_is_useless_changes_nothing_and_says_why(
    case: str, board: BoardSettings, feed: Server
) -> None:
    weather_from(board, "open-meteo")
    feed.reply = answering(two())
    fetch_weather(at=NOW)
    before = known()
    told, code = USELESS[case]
    feed.reply = answering(told())
    (fetch,) = fetch_weather(at=LATER)
    assert (fetch.outcome, [note["code"] for note in fetch.notes]) == (Fetch.Outcome.FAILED, [code])
    assert known() == before


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        ({"temperature": 50.1}, "temperature_far_off"),
        ({"temperature": -10.1}, "temperature_far_off"),
        ({"temperature": 296.5}, "temperature_far_off"),
        ({"humidity": 101}, "humidity_far_off"),
        ({"humidity": -1}, "humidity_far_off"),
    ],
)
def test_a_lie_is_kept_out_and_the_other_place_is_taken(
    lie: dict[str, Any], code: str, board: BoardSettings, feed: Server
) -> None:
    weather_from(board, "open-meteo")
    feed.reply = answering(two(**lie))
    (fetch,) = fetch_weather(at=NOW)
    assert (fetch.outcome, [n["code"] for n in fetch.notes]) == (Fetch.Outcome.KEPT_OUT, [code])
    assert known() == {"Hòa Lạc": (Decimal("23.1"), 74)}


def test_a_time_that_has_not_come_is_kept_out(board: BoardSettings, feed: Server) -> None:
    weather_from(board, "open-meteo")
    ahead = answers.open_meteo(NOW + timedelta(hours=1))
    feed.reply = answering(answers.written([ahead, answers.open_meteo(NOW)]))
    (fetch,) = fetch_weather(at=NOW)
    assert [note["code"] for note in fetch.notes] == ["feed_time_ahead"]
    assert list(known()) == ["Hòa Lạc"]


def norway(*moments: str, **others: Any) -> bytes:
    others.setdefault("where", (105.5769, 21.0568))
    return answers.written(answers.met_norway(*moments, **others))


@pytest.fixture
def one_place(board: BoardSettings) -> BoardSettings:
    board.places.filter(name="Hòa Lạc").delete()
    return weather_from(board, "met-norway")


def test_norway_tells_the_hour_that_is_running(one_place: BoardSettings, feed: Server) -> None:
    feed.reply = answering(
        norway("2018-10-29T00:00:00Z", "2018-10-29T01:00:00Z", "2018-10-29T02:00:00Z")
    )
    (fetch,) = fetch_weather(at=NOW)
    assert (fetch.outcome, fetch.notes) == (Fetch.Outcome.STORED, [])
    assert known() == {"Liên Quan": (Decimal("23.4"), 71)}
    assert WeatherReading.objects.get().measured_at == NOW.replace(minute=0)
    assert feed.asked[0]["path"].endswith("?lat=21.0568&lon=105.5769")
    assert "GiaoBan/" in feed.asked[0]["user-agent"]


def test_each_place_is_asked_for_by_itself(board: BoardSettings, feed: Server) -> None:
    weather_from(board, "met-norway")
    feed.reply = answering(norway("2018-10-29T01:00:00Z"))
    first, second = fetch_weather(at=NOW)
    assert len(feed.asked) == 2
    assert first.notes == []
    # The answer is the first place's, and so near that it could be the second's too.
    assert (first.place, second.place) == ("Liên Quan", "Hòa Lạc")


def test_norway_is_not_asked_before_it_expires_nor_for_what_is_known(
    one_place: BoardSettings, feed: Server
) -> None:
    told = {"Expires": "Mon, 29 Oct 2018 01:40:00 GMT",
            "Last-Modified": "Mon, 29 Oct 2018 00:41:12 GMT"}  # fmt: skip
    feed.reply = answering(norway("2018-10-29T01:00:00Z"), headers=told)
    fetch_weather(at=NOW)
    expired = NOW.replace(minute=40)
    with pytest.raises(AskedTooSoon):
        fetch_weather(at=expired - timedelta(seconds=1))
    feed.reply = answering(b"", 304)
    (fetch,) = fetch_weather(at=expired)
    assert fetch.outcome == Fetch.Outcome.UNCHANGED
    assert "if-modified-since" not in feed.asked[0]
    assert feed.asked[1]["if-modified-since"] == told["Last-Modified"]
    # And so on: what was said before the answer of nothing new still holds.
    fetch_weather(at=expired + timedelta(hours=1))
    assert feed.asked[2]["if-modified-since"] == told["Last-Modified"]
    # Another spot of the same name is other news.
    one_place.places.update(latitude="21.0600")
    fetch_weather(at=expired + timedelta(hours=2))
    assert "if-modified-since" not in feed.asked[3]


def test_nothing_new_where_nothing_was_known_is_a_refusal(
    one_place: BoardSettings, feed: Server
) -> None:
    feed.reply = answering(b"", 304)
    (fetch,) = fetch_weather(at=NOW)
    assert [note["code"] for note in fetch.notes] == ["feed_refused"]


def test_that_a_way_of_asking_will_end_is_told(one_place: BoardSettings, feed: Server) -> None:
    feed.reply = answering(norway("2018-10-29T01:00:00Z"), 203)
    (fetch,) = fetch_weather(at=NOW)
    assert (fetch.outcome, fetch.status) == (Fetch.Outcome.STORED, 203)
    assert [note["code"] for note in fetch.notes] == ["feed_deprecated"]
    assert list(known()) == ["Liên Quan"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (lambda: norway("2018-10-29T03:00:00Z"), "feed_time_ahead"),
        (lambda: norway("2018-10-29T01:00:00"), "feed_unreadable"),
        (lambda: norway(), "feed_unreadable"),
        (lambda: norway("2018-10-29T01:00:00Z", where=(10.7, 59.9)), "feed_other_place"),
        (lambda: norway("2018-10-29T01:00:00Z", temperature=-40), "temperature_far_off"),
        (lambda: norway("2018-10-29T01:00:00Z").replace(b"celsius", b"kelvin"), "feed_other_unit"),
    ],
)
def test_norways_lies_are_kept_out(
    told: Callable[[], bytes], code: str, one_place: BoardSettings, feed: Server
) -> None:
    feed.reply = answering(told())
    (fetch,) = fetch_weather(at=NOW)
    assert [note["code"] for note in fetch.notes] == [code]
    assert known() == {}
