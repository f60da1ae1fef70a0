"""The opening of the books on 31/12/2014: logins, tree, appointments, and who stands where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta

from giaoban.cli.demonstration import facts, papers
from giaoban.cli.demonstration.diary import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    EDITOR,
    LEADER,
    LOGINS,
    PASSWORD,
    PUBLISHER,
    SECRETARY,
    WRITER,
    key,
)
from giaoban.cli.demonstration.facts import DISTRICT, ROOT, UnitFact
from giaoban.cli.demonstration.office import Office
from giaoban.cli.demonstration.story import Story, district_units
from giaoban.journal.writing import BasisOn, Recorder
from giaoban.ledger.accounts import Account
from giaoban.ledger.joining import Opening
from giaoban.ledger.reorganisation import found_units
from giaoban.people.actions import appoint_login
from giaoban.people.errors import LoginTaken
from giaoban.people.logins import create_login
from giaoban.people.models import Role
from giaoban.units.rules import NewUnit

OPENING_DAY = date(2014, 12, 31)
RECORDED_ON = date(2015, 1, 5)
ON_PROBATION = 224  # of the members at the opening

Doing = Callable[[Office, Recorder], object]


def tell_opening(story: Story) -> None:
    """Tell how the books are opened."""
    units = facts.units()
    story.units |= {unit.code: unit for unit in units}
    story.homes |= {u.code: u.members for u in district_units() if u.members and _is_home(story, u)}
    story.do(RECORDED_ON, _make_logins, found(units[:1], OPENING_DAY, papers.OPENING_LIST))
    story.do(RECORDED_ON, appoint(CLERK, ROOT, Role.CLERK))
    story.do(RECORDED_ON, found(units[1:], OPENING_DAY, papers.OPENING_LIST))
    story.do(RECORDED_ON, appoint(LEADER, DISTRICT, Role.LEADER))
    story.do(RECORDED_ON, appoint(COLLEAGUE, "XA-TIEN-XUAN", Role.CLERK))
    story.do(RECORDED_ON, appoint(SECRETARY, "XA-TIEN-XUAN", Role.SECRETARY))
    story.do(RECORDED_ON, appoint(EDITOR, ROOT, Role.EDITOR))
    story.do(RECORDED_ON, appoint(ADMINISTRATOR, ROOT, Role.ADMINISTRATOR))
    _tell_members(story)


def _is_home(story: Story, unit: UnitFact) -> bool:
    """Whether a unit takes members: a cell, or an organisation without cells."""
    return not any(other.parent == unit.code for other in story.units.values())


def _tell_members(story: Story) -> None:
    inside = {unit.code for unit in district_units()}
    places = [unit.code for unit in facts.units() for _ in range(unit.members)]
    probationary = set(story.rng.sample(
        [at for at, code in enumerate(places) if code in story.homes], ON_PROBATION))  # fmt: skip
    for at, code in enumerate(places):
        member = story.newcomer(code, OPENING_DAY, new=at in probationary)
        if at in probationary:
            ceremony_on = date(2014, 1, 1) + timedelta(days=story.rng.randrange(360))
            story.tell(Opening, member, RECORDED_ON, on=OPENING_DAY,
                       standing=Account.PROBATIONARY, ceremony_on=ceremony_on)  # fmt: skip
            story.on_probation(member, ceremony_on)
        else:
            story.tell(Opening, member, RECORDED_ON, on=OPENING_DAY)
        if code in inside:
            story.rolls.join(member)
        else:
            story.neighbours.append(member)


def tell_site(story: Story) -> None:
    """Tell who writes and publishes on the public site, which came later than all the rest."""
    story.do(story.diary.last_day(), appoint(WRITER, ROOT, Role.WRITER))
    story.do(story.diary.last_day(), appoint(PUBLISHER, ROOT, Role.PUBLISHER))


def new_unit(fact: UnitFact, position: int) -> NewUnit:
    """A unit of the data files as the act of founding wants it."""
    return NewUnit(
        code=fact.code, kind=fact.kind, name=fact.name, parent=fact.parent, sector=fact.sector,
        position=position,
    )  # fmt: skip


def found(units: Iterable[UnitFact], on: date, basis: BasisOn, first_position: int = 0) -> Doing:
    """The founding of units, each after its siblings in the office's order."""
    taken: dict[str | None, int] = defaultdict(lambda: first_position)
    founding = []
    for fact in units:
        new = new_unit(fact, taken[fact.parent])
        taken[fact.parent] += 1
        founding.append((new, on, basis, key("thanh-lap", fact.code)))
    return lambda _office, by: found_units(founding, by=by)


def appoint(login: str, unit: str, role: Role) -> Doing:
    """An appointment from the day on which it is recorded."""
    told = key("phan-cong", login, unit)
    return lambda office, by: appoint_login(
        login, office.unit(unit), role, on=by.today, by=by, key=told
    )


def _make_logins(_office: Office, by: Recorder) -> None:
    """One for each role; all have the demonstration's password."""
    for login in LOGINS:
        with suppress(LoginTaken):  # by a run that was killed
            create_login(login, by=by, password=PASSWORD)
