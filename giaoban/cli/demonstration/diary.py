"""What is to be recorded on which day and by whom, written down before anything is recorded.

The whole story is told into a diary in memory first, so that acts can be told in the order in
which they happen and recorded in the order in which an office gets to know of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from giaoban.cli.demonstration.rolls import Member
from giaoban.journal.writing import Recorder
from giaoban.ledger.acts import Act
from giaoban.periods import WorkingCalendar, working_day_on_or_after

if TYPE_CHECKING:
    from giaoban.cli.demonstration.office import Office

PREFIX = "trinh-dien"  # every idempotency key of the demonstration begins so
CLERK = "ban-to-chuc"
LEADER = "lanh-dao"
COLLEAGUE = "can-bo-tien-xuan"
SECRETARY = "phu-trach-tien-xuan"
EDITOR = "bien-tap"
WRITER = "nguoi-viet"
PUBLISHER = "duyet-dang"
ADMINISTRATOR = "quan-tri"
LOGINS = (CLERK, LEADER, COLLEAGUE, SECRETARY, EDITOR, ADMINISTRATOR, WRITER, PUBLISHER)
# Printed by `make demo`, for whoever tries the desk; the demonstration holds no real person.
PASSWORD = "minh-hoa-giao-ban"

_CALENDAR = WorkingCalendar()
THURSDAY = 3
WEEK = timedelta(days=7)
WEEKLY_FROM, SELDOM_FROM = date(2017, 1, 1), date(2019, 1, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One member's act, to be recorded in a batch; ``fields`` are the act's own, with codes."""

    act: Callable[..., Act]
    member: Member
    unit: str
    key: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """A single act: a call of an action, given the office and the recorder."""

    do: Callable[[Office, Recorder], object]


Step = Line | Deed


@dataclass(slots=True)
class Diary:
    """Steps by the day of recording and the login that records, in the order they were told."""

    pages: dict[tuple[date, str], list[Step]] = field(default_factory=dict)

    def tell(self, day: date, step: Step, login: str = CLERK) -> None:
        """Note a step for the page of a day and a login."""
        self.pages.setdefault((day, login), []).append(step)

    def last_day(self) -> date:
        """The day of the last page."""
        return max(day for day, _login in self.pages)

    def in_order(self) -> list[tuple[date, str, list[Step]]]:
        """The pages by day; the clerk's page of a day comes before the others'."""
        order = sorted(self.pages.items(), key=lambda page: (page[0][0], page[0][1] != CLERK))
        return [(day, login, steps) for (day, login), steps in order]


def recording_day(learnt_on: date) -> date:
    """The day on which the office enters what it learnt by a day: a Thursday, or the next worked.

    Every Thursday in 2017 and 2018, every other one in the two years before; afterwards, when
    little is told, every fourth.
    """
    thursday = learnt_on + timedelta(days=(THURSDAY - learnt_on.weekday()) % WEEK.days)
    while (thursday.toordinal() // WEEK.days) % _weeks_between(thursday):
        thursday += WEEK
    return working_day_on_or_after(thursday, _CALENDAR)


def _weeks_between(day: date) -> int:
    if day < WEEKLY_FROM:
        return 2
    return 1 if day < SELDOM_FROM else 4


def key(*parts: object) -> str:
    """The idempotency key of an act of the demonstration."""
    return "/".join((PREFIX, *map(str, parts)))
