"""What small numbers follow from all public reports together and from none by itself: the number
of a commune that its district withholds, less its neighbours' own reports; a month, less two others
from the quarter.

Each count of who came or left is a sum over stretches of time between the ends of periods, and by
unit and group it adds up. All that public reports tell is put into one system, and what follows
from that is worked out exactly (``suppression/determined.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from giaoban.figures.breakdowns import FIELDS
from giaoban.periods import Period
from giaoban.portal.living.models import PublicEdition, PublicTable
from giaoban.portal.living.overlapping import counts_told, is_flow
from giaoban.portal.living.queries import fates, public_editions
from giaoban.portal.living.suppression.determined import Determined
from giaoban.portal.living.suppression.system import LEAST_TOLD
from giaoban.reports.numbers.address import Address
from giaoban.units.models import Unit


class Count(NamedTuple):
    """A count of persons, wherever it is told: of which unit, by its code."""

    cell: str
    group: str
    unit: str


Stretch = tuple[date, date]
Part = tuple[Count, date]  # a count from a day to the next end of a period
Found = set[tuple[Count, Stretch]]


@dataclass(frozen=True, slots=True)
class Report:
    """What a public report tells: counts over its period, and which of them make which other."""

    stretch: Stretch
    period: str
    counts: dict[Count, int]
    sums: list[tuple[Count, tuple[Count, ...]]]


def small_together(edition: PublicEdition) -> int:
    """How many counts of 1 to 4 persons follow from an edition and all public ones together, but
    neither from it nor from these by themselves."""
    public = list(public_editions().exclude(issue=edition.issue))
    one, *others = _reports([edition, *public])
    both = _small([one, *others])
    return len(both - _small([one]) - _small(others)) if others else 0


def told_elsewhere() -> dict[tuple[str, Count], int]:
    """Every count that public reports tell, by the code of its period."""
    return {
        (one.period, count): n
        for one in _reports(list(public_editions()))
        for count, n in one.counts.items()
    }


def _reports(editions: Collection[PublicEdition]) -> list[Report]:
    codes = dict(
        Unit.objects.filter(pk__in={one.unit_id for one in editions}).values_list("pk", "code")
    )
    told = fates(one.issue for one in editions)
    periods: dict[int, Period] = {
        issue: fate.issued.reporting_period for issue, fate in told.items()
    }
    return [
        Report(
            (periods[one.issue].start, periods[one.issue].end), one.period,
            {_count(address, codes[one.unit_id]): n for address, n in counts_told(one).items()},
            list(_sums(one, codes[one.unit_id])),
        )
        for one in editions
    ]  # fmt: skip


def _count(address: Address, unit: str) -> Count:
    return Count(address.cell, address.group, address.row or unit)


def _sums(edition: PublicEdition, unit: str) -> Iterator[tuple[Count, tuple[Count, ...]]]:
    """The wholes of an edition's tables, each with the rows that make it."""
    for table in edition.tables.all():
        for head in table.heads:
            cell = head["code"]
            if is_flow(Address(cell)):
                yield Count(cell, "", unit), tuple(_rows(table, cell, unit))


def _rows(table: PublicTable, cell: str, unit: str) -> Iterator[Count]:
    field = table.name.partition("-")[2]
    for row in table.rows:
        if row["role"] == "rest":
            yield Count("rest", "", unit)
        elif row["role"] == "row" and field in FIELDS:
            yield Count(cell, f"{field}={row['code']}", unit)
        elif row["role"] == "row":
            yield Count(cell, "", row["code"])


def _small(reports: Collection[Report]) -> Found:
    """The small counts that follow from some reports, over any stretch between ends of periods."""
    ends = sorted({day for one in reports for day in one.stretch})
    known: Determined[Part] = Determined()
    counts = set[Count]()
    for one in reports:
        days = _days(one.stretch, ends)
        for count, n in one.counts.items():
            known.tell({(count, day): 1 for day in days}, n)
        for whole, parts in one.sums:
            for day in days:
                known.tell({(whole, day): -1} | {(part, day): 1 for part in parts}, 0)
            counts |= {whole, *parts}
        counts |= one.counts.keys()
    stretches = [(first, last, _days((first, last), ends)) for first, last in combinations(ends, 2)]
    found: Found = set()
    for count in counts:
        for first, last, days in stretches:
            worth = known.worth({(count, day): 1 for day in days})
            if worth is not None and 0 < abs(worth) < LEAST_TOLD:
                found.add((count, (first, last)))
    return found


def _days(stretch: Stretch, ends: list[date]) -> list[date]:
    """The first days of the parts of a stretch."""
    return [day for day in ends if stretch[0] <= day < stretch[1]]
