"""Recording acts: lock, scope, rules, write. One act or a hundred thousand take the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction

from giaoban.journal.errors import KeyReused, RuleBroken
from giaoban.journal.models import Entry
from giaoban.journal.queries import asking_keys, find_by_key
from giaoban.journal.rights import writers_rights
from giaoban.journal.sql import fetch_together
from giaoban.journal.writing import (
    Draft,
    Journal,
    Progress,
    Recorder,
    lock_journal,
    one_trip_to_commit,
)
from giaoban.ledger.accounts import Account
from giaoban.ledger.acts import Act, Recorded
from giaoban.ledger.models import Leg, LegalDate
from giaoban.ledger.state import LedgerState, asking_books
from giaoban.people import scope
from giaoban.people.models import Role


class Charge(NamedTuple):
    """In which roles a recorder must be in charge, and of which units of an act: of each that it
    names, or of its ``own_unit`` alone, where it is only proposed."""

    roles: Iterable[Role] = scope.RECORDS
    own_unit: bool = False


RECORDING = Charge()
DECIDING = Charge(scope.DECIDES)
PROPOSING = Charge(scope.PROPOSES, own_unit=True)


def record(
    acts: Iterable[Act], *, by: Recorder, progress: Progress | None = None,
    charge: Charge = RECORDING,
) -> list[int]:  # fmt: skip
    """Record acts in order, all or none, and return each act's number in the journal.

    An act whose idempotency key is in the journal already, or earlier in the batch, is not
    recorded again: its number is that of the earlier entry. Raises the first ``RuleBroken`` with
    ``position`` set to the act's place in the batch, ``KeyReused`` where a key belongs to another
    act; then nothing is recorded.
    """
    batch = list(acts)
    with one_trip_to_commit() as then_commit, transaction.atomic(), writers_rights():
        # Looked at and planned before the lock, so that writers wait for one another only while
        # they write. What another one has changed meanwhile is looked at and planned again; so is
        # what was refused, since only what is seen under the lock is the last word.
        plan = None
        with suppress(RuleBroken):
            plan = _plan(batch, by, charge)
        asked = plan.state.asking_overtaken(act.key for act in batch) if plan else None
        journal, overtaken = lock_journal(by, asked=asked)
        if plan is None or overtaken:
            plan = _plan(batch, by, charge)
        numbers = plan.numbers_after(journal.number)
        journal.write_all(plan.drafts, progress, then_commit=then_commit)
    return numbers


@dataclass(slots=True)
class _Plan:
    """A batch on the books as they were looked at: the drafts, and each act's number."""

    state: LedgerState
    drafts: list[Draft] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def numbers_after(self, last: int) -> list[int]:
        """The acts' numbers where ``last`` is the journal's: only numbers of new entries move."""
        known = self.state.frame.known
        return [n if n <= known else n - known + last for n in self.numbers]


def _plan(batch: list[Act], by: Recorder, charge: Charge) -> _Plan:
    state, found = _look(batch, by, charge)
    plan = _Plan(state)
    told = told_by(found.values()) if found else {}
    planned: dict[str, tuple[Act, int]] = {}
    for position, act in enumerate(batch):
        try:
            number = _done_before(act, found, told) or _planned_before(act, planned)
            if number is None:
                number = state.frame.known + len(plan.drafts) + 1
                planned_now = act.plan(state)
                require_carried(planned_now, by, state.frame.known, charge)
                plan.drafts += planned_now
        except RuleBroken as refused:
            refused.position = position
            raise
        if act.key:
            planned.setdefault(act.key, (act, number))
        plan.numbers.append(number)
    return plan


def _look(
    batch: list[Act], by: Recorder, charge: Charge, place: int = 0
) -> tuple[LedgerState, dict[str, Entry]]:
    """What the rules look at, asked for all acts at once, and the entries under the acts' keys.

    Refuses who isn't in charge of every unit named; a refusal has the place of the first act that
    it is of.
    """
    persons, keys = {act.person for act in batch}, [act.key for act in batch if act.key]
    asks = [scope.asking(by.name), asking_books(persons)]
    in_charge, books, *with_key = fetch_together(*asks, *([asking_keys(keys)] if keys else ()))
    try:
        units = {unit for act in batch for unit in act.units()}
        mine = {act.unit for act in batch} if charge.own_unit else units
        frame = scope.require_in(in_charge, by.name, mine, on=by.today, roles=charge.roles)
        state = LedgerState(by.today, frame)
        state.take_books(persons, books)
        state.load((), units)
    except RuleBroken as refused:
        refused.position = place
        if (half := len(batch) // 2) > 0:  # the first half that is refused says so itself
            _look(batch[:half], by, charge, place)
            _look(batch[half:], by, charge, place + half)
        raise
    return state, find_by_key(keys) if with_key == [[(True,)]] else {}


def require_carried(
    drafts: Iterable[Draft], by: Recorder, known: int, charge: Charge = RECORDING
) -> None:
    """Refuse who isn't in charge of every unit of a later act that is taken back and told anew."""
    units = {leg[0] for draft in drafts if draft.reverses is not None for leg in draft.rows[Leg]}
    if units and not charge.own_unit:
        scope.require(by.name, units, on=by.today, known=known, roles=charge.roles)


def _done_before(act: Act, found: Mapping[str, Entry], told: Mapping[int, Recorded]) -> int | None:
    """The number of the entry under the act's key, if it records this act."""
    entry = found.get(act.key) if act.key else None
    if entry is None:
        return None
    if not act.is_told_by(told[entry.pk]):
        raise KeyReused(key=act.key, n=entry.pk)
    return entry.pk


def _planned_before(act: Act, planned: Mapping[str, tuple[Act, int]]) -> int | None:
    """The number that the same act has got earlier in the batch."""
    if not act.key or act.key not in planned:
        return None
    earlier, number = planned[act.key]
    if earlier != act:
        raise KeyReused(key=act.key, n=number)
    return number


def told_by(entries: Iterable[Entry]) -> dict[int, Recorded]:
    """What the books say of these entries, by number."""
    found = {entry.pk: entry for entry in entries}
    persons: dict[int, set[int]] = defaultdict(set)
    units: dict[int, set[int]] = defaultdict(set)
    accounts: dict[int, set[int]] = defaultdict(set)
    into: dict[int, set[int]] = defaultdict(set)
    dates: dict[int, set[tuple[int, date]]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id, unit_id, account, person_id, quantity FROM ledger_leg"
            " WHERE entry_id = ANY(%s)",
            [list(found)],
        )
        for number, unit, account, person, quantity in cursor.fetchall():
            units[number].add(unit)
            accounts[number].add(account)
            if quantity > 0 and Account(account).is_standing:
                into[number].add(unit)
            if person is not None:
                persons[number].add(person)
    days = LegalDate.objects.filter(entry_id__in=found)
    for number, milestone, day in days.values_list("entry_id", "milestone", "falls_on"):
        dates[number].add((milestone, day))
    return {
        number: Recorded(
            kind=entry.kind,
            effective_on=entry.effective_on,
            reverses=entry.reverses_id,
            basis=_document(entry),
            persons=persons[number],
            units=units[number],
            accounts=accounts[number],
            into=into[number],
            dates=dates[number],
        )
        for number, entry in found.items()
    }


def _document(entry: Entry) -> tuple[str, date, str] | None:
    basis = entry.basis
    return (basis.number, basis.issued_on, basis.issuer) if basis else None


def check_scope(journal: Journal, units: Iterable[int]) -> None:
    """Refuse a recorder who is not in charge of every one of the units today."""
    scope.require(journal.by.name, units, on=journal.by.today, known=journal.number)
