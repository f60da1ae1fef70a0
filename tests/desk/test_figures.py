"""The page of figures: what it shows, to whom, as known when, and what is behind each number."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from giaoban.journal.queries import head
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.reorganisation import move_unit
from giaoban.people.models import Access
from giaoban.plans.actions import set_targets
from tests.desk.conftest import sit_down
from tests.world import DECISION, World

URL, BEHIND = reverse("desk:figures"), reverse("desk:figures-behind")
ASKED = {"unit": "HU", "period": "2018-9M"}
VIEWS = ("units", "months", "statement", "groups", "indicators")


@pytest.fixture
def figures(office: World) -> World:
    """Three admitted by 5 October, one recorded on the 8th, one on the 12th and taken back on the
    20th; the district has a target of 4, one commune of 2."""
    office.by(date(2018, 1, 15))
    for code, name, sex in (("CY1", "Nguyễn Văn An", "male"), ("CY1", "Lê Thị Bình", "female"),
                            ("TX1", "Bùi Thị Cúc", "female")):  # fmt: skip
        office.admit(code, date(2018, 3, 1), office.person(name, sex=sex, ethnicity="kinh"))
    numbers = {office.unit("HU"): 4, office.unit("CY"): 2}
    set_targets(numbers, indicator="admitted", year=2018, by=office.by())
    office.by(date(2018, 10, 8))
    office.admit("YB", date(2018, 9, 20), office.person("Đỗ Văn Dũng"))
    office.by(date(2018, 10, 12))
    wrong = office.admit("YB", date(2018, 9, 28), office.person("Hà Thị Én"))
    reverse_entry(wrong, reason="Lễ ngày 02/10", by=office.by(date(2018, 10, 20)))
    return office


def _page(client: Client, **more: str) -> str:
    answer = client.get(URL, ASKED | more)
    assert answer.status_code == 200
    return answer.content.decode()


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def _panel(html: str) -> str:
    """The lines of the panel."""
    found = re.search(r'class="tbl trace".*?</table>', html, re.S)
    return found[0] if found else ""


@pytest.fixture
def clerk(figures: World, at_desk: Client) -> Client:
    return sit_down(at_desk, figures.clerk)


def test_each_unit_has_plan_actual_and_per_cent(clerk: Client) -> None:
    page = _page(clerk)
    assert "100,0%" in page  # the whole: 4 of 4; one commune: 2 of 2
    row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*Xã Tiến Xuân.*?</tr>", page, re.S)
    assert row is not None
    assert "%" not in re.sub(r'data-label="[^"]*"', "", _text(row[0]))  # no target: a dash


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_answers_without_script_and_with_it(clerk: Client, view: str) -> None:
    page = _page(clerk, view=view, cell="admitted")
    assert ('id="drill"' in page and 'id="figures"' in page) or view == "statement"
    assert "style=" not in page
    assert "<script>" not in page


def test_the_choices_of_knowledge_carry_their_numbers(clerk: Client) -> None:
    page = _page(clerk)
    choices = re.search(r'<ul class="known".*?</ul>', page, re.S)
    assert choices is not None
    told = re.findall(r'<span class="n">(\d+)</span>', choices[0])
    assert told == ["3", "4", "5", "4"]  # 5, 8, 12 October, and now
    whys = re.search(r'class="tbl whys.*?</table>', page, re.S)
    assert whys is not None
    text = _text(whys[0])
    assert "Lễ ngày 02/10" in text
    assert "−1" in text


def test_as_known_on_a_day_and_after_an_entry(clerk: Client) -> None:
    assert "Nguyễn Văn An" in _page(clerk, known="05/10/2018", cell="admitted")
    early = _page(clerk, known="05/10/2018", cell="admitted")
    assert "Đỗ Văn Dũng" not in early
    assert "asof past" in early
    n = re.search(r"/so-lieu/\?[^\"]*head=(\d+)", early)
    assert n is not None
    again = _page(clerk, head=n[1], cell="admitted")
    assert "Đỗ Văn Dũng" not in again
    assert "Đỗ Văn Dũng" in _page(clerk, cell="admitted")


def test_the_link_to_a_view_says_all_of_it(clerk: Client) -> None:
    page = _page(clerk, view="groups", cell="admitted", group="sex=female", known="05/10/2018")
    link = re.search(r'href="(/so-lieu/\?[^"]*)" data-copy-link', page)
    assert link is not None
    told = link[1].replace("&amp;", "&")
    for part in ("unit=HU", "period=2018-9M", "view=groups", "group=sex", "head="):
        assert part in told
    assert "known=" not in told
    again = clerk.get(told).content.decode()
    assert _panel(again) == _panel(page)
    assert "Lê Thị Bình" in _panel(page)


def test_a_number_is_behind_its_cell_and_balances(clerk: Client) -> None:
    page = _page(clerk, cell="admitted", row="CY")
    panel = re.search(r"<aside.*?</aside>", page, re.S)
    assert panel is not None
    assert "Nguyễn Văn An" in panel[0]
    assert "Bùi Thị Cúc" not in panel[0]
    assert 'class="st hit"' in panel[0]
    assert 'class="st bad"' not in panel[0]
    assert re.search(r"/so-nhat-ky/\d+/", panel[0])
    assert "/dang-vien/" in panel[0]
    assert page.count('class="cell-on"') == 1


@pytest.mark.parametrize(
    "cell",
    ["admitted", "closing", "opening", "closing:probationary", "plan", "party-founded-private"],
)
def test_every_sort_of_cell_balances(clerk: Client, cell: str) -> None:
    page = clerk.get(BEHIND, ASKED | {"cell": cell}).content.decode()
    assert 'class="st bad"' not in page


def test_a_month_is_behind_its_number(clerk: Client) -> None:
    page = _page(clerk, view="months", cell="admitted", span="2018-03")
    panel = re.search(r"<aside.*?</aside>", page, re.S)
    assert panel is not None
    assert "Nguyễn Văn An" in panel[0]
    assert "Đỗ Văn Dũng" not in panel[0]


def test_nobody_out_of_sight_is_behind_a_number(figures: World, at_desk: Client) -> None:
    client = sit_down(at_desk, figures.colleague)
    for url in (URL, BEHIND):
        for asked in (ASKED, {"unit": "CY", "row": "TX"}, {"unit": "CY", "row": "HU"}):
            got = client.get(url, {"period": "2018-9M", "cell": "closing", **asked})
            assert got.status_code == 404
    mine = client.get(
        URL, {"unit": "CY", "period": "2018-9M", "cell": "closing", "tree": "2018-12-01"}
    )
    assert "Bùi Thị Cúc" not in mine.content.decode()
    url = reverse("desk:figures-behind-export", args=["csv"])
    got = client.get(url, {"unit": "CY", "period": "2018-9M", "cell": "closing"})
    names = got.content.decode("utf-8-sig")
    assert "Lê Thị Bình" in names
    assert "Bùi Thị Cúc" not in names


def test_without_the_check_of_units_the_database_still_names_nobody(
    figures: World, at_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from giaoban.desk import door
    from giaoban.units.queries import unit_by_code

    monkeypatch.setattr(door.Sitting, "unit", lambda _self, code: unit_by_code(code))
    client = sit_down(at_desk, figures.colleague)
    for cell in ("closing", "admitted"):
        told = client.get(BEHIND, ASKED | {"cell": cell}).content.decode()
        assert "Lê Thị Bình" in told
        assert "Bùi Thị Cúc" not in told
        assert "Đỗ Văn Dũng" not in told
        assert 'class="st bad"' not in told  # both ways to count see the same books


def test_books_out_of_sight_are_told(figures: World, at_desk: Client) -> None:
    day = date(2018, 11, 1)
    move_unit(figures.unit("CY2"), figures.unit("TX"), on=day, by=figures.by(day),
              basis=DECISION)  # fmt: skip
    page = sit_down(at_desk, figures.colleague).get(URL, ASKED | {"unit": "CY"}).content.decode()
    assert 'class="tag"' in page
    assert "200,0%" not in page
    assert "note warning" in page


@pytest.mark.parametrize("login", ["bientap", "quantri"])
@pytest.mark.parametrize("url", [URL, BEHIND])
def test_who_reads_no_members_reads_no_figures(
    figures: World, at_desk: Client, login: str, url: str
) -> None:
    assert sit_down(at_desk, login).get(url, ASKED | {"cell": "admitted"}).status_code == 403


def test_strangers_are_sent_to_sign_in(figures: World, at_desk: Client) -> None:
    assert at_desk.get(URL).status_code == at_desk.get(BEHIND).status_code == 302


def test_a_secretary_sees_the_own_unit(figures: World, at_desk: Client) -> None:
    page = sit_down(at_desk, "phutrach").get(URL, {"period": "2018-9M"}).content.decode()
    assert "Chi bộ thôn 1" in page
    assert "Xã Tiến Xuân" not in page


def test_taking_names_away_is_written_down(figures: World, clerk: Client) -> None:
    url = reverse("desk:figures-behind-export", args=["xlsx"])
    assert clerk.get(url, ASKED | {"cell": "admitted", "row": "CY"}).status_code == 200
    lines = Access.objects.filter(what=Access.What.EXPORTED)
    assert lines.count() == 2
    # A table of counts names nobody.
    for form in ("xlsx", "csv"):
        for view in VIEWS:
            assert clerk.get(
                reverse("desk:figures-export", args=[form]), ASKED | {"view": view}
            ).status_code == 200  # fmt: skip
    assert Access.objects.filter(what=Access.What.EXPORTED).count() == 2


def test_who_is_of_which_ethnicity_is_looked_up_on_record(clerk: Client) -> None:
    page = _page(clerk, view="groups")
    assert "ethnicity=" not in page
    assert not Access.objects.exists()
    _page(clerk, view="groups", by="ethnicity", cell="admitted", group="ethnicity=kinh")
    seen = Access.objects.filter(what=Access.What.SEEN_SENSITIVE)
    assert seen.count() == 3


def test_an_exported_table_has_numbers(clerk: Client) -> None:
    url = reverse("desk:figures-export", args=["csv"])
    told = clerk.get(url, ASKED).content.decode("utf-8-sig")
    assert "1,CY,Xã Cẩm Yên,2,2,100.0,0," in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"period": "2018-Q9"}, "2018-Q9"),
        ({"period": "2199"}, "2199"),
        ({"tree": "31/02/2018"}, "2018"),
        ({"head": "999999999"}, "999999999"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(
    clerk: Client, asked: dict[str, str], said: str
) -> None:
    page = _page(clerk, **asked)
    faults = re.findall(r'class="fault".*?</(?:div|p)>', page, re.S)
    assert any(said in fault for fault in faults)


def test_a_unit_that_was_not_there_and_books_that_were_not_begun(clerk: Client) -> None:
    for asked in ({"period": "2009"}, {"known": "01/01/2012"}):
        page = _page(clerk, **asked)
        assert "note warning" in page
        assert 'id="figures"' not in page


@pytest.mark.parametrize("view", VIEWS)
def test_more_rows_cost_no_more_queries(figures: World, clerk: Client, view: str) -> None:
    counted = []
    for unit in ("TX", "HU"):  # one unit below with one admitted, and three with four
        told = {"unit": unit, "period": "2018-9M", "view": view, "cell": "admitted"}
        clerk.get(URL, told)
        with CaptureQueriesContext(connection) as queries:
            clerk.get(URL, told)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_journal_head_is_in_the_link(clerk: Client) -> None:
    assert f"head={head().number}" in _page(clerk)
