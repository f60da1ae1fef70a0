"""The organisation as a chart: who is below whom on a day, and how each is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from giaoban.journal.kinds import Kind
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.portal.pages.models import UnitContact
from giaoban.units.queries import UnitLife, lives, successions, tree_on


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in the chart, with what is directly below it, in the office's order."""

    unit: UnitLife
    contact: UnitContact | None
    below: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart as of the end of a day; ``ended``: the day the organisation was no more, and
    ``successors`` who came after it."""

    on: date
    top: Place
    ended: date | None
    successors: Sequence[UnitLife]


def chart(unit: int, today: date) -> Chart | None:
    """The chart of an organisation as of ``today``, or of its last day where it has ended.

    None where it is not open yet.
    """
    known = head().number
    life = lives([unit], AsOf(today, known)).get(unit)
    if life is None:
        return None
    ended = life.closed if life.closed and life.closed <= today else None
    on = ended - timedelta(days=1) if ended else today
    tree = tree_on(AsOf(on, known))
    units = [int(one) for one in tree.below(unit)]
    if not units:
        return None
    known_lives = lives(units, AsOf(on, known))
    contacts = {one.unit_id: one for one in UnitContact.objects.filter(unit_id__in=units)}

    def place(one: int) -> Place:
        below = [place(int(child)) for child in tree.children(one)]
        return Place(known_lives[one], contacts.get(one), below)

    return Chart(on, place(unit), ended, _successors(unit, today, known) if ended else [])


def chart_changed_at() -> datetime | None:
    """When an act on units was recorded last. None where there was none."""
    acts = Entry.objects.filter(kind__range=(Kind.REORGANISATION, Kind.MOVING))
    last: datetime | None = acts.aggregate(last=Max("recorded_at"))["last"]
    return last


def _successors(unit: int, today: date, known: int) -> list[UnitLife]:
    after = {line.successor for line in successions(known, [unit]) if line.from_on <= today}
    found = lives(after, AsOf(today, known)).values()
    return sorted(found, key=lambda life: life.code)
