"""What the overview shows, gathered from the floors below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from giaoban.desk.door import Sitting
from giaoban.figures.achievement import Achievement, Pace
from giaoban.figures.year_so_far import YearSoFar, year_so_far
from giaoban.journal.writing import VIETNAM
from giaoban.ledger.late import LateEntry, late_entries
from giaoban.ledger.timeline import Due, Transit, in_transit, recognitions_due
from giaoban.people.queries import Name, names_of
from giaoban.people.scope import READS
from giaoban.units.queries import UnitLife, lives, tree_on

DUE_WITHIN, LATE_WITHIN = timedelta(days=60), timedelta(days=60)
# How long a transfer paper is good for is a rule of its day: docs/decisions/0003.
PAPER_GOOD_FOR = timedelta(days=30)
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it; names and units are looked up once for everything shown."""

    year: YearSoFar
    reached: list[tuple[UnitLife, Achievement]]
    furthest: list[tuple[UnitLife, Achievement]]
    paces: dict[Pace, int]
    due: list[Due]
    transits: list[Transit]
    late: list[LateEntry]
    names: dict[int, Name]
    units: dict[int, UnitLife]

    def days_out(self, transit: Transit) -> int:
        """For how many days a paper is out by the day looked at."""
        return (self.year.span.last_day - transit.since).days


def top_units(sitting: Sitting) -> list[int]:
    """The units that the login's appointments name, the highest first."""
    mine = {unit for role in READS for unit in sitting.roles.get(role, ())}
    tree = tree_on(sitting.as_of)
    open_now = [unit for unit in tree.ids.tolist() if unit in mine]
    return open_now or sorted(mine)


def gather(sitting: Sitting, unit: int) -> Overview:
    """The overview of a unit and all below it on the day looked at."""
    as_of = sitting.as_of
    below = [u for u in tree_on(as_of).below(unit).tolist() if u in sitting.units] or [unit]
    year = year_so_far(unit, as_of)
    due = recognitions_due(below, as_of, year.unit.family, within=DUE_WITHIN)
    transits = in_transit(below, as_of)
    since = datetime.combine(as_of.on - LATE_WITHIN, time(), VIETNAM)
    late = late_entries(below, as_of, since=since)
    touched: list[Due | Transit | LateEntry] = [*due, *transits, *late]
    people = {one.person for one in touched if one.person is not None}
    where = {one.unit for one in touched}
    behind = [row for row in year.rows if row[1].pace == Pace.BEHIND]
    return Overview(
        year=year,
        reached=[row for row in year.rows if row[1].pace == Pace.REACHED],
        furthest=sorted(behind, key=_rest, reverse=True)[:SHOWN],
        paces={pace: sum(a.pace == pace for _unit, a in year.rows) for pace in Pace},
        due=due, transits=transits, late=late,
        names=names_of(people, as_of), units=lives(where, as_of),
    )  # fmt: skip


def _rest(row: tuple[UnitLife, Achievement]) -> int:
    return row[1].rest or 0


def tasks(found: Overview) -> list[tuple[str, int, Due | Transit]]:
    """What needs somebody today: (code, how many, the first of them)."""
    overdue = [t for t in found.transits if found.days_out(t) > PAPER_GOOD_FOR.days]
    today = found.year.span.last_day
    ended = [d for d in found.due if d.ends_on <= today]
    week = [d for d in found.due if today < d.ends_on <= today + timedelta(days=7)]
    told: list[tuple[str, Sequence[Due | Transit]]] = [
        ("transits_overdue", overdue),
        ("probation_over", ended),
        ("probation_week", week),
    ]
    return [(code, len(those), those[0]) for code, those in told if those]
