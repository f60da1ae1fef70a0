"""Carrying later acts along when somebody turns out to have been a full member by then.

An approval comes late: when it is recorded, the person may have been transferred or have left as a
probationer after the day from which they are full. Those acts are reversed and recorded anew with
the right standing, in the same transaction and on their own days; shares in reorganisations follow
by themselves (``settling.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from giaoban.journal.kinds import Kind
from giaoban.journal.models import BookRow, Entry, Note
from giaoban.journal.writing import BasisOn, Draft
from giaoban.ledger.accounts import Account
from giaoban.ledger.models import Leg, LegalDate
from giaoban.ledger.state import LedgerState

_CARRIED = (Kind.TRANSFER, Kind.DEPARTURE, Kind.DEATH)
_AS_FULL = {
    Account.PROBATIONARY: Account.FULL,
    Account.PROBATIONARY_IN_TRANSIT: Account.FULL_IN_TRANSIT,
}


def carry(state: LedgerState, person: int, family: str, since: date) -> list[Draft]:
    """Drafts that take back what somebody did as a probationer after ``since`` and tell it anew."""
    drafts: list[Draft] = []
    for number in _later(state, person, family, since):
        entry = Entry.objects.select_related("basis").get(pk=number)
        back, anew = _legs(number)
        state.void(number)
        drafts += [_reversal(entry, back), _again(entry, anew)]
    for draft in drafts:
        state.add(draft)
    return drafts


def _later(state: LedgerState, person: int, family: str, since: date) -> list[int]:
    """The entries to carry, in the order in which they took effect, up to the first that is of
    another sort: what came of that is for a clerk to say."""
    lines = [line for line in state.lines_in(person, family) if line.day > since]
    standing = set(
        Entry.objects.filter(
            pk__in={line.entry for line in lines}, reverses=None, reversals=None
        ).values_list("pk", flat=True)
    )
    found: dict[int, None] = {}
    for line in sorted(lines, key=lambda line: (line.day, line.entry)):
        if line.entry not in standing or line.kind == Kind.REORGANISATION:
            continue
        if line.kind not in _CARRIED or not line.account.is_probationary:
            break
        found[line.entry] = None
    return [number for number in found if not state.is_void(number)]


def _legs(number: int) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """An entry's legs taken back, and the same as of a full member."""
    back, anew = [], []
    for unit, account, kind, on, person, quantity in _read(number):
        back.append((unit, account, kind, on, person, -quantity, True))
        full = _AS_FULL.get(Account(account), account)
        anew.append((unit, full, kind, on, person, quantity, False))
    return back, anew


def _read(number: int) -> Iterator[tuple[Any, ...]]:
    legs = Leg.objects.filter(entry_id=number).order_by("line")
    yield from legs.values_list(
        "unit_id", "account", "kind", "effective_on", "person_id", "quantity"
    )


def _reversal(entry: Entry, legs: list[tuple[Any, ...]]) -> Draft:
    reason = _("Recorded anew: the approval as a full member came late.")
    return Draft(
        Kind(entry.kind), entry.effective_on, {Leg: legs}, note=reason, reverses=entry.pk,
        follows=True,
    )  # fmt: skip


def _again(entry: Entry, legs: list[tuple[Any, ...]]) -> Draft:
    """The act anew, with its paper, its note and its legal days."""
    rows: dict[type[BookRow], list[tuple[Any, ...]]] = {Leg: legs}
    days = LegalDate.objects.filter(entry_id=entry.pk).order_by("line")
    if told := list(days.values_list("person_id", "milestone", "falls_on")):
        rows[LegalDate] = told
    note = Note.objects.filter(entry_id=entry.pk).values_list("text", flat=True).first()
    paper = entry.basis
    basis = None
    if paper is not None:
        basis = BasisOn(paper.number, paper.issued_on, paper.issuer, paper.title)
    return Draft(
        Kind(entry.kind), entry.effective_on, rows, basis=basis, note=note or "", follows=True
    )
