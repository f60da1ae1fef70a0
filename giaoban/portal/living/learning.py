"""When the ledger learns better: which public figures read otherwise by now, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from giaoban.figures.values import Value
from giaoban.journal.queries import Head, head
from giaoban.portal.caching import changed
from giaoban.portal.living.cited import pages_citing
from giaoban.portal.living.keys import FIGURES, figure_key
from giaoban.portal.living.models import Compared, KnownOtherwise, PublicEdition, PublicFigure
from giaoban.portal.living.queries import last_known, public_issues
from giaoban.reports.causes import Cause
from giaoban.reports.changes import FigureChange, changes_since
from giaoban.reports.issues import Issued, issued_by
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.printed import in_prose, shape_of

MOST_CAUSES = 50


def compare_public_reports(*, at: datetime) -> int:
    """Compare every public report that a live page cites with the books as they are; how many
    figures were found to read otherwise, or as published again, since the last time.

    Nothing is done where the journal has not moved. Runs with the office's rights.
    """
    now, found = head(), 0
    cited = {issue for issue, _address in pages_citing()}
    prepared = PublicEdition.objects.filter(issue__in=public_issues() & cited)
    for issue in prepared.values_list("issue", flat=True):
        done = Compared.objects.filter(issue=issue).first()
        if done is None or done.head_number < now.number:
            found += _compare(issued_by(issue), now, at)
    return found


def _compare(issued: Issued, now: Head, at: datetime) -> int:
    """Store what differs of one report."""
    told = {str(one.address): one for one in changes_since(issued, now)}
    with transaction.atomic():
        figures = list(PublicFigure.objects.filter(edition=issued.entry))
        before = last_known(figures)
        fresh = [
            row
            for figure in figures
            if (row := _learned(figure, before.get(figure.pk), told.get(figure.address), now, at))
        ]
        KnownOtherwise.objects.bulk_create(fresh)
        Compared.objects.update_or_create(
            issue=issued.entry, defaults={"head_number": now.number}
        )  # fmt: skip
        # A page that cites other figures of the report hears none of this, and stays in memory.
        if fresh:
            changed(FIGURES, *(figure_key(row.figure_id) for row in fresh))
    return len(fresh)


def _learned(
    figure: PublicFigure, before: KnownOtherwise | None, change: FigureChange | None, now: Head,
    at: datetime,
) -> KnownOtherwise | None:  # fmt: skip
    """A line for a figure, unless the last one says the same."""
    if change is None and before is None:
        return None
    value: Value = figure.value if change is None else change.now
    parts = (None, None) if value is None else (value.numerator, value.denominator)
    if before is not None and (before.numerator, before.denominator) == parts:
        return None
    address = Address.parse(figure.address)
    return KnownOtherwise(
        figure=figure, numerator=parts[0], denominator=parts[1],
        text=in_prose(value, shape_of(address)), head_number=now.number, at=at,
        causes=[] if change is None else _causes(address, change),
    )  # fmt: skip


def _causes(address: Address, change: FigureChange) -> list[dict[str, Any]]:
    """The entries behind a change, without anything about a person: number, kind, day, by how
    much. Of a group by particulars none, for an entry is of one member."""
    if address.group:
        return []
    return [_told(cause) for cause in change.causes[:MOST_CAUSES]]


def _told(cause: Cause) -> dict[str, Any]:
    return {
        "entry": cause.entry, "kind": int(cause.kind), "by": cause.by,
        "on": cause.effective_on.isoformat(), "reverses": cause.reverses,
    }  # fmt: skip
