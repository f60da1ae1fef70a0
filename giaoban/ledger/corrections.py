"""Correcting: a mistake is never changed, it is reversed, and the right act recorded beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from giaoban.journal.books import books
from giaoban.journal.errors import (
    AlreadyReversed,
    EntryUnknown,
    KeyReused,
    ReasonMissing,
    ReversalNotReversible,
)
from giaoban.journal.kinds import Kind
from giaoban.journal.models import BookRow, Entry
from giaoban.journal.queries import Frame
from giaoban.journal.queries import entry as find_entry
from giaoban.journal.sql import fetch
from giaoban.journal.writing import Draft, Journal, Recorder, open_journal
from giaoban.ledger.accounts import STANDINGS, Account
from giaoban.ledger.acts import Act
from giaoban.ledger.errors import NothingToReverse
from giaoban.ledger.models import Leg, LegalDate, Milestone
from giaoban.ledger.recording import check_scope, require_carried, told_by
from giaoban.ledger.settling import combined, settle
from giaoban.ledger.state import LedgerState
from giaoban.ledger.undoing import UnitsUndone
from giaoban.people import scope
from giaoban.people.models import Appointment
from giaoban.units.models import Succession

# An erasure can't be undone, and an identity once given stays given; a document that is out is
# replaced or withdrawn, and keeps its number.
NOT_REVERSIBLE = (
    Kind.ERASURE, Kind.REGISTRATION, Kind.REGISTER, Kind.ISSUE, Kind.WITHDRAWAL, Kind.SIGNATURE,
)  # fmt: skip


def reverse_entry(
    number: int, *, reason: str, by: Recorder, key: str | None = None,
    destinations: Mapping[int, int] | None = None,
) -> int:  # fmt: skip
    """Ghi hủy: an entry that takes back entry ``number``, recorded now, effective then.

    Legs are posted with the opposite sign, rows of the other books are void from now on; who
    asks as known before still sees them. ``destinations`` says, where somebody stays on the rolls
    by it, which successor of a split unit they went to. Raises ``AlreadyReversed``,
    ``ReversalNotReversible``, ``NothingToReverse``, ``EntryUnknown``, ``ReasonMissing``,
    ``LaterMovement`` or ``LaterRows`` where later acts lean on it, ``DestinationNeeded``,
    ``NobodyLeft``.
    """
    with open_journal(by) as journal:
        if (done := _reversed_before(journal, key, number)) is not None:
            return done
        undoing = _Undoing(journal, number, reason, key)
        settled = undoing.settle(destinations or {})
        return undoing.write(*combined(settled))


def correct_entry(
    number: int, right: Act, *, reason: str, by: Recorder, key: str | None = None
) -> int:
    """Đính chính: reverse entry ``number`` and record the right act, in one transaction.

    Returns the number of the right act. ``right`` is judged as if the wrong one had never been.
    """
    with open_journal(by) as journal:
        if (done := _corrected_before(journal, key, number, right)) is not None:
            return done
        undoing = _Undoing(journal, number, reason, key)
        check_scope(journal, right.units())
        settled = undoing.settle(right.destinations, patient=True)
        act, *shares = right.plan(undoing.state)
        carried = [draft for draft in shares if draft.kind != Kind.REORGANISATION]
        require_carried(carried, by, journal.number)
        settled += [draft for draft in shares if draft.kind == Kind.REORGANISATION]
        settled += undoing.settle(right.destinations)
        act.follows = True
        return undoing.write(act, *carried, *combined(settled)) + 1


def _reversed_before(journal: Journal, key: str | None, number: int) -> int | None:
    """The number of the reversal of ``number`` that an earlier try recorded under the key."""
    found = journal.find([key]).get(key) if key else None
    if found is None:
        return None
    if found.reverses_id != number:
        raise KeyReused(key=key, n=found.pk)
    return found.pk


def _corrected_before(journal: Journal, key: str | None, number: int, right: Act) -> int | None:
    """The number of the right act that an earlier try recorded after its reversal."""
    undone = _reversed_before(journal, key, number)
    found = journal.find([right.key]).get(right.key) if right.key else None
    if found is None and undone is not None:
        found = Entry.objects.select_related("basis").filter(pk=undone + 1).first()
    if found is None:
        return None
    if not right.is_told_by(told_by([found])[found.pk]):
        raise KeyReused(key=right.key or key, n=found.pk)
    return found.pk


class _Undoing:
    """A reversal being planned: its draft, and the state of the books as if it were recorded."""

    def __init__(self, journal: Journal, number: int, reason: str, key: str | None) -> None:
        if not reason.strip():
            raise ReasonMissing
        wrong = find_entry(number)
        if wrong is None:
            raise EntryUnknown(n=number, last=journal.number)
        self.kind, self.day = Kind(wrong.kind), wrong.effective_on
        self.journal = journal
        legs = _legs_of(number)
        _check_reversible(wrong)
        _check_scope(journal, wrong)
        self.state = LedgerState(journal.by.today, Frame(journal.number))
        self.state.load({row[4] for row in legs if row[4] is not None}, {row[0] for row in legs})
        back = [(*row[:5], -row[5], True) for row in legs]
        rows: dict[type[BookRow], Sequence[tuple[Any, ...]]] = {Leg: back} if back else {}
        self.draft = Draft(
            self.kind, self.day, rows, note=reason, reverses=number, idempotency_key=key
        )
        self.units = UnitsUndone(journal, self.state, number, self.day)
        self.units.check()
        touched = {(row[4], self.state.unit(row[0]).family) for row in legs
                   if row[4] is not None and Account(row[1]).is_standing}  # fmt: skip
        self.touched = sorted(touched | self.units.persons())
        self.state.void(number)
        self.state.add(self.draft)

    def settle(self, destinations: Mapping[int, int], *, patient: bool = False) -> list[Draft]:
        """The settlements of everybody touched; unless ``patient``, refuses what doesn't fit."""
        drafts: list[Draft] = []
        for person, family in self.touched:
            drafts += settle(self.state, person, family, self.day, destinations, patient=patient)
            if not patient:
                self.state.check_person(person, family)
        return drafts

    def write(self, *more: Draft) -> int:
        """Record the reversal and what follows from it; returns its number."""
        since = self.journal.number
        number = self.journal.write(self.draft, *more)
        if self.kind > Kind.CORRECTION:  # no movement of a member takes anybody's charge away
            scope.require_somebody_left(
                on=self.journal.by.today, known=self.journal.number, since=since
            )
        return number


def _check_reversible(wrong: Entry) -> None:
    if wrong.reverses_id is not None:
        raise ReversalNotReversible(n=wrong.pk)
    later = getattr(wrong, "reversed_by", None)
    if later is not None:
        raise AlreadyReversed(n=wrong.pk, m=later.pk)
    # A share in a reorganisation stands and falls with the act or the reorganisation itself.
    share = (
        wrong.kind == Kind.REORGANISATION
        and not Succession.objects.filter(entry_id=wrong.pk).exists()
    )
    if wrong.kind in NOT_REVERSIBLE or share:
        raise NothingToReverse(n=wrong.pk, kind=Kind(wrong.kind).label)


def _check_scope(journal: Journal, wrong: Entry) -> None:
    """Refuse who is not in charge of every unit that the entry's rows name, or of the person."""
    by = journal.by
    if wrong.kind in (Kind.APPOINTMENT, Kind.DISMISSAL):
        for login, unit, ends in Appointment.objects.filter(entry_id=wrong.pk).values_list(
            "login_name", "unit_id", "ends"
        ):
            whom = login if ends else None  # to take an end back is to appoint anew
            scope.require_appointer(by.name, unit, on=by.today, known=journal.number, whom=whom)
        return
    if units := _received_by(wrong) or _named_in(wrong, "unit_id"):
        check_scope(journal, units)
        return
    scope.require_recorder(by.name, on=by.today, known=journal.number)
    for person in _named_in(wrong, "person_id"):
        scope.require_person(by.name, person, on=by.today, known=journal.number)


def _received_by(wrong: Entry) -> set[int]:
    """The unit that received a transfer paper: whoever received it may take that back."""
    received = LegalDate.objects.filter(entry_id=wrong.pk, milestone=Milestone.PAPER_RECEIVED)
    if wrong.kind != Kind.TRANSFER or not received.exists():
        return set()
    legs = Leg.objects.filter(entry_id=wrong.pk, quantity__gt=0, account__in=STANDINGS)
    return set(legs.values_list("unit_id", flat=True))


def _named_in(wrong: Entry, column: str) -> set[int]:
    """What the entry's rows name in a column, in whatever book."""
    return {
        one
        for book in books()
        if column in book.columns
        for one in book.objects.filter(entry_id=wrong.pk).values_list(column, flat=True)
    }


def _legs_of(number: int) -> list[tuple[Any, ...]]:
    """(unit, account, kind, effective_on, person, quantity) of an entry's legs."""
    return fetch(
        "SELECT unit_id, account, kind, effective_on, person_id, quantity FROM ledger_leg"
        " WHERE entry_id = %(number)s ORDER BY line",
        number=number,
    )
