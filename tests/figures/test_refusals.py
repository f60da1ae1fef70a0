"""Every refusal of the figures: a question that has no answer is told so, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation

from giaoban.figures import errors
from giaoban.figures.breakdowns import group_codes, group_of, of_roll
from giaoban.figures.by_unit import Question
from giaoban.figures.cells import items_behind
from giaoban.figures.indicators import INDICATORS, indicator_named
from giaoban.figures.organisation_work import head_for, organisation_work
from giaoban.figures.trace import cell_named, cell_names
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import AsOf, head
from giaoban.ledger.reorganisation import close_unit
from giaoban.periods import Period, regime_named
from tests.world import DECISION, World

BEFORE, AFTER = date(2009, 6, 1), date(2018, 9, 30)
Scenario = Callable[[World], object]


def work(world: World, year: int, code: str = "CY2") -> object:
    period = Period.parse(f"{year}-9M", regime=regime_named("calendar"))
    return organisation_work(Question(world.unit(code), period, head()))


def behind(world: World, cell: str, group: str | None = None, **more: object) -> object:
    period = Period.parse("2018-9M", regime=regime_named("calendar"))
    question = Question(world.unit("HU"), period, head(), **more)  # type: ignore[arg-type]
    return items_behind(question, cell, group=group)


def work_of_a_closed_unit(world: World) -> object:
    close_unit(world.unit("CY2"), on=date(2018, 1, 31), basis=DECISION, by=world.by(AFTER))
    return work(world, 2019)


# Several ways to some of them.
SCENARIOS: list[tuple[type[RuleBroken], Scenario]] = [
    (errors.IndicatorUnknown, lambda _w: indicator_named("admissions")),
    (errors.IndicatorUnknown, lambda _w: indicator_named("")),
    (errors.UnitNotInPeriod, lambda w: work(w, 2009)),
    (errors.UnitNotInPeriod, work_of_a_closed_unit),
    (errors.CellUnknown, lambda _w: cell_named("closing-of-the-door")),
    (errors.CellUnknown, lambda w: behind(w, "closing-of-the-door")),
    (errors.GroupUnknown, lambda w: behind(w, "admitted", "sex=other")),
    (errors.GroupUnknown, lambda w: behind(w, "admitted", "sex")),
    (errors.CellWithoutGroups, lambda w: behind(w, "plan", "sex=female")),
    (errors.CellWithoutGroups, lambda w: behind(w, "party-founded-private", "sex=female")),
    (errors.TreeEmpty, lambda w: behind(w, "admitted", tree=BEFORE)),
    (errors.FieldUnknown, lambda w: behind(w, "admitted", "opinion=none")),
    (errors.FieldUnknown, lambda w: of_roll([w.unit("CY")], ["opinion"], AsOf(AFTER, 2**62))),
    (errors.FieldUnknown, lambda w: group_of([w.person()], "opinion", AsOf(AFTER, 2**62))),
    (errors.FieldUnknown, lambda _w: group_codes("opinion")),
    (errors.NothingKnown, lambda _w: head_for(BEFORE)),
]


@pytest.mark.parametrize(
    ("rule", "scenario"), SCENARIOS, ids=[f"{at}-{r.code}" for at, (r, _s) in enumerate(SCENARIOS)]
)
def test_refused(world: World, rule: type[RuleBroken], scenario: Scenario) -> None:
    with pytest.raises(RuleBroken) as refused:
        scenario(world)
    assert type(refused.value) is rule
    for language in ("vi", "en"):
        with translation.override(language):
            told = refused.value.as_dict()
        assert told["code"] == rule.code
        assert "{" not in told["message"]
        assert not re.search(r"(\b\w, ){3}", told["message"]), "a word letter by letter"


def test_every_refusal_has_a_scenario() -> None:
    rules = {
        one for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, RuleBroken) and one is not RuleBroken
    }  # fmt: skip
    assert {rule for rule, _scenario in SCENARIOS} == rules


def test_what_can_be_asked_is_told_in_full(world: World) -> None:
    with pytest.raises(errors.IndicatorUnknown) as indicator:
        indicator_named("admissions")
    assert all(code in str(indicator.value) for code in INDICATORS)
    with pytest.raises(errors.CellUnknown) as cell:
        cell_named("admissions")
    assert all(name in str(cell.value) for name in cell_names())


def test_the_bounds_are_inside(world: World) -> None:
    """The day of founding and the year of closing still have an answer."""
    assert work(world, 2010)
    close_unit(world.unit("CY2"), on=date(2018, 1, 31), basis=DECISION, by=world.by(AFTER))
    assert work(world, 2018)
