"""Targets: set, revised, taken back, reversed, handed down; and what was known of them when."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from giaoban.figures.indicators import INDICATORS, RatioFormula
from giaoban.journal.errors import FutureDate
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import BasisOn
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.reorganisation import close_unit, move_unit
from giaoban.plans.actions import allocate_target, set_targets
from giaoban.plans.checks import CHECKS
from giaoban.plans.errors import IndicatorUntargeted, NotBelow, TargetNegative, TargetYear
from giaoban.plans.indicators import TARGETED
from giaoban.plans.queries import allocation, target_columns, targets
from tests import raw
from tests.world import DECISION, World

DAY = date(2018, 3, 5)
INDICATOR = "admitted"
PAPER = BasisOn("3-QĐ/HU", date(2017, 12, 20), "Huyện ủy")


def give(world: World, year: int = 2018, indicator: str = INDICATOR, **shares: int | None) -> int:
    told = {world.unit(code): value for code, value in shares.items()}
    return set_targets(told, indicator=indicator, year=year, by=world.by(DAY))


def known(world: World, number: int | None = None, year: int = 2018) -> dict[str, int]:
    codes = {world.unit(code): code for code in ("HU", "CY", "CY1", "CY2", "TX", "TX1")}
    asked = INDICATOR, year, head().number if number is None else number
    found = targets(*asked)
    for units in (None, list(codes)[:3]):
        given_to, aims = (column.tolist() for column in target_columns(*asked, units))
        assert given_to == sorted(found if units is None else found.keys() & units)
        assert aims == [found[unit] for unit in given_to]
    return {codes[unit]: value for unit, value in found.items()}


def test_revised_taken_back_and_given_again(world: World) -> None:
    numbers = [
        give(world, CY=10, TX=7), give(world, CY=12), give(world, TX=None), give(world, TX=0),
    ]  # fmt: skip
    states = [{"CY": 10, "TX": 7}, {"CY": 12, "TX": 7}, {"CY": 12}, {"CY": 12, "TX": 0}]
    assert [known(world, number) for number in numbers] == states
    assert known(world) == states[-1]
    assert known(world, 0) == {}


def test_a_revision_reversed(world: World) -> None:
    """What stood before it stands again; who asks as known before the reversal sees no change."""
    give(world, CY=10)
    revision = give(world, CY=12, TX=3)
    reverse_entry(revision, reason="nhầm biểu", by=world.by())
    assert known(world) == {"CY": 10}
    assert known(world, revision) == {"CY": 12, "TX": 3}
    taken_back = give(world, CY=None)
    assert known(world) == {}
    reverse_entry(taken_back, reason="nhầm", by=world.by())
    assert known(world) == {"CY": 10}
    reverse_entry(give(world, CY=15), reason="nhầm", by=world.by())
    assert known(world) == {"CY": 10}


def test_years_and_indicators_apart(world: World) -> None:
    give(world, CY=10)
    give(world, year=2019, CY=11)
    give(world, indicator="recognised", CY=12)
    assert (known(world), known(world, year=2019)) == ({"CY": 10}, {"CY": 11})
    assert targets("recognised", 2018, head().number) == {world.unit("CY"): 12}
    assert targets("recognised", 2019, head().number) == {}


def test_counted_from_the_day_of_the_basis(world: World) -> None:
    told = {"indicator": INDICATOR, "year": 2018}
    shares = {world.unit("CY"): 3}
    number = set_targets(shares, basis=DECISION, by=world.by(DAY), **told)  # type: ignore[arg-type]
    assert Entry.objects.get(pk=number).effective_on == DECISION.issued_on
    plain = set_targets(shares, by=world.by(), **told)  # type: ignore[arg-type]
    assert Entry.objects.get(pk=plain).effective_on == DAY
    tomorrow = BasisOn("9-QĐ/HU", date(2018, 3, 6), "Huyện ủy")
    with pytest.raises(FutureDate):
        set_targets(shares, basis=tomorrow, by=world.by(), **told)  # type: ignore[arg-type]


def test_never_below_zero(world: World) -> None:
    before = head()
    with pytest.raises(TargetNegative):
        give(world, CY=3, TX=-1)
    assert (head(), known(world)) == (before, {})
    number = give(world, CY=3)
    with pytest.raises(IntegrityError, match="target_not_negative"), transaction.atomic():
        raw.sql(
            "INSERT INTO plans_target (entry_id, line, unit_id, indicator, year, value)"
            " VALUES (%s, 2, 1, 'x', 2018, -1)", number,
        )  # fmt: skip


@pytest.mark.parametrize("code", ["admissions", "strength", "", "Admitted"])
def test_only_for_an_indicator_that_takes_one(world: World, code: str) -> None:
    before, unit = head(), world.unit("CY")
    with pytest.raises(IndicatorUntargeted) as refused:
        give(world, indicator=code, CY=3)
    with pytest.raises(IndicatorUntargeted):
        allocate_target(unit, {world.unit("CY1"): 1}, indicator=code, year=2018, by=world.by())
    assert ", ".join(TARGETED) in str(refused.value)
    assert (head(), targets(code, 2018, before.number)) == (before, {})


def test_every_indicator_that_takes_a_target_is_a_figure_that_can_be_counted() -> None:
    """The codes are the plans', what they count is the figures'; a ratio can't be handed down."""
    assert "admitted" in TARGETED
    for code in TARGETED:
        assert not isinstance(INDICATORS[code].formula, RatioFormula)


def share(world: World, unit: str, **shares: int) -> int:
    told = {world.unit(code): value for code, value in shares.items()}
    return allocate_target(world.unit(unit), told, indicator=INDICATOR, year=2018, by=world.by(DAY))


def rest(world: World, unit: str, on: date = DAY) -> int | None:
    found = allocation(world.unit(unit), INDICATOR, 2018, AsOf(on, head().number))
    assert found.unit == world.unit(unit)
    return found.unallocated


def test_handed_down(world: World) -> None:
    give(world, CY=10)
    assert rest(world, "CY") == 10
    share(world, "CY", CY1=4)
    assert rest(world, "CY") == 6  # some is not handed down yet
    share(world, "CY", CY2=6)
    assert rest(world, "CY") == 0
    share(world, "CY", CY1=7)
    assert rest(world, "CY") == -3  # giao vượt
    assert known(world) == {"CY": 10, "CY1": 7, "CY2": 6}
    give(world, CY=None)
    assert rest(world, "CY") is None
    found = allocation(world.unit("CY"), INDICATOR, 2018, AsOf(DAY, head().number))
    assert (found.target, found.allocated) == (None, 13)


def test_only_to_one_s_own_units(world: World) -> None:
    give(world, HU=20)
    for code in ("TX1", "HU", "TP"):
        with pytest.raises(NotBelow):
            share(world, "HU", CY=3, **{code: 1})
    assert known(world) == {"HU": 20}


def test_the_rest_follows_the_tree_of_the_day(world: World) -> None:
    give(world, CY=10, TX=5)
    share(world, "CY", CY1=4, CY2=3)
    june = date(2018, 6, 1)
    move_unit(world.unit("CY1"), world.unit("TX"), on=june, basis=DECISION, by=world.by(june))
    assert (rest(world, "CY"), rest(world, "TX")) == (3, 5)
    assert (rest(world, "CY", june), rest(world, "TX", june)) == (7, 1)


@pytest.mark.parametrize("year", [2009, 1929, 2200, 40_000, 0])
def test_only_for_a_year_in_which_the_unit_is_open(world: World, year: int) -> None:
    """The world's units were founded on 1 January 2010."""
    before = head()
    with pytest.raises(TargetYear) as refused:
        give(world, year=year, CY=5)
    assert str(year) in str(refused.value)
    if year != 2009:
        with pytest.raises(TargetYear):
            give(world, year=year, CY=None)
    assert head() == before


def test_a_year_ends_with_the_unit(world: World) -> None:
    """Closed on the first of January a unit reaches nothing that year."""
    closed = date(2018, 1, 1)
    close_unit(world.unit("CY2"), on=closed, basis=PAPER, by=world.by(DAY))
    with pytest.raises(TargetYear):
        give(world, CY2=5)
    assert give(world, year=2017, CY2=5)
    assert give(world, CY2=None)  # taking back is never too late
    assert [check().faults for check in CHECKS] == [[], [], []]


def test_a_reversed_target_is_no_fault(world: World) -> None:
    """One that should never have been recorded is mended by its reversal."""
    from giaoban.journal.kinds import Kind
    from giaoban.journal.writing import Draft, open_journal
    from giaoban.plans.models import Target

    wrong = [(world.unit("CY"), INDICATOR, 2005, 5), (world.unit("CY"), INDICATOR, 5, 5)]
    with open_journal(world.by(DAY)) as journal:
        number = journal.write(Draft(Kind.TARGET, DAY, {Target: wrong}))
    assert [len(check().faults) for check in CHECKS] == [1, 2, 0]
    reverse_entry(number, reason="nhầm năm", by=world.by())
    assert [check().faults for check in CHECKS] == [[], [], []]
