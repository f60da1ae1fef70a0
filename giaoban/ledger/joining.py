"""Acts by which somebody comes onto the rolls: opening, admission, arrival, restoration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from giaoban.journal.errors import ReasonMissing
from giaoban.journal.kinds import Kind
from giaoban.ledger.accounts import Account
from giaoban.ledger.acts import Act, standing_title
from giaoban.ledger.errors import (
    AlreadyMember,
    DatesOutOfOrder,
    DiedBefore,
    MemberBefore,
    NeverMember,
    NotTakenAway,
)
from giaoban.ledger.models import Milestone
from giaoban.ledger.probation import has_probation
from giaoban.ledger.state import LedgerState, Standing, shown

# After these a decision may give membership back.
_TAKEN_AWAY = (Kind.EXPULSION, Kind.STRIKING_OFF, Kind.RESIGNATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining(Act):
    """Somebody comes from outside the rolls into ``unit``."""

    def standing_taken(self) -> Account:
        """The standing the person gets."""
        return Account.FULL

    def standing_in(self, family: str) -> Account:  # noqa: ARG002 - admission asks the family
        """The standing the person gets in a unit of this family."""
        return self.standing_taken()

    def told_accounts(self) -> set[int]:
        return {int(self.standing_taken())}

    def move(self, state: LedgerState) -> tuple[Standing | None, Standing | None]:
        life = state.open_unit(self.unit, self.effective_on)
        where = state.standing(self.person, life.family, self.effective_on)
        if where is not None:
            raise AlreadyMember(
                name=state.name(self.person),
                standing=standing_title(where.account),
                unit=state.unit(where.unit).name,
            )
        if (death := state.last_leaving(self.person, self.effective_on, Kind.DEATH)) is not None:
            raise DiedBefore(name=state.name(self.person), n=shown(death.entry), date=death.day)
        self.check_past(state, life.family)
        return None, Standing(self.unit, self.standing_in(life.family))

    def check_past(self, state: LedgerState, family: str) -> None:
        """Refuse what the person's past in the family forbids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Joining):
    """Somebody stands on the first list that the office brings into the books (số ban đầu)."""

    kind: ClassVar[Kind] = Kind.OPENING
    needs_basis: ClassVar[bool] = False

    on: date
    standing: Account = Account.FULL
    ceremony_on: date | None = None

    @property
    def effective_on(self) -> date:
        return self.on

    def standing_taken(self) -> Account:
        return self.standing

    def told_dates(self) -> Mapping[Milestone, date | None]:
        return {Milestone.CEREMONY: self.ceremony_on}


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission(Joining):
    """Kết nạp: counted on the day of the ceremony, from which probation runs where the family has
    one; the decision's day, from which seniority runs, is kept beside it."""

    kind: ClassVar[Kind] = Kind.ADMISSION

    ceremony_on: date
    decided_on: date

    @property
    def effective_on(self) -> date:
        return self.ceremony_on

    def standing_in(self, family: str) -> Account:
        on_probation = has_probation(family, self.ceremony_on)
        return Account.PROBATIONARY if on_probation else Account.FULL

    def told_accounts(self) -> set[int]:
        return set()

    def check_past(self, state: LedgerState, family: str) -> None:
        if self.ceremony_on < self.decided_on:
            raise DatesOutOfOrder(ceremony=self.ceremony_on, decided=self.decided_on)
        if state.was_member_before(self.person, family, self.ceremony_on):
            raise MemberBefore(name=state.name(self.person))

    def told_dates(self) -> Mapping[Milestone, date | None]:
        return {Milestone.DECISION: self.decided_on, Milestone.CEREMONY: self.ceremony_on}


@dataclass(frozen=True, slots=True, kw_only=True)
class Readmission(Admission):
    """Kết nạp lại: the same for somebody who was a member before; counts inside admissions."""

    kind: ClassVar[Kind] = Kind.READMISSION

    def check_past(self, state: LedgerState, family: str) -> None:
        if self.ceremony_on < self.decided_on:
            raise DatesOutOfOrder(ceremony=self.ceremony_on, decided=self.decided_on)
        _require_past(self, state, family)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Joining):
    """Chuyển đến from an organisation outside these books, on a transfer paper (the basis)."""

    kind: ClassVar[Kind] = Kind.ARRIVAL

    received_on: date
    standing: Account = Account.FULL
    ceremony_on: date | None = None

    @property
    def effective_on(self) -> date:
        return self.received_on

    def standing_taken(self) -> Account:
        return self.standing

    def told_dates(self) -> Mapping[Milestone, date | None]:
        return {Milestone.CEREMONY: self.ceremony_on, Milestone.PAPER_RECEIVED: self.received_on}


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration(Joining):
    """Phục hồi đảng tịch: membership that was taken away is given back by a decision."""

    kind: ClassVar[Kind] = Kind.RESTORATION

    restored_on: date
    standing: Account = Account.FULL

    @property
    def effective_on(self) -> date:
        return self.restored_on

    def standing_taken(self) -> Account:
        return self.standing

    def check_past(self, state: LedgerState, family: str) -> None:
        _require_past(self, state, family)
        left = state.last_leaving(self.person, self.restored_on, family=family)
        if left is not None and left.kind not in _TAKEN_AWAY:
            raise NotTakenAway(
                name=state.name(self.person), n=shown(left.entry), date=left.day,
                kind=left.kind.label,
            )  # fmt: skip


def _require_past(act: Joining, state: LedgerState, family: str) -> None:
    """Refuse somebody who was never a member; membership that ended before the books began is
    told by a reason."""
    if act.note.strip() or state.was_member_before(act.person, family, act.effective_on):
        return
    raise NeverMember(name=state.name(act.person), date=act.effective_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment(Joining):
    """Điều chỉnh: somebody who turns out to stand on the rolls without any act in the books.

    Not a row of the official form; it needs a reason.
    """

    kind: ClassVar[Kind] = Kind.CORRECTION

    found_on: date
    standing: Account = Account.FULL

    @property
    def effective_on(self) -> date:
        return self.found_on

    def standing_taken(self) -> Account:
        return self.standing

    def check_past(self, state: LedgerState, family: str) -> None:  # noqa: ARG002 - other acts ask
        if not self.note.strip():
            raise ReasonMissing
