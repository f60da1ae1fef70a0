"""Acts by which somebody leaves the rolls: departure, death, expulsion, striking off …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from giaoban.journal.kinds import Kind
from giaoban.ledger.acts import Act
from giaoban.ledger.errors import OnlyFullMembers, YouthOnly
from giaoban.ledger.models import Milestone
from giaoban.ledger.state import LedgerState, Standing

YOUTH = "youth"  # the family's code


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving(Act):
    """Somebody on the roster of ``unit`` leaves the rolls on a day."""

    left_on: date

    @property
    def effective_on(self) -> date:
        return self.left_on

    def move(self, state: LedgerState) -> tuple[Standing | None, Standing | None]:
        return self.stands(state, self.left_on), None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure(Leaving):
    """Chuyển đi to an organisation outside these books, on a transfer paper (the basis)."""

    kind: ClassVar[Kind] = Kind.DEPARTURE

    def told_dates(self) -> Mapping[Milestone, date | None]:
        return {Milestone.PAPER_GIVEN: self.left_on}


@dataclass(frozen=True, slots=True, kw_only=True)
class Death(Leaving):
    """Từ trần."""

    kind: ClassVar[Kind] = Kind.DEATH
    needs_basis: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expulsion(Leaving):
    """Khai trừ: a discipline, of full members only."""

    kind: ClassVar[Kind] = Kind.EXPULSION

    def move(self, state: LedgerState) -> tuple[Standing | None, Standing | None]:
        where = self.stands(state, self.left_on)
        if where.account.is_probationary:
            raise OnlyFullMembers(date=self.left_on, name=state.name(self.person))
        return where, None


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikingOff(Leaving):
    """Xóa tên: no discipline; of probationary and full members."""

    kind: ClassVar[Kind] = Kind.STRIKING_OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Resignation(Leaving):
    """Xin ra khỏi Đảng."""

    kind: ClassVar[Kind] = Kind.RESIGNATION


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingOut(Leaving):
    """Trưởng thành Đoàn: out of the youth union by age."""

    kind: ClassVar[Kind] = Kind.LEAVING
    needs_basis: ClassVar[bool] = False

    def move(self, state: LedgerState) -> tuple[Standing | None, Standing | None]:
        life = state.unit(self.unit)
        if life.family != YOUTH:
            raise YouthOnly(unit=life.name)
        return self.stands(state, self.left_on), None
