"""Two public reports of one organisation, the period of one inside that of the other: whoever takes
the one from the other learns what lies between, and that may be somebody's number.

Each report's tables are guarded by themselves (``suppression``). Over two, nothing is withheld by
itself, for of a report each month next to nothing would be left: a publisher decides, and is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from giaoban.figures import cells
from giaoban.figures.breakdowns import FIELDS
from giaoban.periods import Period
from giaoban.portal.living.models import PublicEdition, PublicTable
from giaoban.portal.living.preparing.parts import CLOSING, LINE_CELLS, OPENING
from giaoban.portal.living.queries import fates, public_editions
from giaoban.portal.living.suppression.system import LEAST_TOLD
from giaoban.reports.numbers.address import Address

# What adds up over time: who came and who left, not how many there are.
_FLOWS = (LINE_CELLS.keys() - {OPENING, CLOSING}) | cells.SUMS.keys()


@dataclass(frozen=True, slots=True)
class Overlap:
    """A public report from which, together with another, so many counts of 1 to 4 persons follow
    that neither tells."""

    other: PublicEdition
    small: int


def overlaps(editions: Collection[PublicEdition]) -> dict[int, list[Overlap]]:
    """For each of some editions, public or not, by its issue: the public reports that tell small
    numbers together with it."""
    public = list(public_editions().filter(unit_id__in={one.unit_id for one in editions}))
    periods = {
        entry: fate.issued.reporting_period
        for entry, fate in fates({one.issue for one in (*editions, *public)}).items()
    }
    counts = cache(counts_told)
    found: dict[int, list[Overlap]] = {one.issue: [] for one in editions}
    for one in editions:
        for other in public:
            if one.unit_id == other.unit_id and _nested(periods[one.issue], periods[other.issue]):
                small = _small(counts(one), counts(other))
                found[one.issue] += [Overlap(other, small)] if small else []
    return found


def _nested(one: Period, other: Period) -> bool:
    """Whether one period lies inside the other, and there is something between their ends."""
    same = (one.start, one.end) == (other.start, other.end)
    return not same and (_inside(one, other) or _inside(other, one))


def _small(one: dict[Address, int], other: dict[Address, int]) -> int:
    """How many counts lie between those of two reports and are too small to be told."""
    return sum(
        0 < abs(one[address] - other[address]) < LEAST_TOLD for address in one.keys() & other
    )


def _inside(part: Period, whole: Period) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def counts_told(edition: PublicEdition) -> dict[Address, int]:
    """Every count of persons over its period that an edition tells anywhere."""
    found: dict[Address, int] = {}
    for one in edition.figures.filter(denominator=1):
        address = Address.parse(one.address)
        if is_flow(address) and one.numerator is not None:
            found[address] = int(one.numerator)
    for table in edition.tables.all():
        found |= {address: count for address, count in _of_table(table) if is_flow(address)}
    return found


def is_flow(address: Address) -> bool:
    """Whether it is a plain count of who came or left in the report's own period."""
    named = address.cell.partition(":")[0] in _FLOWS
    return named and not address.way and not address.period


def _of_table(table: PublicTable) -> Iterable[tuple[Address, int]]:
    """The numbers of a table by unit, or by group (``admitted-gender``)."""
    field = table.name.partition("-")[2]
    for row in table.rows:
        if row["role"] == "rest":
            continue
        for head, cell in zip(table.heads, row["cells"], strict=True):
            if cell is None or cell["exact"] is None or cell["exact"][1] != 1:
                continue
            of = {"group": f"{field}={row['code']}"} if field in FIELDS else {"row": row["code"]}
            yield Address(head["code"], **(of if row["code"] else {})), int(cell["exact"][0])
