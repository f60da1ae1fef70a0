"""The report for programs: tables without layout, one value a line, missing ones left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from giaoban.cli.flat import flat
from giaoban.cli.printing import as_json, tables
from giaoban.plans.queries import Allocation
from giaoban.reports.documents.blocks import Cell, Column, Row, Table
from tests.reports.told import work


@pytest.mark.parametrize("allocated", [240, 262, 250, 0])
def test_what_is_not_handed_down_may_be_below_zero(allocated: int) -> None:
    below = (("A", 4, allocated),) if allocated else ()
    asked = replace(work(plan=250, below=below), allocation=Allocation(1, 250, allocated))
    assert as_json(asked)["admitted"]["unallocated"] == 250 - allocated


def test_a_table_by_unit_has_codes_counts_and_nothing_for_a_dash() -> None:
    with translation.override("vi"):
        by_unit = tables(work(admitted=5, plan=4, below=(("A", 2, 4), ("B", 3, 0))))[1]
    assert by_unit.heads == ["Xếp thứ", "Mã", "Đơn vị", "Kế hoạch", "Thực hiện", "%", "Còn lại",
                             "Tiến độ"]  # fmt: skip
    assert by_unit.rows == [
        (1, "U2", "A", 4, 2, "50,0%", 2, "chậm tiến độ"),
        (None, "U3", "B", None, 3, None, None, None),
        (None, "U1", "Tổng số", 4, 5, "125,0%", 0, "đạt"),
    ]
    assert by_unit.labels == (1, 2)


def test_heads_over_groups_become_a_column() -> None:
    columns = (Column("Nhóm", "text"), Column("Số"), Column("%", "percent"))
    rows = (
        Row((Cell("Giới tính"), Cell(""), Cell("")), "group"),
        Row((Cell("Nữ"), Cell("3", (3, 1)), Cell("75,0%", (3, 4)))),
        Row((Cell("Nam"), Cell("1", (1, 1)), Cell("–"))),
    )
    with translation.override("vi"):
        shown = flat(Table("a", "A", columns, rows))
    assert shown.heads == ["Chia theo", "Nhóm", "Số", "%"]
    assert shown.rows == [("Giới tính", "Nữ", 3, "75,0%"), ("Giới tính", "Nam", 1, None)]
    assert shown.labels == (0, 1)
