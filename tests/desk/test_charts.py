"""Where the marks of charts stand: columns on one ground, steps that follow each other."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from giaoban.desk.templatetags.charts import columns, ruler, spark, stairs


def test_columns_grow_from_one_ground_and_the_last_one_is_said() -> None:
    chart = columns([("1", 6), ("2", 24), ("3", None)], goal=48, drawn=100)
    assert {column.y + column.height for column in chart.columns} == {chart.base}
    assert [column.height for column in chart.columns] == [12, 50, 0]
    assert [column.strong for column in chart.columns] == [False, True, False]
    assert [value for _, value in chart.lines] == [24, 48]
    assert chart.goal_y == chart.base - 100


def test_the_year_before_stands_beside_in_the_same_place() -> None:
    column = columns([("1", 5)], before=[10], drawn=100).columns[0]
    assert (column.height, column.before_height) == (50, 100)
    assert (column.before_x, column.x, column.width) == ("15%", "50%", "35%")


def test_no_numbers_is_a_chart_without_columns() -> None:
    chart = columns([("1", None), ("2", None)])
    assert not any(column.height or column.strong for column in chart.columns)
    assert columns([]).columns == ()


def test_each_step_leads_to_the_next_one() -> None:
    steps = stairs(
        [
            (date(2018, 10, 5), 131, True),
            (date(2018, 10, 12), 135, False),
            (date(2018, 10, 29), 134, True),
        ]
    )
    for before, after in pairwise(steps):
        assert (before.to, before.to_y) == (after.x, after.y)
    assert steps[0].y > steps[2].y > steps[1].y
    assert [step.last for step in steps] == [False, False, True]
    assert stairs([]) == ()


def test_one_day_known_is_one_point() -> None:
    (step,) = stairs([(date(2018, 10, 5), 131, True)])
    assert (step.x, step.to, step.last) == ("3%", "3%", True)


def test_a_ruler_shows_what_lies_in_its_year() -> None:
    drawn = ruler(
        2018,
        [date(2018, 7, 2), date(2018, 7, 2), date(2017, 7, 2)],
        date(2018, 9, 30),
        date(2019, 1, 2),
    )
    assert drawn.months[0] == ("0%", 1)
    assert len(drawn.months) == 12
    assert drawn.acts == (("49.86%", 12),)
    assert (drawn.seen, drawn.today, drawn.seen_late) == ("74.52%", None, True)


def test_a_spark_fills_its_box() -> None:
    assert spark([1, 3, 2]) == "0,18 50,2 100,10"
    assert spark([4]) == "0,18"
    assert spark([]) == ""
