"""A site with boards, and a server that stands for the feeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from wagtail.models import Site

from giaoban.portal.boards.feeds import asking, met_norway, open_meteo, vietcombank
from giaoban.portal.boards.models import BoardSettings, Group, Measure, Place, PriceKind
from giaoban.vietnamese import VIETNAM_TIME
from tests.portal.boards.feed_server import Server, serving
from tests.portal.editing.conftest import sit, site  # noqa: F401 - fixtures

NOW = datetime(2018, 10, 29, 8, 5, tzinfo=VIETNAM_TIME)


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """All three feeds are this server; it is waited for half a second."""
    monkeypatch.setattr(asking, "READ_SECONDS", 0.3)
    monkeypatch.setattr(asking, "WHOLE_SECONDS", 0.5)
    with serving() as server:
        for module in (vietcombank, open_meteo, met_norway):
            monkeypatch.setattr(module, "ADDRESS", server.address)
        yield server


def lay_boards() -> BoardSettings:
    """Boards as an office might have them, every feed off."""
    board = BoardSettings.for_site(Site.objects.get(is_default_site=True))
    for at, (group, name, measure) in enumerate((
        (Group.GOLD, "SJC", Measure.TAEL), (Group.GOLD, "Nữ trang 99%", Measure.TAEL),
        (Group.CURRENCY, "USD", Measure.ONE), (Group.CURRENCY, "EUR", Measure.ONE),
        (Group.CURRENCY, "JPY", Measure.HUNDRED), (Group.CURRENCY, "RUB", Measure.ONE),
    )):  # fmt: skip
        PriceKind.objects.create(
            board=board, group=group, name=name, measure=measure, sort_order=at
        )
    for at, (name, latitude, longitude) in enumerate((
        ("Liên Quan", "21.0568", "105.5769"), ("Hòa Lạc", "20.9972", "105.5236"),
    )):  # fmt: skip
        Place.objects.create(board=board, name=name, latitude=latitude, longitude=longitude,
                             sort_order=at)  # fmt: skip
    return BoardSettings.objects.get(pk=board.pk)


@pytest.fixture
def board(db: None) -> BoardSettings:
    return lay_boards()


@pytest.fixture
def rates_on(board: BoardSettings) -> BoardSettings:
    board.rates_feed, board.contact = True, "banbientap@example.vn"
    board.save()
    return board


def weather_from(board: BoardSettings, feed: str) -> BoardSettings:
    board.weather_feed, board.contact = feed, "banbientap@example.vn"
    board.save()
    return board
