"""Reading proposals: what waits in some units, and what became of the rest."""

from __future__ import annotations

from collections.abc import Iterable

from giaoban.journal.sql import fetch
from giaoban.ledger.models import Outcome, Proposal


def proposals_in(
    units: Iterable[int], *, outcome: Outcome | None = None, proposed_by: str | None = None,
    limit: int = 50,
) -> list[Proposal]:  # fmt: skip
    """The newest proposals of these units: of one outcome, or of one login."""
    found = Proposal.objects.filter(unit_id__in=list(units)).order_by("-id")
    if outcome is not None:
        found = found.filter(outcome=outcome)
    if proposed_by is not None:
        found = found.filter(proposed_by=proposed_by)
    return list(found[:limit])


def proposal(number: int, units: Iterable[int]) -> Proposal | None:
    """One proposal of these units, or None."""
    return Proposal.objects.filter(pk=number, unit_id__in=list(units)).first()


def waiting_in(units: Iterable[int]) -> int:
    """How many proposals of these units wait."""
    return Proposal.objects.filter(unit_id__in=list(units), outcome=Outcome.WAITING).count()


def entry_persons(entries: Iterable[int]) -> dict[int, int]:
    """Entry → the person whose act it records."""
    return dict(
        fetch(
            "SELECT entry_id, min(person_id) FROM ledger_leg WHERE entry_id = ANY(%(entries)s)"
            " GROUP BY entry_id",
            entries=list(entries),
        )
    )
