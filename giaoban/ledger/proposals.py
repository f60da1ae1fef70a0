"""Reading proposals: what waits in some units, and what became of the rest."""

from __future__ import annotations

from collections.abc import Iterable

from giaoban.journal.sql import fetch
from giaoban.ledger.models import Outcome, Proposal

# To name more units than these to the database takes seconds; then it is asked first which units
# have proposals at all.
MOST_NAMED = 1000


def _with_proposals(units: Iterable[int]) -> list[int]:
    """These units, or those of them that have proposals."""
    asked = frozenset(units)
    if len(asked) <= MOST_NAMED:
        return list(asked)
    having = Proposal.objects.order_by().values_list("unit_id", flat=True).distinct()
    return [unit for unit in having if unit in asked]


def proposals_in(
    units: Iterable[int], *, outcome: Outcome | None = None, proposed_by: str | None = None,
    limit: int = 50,
) -> list[Proposal]:  # fmt: skip
    """The newest proposals of these units: of one outcome, or of one login."""
    found = Proposal.objects.filter(unit_id__in=_with_proposals(units)).order_by("-id")
    if outcome is not None:
        found = found.filter(outcome=outcome)
    if proposed_by is not None:
        found = found.filter(proposed_by=proposed_by)
    return list(found[:limit])


def proposal(number: int, units: Iterable[int]) -> Proposal | None:
    """One proposal of these units, or None."""
    found = Proposal.objects.filter(pk=number).first()
    return found if found is not None and found.unit_id in frozenset(units) else None


def waiting_in(units: Iterable[int]) -> int:
    """How many proposals of these units wait."""
    mine = _with_proposals(units)
    return Proposal.objects.filter(unit_id__in=mine, outcome=Outcome.WAITING).count()


def entry_persons(entries: Iterable[int]) -> dict[int, int]:
    """Entry → the person whose act it records."""
    return dict(
        fetch(
            "SELECT entry_id, min(person_id) FROM ledger_leg WHERE entry_id = ANY(%(entries)s)"
            " GROUP BY entry_id",
            entries=list(entries),
        )
    )
