"""Tables and charts of the catalogue: what they hold, and when there is nothing to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from giaoban.figures.by_unit import Question
from giaoban.journal.queries import head
from giaoban.periods import Period, regime_named
from giaoban.plans.actions import set_targets
from giaoban.reports.catalogue import charts, tables
from giaoban.reports.definitions.definition import (
    ChartPart,
    Part,
    Said,
    Section,
    TablePart,
)
from giaoban.reports.documents.blocks import (
    Bullets,
    Chart,
    Icicle,
    Table,
    Trend,
    Waterfall,
)
from giaoban.reports.numbers.reckoning import Reckoning
from tests.reports.told import changes, defined, document, work
from tests.world import World

FULL = {"admitted": 4, "plan": 8, "lines": changes(opening=40, admitted=4, died=1)}


def section(*parts: Part) -> Section:
    return Section(Said("Một", "One"), 1, parts)


# Tables and charts without books


def test_the_ratio_of_the_form_is_no_growth() -> None:
    asked = work(admitted=134, plan=250, last_year=122)
    made = document(asked, definition=defined(section(TablePart("statement"))))
    table = made.body[-1]
    assert isinstance(table, Table)
    [admitted] = [row for row in table.rows if row.cells[0].text == "B.1"]
    assert [cell.text for cell in admitted.cells] == [
        "B.1", "Kết nạp", "134", "0", "134", "122", "109,8",
    ]  # fmt: skip
    assert [cell.address for cell in admitted.cells[2:]] == [
        "admitted:probationary", "admitted:full", "admitted", "admitted@2017-9M", "ratio(admitted)",
    ]  # fmt: skip
    assert table.columns[-1].holds == "ratio"
    assert [row.cells[0].text for row in table.rows if row.role in ("total", "sum")] == [*"ABCD"]


def test_the_rows_of_the_statement_are_the_forms_in_its_order() -> None:
    """Biểu số 1-BTCTW: what was carried over, the increase, the decrease, what is there."""
    made = document(work(), definition=defined(section(TablePart("statement"))))
    table = made.body[-1]
    assert isinstance(table, Table)
    assert [(row.cells[0].text, row.cells[1].text) for row in table.rows] == [
        ("A", "Cuối kỳ trước chuyển sang"), ("B", "Tăng trong kỳ"), ("B.1", "Kết nạp"),
        ("B.2", "Chuyển đến"), ("B.3", "Phục hồi đảng tịch"), ("C", "Giảm trong kỳ"),
        ("C.1", "Từ trần"), ("C.2", "Khai trừ"), ("C.3", "Xóa tên"), ("C.4", "Xin ra khỏi Đảng"),
        ("C.5", "Chuyển đi"), ("D", "Có trong danh sách cuối kỳ"),
    ]  # fmt: skip
    assert [column.head for column in table.columns[-3:]] == [
        "Tổng số", "Cùng kỳ năm trước", "% so với cùng kỳ",
    ]  # fmt: skip


def test_what_changed_and_who_is_furthest_behind() -> None:
    below = tuple((f"Xã {n}", n % 3, 20 + n) for n in range(15))
    asked = work(admitted=14, plan=400, last_year=10, below=below,
                 lines=changes(opening=9, admitted=14))  # fmt: skip
    made = document(asked, definition=defined(
        section(TablePart("against-last-year"), TablePart("furthest-behind"),
                TablePart("behind"))
    ))  # fmt: skip
    changed_now, furthest, behind = (block for block in made.body if isinstance(block, Table))
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in changed_now.rows}
    assert rows["Kết nạp"] == ["14", "10", "+4", "140,0"]
    assert "Chuyển đến" not in rows
    assert len(furthest.rows) == 10
    assert len(behind.rows) == 15
    assert furthest.rows[0].cells[0].text == behind.rows[-1].cells[0].text
    cell = behind.rows[0].cells[3]
    assert cell.text.endswith("%")
    assert cell.value is not None


def test_a_waterfall_leads_from_the_opening_to_the_closing() -> None:
    made = document(work(**FULL), definition=defined(section(ChartPart("waterfall"))))
    chart = made.body[-1]
    assert isinstance(chart, Chart)
    assert isinstance(chart.shows, Waterfall)
    steps = chart.shows.steps
    assert [(step.text, step.stock) for step in steps] == [
        ("40", True), ("+4", False), ("−1", False), ("43", True),
    ]  # fmt: skip
    assert sum(step.amount for step in steps[:-1]) == steps[-1].amount
    assert chart.alt == "Đầu kỳ: 40; Kết nạp: +4; Từ trần: −1; Cuối kỳ: 43."


def test_a_bullet_without_a_plan_has_its_number_alone() -> None:
    asked = work(admitted=5, plan=4, below=(("A", 6, 4), ("B", 3, 0)))
    made = document(asked, definition=defined(section(ChartPart("plan-by-unit"))))
    chart = made.body[-1]
    assert isinstance(chart, Chart)
    assert isinstance(chart.shows, Bullets)
    first, second = chart.shows.bars
    assert (first.text, first.state, first.expected) == ("6/4 · 150%", "reached", (3, 1))
    assert (second.text, second.state, second.plan, second.expected) == ("3", "", None, None)


# With books


def asked(world: World, code: str = "HU", **more: object) -> Question:
    period = Period.parse("2018-9M", regime=regime_named("calendar"))
    return Question(world.unit(code), period, head(), **more)


@pytest.fixture
def office(world: World) -> World:
    world.by(date(2018, 1, 20))
    for code in ("CY1", "CY2", "TX1", "TX1"):
        world.member(code)
    world.admit("CY1", date(2017, 5, 5))
    for code in ("CY1", "TX1"):
        world.admit(code, date(2018, 3, 1))
    plans = {world.unit(code): n for code, n in {"HU": 4, "CY": 1, "TX": 3}.items()}
    set_targets(plans, indicator="admitted", year=2018, by=world.by(date(2018, 10, 5)))
    return world


def test_months_of_a_year_and_the_tree_are_drawn(office: World) -> None:
    reckoning = Reckoning(asked(office))
    with translation.override("vi"):
        trend = charts.CATALOGUE["admissions-by-month"](reckoning)
        tree = charts.CATALOGUE["strength-by-unit"](reckoning)
    assert trend is not None
    assert isinstance(trend.shows, Trend)
    march, may, october = (trend.shows.points[at] for at in (2, 4, 9))
    assert (march.now, march.before, march.now_address) == (2, 0, "admitted@2018-03")
    assert (may.now, may.before, may.before_address) == (0, 1, "admitted@2017-05")
    assert (october.now, october.now_text, october.now_address) == (None, "", "")
    assert (trend.shows.now, trend.shows.before) == ("2018", "2017")
    assert tree is not None
    assert isinstance(tree.shows, Icicle)
    root, *rest = tree.shows.nodes
    assert (root.name, root.parent, root.size, root.address) == ("HU", "", 7, "closing")
    direct = {node.name: node.size for node in rest if node.parent == "HU"}
    assert direct == {"CY": 4, "TX": 3}
    assert {node.name for node in rest if node.parent == "CY"} == {"CY1", "CY2"}
    assert "LD" not in {node.name for node in rest}


def test_a_months_trend_ends_with_what_is_known(office: World) -> None:
    early = replace(asked(office), known_on=date(2018, 4, 10))
    with translation.override("vi"):
        trend = charts.CATALOGUE["admissions-by-month"](Reckoning(early))
    assert trend is not None
    assert isinstance(trend.shows, Trend)
    assert [point.now is None for point in trend.shows.points[2:6]] == [False, False, True, True]


def test_nothing_to_show_is_no_table_and_no_chart(world: World) -> None:
    reckoning = Reckoning(asked(world, "CY1"))
    empty = {name for name, make in {**tables.CATALOGUE, **charts.CATALOGUE}.items()
             if make(reckoning) is None}  # fmt: skip
    assert empty == {
        "admissions-by-unit", "admissions-by-particulars", "roll-by-particulars", "change-by-unit",
        "against-last-year", "behind", "furthest-behind", *charts.CATALOGUE,
    }  # fmt: skip
