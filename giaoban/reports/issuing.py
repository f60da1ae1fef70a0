"""Issuing: a checked draft gets its number and becomes a document that never changes.

Everything that a reprint or a later check needs is frozen on the entry: the document as written
down, the exact value of each number, and the bytes of each form.
"""

from __future__ import annotations

import hashlib
import zlib
from datetime import date
from typing import Any

from django.db import transaction

from giaoban.figures.by_unit import period_title
from giaoban.journal.errors import FutureDate, KeyReused, ReasonMissing
from giaoban.journal.kinds import Kind
from giaoban.journal.models import BookRow
from giaoban.journal.queries import head_at
from giaoban.journal.rights import writers_rights
from giaoban.journal.writing import VIETNAM, Draft, Recorder, open_journal
from giaoban.people import scope
from giaoban.reports.assembling import WorkedOut, final_document, worked_out
from giaoban.reports.defining import definition_named
from giaoban.reports.documents.blocks import Document
from giaoban.reports.documents.canonical import content_hash, written
from giaoban.reports.documents.walking import figures
from giaoban.reports.drafting import close, handed_in_on, taken
from giaoban.reports.errors import (
    AlreadyWithdrawn,
    DatedBeforeKnown,
    DatedBeforeLast,
    DiscrepancyUnexplained,
    DraftUnchecked,
    PeriodNotEnded,
    ReadsOtherwise,
)
from giaoban.reports.forms.official import cited_number, form_in_force, symbol
from giaoban.reports.issues import issued_by, issues, period_of, require_replaceable
from giaoban.reports.models import (
    FrozenFigure,
    Issue,
    IssuedDocument,
    IssuedForm,
    Rendition,
    ReportDraft,
    State,
    Withdrawal,
)
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.register import RegisterOn, lock_registers, next_number, require_register
from giaoban.reports.rendering.rendition import Form, render
from giaoban.vietnamese import capitalise_first


def issue_report(*, draft: int, by: Recorder, key: str | None = None) -> int:
    """Ban hành a checked draft: it gets the next number of its register, never given twice.

    Dated as the draft says, or today. Returns the number in the journal; asked again, the same.
    Raises ``DraftUnchecked``, ``ReadsOtherwise``, ``DiscrepancyUnexplained``, ``PeriodNotEnded``,
    ``RegisterMissing``, ``DatedBeforeLast``, ``DatedBeforeKnown``, ``FutureDate``,
    ``AlreadyReplaced``, ``DraftUnknown``, ``DraftClosed``, ``OutOfScope``.
    """
    with taken(draft, by, scope.DECIDES, also=(State.ISSUED,)) as found:
        if found.state == State.ISSUED:
            return int(found.entry_number or 0)
        on = found.dated_on or by.today
        lock_registers(found.unit_id)  # what is checked then still holds when it is written
        read = _check(found, on, by)
        abbreviation = definition_named(found.definition, found.version).abbreviation
        register = require_register(found.unit_id, abbreviation, on)
        _check_order(register, on)
        number = next_number(register)
        document = final_document(found, read.reckoning, register, on=on, number=number)
        frozen = _frozen(document, read.reckoning)
        entry = _write(found, document, frozen, register, number, on, by, key)
        close(found, entry, by)
        return entry


def withdraw_report(*, issue: int, reason: str, by: Recorder, key: str | None = None) -> int:
    """Thu hồi an issued document; its number is not given again. Returns the entry.

    Raises ``ReasonMissing``, ``IssueUnknown``, ``AlreadyWithdrawn``, ``OutOfScope``,
    ``KeyReused``.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic(), writers_rights(), open_journal(by) as journal:
        found = issued_by(issue)
        scope.require(by.name, [found.unit], on=by.today, known=journal.number, roles=scope.DECIDES)
        row = {"unit_id": found.unit, "issue": issue}
        done = journal.done_before(key, Kind.WITHDRAWAL, None, Withdrawal, row)
        if done is not None:
            return done
        if found.withdrawn_by is not None:
            day = head_at(found.withdrawn_by).recorded_at
            raise AlreadyWithdrawn(
                symbol=found.symbol, date=day.astimezone(VIETNAM).date() if day else by.today
            )
        return journal.write(
            Draft(Kind.WITHDRAWAL, by.today, {Withdrawal: [(found.unit, issue)]},
                  note=reason.strip(), idempotency_key=key)
        )  # fmt: skip


def _check(draft: ReportDraft, on: date, by: Recorder) -> WorkedOut:
    """Refuse what was not checked as it stands, or is not over yet; the draft worked out anew."""
    if draft.state != State.CHECKED:
        raise DraftUnchecked(n=draft.pk)
    period = period_of(draft.period, draft.regime)
    if period.last_day >= min(on, by.today):
        raise PeriodNotEnded(period=capitalise_first(period_title(period)), end=period.last_day)
    if on > by.today:
        raise FutureDate(date=on)
    pinned = head_at(int(draft.head_number or 0))
    known_on = pinned.recorded_at.astimezone(VIETNAM).date() if pinned.recorded_at else on
    if on < known_on:
        raise DatedBeforeKnown(known=known_on, date=on)
    if draft.replaces is not None:
        require_replaceable(draft.replaces, draft.unit_id)
    read_on = handed_in_on(draft, on)
    read = worked_out(draft, pinned.number, on=read_on)
    if read.unexplained:
        raise DiscrepancyUnexplained(n=draft.pk, told=read.unexplained[0].told)
    if content_hash(written(read.document)) != bytes(draft.content_hash or b""):
        raise ReadsOtherwise(n=draft.pk)
    return read


def _check_order(register: RegisterOn, on: date) -> None:
    last = issues("i.register_entry = %(entry)s", order="i.number DESC LIMIT 1",
                  entry=register.entry)  # fmt: skip
    if last and last[0].issued_on > on:
        raise DatedBeforeLast(symbol=last[0].symbol, date=last[0].issued_on)


def _write(
    draft: ReportDraft, document: Document, frozen: list[tuple[Any, ...]], register: RegisterOn,
    number: int, on: date, by: Recorder, key: str | None,
) -> int:  # fmt: skip
    """Freeze everything on one entry. Forms are made before the journal is locked."""
    content = written(document)
    forms = {form: render(document, form) for form in Form}
    pinned = head_at(int(draft.head_number or 0))
    row = _row(draft, document, register, number, on, pinned.digest, content_hash(content))
    hashes = [(str(form), hashlib.sha256(made).digest()) for form, made in forms.items()]
    rows: dict[type[BookRow], list[tuple[Any, ...]]] = {Issue: [row], IssuedForm: list(hashes)}
    if frozen:
        rows[FrozenFigure] = frozen
    with open_journal(by) as journal:
        if key is not None and (used := journal.find([key])):
            raise KeyReused(key=key, n=used[key].pk)
        entry = journal.write(Draft(Kind.ISSUE, on, rows, note=draft.because, idempotency_key=key))
        IssuedDocument.objects.create(entry_id=entry, content=zlib.compress(content, 9))
        Rendition.objects.bulk_create(
            [Rendition(entry_id=entry, form=str(form), content=made) for form, made in
             forms.items()]
        )  # fmt: skip
    return entry


def _row(
    draft: ReportDraft, document: Document, register: RegisterOn, number: int, on: date,
    digest: bytes, mark: bytes,
) -> tuple[Any, ...]:  # fmt: skip
    told = {
        "unit_id": draft.unit_id, "register_entry": register.entry, "number": number,
        "symbol": _symbol(register, number, on), "issued_on": on, "subject": document.title.subject,
        "signatory": draft.signatory, "definition": draft.definition, "version": draft.version,
        "period": draft.period, "regime": draft.regime, "tree_on": draft.tree_on,
        "language": draft.language, "head_number": draft.head_number, "head_digest": digest,
        "content_hash": mark, "replaces": draft.replaces, "corrects": draft.corrects,
    }  # fmt: skip
    return tuple(told[column] for column in Issue.columns)


def _symbol(register: RegisterOn, number: int, on: date) -> str:
    """Number and symbol by the form of the day."""
    form = form_in_force(register.family, on)
    told = symbol(form, kind=register.kind, office=register.symbol)
    return cited_number(form, symbol=told, number=number)


def _frozen(document: Document, reckoning: Reckoning) -> list[tuple[Any, ...]]:
    """(address, numerator, denominator) of every number that the document cites, each once."""
    rows: list[tuple[Any, ...]] = []
    for text in dict.fromkeys(address for address, _text in figures(document)):
        value = reckoning.value(Address.parse(text))
        if value is None:
            rows.append((text, None, None))
        else:
            rows.append((text, value.numerator, value.denominator))
    return rows
