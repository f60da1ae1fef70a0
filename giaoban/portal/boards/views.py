"""The editors' page of the boards: how the feeds stand, and a table to enter values by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from giaoban.journal.writing import Recorder
from giaoban.portal.boards.entering import enter_prices, enter_weather
from giaoban.portal.boards.errors import TimeBehind
from giaoban.portal.boards.forms import PriceLine, WeatherLine
from giaoban.portal.boards.log import last_fetches, notes, states
from giaoban.portal.boards.models import BoardSettings, WeatherReading
from giaoban.portal.boards.storing import latest_quotes

MAY_ENTER = "portal_boards.add_pricequote"
MAY_SET = "portal_boards.change_boardsettings"
LOG_LINES = 30


@dataclass(slots=True)
class Table:
    """The lines of a site's boards, with what was typed into them, if anything was."""

    prices: list[PriceLine]
    weather: list[WeatherLine]
    refused: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether every line can be taken; each is looked at, so that all faults show."""
        faulty = [line for line in (*self.prices, *self.weather) if not line.is_valid()]
        return not faulty

    @property
    def is_far_off(self) -> bool:
        """Whether prices are refused that somebody may insist on."""
        return any(line.far_off for line in self.prices)


def boards(request: HttpRequest) -> HttpResponse:
    """Show the table; enter what was typed, all or nothing."""
    site = Site.find_for_request(request)
    if not request.user.has_perm(MAY_ENTER) or site is None:
        raise PermissionDenied
    table = _table(BoardSettings.for_site(site), request.POST if request.method == "POST" else None)
    if request.method == "POST" and table.is_valid and _enter(request, table):
        return redirect("portal_boards")
    return render(request, "portal/boards/editing.html", _shown(request, site, table))


def _table(board: BoardSettings, data: Any) -> Table:
    kinds, places = list(board.kinds.all()), list(board.places.all())
    last = latest_quotes(kinds)
    readings = {one.place_id: one for one in WeatherReading.objects.filter(place__in=places)}
    far = bool(data and data.get("far"))
    prices = [PriceLine(data, kind=kind, last=last.get(kind.pk), far=far) for kind in kinds]
    weather = [WeatherLine(data, place=one, last=readings.get(one.pk)) for one in places]
    return Table(prices, weather)


def _enter(request: HttpRequest, table: Table) -> bool:
    by = Recorder(request.user.get_username(), timezone.now())
    prices = [line.priced() for line in table.prices if line.is_filled]
    weather = [line.felt() for line in table.weather if line.is_filled]
    try:
        with transaction.atomic():
            if prices:
                enter_prices(prices=prices, far=bool(request.POST.get("far")), by=by)
            if weather:
                enter_weather(weather=weather, by=by)
    except TimeBehind as refused:
        table.refused = str(refused)
        return False
    if prices or weather:
        messages.success(request, _("Entered; the boards show it now."))
    else:
        messages.info(request, _("Nothing was typed, so nothing was entered."))
    return True


def _shown(request: HttpRequest, site: Site, table: Table) -> dict[str, Any]:
    return {
        "table": table,
        "site": site,
        "states": [(state, notes(state.last) if state.last else []) for state in states()],
        "fetches": [(fetch, notes(fetch)) for fetch in last_fetches(LOG_LINES)],
        "may_set": request.user.has_perm(MAY_SET),
    }
