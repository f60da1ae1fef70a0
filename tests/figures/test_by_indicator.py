"""Indicators by unit, their history, what is behind them, and the sheet of targets."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.figures.allocation_sheet import allocation_sheet
from giaoban.figures.behind import behind, in_order
from giaoban.figures.by_indicator import COUNTED, hidden_below, measured
from giaoban.figures.by_unit import Question
from giaoban.figures.cells import items_behind
from giaoban.figures.errors import CellUnknown, UnitNotInPeriod
from giaoban.figures.knowledge import history
from giaoban.figures.lines import Line
from giaoban.figures.restating import restate, restate_line
from giaoban.figures.trace import total
from giaoban.journal.queries import AsOf, head, head_known_on
from giaoban.ledger.actions import transfer_member
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.reorganisation import merge_units
from giaoban.periods import Period, regime_named
from giaoban.plans.actions import set_targets
from giaoban.units.models import Unit
from tests.world import DECISION, World

NINE = "2018-9M"


def _period(code: str = NINE) -> Period:
    return Period.parse(code, regime=regime_named("calendar"))


def _question(world: World, code: str = "HU", **more: object) -> Question:
    return Question(world.unit(code), _period(), head(), **more)  # type: ignore[arg-type]


def _everything() -> set[int]:
    return set(Unit.objects.values_list("id", flat=True))


@pytest.fixture
def admitted(world: World) -> World:
    """Two in CY1 and one in TX1 in 2018, one in CY1 in 2017; targets 4, 2 and 1."""
    world.by(date(2018, 1, 20))
    world.admit("CY1", date(2017, 12, 5))
    for code in ("CY1", "CY1", "TX1"):
        world.admit(code, date(2018, 3, 1))
    numbers = {world.unit(code): n for code, n in {"HU": 4, "CY": 2, "TX": 1}.items()}
    set_targets(numbers, indicator="admitted", year=2018, by=world.by())
    return world


def test_each_unit_has_its_number_its_plan_and_last_year(admitted: World) -> None:
    found = measured(_question(admitted), "admitted", _everything())
    told = {r.life.code: (r.achievement.actual, r.achievement.plan) for r in found.rows}
    assert told == {"CY": (2, 2), "TX": (1, 1), "YB": (0, None)}
    assert (found.whole.actual, found.whole.plan) == (3, 4)
    assert found.before[admitted.unit("HU")] == 0  # December is not in the nine months
    assert not found.partial


def test_a_unit_without_a_target_has_no_per_cent(admitted: World) -> None:
    [row] = [
        row for row in measured(_question(admitted), "admitted", _everything()).rows
        if row.life.code == "YB"
    ]  # fmt: skip
    done = row.achievement
    assert (done.percent, done.rank, done.pace, done.rest) == (None, None, None, None)


def test_books_out_of_sight_make_a_number_partial(admitted: World) -> None:
    seen = _everything() - {admitted.unit("CY2")}
    found = measured(_question(admitted), "admitted", seen)
    assert found.partial == {admitted.unit("HU"), admitted.unit("CY")}
    assert found.whole.percent is None
    by_code = {row.life.code: row.achievement for row in found.rows}
    assert by_code["CY"].percent is None
    assert by_code["TX"].percent is not None
    known = head().number
    assert hidden_below(admitted.unit("HU"), _period(), known, seen) == {admitted.unit("CY2")}


@pytest.mark.parametrize("code", COUNTED)
def test_rows_add_up_to_the_whole_and_each_is_behind_its_number(admitted: World, code: str) -> None:
    transfer_member(
        person=admitted.member("TX1"), unit=admitted.unit("TX1"), to=admitted.unit("CY2"),
        on=date(2018, 4, 1), basis=DECISION, by=admitted.by(date(2018, 4, 1)),
    )  # fmt: skip
    question = _question(admitted)
    found = measured(question, code, _everything())
    if code not in ("arrived", "departed"):  # a transfer inside is one for each, none for both
        assert sum(row.achievement.actual for row in found.rows) == found.whole.actual
    for row in found.rows:
        items = items_behind(question, code, row=row.life.id)
        assert total(items) == row.achievement.actual


def test_a_ratio_is_no_table(admitted: World) -> None:
    with pytest.raises(CellUnknown):
        measured(_question(admitted), "admission-rate", _everything())


def test_a_unit_that_was_not_there_is_said(admitted: World) -> None:
    period = Period.parse("2009", regime=regime_named("calendar"))
    with pytest.raises(UnitNotInPeriod):
        measured(Question(admitted.unit("HU"), period, head()), "admitted", _everything())


def test_one_line_restated_is_that_line_of_all(admitted: World) -> None:
    day = date(2018, 6, 1)
    merge_units(
        [admitted.unit("TX1")], into=admitted.unit("CY1"), on=day, basis=DECISION,
        by=admitted.by(day),
    )  # fmt: skip
    args = (admitted.unit("HU"), _period(), head().number, "party", day)
    whole, alone = restate(*args), restate_line(*args, Line.ADMITTED)
    assert (whole.amounts[Line.ADMITTED] == alone.amounts[Line.ADMITTED]).all()
    assert alone.amounts[Line.ADMITTED].any()
    found = measured(_question(admitted, tree=day), "admitted", _everything())
    assert {row.life.code: row.achievement.actual for row in found.rows} == {"CY": 3, "TX": 0}


def test_a_number_is_told_entry_by_entry(admitted: World) -> None:
    first = head_known_on(date(2018, 3, 2))
    late = admitted.admit("TX1", date(2018, 9, 1))
    back = reverse_entry(late, reason="Ghi nhầm ngày", by=admitted.by(date(2018, 10, 20)))
    told = history(items_behind(_question(admitted), "admitted"), first)
    assert told.start == 3
    assert [(c.entry, c.by, c.to) for c in told.changes] == [(late, 1, 4), (back, -1, 3)]
    assert told.changes[1].reverses == late
    assert told.on(date(2018, 10, 19)) == 4
    assert told.at(head().number) == 3
    assert [c.entry for c in told.between(late, back)] == [back]


def test_behind_a_number_stand_names_days_and_bases(admitted: World) -> None:
    question = _question(admitted)
    shown = behind(in_order(items_behind(question, "admitted")), question)
    assert [str(one.name) for one in shown] == ["Nguyễn Văn An"] * 3
    assert {one.unit.code for one in shown if one.unit} == {"CY1", "TX1"}
    basis = shown[0].entry.basis
    assert basis is not None
    assert basis.number == DECISION.number
    assert shown[0].days_late == 0


def test_the_sheet_has_the_units_below_and_what_is_left(admitted: World) -> None:
    as_of = AsOf(date(2018, 12, 31), head().number)
    sheet = allocation_sheet(
        admitted.unit("HU"), "admitted", 2018, as_of, opened=[admitted.unit("CY")],
        sight=_everything(),
    )  # fmt: skip
    told = [(row.life.code, row.depth, row.target, row.rest) for row in sheet.rows]
    assert told == [("HU", 0, 4, 1), ("CY", 1, 2, None), ("CY1", 2, None, None),
                    ("CY2", 2, None, None), ("TX", 1, 1, None), ("YB", 1, None, None)]  # fmt: skip
    assert {row.life.code: row.actual for row in sheet.rows}["CY"] == 1


def test_the_sheet_hides_an_actual_that_is_not_all_in_sight(admitted: World) -> None:
    as_of = AsOf(date(2018, 12, 31), head().number)
    sheet = allocation_sheet(
        admitted.unit("HU"), "admitted", 2018, as_of, opened=[],
        sight=_everything() - {admitted.unit("CY1")},
    )  # fmt: skip
    assert {row.life.code: row.actual for row in sheet.rows} == {
        "HU": None, "CY": None, "TX": 0, "YB": 0
    }  # fmt: skip


def test_a_unit_that_ended_in_the_period_is_followed(admitted: World) -> None:
    day = date(2018, 6, 1)
    merge_units(
        [admitted.unit("TX1")], into=admitted.unit("CY1"), on=day, basis=DECISION,
        by=admitted.by(day),
    )  # fmt: skip
    found = measured(_question(admitted, "TX1", tree=day), "admitted", _everything())
    assert [(row.life.code, row.achievement.actual) for row in found.rows] == [("CY1", 1)]
    assert measured(_question(admitted, "TX1"), "admitted", _everything()).whole.actual == 1
