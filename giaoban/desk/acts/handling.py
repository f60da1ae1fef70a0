"""What is done with a form that was sent: look at its lines, then record or propose it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from giaoban.desk.acts.forms import ActForm
from giaoban.desk.acts.picking import Now, Option
from giaoban.desk.acts.refusals import refuse
from giaoban.desk.door import Sitting
from giaoban.desk.reports.affected import Looking, Report
from giaoban.journal.errors import RuleBroken
from giaoban.ledger.proposing import Recording, propose_act, record_told, rehearse_told
from giaoban.ledger.recording import PROPOSING, RECORDING, Charge
from giaoban.ledger.rehearsal import Effect, Posting, effects
from giaoban.ledger.verbs import ToldAct
from giaoban.people import scope
from giaoban.people.queries import Name
from giaoban.units.queries import UnitLife, lives

SEEN, STEP = "seen", "step"
LOOK, RECORD = "look", "record"


@dataclass(frozen=True, slots=True)
class Preview:
    """What will be posted, as a table shows it; ``mark`` stands for just these words and lines."""

    effects: list[Effect]
    units: dict[int, UnitLife]
    mark: str
    proposes: bool
    name: Name | None = None
    namesakes: list[Option] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Handled:
    """What came of a form: recorded, proposed, or to be looked at (again)."""

    recorded: Recording | None = None
    proposed: int | None = None
    preview: Preview | None = None
    notes: list[str] = field(default_factory=list)


def handle(form: ActForm, sitting: Sitting, data: Any) -> Handled:
    """Do what was asked of a form that was sent; its refusals stand in the form then."""
    if not form.is_valid():
        return Handled()
    told = form.told()
    charge = charge_for(sitting, told)
    instead = form.cleaned_data.get("instead")
    reason = form.cleaned_data.get("correction", "")
    key = form.cleaned_data["key"]
    mark = mark_of(told, instead, reason)
    try:
        if data.get(STEP) == RECORD and data.get(SEEN) == mark:
            if charge is PROPOSING and not instead:
                return Handled(proposed=propose_act(told, key=key, by=sitting.by))
            return Handled(recorded=record_told(
                told, key=key, instead_of=instead, reason=reason, by=sitting.by
            ))  # fmt: skip
        looking = Looking(sitting.units)
        found = rehearse_told(
            told, instead_of=instead, reason=reason, charge=charge, by=sitting.by,
            look=looking.look,
        )  # fmt: skip
    except RuleBroken as refused:
        refuse(form, refused)
        return Handled()
    preview = previewed(found, sitting, mark, proposes=charge is PROPOSING, told=told,
                        reports=looking.reports)  # fmt: skip
    changed = data.get(STEP) == RECORD
    notes = [_("The form has changed since its lines were shown. Look at them again.")]
    return Handled(preview=preview, notes=notes if changed else [])


def charge_for(sitting: Sitting, told: ToldAct) -> Charge:
    """Whether the login may record this act or only propose it; who may neither is refused."""
    on, known = sitting.today, sitting.head.number
    units = set(told.act(told.person or 0, None).units())
    if scope.units_in_charge(sitting.login, units, on=on, known=known) == units:
        return RECORDING
    mine = scope.units_in_charge(
        sitting.login, [told.unit], on=on, known=known, roles=scope.PROPOSES
    )
    return PROPOSING if mine else RECORDING


def previewed(
    found: list[Posting], sitting: Sitting, mark: str, *, proposes: bool, told: ToldAct | None,
    reports: Sequence[Report] = (),
) -> Preview:  # fmt: skip
    """The lines in sight of a rehearsal, with the names of their units, and the issued reports
    that would read otherwise."""
    effective = effects(found, sitting.units)
    units = lives({change.unit for one in effective for change in one.changes}, sitting.as_of)
    name, namesakes = None, []
    if told is not None and told.newcomer is not None and told.newcomer.split is not None:
        split = told.newcomer.split
        name = Name(0, split.full, split.family, split.middle, split.given)
        namesakes = Now(sitting).namesakes(split.full)
    return Preview(effective, units, mark, proposes, name, namesakes, list(reports))


def mark_of(told: ToldAct, instead: int | None, reason: str) -> str:
    """What stands for the words of a form, so that just what was looked at is recorded."""
    words = json.dumps([told.verb, told.as_json(), instead, reason], sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:32]
