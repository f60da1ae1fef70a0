"""The tree of units on a day and a unit's page: what they tell, to whom, and as of when."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from giaoban.figures.lines import Line
from giaoban.figures.statement import statements
from giaoban.figures.trace import total, trace
from giaoban.journal.queries import head
from giaoban.journal.writing import BasisOn
from giaoban.ledger.reorganisation import (
    close_unit,
    found_unit,
    merge_units,
    move_unit,
    rename_unit,
    split_unit,
)
from giaoban.people import scope
from giaoban.people.sight import in_sight
from giaoban.periods import Period, regime_named
from giaoban.plans.actions import set_targets
from giaoban.units.rules import NewUnit
from tests.desk.conftest import sit_down
from tests.world import DECISION, World

TREE = "/to-chuc/"


@pytest.fixture
def clerk(office: World, at_desk: Client) -> Client:
    return sit_down(at_desk, office.clerk)


def _text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return re.sub(r"\s+", " ", response.content.decode())


def _row(page: str, code: str) -> str:
    """The row of a unit in the tree."""
    return page.split(f'<li id="{code}"', 1)[1].split("</div>", 1)[0]


def _lines(page: str) -> list[str]:
    """The lines of the statement."""
    book = page.split('id="book"', 1)[1].split("<tbody", 1)[1].split("</tbody>", 1)[0]
    return re.findall(r"<tr.*?</tr>", book)


def _numbers(page: str, line: int) -> list[str]:
    """What a line of the statement says: probationary, full, both."""
    return re.findall(r">([\d.]+)<", _lines(page)[line])[:3]


def test_the_tree_counts_members_with_all_below(office: World, clerk: Client) -> None:
    for unit in ("CY1", "CY1", "CY2", "TX1"):
        office.member(unit)
    page = _text(clerk, TREE)
    assert ">4</a>" in _row(page, "HU")
    assert ">3</a>" in _row(page, "CY")
    assert ">2</a>" in _row(page, "CY1")
    assert ">0</span>" in _row(page, "CY2") or ">1</a>" in _row(page, "CY2")


def test_the_whole_page_travels_in_time(office: World, clerk: Client) -> None:
    office.member("CY1")
    merge_units([office.unit("CY1")], office.unit("CY2"), on=date(2018, 6, 1), basis=DECISION,
                by=office.by(date(2018, 7, 1)))  # fmt: skip
    now = _text(clerk, TREE)
    assert 'id="CY1"' not in now
    assert 'id="CY1"' in _text(clerk, f"{TREE}?on=31/05/2018")
    # What was recorded in July was not known in June.
    assert 'id="CY1"' in _text(clerk, f"{TREE}?on=10/06/2018&known=30/06/2018")
    assert "?on=31%2F05%2F2018" in _row(_text(clerk, f"{TREE}?on=31/05/2018"), "CY1")


def test_ended_units_are_listed_with_their_successor_and_found_by_old_names(
    office: World, clerk: Client
) -> None:
    rename_unit(office.unit("CY1"), "Chi bộ Đồng Vàng", on=date(2018, 2, 1), basis=DECISION,
                by=office.by(date(2018, 2, 1)))  # fmt: skip
    merge_units([office.unit("CY1")], office.unit("CY2"), on=date(2018, 6, 1), basis=DECISION,
                by=office.by(date(2018, 7, 1)))  # fmt: skip
    page = _text(clerk, TREE)
    ended = page.split('id="ended"', 1)[1]
    assert "Chi bộ Đồng Vàng" in ended
    assert "Chi bộ thôn 2" in ended
    found = _text(clerk, f"{TREE}?q=dong+vang")
    assert "/to-chuc/CY1/" in found
    old = _text(clerk, f"{TREE}?q=thon+1")
    assert "/to-chuc/CY1/" in old, "by the name before"
    assert "/to-chuc/TX1/" in old


def test_other_families_have_a_tree_of_their_own(clerk: Client) -> None:
    party = _text(clerk, TREE)
    assert 'id="LD"' not in party
    union = _text(clerk, f"{TREE}?family=union")
    assert 'id="LD"' in union
    assert 'id="HU"' not in union


def test_a_deep_tree_is_opened_step_by_step(
    office: World, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("giaoban.desk.units.tree.MOST_ROWS", 3)
    page = _text(clerk, TREE)
    assert 'id="CY1"' not in page
    assert "open=HU#HU" in page
    opened = _text(clerk, f"{TREE}?open=HU,CY")
    assert 'id="CY1"' in opened
    assert 'id="TX1"' not in opened


@pytest.mark.parametrize(
    ("login", "seen", "unseen"),
    [
        ("phutrach", ["CY1"], ["HU", "CY", "CY2", "TX1"]),
        ("dongnghiep", ["CY", "CY1", "CY2"], ["HU", "TX", "TX1"]),
        ("lanhdao", ["HU", "CY1", "TX1"], ["TP", "HU2", "NL"]),
    ],
)
def test_a_login_sees_the_tree_from_its_own_units_down(
    office: World, at_desk: Client, login: str, seen: list[str], unseen: list[str]
) -> None:
    sit_down(at_desk, login)
    page = _text(at_desk, TREE)
    for code in seen:
        assert f'id="{code}"' in page
        assert at_desk.get(f"/to-chuc/{code}/").status_code == 200
    for code in unseen:
        assert f'id="{code}"' not in page
        assert f"/to-chuc/{code}/" not in page
        assert at_desk.get(f"/to-chuc/{code}/").status_code == 404


@pytest.mark.parametrize("login", ["bientap", "quantri", "nguoila"])
def test_who_reads_no_members_sees_no_units(office: World, at_desk: Client, login: str) -> None:
    sit_down(at_desk, login)
    assert at_desk.get(TREE).status_code == 403
    assert at_desk.get("/to-chuc/CY/").status_code == 403


def test_nobody_is_sent_to_sign_in(office: World, at_desk: Client) -> None:
    assert at_desk.get("/to-chuc/CY/").status_code == 302


def test_a_units_page_tells_its_book(office: World, clerk: Client) -> None:
    office.member("CY1", name="Bùi Thị Bình")
    office.admit("CY1", date(2018, 3, 1))
    page = _text(clerk, "/to-chuc/CY/?on=30/09/2018")
    assert "9 tháng" in page or "nine months" in page
    assert _numbers(page, 0) == ["0", "1", "1"]
    assert _numbers(page, -1) == ["1", "1", "2"]
    assert "Bùi Thị <b>Bình</b>" in page


def test_a_running_period_is_counted_to_the_pages_day(office: World, clerk: Client) -> None:
    office.admit("CY1", date(2018, 3, 1))
    office.admit("CY1", date(2018, 8, 1))
    page = _text(clerk, "/to-chuc/CY1/?on=15/07/2018")
    assert _numbers(page, -1) == ["1", "0", "1"]
    assert "15/07/2018" in _lines(page)[-1]
    year = _text(clerk, "/to-chuc/CY1/?period=2018")
    assert _numbers(year, -1) == ["2", "0", "2"]


@pytest.mark.parametrize("period", ["2018-9M", "nonsense", "2199", "2018-Q7", "0000"])
def test_any_period_in_the_address_is_answered(clerk: Client, period: str) -> None:
    assert clerk.get(f"/to-chuc/CY/?period={period}").status_code == 200


def test_targets_stand_beside_what_was_reached(office: World, clerk: Client) -> None:
    set_targets({office.unit("CY"): 4}, indicator="admitted", year=2018, basis=DECISION,
                by=office.by(date(2018, 1, 10)))  # fmt: skip
    for day in (1, 2, 3):
        office.admit("CY1", date(2018, 3, day))
    page = _text(clerk, "/to-chuc/CY/?on=30/09/2018")
    goals = page.split('id="goals"', 1)[1].split("</section>", 1)[0]
    assert "75,0%" in goals
    assert 'class="bullet"' in goals


def test_the_history_names_predecessors_successors_and_entries(
    office: World, clerk: Client
) -> None:
    new = NewUnit(code="CY12", kind="party-cell", name="Chi bộ thôn 1 và 2", parent="CY")
    both = [office.unit("CY1"), office.unit("CY2")]
    n = merge_units(both, new, on=date(2018, 6, 1), basis=DECISION, by=office.by(date(2018, 6, 2)))
    page = _text(clerk, "/to-chuc/CY12/")
    story = page.split('id="story"', 1)[1]
    assert "Chi bộ thôn 1" in story
    assert "/to-chuc/CY2/" in story
    assert str(n) in story
    assert DECISION.number in story
    old = _text(clerk, "/to-chuc/CY1/").split('id="story"', 1)[1]
    assert "/to-chuc/CY12/" in old
    before = _text(clerk, "/to-chuc/CY1/?on=31/05/2018").split('id="story"', 1)[1]
    assert "CY12" not in before


def test_a_split_unit_says_that_parts_of_it_went(office: World, clerk: Client) -> None:
    person = office.member("CY1")
    split_unit(office.unit("CY1"), [office.unit("CY2")], on=date(2018, 6, 1),
               members={person: "CY2"}, units_below={}, basis=DECISION, stays=True,
               by=office.by(date(2018, 6, 2)))  # fmt: skip
    story = _text(clerk, "/to-chuc/CY2/").split('id="story"', 1)[1]
    assert "một phần" in story or "a part of" in story


def test_an_ended_unit_shows_its_last_book_and_the_way_to_its_last_day(
    office: World, clerk: Client
) -> None:
    office.member("CY1")
    merge_units([office.unit("CY1")], office.unit("CY2"), on=date(2018, 6, 1), basis=DECISION,
                by=office.by(date(2018, 7, 1)))  # fmt: skip
    page = _text(clerk, "/to-chuc/CY1/")
    assert "on=31%2F05%2F2018" in page
    assert 'class="closed"' in page, "the book of its last period"
    assert "Nguyễn Văn <b>An</b>" not in page
    assert "Nguyễn Văn <b>An</b>" in _text(clerk, "/to-chuc/CY1/?on=31/05/2018")


def test_a_unit_before_its_founding_and_one_without_members(office: World, clerk: Client) -> None:
    assert clerk.get("/to-chuc/CY/?on=01/01/2005").status_code == 200
    assert clerk.get("/to-chuc/CY/?known=01/01/2005").status_code == 200
    assert clerk.get("/to-chuc/?on=01/01/2005").status_code == 200
    assert clerk.get("/to-chuc/YB/").status_code == 200


def test_a_long_name_stands_in_full(office: World, clerk: Client) -> None:
    name = "Chi bộ " + "Trường Tiểu học " * 12 + "Cẩm Yên"
    rename_unit(office.unit("CY1"), name[:200], on=date(2018, 2, 1), basis=DECISION,
                by=office.by(date(2018, 2, 1)))  # fmt: skip
    assert name[:200].strip() in _text(clerk, TREE)
    assert name[:200].strip() in _text(clerk, "/to-chuc/CY1/")


def test_acts_of_late_name_who_and_say_what_was_taken_back(office: World, clerk: Client) -> None:
    person = office.person("Đinh Văn Khải")
    office.admit("CY1", date(2018, 3, 1), person)
    acts = _text(clerk, "/to-chuc/CY/").split('id="acts"', 1)[1].split("</section>", 1)[0]
    assert "Đinh Văn Khải" in acts
    early = _text(clerk, "/to-chuc/CY/?on=28/02/2018").split('id="acts"', 1)[1]
    assert "Đinh Văn Khải" not in early


def test_a_colleague_is_told_no_names_of_other_communes(office: World, at_desk: Client) -> None:
    """Neither their units nor who stands in them, by any parameter."""
    office.member("TX1", name="Quách Thị Xuân")
    office.member("CY1", name="Bùi Thị Bình")
    sit_down(at_desk, office.colleague)
    for path in (
        TREE,
        "/to-chuc/CY/",
        f"{TREE}?q=tien+xuan",
        f"{TREE}?open=TX,HU",
        "/to-chuc/CY1/",
    ):
        page = _text(at_desk, path)
        assert "Quách" not in page
        assert "Tiến Xuân" not in page


def test_the_book_closes_with_the_strength_also_for_who_sees_a_part(
    office: World, at_desk: Client
) -> None:
    """Members who came from outside one's sight are counted when they are here."""
    there = office.member("TX1", name="Quách Thị Xuân")
    office.member("CY1", name="Bùi Thị Bình")
    split_unit(office.unit("TX1"), [office.unit("CY2")], on=date(2018, 6, 1),
               members={there: "CY2"}, units_below={}, basis=DECISION,
               by=office.by(date(2018, 6, 2)))  # fmt: skip
    sit_down(at_desk, office.colleague)
    page = _text(at_desk, "/to-chuc/CY/?on=30/09/2018")
    assert _numbers(page, -1) == ["0", "2", "2"]
    period = Period.parse("2018-9M", regime=regime_named("calendar"))
    mine = scope.units_in_sight(office.colleague, on=date(2018, 9, 30), known=2**62)
    with in_sight(mine):
        book = statements(period, head().number, "party")
        for line in set(Line) - {Line.RECOGNISED}:
            items = trace(office.unit("CY"), (line, None), period, head().number, "party")
            assert total(items) == book.amount(office.unit("CY"), line).both, line.name


def test_what_went_out_of_sight_is_said_not_to_be_counted(office: World, at_desk: Client) -> None:
    office.member("CY1")
    move_unit(office.unit("CY1"), office.unit("TX"), on=date(2018, 6, 1), basis=DECISION,
              by=office.by(date(2018, 6, 1)))  # fmt: skip
    sit_down(at_desk, office.clerk)
    words = 'class="hint"'
    assert _text(at_desk, "/to-chuc/CY/?on=30/09/2018").count(words) == 0
    sit_down(at_desk, office.colleague)
    assert _text(at_desk, "/to-chuc/CY/?on=30/09/2018").count(words) == 1


def _queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("path", [TREE, "/to-chuc/CY/", f"{TREE}?q=thon"])
def test_as_many_queries_for_one_row_as_for_three(office: World, clerk: Client, path: str) -> None:
    office.member("CY1")
    one = _queries(clerk, path)
    office.member("CY1")
    office.member("CY2")
    basis = BasisOn("16-QĐ/HU", date(2018, 1, 10), "Huyện ủy Thạch Thất")
    new = NewUnit(code="CY3", kind="party-cell", name="Chi bộ thôn 3", parent="CY")
    found_unit(new, on=date(2018, 1, 10), basis=basis, by=office.by(date(2018, 1, 10)))
    assert _queries(clerk, path) == one


def test_a_move_is_seen_in_both_trees(office: World, clerk: Client) -> None:
    move_unit(office.unit("CY2"), office.unit("TX"), on=date(2018, 6, 1), basis=DECISION,
              by=office.by(date(2018, 6, 1)))  # fmt: skip
    close_unit(office.unit("CY1"), on=date(2018, 7, 1), basis=DECISION,
               by=office.by(date(2018, 7, 1)))  # fmt: skip
    page = _text(clerk, "/to-chuc/TX/")
    assert "/to-chuc/CY2/" in page
    assert "/to-chuc/CY2/" not in _text(clerk, "/to-chuc/TX/?on=31/05/2018")


def _links(page: str) -> list[tuple[str, str]]:
    """Where each number of the statement leads, and the number."""
    book = page.split('id="book"', 1)[1].split("</section>", 1)[0]
    return [
        (html.unescape(url), n) for url, n in re.findall(r'<a href="([^"]+)">([+−\d.]+)</a>', book)
    ]


def test_each_number_leads_to_what_is_behind_it(office: World, clerk: Client) -> None:
    for day in (1, 2, 3):
        office.admit("CY1", date(2018, 3, day))
    links = _links(_text(clerk, "/to-chuc/CY/?on=30/09/2018"))
    assert {n for _url, n in links} == {"3", "+3"}
    for url, _n in links:
        assert "period=2018-9M" in url
        drill = _text(clerk, url).split('id="drill"', 1)[1]
        assert len(re.findall(r"/dang-vien/\d+/", drill)) >= 3


def test_where_the_day_cuts_the_period_only_what_is_counted_is_shown(
    office: World, clerk: Client
) -> None:
    office.admit("CY1", date(2018, 3, 1), office.person("Đinh Văn Khải"))
    office.admit("CY1", date(2018, 8, 1), office.person("Bùi Thị Bình"))
    links = dict(_links(_text(clerk, "/to-chuc/CY/?on=15/07/2018")))
    assert links
    for url in links:
        told = _text(clerk, url)
        assert "Khải" in told
        assert "<b>Bình</b>" not in told
        assert "Bùi Thị Bình" not in told


def test_of_very_many_that_ended_the_last_are_listed(
    office: World, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is said of how many."""
    for n, day in enumerate((date(2018, 3, 1), date(2018, 4, 1))):
        cell = NewUnit(code=f"T{n}", kind="party-cell", name=f"Chi bộ tạm {n}", parent="CY")
        found_unit(cell, on=date(2018, 2, 1), basis=DECISION, by=office.by(day))
        close_unit(office.unit(f"T{n}"), on=day, basis=DECISION, by=office.by(day))
    monkeypatch.setattr("giaoban.desk.units.tree.MOST_ENDED", 1)
    ended = _text(clerk, TREE).split('id="ended"', 1)[1]
    assert "Chi bộ tạm 1" in ended
    assert "Chi bộ tạm 0" not in ended
    assert re.search(r"1\D+1\D+2\b", ended.split("</summary>")[1].split("<table")[0])
