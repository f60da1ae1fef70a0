"""Proposals as the pages show them: what waits, what became of it, what each would post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from giaoban.desk.acts.handling import Preview, previewed
from giaoban.desk.acts.kinds import SHEETS
from giaoban.desk.door import Sitting
from giaoban.desk.reports.affected import Looking
from giaoban.journal.errors import RuleBroken
from giaoban.ledger.models import Outcome, Proposal
from giaoban.ledger.proposals import entry_persons, proposals_in, waiting_in
from giaoban.ledger.proposing import rehearse_told
from giaoban.ledger.recording import PROPOSING
from giaoban.ledger.verbs import ToldAct, told_from_json
from giaoban.people import scope
from giaoban.people.queries import names_of
from giaoban.units.queries import UnitLife, lives

PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal with its words: who proposes what of whom, and what became of it."""

    proposal: Proposal
    title: Any
    unit: UnitLife
    person: str
    told: ToldAct | None
    decidable: bool

    @property
    def waits(self) -> bool:
        return self.proposal.outcome == Outcome.WAITING

    @property
    def recorded(self) -> bool:
        return self.proposal.outcome == Outcome.RECORDED


def how_many_wait(sitting: Sitting) -> int:
    """How many proposals wait for a decision of this login."""
    return waiting_in(_decided_by(sitting))


def listed(sitting: Sitting, *, outcome: Outcome | None, mine: bool) -> list[Waiting]:
    """The newest proposals in sight, or of this login alone."""
    found = proposals_in(
        sitting.units, outcome=outcome, proposed_by=sitting.login if mine else None, limit=PAGE
    )
    return described(sitting, found)


def described(sitting: Sitting, found: list[Proposal]) -> list[Waiting]:
    """These proposals with names; the same few questions for one or many."""
    told = {one.pk: told_from_json(one.verb, one.told) for one in found if one.told}
    persons = {one.person for one in told.values() if one.person is not None}
    of_entry = entry_persons(one.entry_number for one in found if one.entry_number)
    names = names_of(persons | set(of_entry.values()), sitting.as_of)
    units = lives({one.unit_id for one in found}, sitting.as_of)
    mine = _decided_by(sitting)
    return [
        Waiting(
            proposal=one,
            title=SHEETS[one.verb].title,
            unit=units[one.unit_id],
            person=_named(told.get(one.pk), of_entry.get(one.entry_number or 0), names),
            told=told.get(one.pk),
            decidable=one.unit_id in mine,
        )
        for one in found
    ]


def rehearsed(sitting: Sitting, one: Waiting) -> Preview | str:
    """The lines that a waiting proposal would post today and the issued reports that it would
    change, or why it can't be recorded."""
    if one.told is None:
        return ""
    looking = Looking(sitting.units)
    try:
        found = rehearse_told(one.told, charge=PROPOSING, by=sitting.by, look=looking.look)
    except RuleBroken as refused:
        return str(refused)
    return previewed(found, sitting, "", proposes=False, told=one.told, reports=looking.reports)


def _named(told: ToldAct | None, recorded: int | None, names: dict[int, Any]) -> str:
    if told is not None and told.newcomer is not None:
        return told.newcomer.full_name
    person = told.person if told is not None else recorded
    return str(names.get(person or 0, ""))


def _decided_by(sitting: Sitting) -> set[int]:
    """The units in sight about whose proposals this login decides."""
    if not sitting.holds(*scope.DECIDES):
        return set()
    return set(
        scope.units_in_sight(
            sitting.login, on=sitting.today, known=sitting.head.number, roles=scope.DECIDES
        )
    )
