"""A report as known on a day says the same for ever, whatever is recorded after: members' acts,
acts on units, targets, particulars, names, reversals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from giaoban.figures.by_unit import Question
from giaoban.figures.organisation_work import OrganisationWork, organisation_work
from giaoban.journal.queries import Head, head
from giaoban.ledger import actions
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.reorganisation import merge_units, move_unit, rename_unit
from giaoban.people.actions import NewParticulars, set_particulars
from giaoban.periods import Period, regime_named
from giaoban.plans.actions import allocate_target, set_targets
from tests.world import DECISION, World

MARCH, END = date(2018, 3, 5), date(2018, 9, 30)
PLAN = {"indicator": "admitted", "year": 2018}


class Office:
    """A district with a report to ask for, and what came to be recorded after it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.persons = [world.person(sex="female", born_on=date(1990, 5, 19)), world.person()]
        self.admissions = [
            world.admit(code, MARCH, person)
            for code, person in zip(("CY1", "TX1"), self.persons, strict=True)
        ]
        self.unit = world.unit
        numbers = {world.unit(code): n for code, n in {"HU": 10, "CY": 4, "TX": 3}.items()}
        self.plan = set_targets(numbers, by=world.by(), **PLAN)  # type: ignore[arg-type]
        self.known = head()

    def told(self) -> dict[str, object]:
        return {"basis": DECISION, "by": self.world.by(END)}

    def report(self, known: Head, tree: date | None = None) -> OrganisationWork:
        period = Period.parse("2018-9M", regime=regime_named("calendar"))
        return organisation_work(Question(self.unit("HU"), period, known, tree=tree))

    def everything(self, known: Head) -> list[OrganisationWork]:
        return [self.report(known), self.report(known, END)]


LATER: dict[str, Callable[[Office], object]] = {
    "an admission": lambda o: o.world.admit("CY2", date(2018, 4, 1)),
    "a death": lambda o: actions.record_death(
        person=o.persons[0], unit=o.unit("CY1"), left_on=date(2018, 6, 1), **o.told()  # type: ignore[arg-type]
    ),
    "a reversal": lambda o: reverse_entry(o.admissions[1], reason="nhầm", by=o.world.by(END)),
    "a target": lambda o: set_targets({o.unit("CY"): 9}, by=o.world.by(END), **PLAN),  # type: ignore[arg-type]
    "a target taken back": lambda o: set_targets(
        {o.unit("HU"): None}, by=o.world.by(END), **PLAN  # type: ignore[arg-type]
    ),
    "an allocation": lambda o: allocate_target(
        o.unit("HU"), {o.unit("YB"): 2}, by=o.world.by(END), **PLAN  # type: ignore[arg-type]
    ),
    "targets reversed": lambda o: reverse_entry(o.plan, reason="nhầm", by=o.world.by(END)),
    "particulars": lambda o: set_particulars(
        o.persons[0], NewParticulars(sex="male", born_on=date(1960, 1, 1)), on=MARCH,
        by=o.world.by(END),
    ),
    "a move": lambda o: move_unit(
        o.unit("CY1"), o.unit("TX"), on=date(2018, 2, 1), **o.told()  # type: ignore[arg-type]
    ),
    "a merger": lambda o: merge_units(
        [o.unit("CY")], o.unit("YB"), on=date(2018, 7, 1), **o.told()  # type: ignore[arg-type]
    ),
    "a name": lambda o: rename_unit(o.unit("CY"), "Xã mới", on=MARCH, **o.told()),  # type: ignore[arg-type]
}  # fmt: skip


@pytest.mark.parametrize("later", LATER)
def test_the_report_as_known_stays(world: World, later: str) -> None:
    office = Office(world)
    before = office.everything(office.known)
    LATER[later](office)
    assert office.everything(office.known) == before
    # And it is no wonder that it does: as known now it says otherwise.
    assert office.everything(head()) != [
        OrganisationWork(**{**_fields(work), "question": Question(
            work.question.unit, work.question.period, head(), tree=work.question.tree)})
        for work in before
    ]  # fmt: skip


def test_all_of_it_together(world: World) -> None:
    office = Office(world)
    before = office.everything(office.known)
    steps = [(office.known, before)]
    for act in ("an admission", "particulars", "a target", "a move", "a name", "targets reversed"):
        LATER[act](office)
        known = head()
        steps.append((known, office.everything(known)))
    for known, said in steps:
        assert office.everything(known) == said


def _fields(work: OrganisationWork) -> dict[str, object]:
    return {name: getattr(work, name) for name in OrganisationWork.__slots__}
