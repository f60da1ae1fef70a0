"""From each number of a document to what is behind it: cells on the page of figures, the rest on a
page of its own, and nothing of another unit."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from giaoban.desk.reports.sources import Sources
from giaoban.figures.by_unit import Question
from giaoban.journal.queries import head
from giaoban.journal.rights import writers_rights
from giaoban.periods import Period, regime_named
from giaoban.plans.actions import set_targets
from giaoban.reports.numbers.reckoning import Reckoning, known_cells
from tests.desk.conftest import sit_down
from tests.world import World

# The tests themselves look at documents of every unit.
pytestmark = pytest.mark.usefixtures("open_office")

PERIOD = Period.parse("2018-9M", regime=regime_named("calendar"))


@pytest.fixture
def told(office: World) -> World:
    """A district with a target, two admissions in one commune, one in another, one the year
    before."""
    office.by(date(2018, 1, 12))  # a year's admission is told after the decision it rests on
    office.admit("CY1", date(2017, 5, 4))
    numbers = {office.unit(code): n for code, n in {"HU": 10, "CY": 6, "TX": 3}.items()}
    set_targets(numbers, indicator="admitted", year=2018, by=office.by(date(2018, 1, 20)))
    office.admit("CY1", date(2018, 3, 5), office.person(sex="female"))
    office.admit("CY2", date(2018, 4, 5))
    office.admit("TX1", date(2018, 5, 6))
    return office


def _sources(world: World, code: str = "HU", **more: date) -> Sources:
    return Sources(code, Question(world.unit(code), PERIOD, head(), **more))


def _query(url: str | None) -> tuple[str, dict[str, str]]:
    assert url is not None
    parts = urlsplit(url)
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}


@pytest.mark.parametrize(
    ("address", "cell"),
    [
        ("admitted", {"cell": "admitted"}),
        ("admitted/CY", {"cell": "admitted", "row": "CY"}),
        ("admitted[sex=female]", {"cell": "admitted", "group": "sex=female"}),
        ("closing:full", {"cell": "closing:full"}),
        ("admitted@2017-9M", {"cell": "admitted", "span": "2017-9M"}),
        ("admitted@2018-9M", {"cell": "admitted"}),
        ("plan/TX", {"cell": "plan", "row": "TX"}),
        ("admitted/CY[sex=]@2017", {"cell": "admitted", "row": "CY", "group": "sex=",
                                    "span": "2017"}),
        ("grassroots", {"cell": "grassroots"}),
    ],
)  # fmt: skip
def test_a_cell_leads_to_the_page_of_figures(
    told: World, address: str, cell: dict[str, str]
) -> None:
    path, query = _query(_sources(told).link(address))
    assert path == reverse("desk:figures-behind")
    assert query == {"unit": "HU", "period": "2018-9M", "head": str(head().number), **cell}


@pytest.mark.parametrize(
    "address", ["ratio(admitted)", "achievement/CY", "units-over", "rank/CY", "share(closing:full)",
                "monthly-need", "admission-rate", "change(admitted/CY)"],
)  # fmt: skip
def test_what_is_worked_out_has_a_page_of_its_own(told: World, address: str) -> None:
    path, query = _query(_sources(told).link(address))
    assert path == reverse("desk:reports-number")
    assert query["of"] == address


@pytest.mark.parametrize("address", ["months-left", "no such thing", "admitted)", ""])
def test_nothing_is_behind_the_calendar_or_nonsense(told: World, address: str) -> None:
    assert _sources(told).link(address) is None


def test_a_restated_document_asks_by_its_tree(told: World) -> None:
    _path, query = _query(_sources(told, tree=date(2018, 7, 1)).link("admitted/CY"))
    assert query["tree"] == "2018-07-01"


def test_other_days_than_the_calendars_are_kept(told: World) -> None:
    period = Period.of(PERIOD.kind, 2020, regime=regime_named("nd-09-2019"))
    sources = Sources("HU", Question(told.unit("HU"), period, head()))
    _path, query = _query(sources.link("admitted"))
    assert query["regime"] == "nd-09-2019"
    page = sit_down(Client(), told.clerk).get(sources.link("admitted@2019-9M") or "")
    assert "15/12/2018" in page.content.decode()


def test_every_number_there_is_opens(told: World, at_desk: Client) -> None:
    """Each name of a figure, of the whole and of a row, leads to a page that knows it."""
    client, sources = sit_down(at_desk, told.clerk), _sources(told)
    addresses = [*known_cells(), "admitted/CY", "plan/TX", "achievement/CY", "rank/TX",
                 "closing:full/CY", "admitted[sex=female]",
                 "growth(admitted)", "share(admitted[sex=female])", "points(closing[sex=female])",
                 "change(achievement)", "admitted@2018-03"]  # fmt: skip
    shut = {}
    for address in addresses:
        url = sources.link(address)
        if url is not None:
            status = client.get(url).status_code
            if status != 200:
                shut[address] = status
    assert shut == {}


@pytest.mark.parametrize("address", ["admitted", "admitted/CY", "closing", "admitted[sex=female]"])
def test_behind_a_cell_stands_its_number(told: World, at_desk: Client, address: str) -> None:
    sources = _sources(told)
    with writers_rights():  # as a document counts: the desk's own role sees no row here
        value = Reckoning(sources.question).value(address)
    page = sit_down(at_desk, told.clerk).get(sources.link(address) or "").content.decode()
    assert page.count("/so-nhat-ky/") >= int(value or 0) > 0


def test_the_parts_of_a_number_lead_on(told: World, at_desk: Client) -> None:
    sources = _sources(told)
    page = sit_down(at_desk, told.clerk).get(sources.link("ratio(admitted)") or "").content.decode()
    for part in ("admitted", "admitted@2017-9M"):
        assert (sources.link(part) or "").replace("&", "&amp;") in page
    assert "300,0%" in page


def test_the_units_in_a_state_are_told(told: World, at_desk: Client) -> None:
    page = sit_down(at_desk, told.clerk).get(_sources(told).link("units-short") or "")
    said = page.content.decode()
    assert "Xã Cẩm Yên" in said
    assert "33,3%" in said


@pytest.mark.parametrize("login", ["dongnghiep", "phutrach"])
def test_a_number_of_another_unit_is_not_there(told: World, at_desk: Client, login: str) -> None:
    client = sit_down(at_desk, login)
    for address in ("admitted", "achievement/TX", "units-short"):
        assert client.get(_sources(told).link(address) or "").status_code == 404
    mine = f"{reverse('desk:reports-number')}?unit=CY1&period=2018-9M&of=achievement/TX"
    assert client.get(mine).status_code == 404


@pytest.mark.parametrize("login", ["bientap", "quantri"])
def test_who_reads_no_members_looks_behind_no_number(
    told: World, at_desk: Client, login: str
) -> None:
    client = sit_down(at_desk, login)
    assert client.get(_sources(told).link("ratio(admitted)") or "").status_code == 403
