"""Acts told in words: recorded, rehearsed, or proposed for somebody else to decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction

from giaoban.journal.errors import KeyReused, ReasonMissing
from giaoban.journal.queries import head
from giaoban.journal.rights import writers_rights
from giaoban.journal.writing import Recorder, open_journal
from giaoban.ledger.corrections import correct_entry
from giaoban.ledger.errors import ProposalDecided, ProposalUnknown
from giaoban.ledger.models import Outcome, Proposal
from giaoban.ledger.recording import DECIDING, PROPOSING, RECORDING, Charge, record
from giaoban.ledger.rehearsal import Posting, carry_out
from giaoban.ledger.verbs import PERSON_KEY, ToldAct, told_from_json
from giaoban.people import scope
from giaoban.people.actions import register_person

PROPOSAL_KEY = "proposal/{n}"


class Recording(NamedTuple):
    """An entry and the person it is of; ``fresh`` unless an earlier try had recorded it."""

    entry: int
    person: int
    fresh: bool


def record_told(
    told: ToldAct, *, key: str | None, instead_of: int | None = None, reason: str = "",
    charge: Charge = RECORDING, by: Recorder,
) -> Recording:  # fmt: skip
    """Record an act as it was told, all or nothing; a newcomer is registered first.

    With ``instead_of`` it corrects that entry, for ``reason``. Raises as the act does, and as
    ``register_person`` and ``correct_entry``.
    """
    with open_journal(by) as journal:
        before = journal.number
        person = told.person
        if told.newcomer is not None:
            new = told.newcomer.under(PERSON_KEY.format(key=key) if key else None)
            person = register_person(new, roles=charge.roles, by=by)
        act = told.act(person or 0, key)
        if instead_of is None:
            [entry] = record([act], by=by, charge=charge)
        else:
            undo = f"{key}/reversal" if key else None
            entry = correct_entry(instead_of, act, reason=reason, by=by, key=undo)
        return Recording(entry, person or 0, fresh=entry > before)


def rehearse_told(
    told: ToldAct, *, instead_of: int | None = None, reason: str = "",
    charge: Charge = RECORDING, by: Recorder, look: Callable[[range], None] | None = None,
) -> list[Posting]:  # fmt: skip
    """What recording the act would post; nothing is recorded. Raises as ``record_told``.

    ``look`` is told its entries while they stand.
    """

    def do() -> None:
        before = head().number
        record_told(told, key=None, instead_of=instead_of, reason=reason, charge=charge, by=by)
        if look is not None:
            look(range(before + 1, head().number + 1))

    return carry_out(do, by=by, dry_run=True).postings


def propose_act(told: ToldAct, *, key: str, by: Recorder) -> int:
    """Let an act wait for who decides; refuses what could not be recorded today.

    Under the same key the same act is proposed once. Raises ``OutOfScope`` and as the act does.
    """
    with transaction.atomic(), writers_rights():
        scope.require(by.name, [told.unit], on=by.today, known=head().number, roles=scope.PROPOSES)
        kept = told.as_json()
        earlier = Proposal.objects.filter(key=key).first()
        if earlier is not None:
            same = (earlier.proposed_by, earlier.verb) == (by.name, told.verb)
            if not same or (earlier.outcome == Outcome.WAITING and earlier.told != kept):
                raise KeyReused(key=key, n=earlier.pk)
            return earlier.pk
        rehearse_told(told, charge=PROPOSING, by=by)
        made = Proposal.objects.create(
            unit_id=told.unit, verb=told.verb, told=kept, key=key,
            proposed_by=by.name, proposed_at=by.at,
        )  # fmt: skip
        return int(made.pk)


def record_proposal(number: int, *, by: Recorder) -> int:
    """Record a waiting proposal's act and return its entry; a second try gives the same.

    Raises ``ProposalUnknown``, ``ProposalDecided`` for a declined one, ``OutOfScope``, and as the
    act does; then it goes on waiting.
    """
    with transaction.atomic(), writers_rights():
        proposal = _taken(number, by)
        if proposal.outcome == Outcome.RECORDED and proposal.entry_number is not None:
            return proposal.entry_number
        _refuse_decided(proposal)
        told = told_from_json(proposal.verb, proposal.told)
        key = PROPOSAL_KEY.format(n=proposal.pk)
        done = record_told(told, key=key, charge=DECIDING, by=by)
        _decide(proposal, Outcome.RECORDED, by, entry_number=done.entry, told={})
        return done.entry


def decline_proposal(number: int, *, reason: str, by: Recorder) -> None:
    """Decline a waiting proposal, with a reason that its proposer reads.

    Raises ``ReasonMissing``, ``ProposalUnknown``, ``ProposalDecided``, ``OutOfScope``.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic(), writers_rights():
        proposal = _taken(number, by)
        if (proposal.outcome, proposal.decided_by) == (Outcome.DECLINED, by.name):
            return
        _refuse_decided(proposal)
        _decide(proposal, Outcome.DECLINED, by, reason=reason.strip())


def _taken(number: int, by: Recorder) -> Proposal:
    """The proposal, held until the transaction ends, for a login that decides about its unit."""
    proposal = Proposal.objects.select_for_update().filter(pk=number).first()
    if proposal is None:
        raise ProposalUnknown(n=number)
    scope.require(
        by.name, [proposal.unit_id], on=by.today, known=head().number, roles=scope.DECIDES
    )
    return proposal


def _refuse_decided(proposal: Proposal) -> None:
    if proposal.outcome != Outcome.WAITING:
        raise ProposalDecided(who=proposal.decided_by, n=proposal.pk, time=proposal.decided_at)


def _decide(proposal: Proposal, outcome: Outcome, by: Recorder, **more: object) -> None:
    changed = {"outcome": outcome, "decided_by": by.name, "decided_at": by.at, **more}
    Proposal.objects.filter(pk=proposal.pk).update(**changed)
