"""The acts on members, one class each: what it needs, what it refuses, the legs it posts.

An act is a plain record; ``plan`` checks the rules on a state and returns drafts. Recording one
act and importing a hundred thousand is the same code (``recording.py``).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from giaoban.journal.errors import BasisMissing, FutureDate
from giaoban.journal.kinds import Kind
from giaoban.journal.models import BookRow
from giaoban.journal.writing import BasisOn, Draft
from giaoban.ledger.accounts import Account
from giaoban.ledger.errors import NotAMember
from giaoban.ledger.models import Leg, LegalDate, Milestone
from giaoban.ledger.settling import settle
from giaoban.ledger.state import LedgerState, Standing, legs_between


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the books say of an entry, to know again an act that is tried twice."""

    kind: int
    effective_on: date
    reverses: int | None
    basis: tuple[str, date, str] | None
    persons: set[int]
    units: set[int]
    accounts: set[int]
    into: set[int]  # the units that somebody came into
    dates: set[tuple[int, date]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(ABC):
    """An act on one member, not yet recorded.

    ``unit`` is the unit whose clerk records it. ``destinations`` says, for a late act, which
    successor of a split unit the person went to.
    """

    kind: ClassVar[Kind]
    needs_basis: ClassVar[bool] = True

    person: int
    unit: int
    basis: BasisOn | None = None
    note: str = ""
    key: str | None = None
    destinations: Mapping[int, int] = field(default_factory=dict)

    @property
    @abstractmethod
    def effective_on(self) -> date:
        """The day the act is counted on."""

    def units(self) -> tuple[int, ...]:
        """The units the act names; the recorder must be in charge of each."""
        return (self.unit,)

    @abstractmethod
    def move(self, state: LedgerState) -> tuple[Standing | None, Standing | None]:
        """From which standing to which the person goes; raises what the rules refuse."""

    def told_dates(self) -> Mapping[Milestone, date | None]:
        """The paper's other days, as the act tells them."""
        return {}

    def legal_dates(
        self,
        state: LedgerState,  # noqa: ARG002 - recognition asks the state
    ) -> Mapping[Milestone, date | None]:
        """The days kept beside the legs."""
        return self.told_dates()

    def day(self, state: LedgerState) -> date:  # noqa: ARG002 - recognition asks the state
        """The effective day, where it takes the state to know it."""
        return self.effective_on

    def carried(self, state: LedgerState, day: date) -> list[Draft]:  # noqa: ARG002 - recognition
        """Drafts of later acts that change with this one; the state is advanced by them."""
        return []

    def plan(self, state: LedgerState) -> list[Draft]:
        """The drafts of this act on a state, which is advanced by them."""
        if self.needs_basis and self.basis is None:
            raise BasisMissing
        state.load([self.person], self.units())
        left, taken = self.move(state)
        day = self.day(state)
        told = (falls_on for falls_on in self.told_dates().values() if falls_on is not None)
        last = max(day, self.effective_on, *told)
        if last > state.today:
            raise FutureDate(date=last)
        rows: dict[type[BookRow], list[tuple[Any, ...]]] = {}
        rows[Leg] = legs_between(self.kind, day, self.person, left, taken)
        dates: list[tuple[Any, ...]] = [
            (self.person, int(milestone), falls_on)
            for milestone, falls_on in self.legal_dates(state).items()
            if falls_on is not None
        ]
        if dates:
            rows[LegalDate] = dates
        draft = Draft(
            self.kind, day, rows, basis=self.basis, note=self.note, idempotency_key=self.key
        )
        state.add(draft)
        drafts = [draft, *self.carried(state, day)]
        for family in {state.unit(place.unit).family for place in (left, taken) if place}:
            drafts += settle(state, self.person, family, day, self.destinations)
            state.check_person(self.person, family)
        return drafts

    def is_told_by(self, recorded: Recorded) -> bool:
        """Whether an entry found under this act's key records this act."""
        told = {(int(milestone), day) for milestone, day in self.told_dates().items() if day}
        return (
            (recorded.kind, recorded.reverses, recorded.basis)
            == (self.kind, None, self.basis.document if self.basis else None)
            and recorded.persons == {self.person}
            and recorded.units >= self.told_units()
            and recorded.dates >= told
            and recorded.accounts >= self.told_accounts()
            and recorded.into >= self.told_into()
            and self.day_agrees(recorded.effective_on)
        )

    def told_units(self) -> set[int]:
        """The units that the act's own entry must name."""
        return set(self.units())

    def told_accounts(self) -> set[int]:
        """The accounts that the act itself names, whatever the books say."""
        return set()

    def told_into(self) -> set[int]:
        """The units that the act itself says somebody comes into."""
        return set()

    def day_agrees(self, day: date) -> bool:
        """Whether the act could be counted on ``day``."""
        return day == self.effective_on

    def stands(self, state: LedgerState, day: date) -> Standing:
        """The person's standing in the act's unit on a day; refuses who isn't on its roster."""
        life = state.open_unit(self.unit, day)
        where = state.standing(self.person, life.family, day)
        if where is None or where.unit != self.unit:
            raise NotAMember(date=day, name=state.name(self.person), unit=life.name)
        return where


def standing_title(account: Account) -> str:
    """How a standing reads inside a refusal."""
    return str(account.settled.label)
