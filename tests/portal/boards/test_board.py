"""What readers see: each value with its source and time, a mark when it is old, a dash when it is
not known. Pages are made from the store; nobody is asked for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from giaoban.journal.writing import Recorder
from giaoban.portal.boards.entering import Felt, Priced, enter_prices, enter_weather
from giaoban.portal.boards.fetching import fetch_rates, fetch_weather
from giaoban.portal.boards.models import BoardSettings
from giaoban.portal.boards.templatetags import boards as tags
from giaoban.portal.caching import UNTIL, depended
from tests.portal.boards import answers
from tests.portal.boards.conftest import NOW, weather_from
from tests.portal.boards.feed_server import Server, answering

EDITOR = Recorder("bien-tap", NOW - timedelta(minutes=5))
WEEK = timedelta(days=7)


def shown(
    at: datetime, monkeypatch: pytest.MonkeyPatch, language: str = "vi"
) -> tuple[str, HttpRequest]:
    """Both boards at a moment, with single spaces, and the request that they were made for."""
    monkeypatch.setattr(tags, "_now", lambda: at)
    request = RequestFactory().get("/")
    template = engines["django"].from_string(
        "{% load boards %}{% board_prices %}{% board_weather %}"
    )
    with translation.override(language):
        return " ".join(template.render({"request": request}, request).split()), request


def enter_gold(board: BoardSettings, **prices: tuple[int | None, int | None]) -> None:
    kinds = {kind.name: kind for kind in board.kinds.all()}
    enter_prices(
        prices=[Priced(kinds[name.replace("_", " ")], *pair) for name, pair in prices.items()],
        by=EDITOR,
    )


def row(html: str, name: str) -> str:
    """The cells of a line."""
    at = html.index(name, html.index("<tbody"))
    return html[at : html.index("</tr>", at)]


def test_a_site_that_lists_nothing_has_no_boards(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    html, request = shown(NOW, monkeypatch)
    assert html == ""
    # The page is old as soon as it lists something.
    assert depended(request) == {"board:prices", "board:weather"}


def test_prices_by_hand(board: BoardSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    enter_gold(board, SJC=(36_420_000, 36_580_000), USD=(23_300, None))
    html, request = shown(NOW, monkeypatch)
    assert "Vàng, nghìn đồng một lượng" in html
    assert '<td class="num">36.420</td> <td class="num">36.580</td>' in row(html, "SJC")
    assert '<abbr title="đô la Mỹ">USD</abbr>' in html
    assert "Nguồn: ban biên tập, ghi lúc 08:00 29/10/2018</p>" in html
    assert "số cũ" not in html
    assert getattr(request, UNTIL) == EDITOR.at + timedelta(hours=24)


def test_what_is_not_known_is_a_dash_and_said(
    board: BoardSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_gold(board, SJC=(36_420_000, 36_580_000), USD=(23_300, None))
    dash = '<span class="dash" aria-hidden="true">–</span><span class="vh">chưa có số</span>'
    html, _request = shown(NOW, monkeypatch)
    assert row(html, "USD").count(dash) == 1
    assert row(html, "EUR").count(dash) == 2
    assert row(html, "Liên Quan").count(dash) == 2
    assert "None" not in html
    assert '<th scope="row"></th>' not in html
    english, _request = shown(NOW, monkeypatch, "en")
    assert '<span class="vh">not known</span>' in row(english, "EUR")


def test_gold_that_is_not_in_whole_thousands_is_told_in_dong(
    board: BoardSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_gold(board, SJC=(36_420_500, 36_580_000))
    html, _request = shown(NOW, monkeypatch)
    assert "Vàng, đồng một lượng" in html
    assert "36.420.500" in row(html, "SJC")


def test_each_source_is_named_with_a_link_and_its_time(
    rates_on: BoardSettings, feed: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_gold(rates_on, SJC=(36_420_000, 36_580_000))
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    html, _request = shown(NOW, monkeypatch)
    assert "Vàng: ban biên tập, ghi lúc 08:00 29/10/2018</p>" in html
    link = '<a href="https://www.vietcombank.com.vn">Vietcombank</a>'
    assert f"Ngoại tệ: {link}, lấy lúc 08:05 29/10/2018</p>" in html
    assert "100&nbsp;<abbr" in html


def test_a_value_of_another_time_says_its_own(
    rates_on: BoardSettings, feed: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    later = NOW + timedelta(minutes=15)
    feed.reply = answering(answers.rates(later, "233,000.00", "233,900.00"))
    fetch_rates(at=later)
    html, _request = shown(later, monkeypatch)
    assert "lấy lúc 08:05 29/10/2018" in row(html, "USD")
    assert "lấy lúc" not in row(html, "EUR")
    assert "23.300" in row(html, "USD")


@pytest.mark.parametrize(
    ("name", "source"),
    [("open-meteo", "https://open-meteo.com/"), ("met-norway", "https://www.met.no/")],
)
def test_the_weather_carries_its_licence(
    name: str, source: str, board: BoardSettings, feed: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.places.filter(name="Hòa Lạc").delete()
    weather_from(board, name)
    told: dict[str, Any] = answers.open_meteo(NOW)
    if name == "met-norway":
        told = answers.met_norway("2018-10-29T01:00:00Z", where=(105.5769, 21.0568))
    feed.reply = answering(answers.written(told))
    fetch_weather(at=NOW)
    html, _request = shown(NOW, monkeypatch)
    assert f'Nguồn: <a href="{source}">' in html
    assert 'rel="license">CC BY 4.0</a>, lấy lúc 08:05 29/10/2018</p>' in html
    assert '<td class="num">23,4</td> <td class="num">71</td>' in row(html, "Liên Quan")


def test_a_feed_gone_for_a_week_is_seen(
    rates_on: BoardSettings, feed: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last values stay, with their age beside them."""
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    fresh, request = shown(NOW, monkeypatch)
    assert "số cũ" not in fresh
    # A page in memory is not kept beyond the moment at which its values grow old.
    assert getattr(request, UNTIL) == NOW + timedelta(hours=24)
    feed.reply = answering(b"", 500)
    for days in range(1, 8):
        fetch_rates(at=NOW + timedelta(days=days))
    html, request = shown(NOW + WEEK, monkeypatch)
    assert "23.300" in row(html, "USD")
    assert '<td class="num old">' in row(html, "USD")
    assert "số cũ, lấy lúc 08:05 29/10/2018" in html
    assert not hasattr(request, UNTIL)


def test_a_feed_that_repeats_itself_for_a_week_is_seen_too(
    rates_on: BoardSettings, feed: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    fetch_rates(at=NOW + WEEK)
    html, _request = shown(NOW + WEEK, monkeypatch)
    assert "số cũ, của lúc 08:05 29/10/2018" in html
    assert "lấy lúc 08:05 05/11/2018" in html


def test_old_weather(board: BoardSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    places = list(board.places.all())
    enter_weather(
        weather=[Felt(place, Decimal("23.4"), Decimal(71)) for place in places], by=EDITOR
    )
    html, _request = shown(EDITOR.at + timedelta(hours=3), monkeypatch)
    assert "số cũ, ghi lúc 08:00 29/10/2018" in html


def test_a_name_is_no_markup(board: BoardSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    board.kinds.filter(name="SJC").update(name="<b>SJC</b>")
    html, _request = shown(NOW, monkeypatch)
    assert "&lt;b&gt;SJC" in html


def test_what_a_feed_brings_renews_pages(
    rates_on: BoardSettings, feed: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("giaoban.portal.boards.storing.renewed", lambda *keys: told.extend(keys))
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    assert told == ["board:prices"]


def test_boards_cost_the_same_queries_however_long(
    board: BoardSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown(NOW, monkeypatch)
        return len(captured)

    queries()  # the site itself is looked up once
    before = queries()
    for at, name in enumerate(("GBP", "CNY", "THB", "AUD")):
        board.kinds.create(group="currency", name=name, measure="one", sort_order=10 + at)
    assert queries() == before
