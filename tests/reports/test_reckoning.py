"""Every number of a built document is that of its address: summed up again from what is behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from giaoban.figures import breakdowns, cells
from giaoban.figures.by_unit import Question
from giaoban.figures.errors import FieldUnknown, GroupUnknown
from giaoban.figures.trace import total
from giaoban.figures.values import Value
from giaoban.journal.queries import head
from giaoban.ledger.actions import transfer_member
from giaoban.ledger.reorganisation import move_unit
from giaoban.people.actions import NewParticulars, set_particulars
from giaoban.periods import Period, regime_named
from giaoban.plans.actions import set_targets
from giaoban.reports.catalogue.changes import change_by_unit
from giaoban.reports.definitions.building import build
from giaoban.reports.definitions.shipping import shipped
from giaoban.reports.documents.blocks import Cell, Column, Document
from giaoban.reports.documents.walking import figures, tables
from giaoban.reports.errors import RowUnknown
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import OF_WORK, STATES
from giaoban.reports.numbers.printed import in_prose, in_table, shape_of
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.units.errors import UnitUnknown
from giaoban.units.queries import unit_by_code
from tests.histories import History, examples, rolled_back
from tests.reports.told import PAPER
from tests.world import DECISION, World

SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
PERIODS = ("2018-9M", "2018", "2018-Q2", "2018-H2", "2019-9M")
CALENDAR = regime_named("calendar")
# What no item stands behind: counted of rows, or of days.
NOT_BEHIND = (*STATES, *(name for name in OF_WORK if name not in cells.names()), "rank")


def asked(world: World, code: str = "HU", period: str = "2018-9M", **more: object) -> Question:
    return Question(
        world.unit(code),
        Period.parse(period, regime=CALENDAR),
        head(),
        **more,
    )


def documents(question: Question) -> Iterator[Document]:
    """Every shipped document that fits, of numbers of its own."""
    for definition in shipped().values():
        if question.period.kind in definition.periods:
            yield build(definition, Reckoning(question), PAPER)


# The same number, found another way


def behind(question: Question, address: Address) -> Value:
    """A plain cell as the sum of what is behind it."""
    if address.period:
        year = int(address.period[:4])
        period = Period.parse(address.period, regime=CALENDAR)
        assert abs(year - question.period.year) <= 1
        question = replace(question, period=period)
    row = unit_by_code(address.row) if address.row else None
    items = cells.items_behind(
        question, address.cell, row=row, group=address.group or None, in_table=True
    )
    if address.cell == cells.PLAN and not items:
        return None
    return total(items)


def expected(question: Question, address: Address) -> Value:
    """The number at an address, with nothing but items."""
    base = address.base
    if address.way == "share":
        return over(expected(question, base), expected(question, replace(base, group="")))
    if address.way:
        last_year = question.period.same_period_last_year.code
        now, then = expected(question, base), expected(question, replace(base, period=last_year))
        assert now is not None
        assert then is not None
        if address.way == "change":
            return now - then
        return over(now if address.way == "ratio" else now - then, then)
    if address.cell in ("achievement", "remaining"):
        done, plan = (behind(question, replace(base, cell=c)) for c in ("admitted", "plan"))
        assert done is not None
        if plan is None:
            return None
        return over(done, plan) if address.cell == "achievement" else max(plan - done, 0)
    if len(parts := cells.parts_of(base.cell)) > 1:
        return over(*(behind(question, replace(base, cell=part)) for part in parts))
    return behind(question, base)


def over(part: Value, whole: Value) -> Value:
    return Fraction(part or 0) / whole if whole else None


def printed(value: Value, address: Address) -> set[str]:
    """The ways in which a number may stand in a document."""
    shape = shape_of(address)
    found: set[str] = set()
    for one in {value, -value if value else value}:
        found |= {in_prose(one, shape), in_prose(one, shape, leading_zero=True)}
    text = in_table(value, shape)
    return found | {text, f"+{text}", f"−{text}", text.rstrip("%")}


def check(question: Question) -> int:
    """Compare every number of every document, and return how many there were."""
    known: dict[str, Value] = {}
    reckoning, checked = Reckoning(question), 0
    for document in documents(question):
        for text, *_rest in figures(document):
            address = Address.parse(text)
            if address.cell in NOT_BEHIND or _unlike(reckoning, address):
                continue
            if text not in known:
                known[text] = expected(question, address)
                assert reckoning.value(address) == known[text], text
        for text, said in figures(document):
            if text in known:
                assert said in printed(known[text], Address.parse(text)), (text, said)
                checked += 1
        assert_cells_are_their_values(document, known)
    return checked


def _unlike(reckoning: Reckoning, address: Address) -> bool:
    """Whether a row's plan counts other things than its actual, so that nothing is worked out."""
    work = reckoning.work
    if address.row:
        return address.row in reckoning.rows and not (
            reckoning.rows[address.row].achievement.comparable
        )
    return not work.whole.comparable


def assert_cells_are_their_values(document: Document, known: dict[str, Value]) -> None:
    for table in tables(document):
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=True):
                if cell.address in known and cell.value is not None:
                    assert Fraction(*cell.value) == _in_column(known[cell.address], column), cell


def _in_column(value: Value, column: Column) -> Value:
    return None if value is None else value * 100 if column.holds == "ratio" else value


@pytest.fixture
def office(world: World) -> World:
    """Members with particulars, targets, a transfer between communes, a death last year."""
    world.by(date(2018, 1, 20))
    old = [world.member(code) for code in ("CY1", "CY1", "CY2", "TX1", "TX1")]
    world.admit("CY1", date(2017, 5, 5))
    for code, born in (("CY1", 1990), ("CY1", 1975), ("TX1", 1999)):
        person = world.person(sex="female", born_on=date(born, 5, 19))
        world.admit(code, date(2018, 3, 1), person)
    set_particulars(
        old[0], NewParticulars(sex="male", born_on=date(1960, 1, 1)), on=date(2018, 1, 1),
        by=world.by(),
    )  # fmt: skip
    transfer_member(
        person=old[3], unit=world.unit("TX1"), to=world.unit("CY2"), on=date(2018, 4, 1),
        basis=DECISION, by=world.by(date(2018, 4, 1)),
    )  # fmt: skip
    plans = {world.unit(code): n for code, n in {"HU": 9, "CY": 2, "TX": 3}.items()}
    set_targets(plans, indicator="admitted", year=2018, by=world.by())
    return world


@pytest.mark.parametrize("period", ["2018-9M", "2018-Q2"])
@pytest.mark.parametrize("code", ["HU", "CY", "CY1", "TP"])
def test_every_number_of_every_document(office: World, code: str, period: str) -> None:
    assert check(asked(office, code, period)) > 40
    assert check(asked(office, code, period, tree=date(2018, 6, 1))) > 30


@settings(max_examples=examples(2), suppress_health_check=SHARED, deadline=None)
@given(seed=st.integers(0, 10**6), steps=st.integers(20, 60), period=st.sampled_from(PERIODS))
@example(seed=3, steps=60, period="2018")
def test_any_history(world: World, seed: int, steps: int, period: str) -> None:
    with rolled_back():
        history = History(replace(world), seed).play(steps)
        _set_some_targets(history)
        assert check(asked(world, "TP", period)) > 20
        day = history.day
        assert check(asked(world, "TP", period, tree=day)) > 20
        assert_rows_balance(asked(world, "TP", period))
        assert_rows_balance(asked(world, "TP", period, tree=day))


def _set_some_targets(history: History) -> None:
    units = history.open_units(history.day)
    plans = {
        unit: history.random.randrange(1, 6) for unit in units if history.random.random() < 0.6
    }
    for year in (2018, 2019):
        if plans:
            set_targets(plans, indicator="admitted", year=year, by=history.by())


# Rows


def assert_rows_balance(question: Question) -> None:
    table = change_by_unit(Reckoning(question))
    for row in table.rows if table else ():
        opening, into, out, closing = map(_count, row.cells[1:])
        assert opening + into - out == closing, row.cells[0].text


def _count(cell: Cell) -> int:
    assert cell.value is not None
    return cell.value[0]


def test_a_row_of_a_unit_that_came_within_the_period_balances(office: World) -> None:
    move_unit(
        office.unit("TX1"), office.unit("YB"), on=date(2018, 5, 1), basis=DECISION,
        by=office.by(date(2018, 5, 1)),
    )  # fmt: skip
    office.admit("TX1", date(2018, 6, 1))
    question = asked(office, "YB")
    assert_rows_balance(question)
    numbers = Reckoning(question)
    # One was admitted in TX1 before it came here: its own increase, and none of this table's.
    assert numbers.value("admitted/TX1") == 1
    assert numbers.value("increase/TX1") == 2
    items = cells.items_behind(question, "increase", row=office.unit("TX1"), in_table=True)
    assert total(items) == 2


def test_rows_of_units_that_are_not_there_are_refused(office: World) -> None:
    numbers = Reckoning(asked(office))
    with pytest.raises(RowUnknown):
        numbers.value("closing/NL")  # in the district beside
    with pytest.raises(UnitUnknown):
        numbers.value("closing/KHONG-CO")
    assert numbers.value("closing/CY1") == 5  # anywhere below


def test_standings_and_sums_of_a_row(office: World) -> None:
    numbers = Reckoning(asked(office))
    assert numbers.value("increase:probationary/CY") == 2
    assert numbers.value("increase:full/CY") == 1
    assert numbers.value("decrease/TX") == 1
    assert numbers.value("recognised/CY") == 0


@pytest.mark.parametrize("cell", ["admitted", "closing", "strength", "died", "increase"])
@pytest.mark.parametrize("field", breakdowns.FIELDS)
def test_a_group_that_there_is_not_is_refused_and_never_nobody(
    office: World, cell: str, field: str
) -> None:
    codes = [f"{field}={code}" for code in breakdowns.group_codes(field)]
    for more in ({}, {"tree": date(2018, 6, 1)}):
        numbers = Reckoning(asked(office, **more))
        for written in (f"{cell}[{field}=x]", f"share({cell}[{field}=x])",
                        f"{cell}/CY[{field}=x]", f"{cell}[{field}=x]@2017-9M"):  # fmt: skip
            with pytest.raises(GroupUnknown) as refused:
                numbers.value(written)
            assert refused.value.params["codes"] == codes
        assert numbers.value(f"{cell}[{codes[-1]}]") is not None, "an empty group is none of these"
        assert numbers.value(f"{cell}[{field}=]") is not None, "who is not known"


def test_a_field_that_there_is_not_is_refused(office: World) -> None:
    for written in ("admitted[colour=x]", "closing[name=x]", "increase/CY[unit=x]"):
        with pytest.raises(FieldUnknown):
            Reckoning(asked(office)).value(written)
