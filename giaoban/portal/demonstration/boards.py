"""The boards, filled by hand on the morning of 29/10/2018; one price is not known."""

from __future__ import annotations

from decimal import Decimal

from wagtail.models import Site

from giaoban.portal.boards.entering import Felt, Priced, enter_prices, enter_weather
from giaoban.portal.boards.models import BoardSettings, Place, PriceKind
from giaoban.portal.demonstration.hands import EDITOR, by
from giaoban.portal.demonstration.reading import data


def fill_boards(site: Site) -> None:
    """List prices and places, and enter their values, unless something is listed already."""
    board = BoardSettings.for_site(site)
    if board.kinds.exists() or board.places.exists():
        return
    told = data("site")["boards"]
    editor = by(EDITOR, told["at"])
    prices = [
        Priced(_kind(board, place, one), one.get("buy"), one.get("sell"))
        for place, one in enumerate(told["price"])
    ]
    enter_prices(prices=prices, by=editor)
    weather = [
        Felt(_place(board, at, one), Decimal(one["temperature"]), Decimal(one["humidity"]))
        for at, one in enumerate(told["place"])
    ]
    enter_weather(weather=weather, by=editor)


def _kind(board: BoardSettings, place: int, told: dict[str, str]) -> PriceKind:
    names = {name: told[name] for name in ("group", "name", "measure")}
    kind: PriceKind = PriceKind.objects.create(board=board, sort_order=place, **names)
    return kind


def _place(board: BoardSettings, at: int, told: dict[str, str]) -> Place:
    lies = {name: Decimal(told[name]) for name in ("latitude", "longitude")}
    place: Place = Place.objects.create(board=board, sort_order=at, name=told["name"], **lies)
    return place
