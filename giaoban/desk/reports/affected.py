"""Issued reports that an act would make read otherwise, asked while it is rehearsed.

Working figures out again takes its time: where more documents than a page waits for could be
concerned, they are only named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from giaoban.journal.queries import head
from giaoban.reports.affecting import Affected, affected_by, concerned, concerned_by
from giaoban.reports.issues import Issued
from giaoban.reports.numbers.printed import in_table, shape_of
from giaoban.reports.wording.naming import named

T = TypeVar("T")
MOST_REPORTS, MOST_FIGURES = 6, 5


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
        concerned = concerned_by(entries)
        if len(concerned) <= MOST_REPORTS:
            reports = [_told(one) for one in affected_by(entries, concerned)]
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


def concerned_in(days: Mapping[int, date], sight: Collection[int]) -> list[Report]:
    """The issued documents that acts in units, each with its first day, could concern: for a file
    of many acts, which is not rehearsed."""
    if not days:
        return []
    return [Report(one, []) for one in concerned(days, min(days.values())) if one.unit in sight]


def _told(one: Affected) -> Report:
    figures = [
        (named(address, one.was), in_table(before, shape), in_table(after, shape))
        for address, before, after in one.figures
        for shape in [shape_of(address)]
    ]
    return Report(one.issued, figures[:MOST_FIGURES], max(len(figures) - MOST_FIGURES, 0))
