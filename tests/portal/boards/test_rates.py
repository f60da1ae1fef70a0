"""Vietcombank's rates: what comes is stored, what can't be so is kept out, and all is logged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.utils import translation

from giaoban.portal.boards.errors import AskedTooSoon
from giaoban.portal.boards.fetching import fetch_rates
from giaoban.portal.boards.log import notes
from giaoban.portal.boards.models import BoardSettings, Fetch, PriceQuote
from tests.portal.boards import answers
from tests.portal.boards.conftest import NOW, lay_boards
from tests.portal.boards.feed_server import (
    Reply,
    Server,
    answering,
    breaking_off,
    dripping,
    hanging,
    packed,
)
from tests.world import World

LATER = NOW + timedelta(minutes=15)


def known() -> dict[str, tuple[int | None, int | None]]:
    quotes = PriceQuote.objects.order_by("quoted_at", "id").select_related("kind")
    return {quote.kind.name: (quote.buy, quote.sell) for quote in quotes}


def test_with_every_feed_off_nobody_is_asked(board: BoardSettings, feed: Server) -> None:
    assert fetch_rates(at=NOW) is None
    assert feed.asked == []
    assert not Fetch.objects.exists()


def test_without_a_contact_nobody_is_asked(rates_on: BoardSettings, feed: Server) -> None:
    rates_on.contact = ""
    rates_on.save()
    assert fetch_rates(at=NOW) is None
    assert feed.asked == []


@pytest.mark.parametrize("reply", [answering, packed])
def test_what_the_bank_quotes_is_stored_in_dong(
    reply: Callable[[bytes], Reply], rates_on: BoardSettings, feed: Server
) -> None:
    feed.reply = reply(answers.rates(NOW))
    fetch = fetch_rates(at=NOW)
    assert fetch is not None
    assert (fetch.outcome, fetch.status, fetch.notes) == (Fetch.Outcome.STORED, 200, [])
    # Half a đồng up; a hundred yen, for one is too little to be told in đồng; no roubles bought.
    assert known() == {"USD": (23_300, 23_390), "EUR": (26_315, 26_870), "JPY": (20_366, 21_198),
                       "RUB": (None, 395)}  # fmt: skip
    quote = PriceQuote.objects.get(kind__name="USD")
    assert (quote.quoted_at, quote.fetched_at, quote.entered_by) == (NOW, NOW, "")


def test_it_says_who_asks(rates_on: BoardSettings, feed: Server) -> None:
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    assert feed.asked[0]["user-agent"].startswith("GiaoBan/")
    assert "banbientap@example.vn" in feed.asked[0]["user-agent"]


def test_time_is_month_first_and_twelve_hours(rates_on: BoardSettings, feed: Server) -> None:
    afternoon = NOW.replace(month=8, day=21, hour=14, minute=42)
    feed.reply = answering(answers.rates(afternoon))
    assert b"8/21/2018 2:42:00 PM" in answers.rates(afternoon)
    fetch_rates(at=NOW)
    assert PriceQuote.objects.get(kind__name="USD").quoted_at == afternoon


def test_the_same_again_adds_no_row(rates_on: BoardSettings, feed: Server) -> None:
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    feed.reply = answering(answers.rates(LATER, sell="23,400.00"))
    fetch_rates(at=LATER)
    assert PriceQuote.objects.filter(kind__name="EUR").count() == 1
    assert PriceQuote.objects.get(kind__name="EUR").fetched_at == LATER
    sold = PriceQuote.objects.filter(kind__name="USD").order_by("id")
    assert [quote.sell for quote in sold] == [23_390, 23_400]


def entity_bomb() -> bytes:
    nested = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)
    )  # fmt: skip
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{nested}]><ExrateList><DateTime>&a8;</DateTime>'
    return f"{bomb}</ExrateList>".encode()


LATIN = answers.rates(NOW).replace(b"RUSSIAN RUBLE", "RÚP NGA".encode("cp1258"))
HTML = "<!DOCTYPE html><html><body><p>Hệ thống đang bảo trì</p></body></html>".encode()
USELESS: dict[str, tuple[Callable[[Server], Reply], str]] = {
    "fails": (lambda s: answering(b"", 500), "feed_refused"),
    "forbids": (lambda s: answering(b"no", 403), "feed_refused"),
    "moves": (lambda s: answering(b"", 302, headers={"Location": s.address}), "feed_refused"),
    "hangs": (hanging, "feed_silent"),
    "drips": (dripping, "feed_silent"),
    "breaks off": (lambda s: breaking_off(answers.rates(NOW)), "feed_cut_short"),
    "is cut in half": (lambda s: answering(answers.rates(NOW)[:500]), "feed_unreadable"),
    "is packed badly": (
        lambda s: answering(b"\x1f\x8bnot packed", headers={"Content-Encoding": "gzip"}),
        "feed_cut_short",
    ),
    "is too large": (lambda s: answering(b"x" * 1_100_000), "feed_too_large"),
    "unpacks to too much": (lambda s: packed(b" " * 50_000_000), "feed_too_large"),
    "is a page": (lambda s: answering(HTML), "feed_unreadable"),
    "is another page": (lambda s: answering(b"<html><p>ok</p></html>"), "feed_unreadable"),
    "is empty": (lambda s: answering(b""), "feed_unreadable"),
    "has broken letters": (lambda s: answering(LATIN), "feed_unreadable"),
    "names no encoding that is": (
        lambda s: answering(answers.rates(NOW).replace(b"utf-8", b"tcvn-3")), "feed_unreadable",
    ),
    "brings a bomb": (lambda s: answering(entity_bomb()), "feed_unsafe"),
    "has day before month": (
        lambda s: answering(answers.rates(NOW).replace(b"10/29/2018", b"29/10/2018")),
        "feed_unreadable",
    ),
    "comes from the future": (
        lambda s: answering(answers.rates(NOW + timedelta(hours=12))), "feed_time_ahead",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", USELESS)
def test_what_is_useless_changes_nothing_and_says_why(
    case: str, rates_on: BoardSettings, feed: Server
) -> None:
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    before = known()
    reply, code = USELESS[case]
    feed.reply = reply(feed)
    fetch = fetch_rates(at=LATER)
    assert fetch is not None
    assert fetch.outcome == Fetch.Outcome.FAILED
    assert [note["code"] for note in fetch.notes] == [code]
    assert known() == before
    assert PriceQuote.objects.get(kind__name="USD").fetched_at == NOW
    for language in ("vi", "en"):
        with translation.override(language):
            assert "{" not in notes(fetch)[0]


def test_nobody_listens(rates_on: BoardSettings, feed: Server, monkeypatch: pytest.MonkeyPatch
                        ) -> None:  # fmt: skip
    from giaoban.portal.boards.feeds import vietcombank

    monkeypatch.setattr(vietcombank, "ADDRESS", "http://127.0.0.1:9/feed")
    fetch = fetch_rates(at=NOW)
    assert fetch is not None
    assert [note["code"] for note in fetch.notes] == ["feed_unreachable"]


LIES = {
    "ten times": (("233,000.00", "233,900.00"), "price_far_off"),
    "a tenth": (("2,330.00", "2,339.00"), "price_far_off"),
    "negative": (("-23,300.00", "23,390.00"), "price_not_above_zero"),
    "crossed": (("23,390.00", "23,300.00"), "prices_crossed"),
    "Vietnamese commas": (("23.300,00", "23.390,00"), "price_unreadable"),
    "no number": (("N/A", "23,390.00"), "price_unreadable"),
}


@pytest.mark.parametrize("case", LIES)
def test_a_lie_is_kept_out_and_the_rest_is_taken(
    case: str, rates_on: BoardSettings, feed: Server
) -> None:
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    (buy, sell), code = LIES[case]
    feed.reply = answering(answers.rates(LATER, buy, sell))
    fetch = fetch_rates(at=LATER)
    assert fetch is not None
    assert fetch.outcome == Fetch.Outcome.KEPT_OUT
    assert [note["code"] for note in fetch.notes] == [code]
    assert known()["USD"] == (23_300, 23_390)
    times = {quote.kind.name: quote.quoted_at for quote in PriceQuote.objects.all()}
    assert (times["USD"], times["EUR"]) == (NOW, LATER)


def test_a_currency_given_twice_differently_is_kept_out(
    rates_on: BoardSettings, feed: Server
) -> None:
    told = answers.rates(NOW)
    again = b'<Exrate CurrencyCode="USD" Buy="20,000.00" Sell="20,100.00" /><Source>'
    feed.reply = answering(told.replace(b"<Source>", again))
    fetch = fetch_rates(at=NOW)
    assert fetch is not None
    assert [note["code"] for note in fetch.notes] == ["price_twice"]
    assert "USD" not in known()


def test_what_is_no_longer_quoted_becomes_unknown(rates_on: BoardSettings, feed: Server) -> None:
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    feed.reply = answering(answers.rates(LATER, "-", ""))
    fetch_rates(at=LATER)
    assert known()["USD"] == (None, None)


def test_an_older_answer_stands_back(rates_on: BoardSettings, feed: Server) -> None:
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    feed.reply = answering(answers.rates(NOW - timedelta(days=1), "23,000.00", "23,100.00"))
    fetch = fetch_rates(at=LATER)
    assert fetch is not None
    assert {note["code"] for note in fetch.notes} == {"feed_time_behind"}
    assert known()["USD"] == (23_300, 23_390)


def test_it_is_asked_once_in_five_minutes(rates_on: BoardSettings, feed: Server) -> None:
    feed.reply = answering(b"", 500)
    fetch_rates(at=NOW)
    with pytest.raises(AskedTooSoon) as refused:
        fetch_rates(at=NOW + timedelta(minutes=4, seconds=59))
    assert refused.value.params["moment"] == NOW + timedelta(minutes=5)
    fetch_rates(at=NOW + timedelta(minutes=5))
    assert len(feed.asked) == 2


def test_it_is_left_alone_for_as_long_as_it_wishes(rates_on: BoardSettings, feed: Server) -> None:
    feed.reply = answering(b"", 503, headers={"Retry-After": "3600"})
    fetch = fetch_rates(at=NOW)
    assert fetch is not None
    assert fetch.next_at == NOW + timedelta(hours=1)
    feed.reply = answering(b"", 503, headers={"Retry-After": "999999"})
    again = fetch_rates(at=fetch.next_at)
    assert again is not None
    assert again.next_at == fetch.next_at + timedelta(days=1)


def test_the_database_refuses_what_is_too_soon(rates_on: BoardSettings, feed: Server) -> None:
    """Whatever Python may forget."""
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    soon = NOW + timedelta(minutes=1)
    with pytest.raises(Exception, match="board_too_soon"), transaction.atomic():
        Fetch.objects.create(feed="vietcombank", address="x", asked_at=soon,
                             next_at=soon + timedelta(minutes=5))  # fmt: skip
    with pytest.raises(Exception, match="fetch_next_at"), transaction.atomic():
        Fetch.objects.create(feed="met-norway", address="x", asked_at=NOW, next_at=NOW)


def test_the_log_is_only_added_to(rates_on: BoardSettings, feed: Server) -> None:
    feed.reply = answering(answers.rates(NOW))
    fetch_rates(at=NOW)
    table = Fetch._meta.db_table
    for statement in (f"UPDATE {table} SET outcome = 4", f"DELETE FROM {table}",
                      f"TRUNCATE {table}"):  # fmt: skip
        with (
            pytest.raises(Exception, match=r"journal_append_only|permission denied"),
            transaction.atomic(), connection.cursor() as cursor,
        ):  # fmt: skip
            cursor.execute(statement)


def test_two_workers_ask_once(committed: World, feed: Server) -> None:
    board = lay_boards()
    board.rates_feed, board.contact = True, "banbientap@example.vn"
    board.save()
    feed.reply = answering(answers.rates(NOW))
    refused = []

    def work() -> None:
        try:
            fetch_rates(at=NOW)
        except AskedTooSoon:
            refused.append(1)
        finally:
            connections.close_all()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(feed.asked) == 1
    assert len(refused) == 3
    assert Fetch.objects.count() == 1
