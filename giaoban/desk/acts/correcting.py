"""Correcting an entry: the form of its act, filled as it was recorded, to be put right."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from giaoban.desk.acts.kinds import SHEETS
from giaoban.desk.door import Sitting
from giaoban.journal.kinds import Kind
from giaoban.ledger.entry_book import EntryLeg, Written, written
from giaoban.ledger.journal_lines import JournalLine, journal_line
from giaoban.ledger.models import Milestone
from giaoban.people.sight import sees_everything
from giaoban.units.queries import lives
from giaoban.vietnamese import format_date

VERBS = {
    Kind.OPENING: "open",
    Kind.ADMISSION: "admit",
    Kind.READMISSION: "readmit",
    Kind.ARRIVAL: "arrive",
    Kind.RESTORATION: "restore-member",
    Kind.CORRECTION: "adjust",
    Kind.RECOGNITION: "recognise",
    Kind.DEPARTURE: "depart",
    Kind.DEATH: "die",
    Kind.EXPULSION: "expel",
    Kind.STRIKING_OFF: "strike-off",
    Kind.RESIGNATION: "resign",
    Kind.LEAVING: "age-out",
}
MILESTONES = {
    Milestone.DECISION: "decided_on",
    Milestone.CEREMONY: "ceremony_on",
    Milestone.APPROVAL: "approved_on",
}


def correct_url(line: JournalLine, wrote: Written) -> str:
    """Where the act of an entry is put right; empty where it is no single member's act."""
    verb = _verb(line, wrote)
    if not verb or line.n_persons != 1 or len(line.persons) != 1:
        return ""
    return f"{reverse('desk:acts-form', args=[verb])}?instead={line.number}"


def recorded_as(number: int, verb: str, sitting: Sitting) -> dict[str, Any] | None:
    """What the form of an entry's act held; None if the entry is not in sight, or another act."""
    line = journal_line(number, None if sees_everything() else sitting.units)
    if line is None:
        return None
    wrote = written(number)
    if _verb(line, wrote) != verb or len(line.persons) != 1:
        return None
    return {
        "instead": number, "person": line.persons[0], "note": wrote.note or "",
        **_places(line, wrote, sitting), **_basis(line), **_days(line, wrote, verb),
    }  # fmt: skip


def _standings(wrote: Written) -> list[tuple[int, EntryLeg]]:
    return [(one.unit, leg) for one in wrote.legs for leg in one.legs if leg.account.is_standing]


def _verb(line: JournalLine, wrote: Written) -> str:
    if line.reverses is not None or line.reversed_by is not None:
        return ""
    if line.kind != Kind.TRANSFER:
        return VERBS.get(line.kind, "")
    for _unit, leg in _standings(wrote):
        if leg.account.is_in_transit:
            return "give-paper" if leg.quantity > 0 else "receive"
    return "transfer"


def _places(line: JournalLine, wrote: Written, sitting: Sitting) -> dict[str, Any]:
    """The unit, where a transfer went, and the standing that somebody got."""
    legs = _standings(wrote)
    came = [(unit, leg) for unit, leg in legs if leg.quantity > 0]
    left = [unit for unit, leg in legs if leg.quantity < 0]
    codes = {life.id: life.code for life in lives({u for u, _ in legs}, sitting.as_of).values()}
    verb = _verb(line, wrote)
    told: dict[str, Any] = {}
    mine = left if verb in ("transfer", "give-paper") or not came else [unit for unit, _ in came]
    if mine:
        told["unit"] = codes[mine[0]]
    if came:
        told["to"] = codes[came[0][0]]
        told["standing"] = int(came[0][1].account.settled)
    return told


def _basis(line: JournalLine) -> dict[str, Any]:
    if line.basis is None:
        return {}
    paper = line.basis
    return {
        "basis_number": paper.number, "basis_on": format_date(paper.issued_on),
        "basis_issuer": paper.issuer, "basis_title": paper.title,
    }  # fmt: skip


def _days(line: JournalLine, wrote: Written, verb: str) -> dict[str, Any]:
    """The sheet's days: those of the paper by name, the day the act is counted on for the rest."""
    of_paper = {MILESTONES[milestone]: on for milestone, on, _person in wrote.days
                if milestone in MILESTONES}  # fmt: skip
    told = {}
    for day in SHEETS[verb].days:
        on = of_paper.get(day.name)
        if on is None and day.name == SHEETS[verb].effective:
            on = line.effective_on
        if day.name == "full_on" and line.effective_on not in _ends(wrote):
            on = line.effective_on
        if on is not None:
            told[day.name] = format_date(on)
    return told


def _ends(wrote: Written) -> set[Any]:
    return {on for milestone, on, _person in wrote.days if milestone == Milestone.PROBATION_END}
