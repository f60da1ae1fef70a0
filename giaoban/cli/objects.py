"""The statement and the breakdowns for programs; cells have the names that ``trace`` takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from giaoban import vietnamese
from giaoban.figures.breakdowns import Group
from giaoban.figures.organisation_work import StatementRow
from giaoban.reports.catalogue.statement import statement_lines
from giaoban.reports.unissued import Unissued


def statement_objects(rows: Iterable[StatementRow]) -> list[dict[str, Any]]:
    """Every line of the statement and both sums."""
    return [
        {
            "cell": line.cell,
            "row": line.code,
            "label": line.label,
            "probationary": line.amount.probationary,
            "full": line.amount.full,
            "both": line.both,
            "same_period_last_year": line.last_year,
            "percent_of_same_period": _percent(line.both, line.last_year),
        }
        for line in statement_lines(rows)
    ]


def breakdown_objects(groups: dict[str, list[Group]]) -> list[dict[str, Any]]:
    """Members by particulars; ``code`` None holds who is not known."""
    return [
        {"field": field, "code": group.code, "title": group.title, "count": group.count,
         "percent": _percent(group.count, sum(each.count for each in found))}
        for field, found in groups.items()
        for group in found
    ]  # fmt: skip


def discrepancy_objects(told: Unissued) -> list[dict[str, Any]]:
    """What doesn't fit in a report, the unexplained first: under the cell that it is about, or
    under a ``subject`` in plain words; who signed it off, and why."""
    return [
        {"cell": one.figure, "subject": None, "discrepancy": one.told, "explained": False,
         "explanation": None, "signed_off_by": None}
        for one in told.unexplained
    ] + [
        {"cell": one.figure or None, "subject": one.subject or None,
         "discrepancy": one.discrepancy, "explained": True, "explanation": one.explanation,
         "signed_off_by": one.signed_off_by}
        for one in told.notes
    ]  # fmt: skip


def _percent(part: int, whole: int) -> str | None:
    share = vietnamese.percent(part, whole)
    return None if share is None else str(share)
