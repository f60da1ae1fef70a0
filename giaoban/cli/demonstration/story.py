"""The storyteller's state: the chance, the rolls, the tree and the diary being written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

from giaoban.cli.demonstration import facts, papers
from giaoban.cli.demonstration.diary import CLERK, Deed, Diary, Line, key, recording_day
from giaoban.cli.demonstration.facts import UnitFact
from giaoban.cli.demonstration.invention import invent
from giaoban.cli.demonstration.rolls import Member, Rolls
from giaoban.ledger.acts import Act
from giaoban.ledger.probation import PROBATION
from giaoban.ledger.staying import Recognition
from giaoban.periods import term_in_force

SEED = 20181029
ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Story:
    """Everything that is told goes through here, in the order in which it happens."""

    rng: Random = field(default_factory=lambda: Random(SEED))
    diary: Diary = field(default_factory=Diary)
    units: dict[str, UnitFact] = field(default_factory=dict)
    homes: dict[str, int] = field(default_factory=dict)  # units that take members → weight
    neighbours: list[Member] = field(default_factory=list)
    rolls: Rolls = field(init=False)
    papers_given: Iterator[int] = field(default_factory=lambda: count(1))
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _due: list[tuple[date, int, Member]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rolls = Rolls(self.rng)

    # The tree ------------------------------------------------------------------------------

    def below(self, unit: str) -> list[str]:
        """The codes of the units directly below, in the office's order."""
        return [code for code, fact in self.units.items() if fact.parent == unit]

    def home_in(self, organisation: str) -> str:
        """A cell of a grassroots organisation, or the organisation itself if it has none."""
        cells = [code for code in self.below(organisation) if code in self.homes]
        return self.rng.choice(cells) if cells else organisation

    def home(self) -> str:
        """A unit that takes members, larger ones more often."""
        return self.rng.choices(list(self.homes), list(self.homes.values()))[0]

    def is_village(self, unit: str) -> bool:
        """Whether a unit's members live in a village or town quarter rather than work together."""
        return self.units[unit].milieu.startswith("village")

    # Members -------------------------------------------------------------------------------

    def newcomer(self, unit: str, on: date, *, new: bool = False) -> Member:
        """Somebody invented who comes into a unit on a day; ``new`` for an admission."""
        number = next(self._numbers)
        milieu = self.units[unit].milieu
        person = invent(self.rng, milieu, on, key("nguoi", number), new=new)
        return Member(number, person, unit, on)

    def in_book(self, unit: str) -> list[Member]:
        """Who stands in a unit's own book."""
        everybody = (*self.rolls, *self.neighbours)
        found = [member for member in everybody if member.unit == unit]
        return sorted(found, key=lambda member: member.number)

    def on_probation(self, member: Member, ceremony_on: date) -> None:
        """Note when a member's probation ends."""
        member.ceremony_on = ceremony_on
        due = term_in_force(PROBATION, "party", ceremony_on).ends_on(ceremony_on)
        heappush(self._due, (due, member.number, member))

    # Telling -------------------------------------------------------------------------------

    def soon(self, day: date) -> date:
        """The day on which the office records what happened on a day: one to ten days later."""
        return recording_day(day + timedelta(days=self.rng.randint(1, 4)))

    def tell(
        self, act: Callable[..., Act], member: Member, recorded_on: date, *, login: str = CLERK,
        unit: str | None = None, **fields: Any,
    ) -> str:  # fmt: skip
        """Tell a member's act; they are left in peace until it is recorded. Returns its key."""
        member.acts += 1
        told = key(member.number, member.acts)
        line = Line(act, member, unit or member.unit, told, fields)
        self.diary.tell(recorded_on, line, login)
        member.free_on = max(member.free_on, recorded_on + ONE_DAY)
        return told

    def do(self, recorded_on: date, *deeds: Callable[..., object]) -> None:
        """Tell single acts."""
        for deed in deeds:
            self.diary.tell(recorded_on, Deed(deed))

    def recognise_due(self, until: date) -> None:
        """Tell the recognition of everybody whose twelve months end before a day."""
        while self._due and self._due[0][0] < until:
            due, _number, member = heappop(self._due)
            if member not in self.rolls:
                continue
            approved_on = due + timedelta(days=self.rng.randint(3, 35))
            basis = papers.decision(papers.RECOGNISING, _monday(approved_on, due))
            self.tell(Recognition, member, self.soon(approved_on), approved_on=approved_on,
                      basis=basis)  # fmt: skip
            member.ceremony_on = None


def _monday(day: date, not_before: date) -> date:
    """The Monday of a day's week, when the committee decides, unless that is too early."""
    return max(day - timedelta(days=day.weekday()), not_before)


def district_units() -> list[UnitFact]:
    """The units of the district at the opening, in the office's order."""
    inside = {facts.DISTRICT}
    for unit in facts.units():
        if unit.parent in inside:
            inside.add(unit.code)
    return [unit for unit in facts.units() if unit.code in inside]
