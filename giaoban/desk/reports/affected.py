"""Issued reports that an act would make read otherwise, asked while it is rehearsed.

Working figures out again takes its time: where more documents than a page waits for could be
concerned, they are only named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from giaoban.desk.reports.number import named
from giaoban.journal.queries import AsOf, head
from giaoban.journal.rights import writers_rights
from giaoban.journal.sql import fetch
from giaoban.reports.corrections import Affected, affected_by
from giaoban.reports.issues import Issued, Standing, issues
from giaoban.reports.numbers.printed import in_table, shape_of
from giaoban.units.queries import tree_on

T = TypeVar("T")
MOST_REPORTS, MOST_FIGURES = 6, 5
_TOUCHED = """
    SELECT unit_id, min(effective_on) FROM ledger_leg
    WHERE entry_id >= %(first)s AND entry_id < %(end)s GROUP BY unit_id
"""


@dataclass(frozen=True, slots=True)
class Report:
    """An issued document and its figures that would change: (in words, before, after); ``more``
    how many further ones. Without figures it could be concerned."""

    issued: Issued
    figures: list[tuple[str, str, str]]
    more: int = 0


@dataclass
class Looking:
    """What a rehearsal finds of issued documents; of units in sight alone."""

    sight: frozenset[int]
    reports: list[Report] = field(default_factory=list)

    def look(self, entries: range) -> None:
        """Look at entries while they stand in a rehearsal."""
        with writers_rights():
            rows = fetch(_TOUCHED, first=entries.start, end=entries.stop)
            if not rows:
                return
            units, first = [int(row[0]) for row in rows], min(row[1] for row in rows)
            concerned = _concerned(units, first)
            if len(concerned) <= MOST_REPORTS:
                found = affected_by(units, first, entries) if concerned else []
                reports = [_told(one) for one in found]
            else:
                reports = [Report(one, []) for one in concerned]
        self.reports = [one for one in reports if one.issued.unit in self.sight]

    def around(self, do: Callable[[], T]) -> Callable[[], T]:
        """The act, looked at once it is done."""

        def looked() -> T:
            before = head().number
            result = do()
            self.look(range(before + 1, head().number + 1))
            return result

        return looked


def _concerned(units: list[int], first: date) -> list[Issued]:
    """Documents in force on a unit at or above one of these, of a period that ends later."""
    tree = tree_on(AsOf(first, head().number))
    above = {over for unit in units for over in (unit, *tree.ancestors(unit))}
    found = issues("i.unit_id = ANY(%(units)s)", units=sorted(above))
    return [
        one for one in found
        if one.standing is Standing.IN_FORCE and one.reporting_period.end > first
    ]  # fmt: skip


def _told(one: Affected) -> Report:
    figures = [
        (named(address), in_table(before, shape_of(address)), in_table(after, shape_of(address)))
        for address, before, after in one.figures
    ]
    return Report(one.issued, figures[:MOST_FIGURES], max(len(figures) - MOST_FIGURES, 0))
