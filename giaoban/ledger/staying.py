"""Acts on somebody who stays a member: recognition as a full member, transfer between units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from giaoban.journal.errors import FutureDate
from giaoban.journal.kinds import Kind
from giaoban.journal.writing import Draft
from giaoban.ledger.accounts import Account
from giaoban.ledger.acts import Act
from giaoban.ledger.carrying import carry
from giaoban.ledger.errors import (
    AlreadyInTransit,
    ApprovedBeforeCeremony,
    CeremonyUnknown,
    NotInTransit,
    NotProbationary,
    NotReceivable,
    ProbationTooShort,
    TransferToSelf,
)
from giaoban.ledger.models import Milestone
from giaoban.ledger.probation import has_probation, probation_ends_on
from giaoban.ledger.state import LedgerState, Standing
from giaoban.units.errors import FamiliesDiffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition(Act):
    """Công nhận chính thức: full from the end of the twelve months of probation, even when the
    meeting or the approval is late; earlier only with a reason.

    It is counted where the person stood on that day. Whoever was transferred or left since then
    as a probationer did so as a full member (``carrying.py``): the unit may be the one of then or
    any they came to.
    """

    kind: ClassVar[Kind] = Kind.RECOGNITION

    approved_on: date
    full_on: date | None = None

    @property
    def effective_on(self) -> date:
        return self.full_on or self.approved_on

    def _due(self, state: LedgerState) -> tuple[date, date] | None:
        """The day of the ceremony and the end of probation, if the books know them."""
        family = state.unit(self.unit).family
        ceremony = state.last_ceremony(self.person, family, self.effective_on)
        due = probation_ends_on(family, ceremony) if ceremony is not None else None
        return (ceremony, due) if ceremony is not None and due is not None else None

    def day(self, state: LedgerState) -> date:
        due = self._due(state)
        if self.full_on is not None:
            return self.full_on
        if due is None:
            raise CeremonyUnknown(name=state.name(self.person))
        return due[1]

    def day_agrees(self, day: date) -> bool:
        return self.full_on is None or day == self.full_on

    def move(self, state: LedgerState) -> tuple[Standing | None, Standing | None]:
        if self.approved_on > state.today:
            raise FutureDate(date=self.approved_on)
        if not has_probation(state.unit(self.unit).family, self.effective_on):
            self._on_probation(state, self.effective_on)
        day, due = self.day(state), self._due(state)
        if due is not None and self.approved_on < due[0]:
            raise ApprovedBeforeCeremony(approved=self.approved_on, ceremony=due[0])
        if due is not None and min(day, self.approved_on) < due[1] and not self.note.strip():
            raise ProbationTooShort(name=state.name(self.person), ceremony=due[0], due=due[1])
        where = self._on_probation(state, day)
        full = Account.FULL.in_transit if where.account.is_in_transit else Account.FULL
        return where, Standing(where.unit, full)

    def carried(self, state: LedgerState, day: date) -> list[Draft]:
        return carry(state, self.person, state.unit(self.unit).family, day)

    def told_units(self) -> set[int]:
        return set()

    def stands(self, state: LedgerState, day: date) -> Standing:
        family = state.unit(self.unit).family
        where = state.standing(self.person, family, day)
        came_to = {
            line.unit for line in state.lines_in(self.person, family)
            if line.day > day and line.quantity > 0
        }  # fmt: skip
        if where is not None and self.unit in came_to:
            return where
        return Act.stands(self, state, day)

    def _on_probation(self, state: LedgerState, day: date) -> Standing:
        where = self.stands(state, day)
        if not where.account.is_probationary:
            raise NotProbationary(date=day, name=state.name(self.person))
        return where

    def told_dates(self) -> Mapping[Milestone, date | None]:
        return {Milestone.APPROVAL: self.approved_on}

    def legal_dates(self, state: LedgerState) -> Mapping[Milestone, date | None]:
        due = self._due(state)
        return {Milestone.PROBATION_END: due[1] if due else None, **self.told_dates()}


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPaper(Act):
    """The paper for a transfer inside is given; until it is received the person counts here."""

    kind: ClassVar[Kind] = Kind.TRANSFER

    given_on: date

    @property
    def effective_on(self) -> date:
        return self.given_on

    def move(self, state: LedgerState) -> tuple[Standing | None, Standing | None]:
        where = self.stands(state, self.given_on)
        if where.account.is_in_transit:
            raise AlreadyInTransit(name=state.name(self.person))
        return where, Standing(where.unit, where.account.in_transit)

    def told_dates(self) -> Mapping[Milestone, date | None]:
        return {Milestone.PAPER_GIVEN: self.given_on}


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferReceipt(Act):
    """``unit`` receives somebody whose transfer paper is out."""

    kind: ClassVar[Kind] = Kind.TRANSFER
    needs_basis: ClassVar[bool] = False

    received_on: date

    @property
    def effective_on(self) -> date:
        return self.received_on

    def move(self, state: LedgerState) -> tuple[Standing | None, Standing | None]:
        life = state.open_unit(self.unit, self.received_on)
        where = state.standing(self.person, life.family, self.received_on)
        if where is None or not where.account.is_in_transit:
            self._refuse(state, life.family)
            raise NotInTransit(name=state.name(self.person), date=self.received_on)
        if where.unit == self.unit:
            raise TransferToSelf(unit=life.name)
        return where, Standing(self.unit, where.account.settled)

    def _refuse(self, state: LedgerState, family: str) -> None:
        """Say so if the last paper that was out has been received already."""
        papers = [
            legal
            for legal in state.legal_days(self.person)
            if legal.kind == Kind.TRANSFER
            and legal.family == family
            and legal.day <= self.received_on
        ]
        received = [legal for legal in papers if legal.milestone == Milestone.PAPER_RECEIVED]
        given = [legal for legal in papers if legal.milestone == Milestone.PAPER_GIVEN]
        if received and given:
            last = max(received, key=lambda legal: (legal.day, legal.entry))
            paper = max(given, key=lambda legal: (legal.day, legal.entry))
            if last.day >= paper.day:
                raise NotReceivable(number=paper.paper or "–", date=last.day)

    def told_dates(self) -> Mapping[Milestone, date | None]:
        return {Milestone.PAPER_RECEIVED: self.received_on}

    def told_into(self) -> set[int]:
        return {self.unit}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Act):
    """Chuyển sinh hoạt nội bộ in one act: from ``unit`` to ``to`` on a day."""

    kind: ClassVar[Kind] = Kind.TRANSFER

    to: int
    on: date

    @property
    def effective_on(self) -> date:
        return self.on

    def units(self) -> tuple[int, ...]:
        return (self.unit, self.to)

    def told_into(self) -> set[int]:
        return {self.to}

    def move(self, state: LedgerState) -> tuple[Standing | None, Standing | None]:
        where = self.stands(state, self.on)
        if self.to == self.unit:
            raise TransferToSelf(unit=state.unit(self.unit).name)
        after = state.open_unit(self.to, self.on)
        if after.family != state.unit(self.unit).family:
            raise FamiliesDiffer(a=state.unit(self.unit).name, b=after.name)
        if where.account.is_in_transit:
            raise AlreadyInTransit(name=state.name(self.person))
        return where, Standing(self.to, where.account)
