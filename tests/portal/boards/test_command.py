"""``giaoban portal boards``: fetches where a feed is on, and tells how the boards stand."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from giaoban.portal.boards.feeds import met_norway, open_meteo, vietcombank
from giaoban.portal.boards.log import notes
from giaoban.portal.boards.models import BoardSettings, Fetch, PriceQuote, WeatherReading
from giaoban.vietnamese import VIETNAM_TIME, format_published
from tests.portal.boards import answers
from tests.portal.boards.conftest import weather_from
from tests.portal.boards.feed_server import Server, answering, hanging


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal wide enough that no cell of a table is broken."""
    monkeypatch.setenv("COLUMNS", "300")


Said = pytest.CaptureFixture[str]


def boards(capsys: Said, *words: str) -> str:
    call_command("portal", "boards", *words)
    return " ".join(capsys.readouterr().out.split())


def now() -> datetime:
    return timezone.now().astimezone(VIETNAM_TIME).replace(second=0, microsecond=0)


def test_with_no_feed_it_says_so_and_tells_what_was_entered(
    board: BoardSettings, feed: Server, capsys: Said
) -> None:
    kind = board.kinds.get(name="SJC")
    PriceQuote.objects.create(
        kind=kind, buy=36_350_000, sell=36_510_000, measure=kind.measure, quoted_at=now(),
        entered_by="bientap",
    )  # fmt: skip
    said = boards(capsys)
    assert "Chưa bật nguồn nào; số liệu do ban biên tập ghi." in said
    assert "36.350.000" in said
    assert "36.510.000" in said
    assert feed.asked == []


def test_it_fetches_stores_and_tells_source_and_time(
    rates_on: BoardSettings, feed: Server, capsys: Said
) -> None:
    moment = now()
    feed.reply = answering(answers.rates(moment))
    said = boards(capsys)
    assert len(feed.asked) == 1
    assert PriceQuote.objects.get(kind__name="USD").buy == 23_300
    assert "23.300" in said
    assert "23.390" in said
    assert "Vietcombank" in said
    assert format_published(moment) in said
    assert "–" in said  # what the bank doesn't buy


def test_asked_again_at_once_it_says_when_and_still_tells(
    rates_on: BoardSettings, feed: Server, capsys: Said
) -> None:
    feed.reply = answering(answers.rates(now()))
    boards(capsys)
    said = boards(capsys)
    assert len(feed.asked) == 1
    assert "Vietcombank" in said
    next_at = Fetch.objects.get().next_at.astimezone(VIETNAM_TIME)
    assert f"{next_at:%H:%M}" in said
    assert "23.300" in said


def test_only_told_nobody_is_asked(rates_on: BoardSettings, feed: Server, capsys: Said) -> None:
    said = boards(capsys, "--no-fetch")
    assert feed.asked == []
    assert not Fetch.objects.exists()
    assert "Vietcombank" in said


def test_a_feed_that_fails_is_told_with_the_reason_and_the_other_is_fetched(
    rates_on: BoardSettings, feed: Server, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    weather_from(rates_on, "open-meteo")
    moment = now()
    told = [answers.open_meteo(moment), answers.open_meteo(moment, 23.1, 74)]
    feed.reply = answering(answers.written(told))
    said = boards(capsys)  # which is no file of the bank's
    failed = Fetch.objects.get(feed="vietcombank")
    outcomes = dict(Fetch.objects.values_list("feed", "outcome"))
    assert set(outcomes.values()) == {Fetch.Outcome.FAILED, Fetch.Outcome.STORED}
    assert WeatherReading.objects.count() == 2
    assert "23,4 °C" in said.replace("\u00a0", " ")
    assert notes(failed)
    assert all(note in said for note in notes(failed))
    assert not PriceQuote.objects.exists()


@pytest.mark.parametrize("how", ["refused", "hangs", "no such host"])
def test_without_a_network_it_ends_well_keeps_what_was_and_says_so(
    how: str, rates_on: BoardSettings, feed: Server, capsys: Said,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    old = now() - timedelta(days=9)
    feed.reply = answering(answers.rates(old))
    kind = rates_on.kinds.get(name="USD")
    PriceQuote.objects.create(
        kind=kind, buy=23_300, sell=23_390, measure=kind.measure, source="vietcombank",
        quoted_at=old, fetched_at=old,
    )  # fmt: skip
    if how == "hangs":
        feed.reply = hanging(feed)
    else:
        address = "http://127.0.0.1:9/" if how == "refused" else "http://khong-co.invalid/"
        for module in (vietcombank, open_meteo, met_norway):
            monkeypatch.setattr(module, "ADDRESS", address)
    said = boards(capsys)
    fetch = Fetch.objects.get()
    assert fetch.outcome == Fetch.Outcome.FAILED
    assert str(fetch.get_outcome_display()) in said
    assert notes(fetch)
    assert all(note in said for note in notes(fetch))
    assert "23.300" in said
    assert "số cũ" in said
    assert PriceQuote.objects.count() == 1
    assert fetch.took_ms is not None
    assert fetch.took_ms < 5000
