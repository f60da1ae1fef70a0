"""The organisation chart: who is below whom on a day, how each is reached, and what came after."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from giaoban.ledger.reorganisation import merge_units
from giaoban.portal.pages.models import SiteFacts, UnitContact
from giaoban.portal.pages.organisation import Place, chart
from tests.portal.pages.newspaper import Newspaper
from tests.world import DECISION, World

IN_2018, AFTER = date(2018, 10, 29), date(2025, 7, 1)


def codes_in(place: Place) -> list[str]:
    return [place.unit.code, *(code for below in place.below for code in codes_in(below))]


def of(world: World, code: str, on: date) -> list[str]:
    drawn = chart(world.unit(code), on)
    return codes_in(drawn.top) if drawn else []


@pytest.fixture
def merged(world: World) -> World:
    """The world in which one commune has gone into another since 1 July 2025."""
    merge_units(
        [world.unit("CY")], world.unit("TX"), on=AFTER, basis=DECISION, by=world.by(AFTER)
    )  # fmt: skip
    return world


def test_the_chart_is_that_of_the_day(merged: World) -> None:
    before, after = of(merged, "TP", IN_2018), of(merged, "TP", AFTER)
    assert {"TP", "CY", "TX"} <= set(before)
    assert "TX" in after
    assert "CY" not in after


def test_an_organisation_that_has_ended_is_drawn_as_of_its_last_day_with_who_came_after(
    merged: World,
) -> None:
    drawn = chart(merged.unit("CY"), date(2026, 1, 1))
    assert drawn
    assert (drawn.ended, drawn.on) == (AFTER, date(2025, 6, 30))
    assert [life.code for life in drawn.successors] == ["TX"]
    lasting = chart(merged.unit("TX"), date(2026, 1, 1))
    assert lasting
    assert (lasting.ended, lasting.on) == (None, date(2026, 1, 1))


def test_before_it_was_founded_there_is_no_chart(world: World) -> None:
    assert chart(world.unit("TP"), date(1900, 1, 1)) is None


def test_the_page_shows_names_and_contacts_as_of_today(
    paper: Newspaper, world: World, client: Client
) -> None:
    facts = SiteFacts.objects.get()
    facts.unit_id = world.unit("TP")
    facts.save()
    UnitContact.objects.create(
        unit_id=world.unit("CY"), address="Thôn Cẩm Bào", phone="024 0000 0000",
        post="Văn phòng Đảng ủy xã",
    )  # fmt: skip
    page = client.get("/to-chuc/").content.decode()
    drawn = chart(world.unit("TP"), IN_2018)
    assert drawn
    for place in drawn.top.below:
        assert place.unit.name in page
    assert "Thôn Cẩm Bào" in page
    assert "Văn phòng Đảng ủy xã" in page
    assert page.count("024 0000 0000") == 1
