"""A draft put together: its definition asked of the books, on the paper of its register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.utils import translation
from django.utils.translation import gettext as _
from msgspec.structs import replace

from giaoban.figures.by_unit import Question
from giaoban.journal.queries import head_at, known_until
from giaoban.reports.defining import definition_named
from giaoban.reports.definitions.building import build
from giaoban.reports.definitions.definition import Definition, Language
from giaoban.reports.definitions.paper import Paper, provenance
from giaoban.reports.discrepancies import notes_of, printed, unexplained, with_warnings
from giaoban.reports.documents.blocks import Document, Foot, Inlines
from giaoban.reports.forms.official import (
    form_in_force,
    letterhead,
    signature,
    symbol,
)
from giaoban.reports.forms.records import Authority, OfficialForm
from giaoban.reports.identities import Discrepancy
from giaoban.reports.issues import issued_by, period_of
from giaoban.reports.models import ReportDraft
from giaoban.reports.notice import cited, with_changes
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.register import RegisterOn, register_on
from giaoban.reports.wording.setting import plain


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A draft as it reads: the document, the numbers that it was asked of, and the discrepancies
    that nobody explained, which a draft says itself."""

    document: Document
    reckoning: Reckoning
    unexplained: list[Discrepancy]


def draft_document(draft: ReportDraft, head_number: int, *, on: date) -> Document:
    """What a draft says by the books up to an entry, as read on a day.

    Without a register of its unit it has no head and no foot yet. Raises what the definition, the
    period and the form refuse.
    """
    return worked_out(draft, head_number, on=on).document


def worked_out(draft: ReportDraft, head_number: int, *, on: date) -> WorkedOut:
    """The same, with the numbers that it was asked of."""
    day, known = draft.dated_on or on, head_at(head_number)
    definition = definition_named(draft.definition, draft.version)
    register = register_on(draft.unit_id, definition.abbreviation, day)
    reckoning = Reckoning(
        Question(
            draft.unit_id, period_of(draft.period, draft.regime), known, known_until(known, on),
            draft.tree_on,
        )
    )  # fmt: skip
    return _worked_out(draft, definition, reckoning, register, day=day, number=None)


def final_document(
    draft: ReportDraft, reckoning: Reckoning, register: RegisterOn, *, on: date, number: int
) -> Document:
    """The document of a draft as it is issued: with its number and day, and no longer a draft.

    Its numbers are those that the draft was ``worked_out`` with: nothing is asked of the books
    again, and what is printed and frozen is what was just found to read as it was checked.
    """
    definition = definition_named(draft.definition, draft.version)
    return _worked_out(draft, definition, reckoning, register, day=on, number=number).document


def _worked_out(
    draft: ReportDraft, definition: Definition, reckoning: Reckoning, register: RegisterOn | None,
    *, day: date, number: int | None,
) -> WorkedOut:  # fmt: skip
    language, final = cast(Language, draft.language), number is not None
    family = register.family if register else reckoning.work.unit.family
    form, notes = form_in_force(family, day), notes_of(draft)
    with translation.override(language):
        origin = provenance(reckoning.question)
        below = (*_replacing(draft), *printed(notes, reckoning))
    paper = Paper(
        layout=form.layout, dated_on=day, rule=form.rule, end=form.end,
        state="final" if final else "draft", provenance=origin, own_words=draft.words, notes=below,
    )  # fmt: skip
    document = build(definition, reckoning, paper, language)
    with translation.override(language):
        if draft.corrects is not None:
            zero = definition.leading_zero and language == "vi"
            document = with_changes(document, draft.corrects, reckoning, leading_zero=zero)
        missing = unexplained(document, reckoning, notes, notice=draft.corrects is not None)
        if not final:
            document = with_warnings(document, missing)
    if register is not None:
        told = draft.dated_on if not final else day
        document = _on_paper(document, draft, register, form, told, number)
    return WorkedOut(document, reckoning, missing)


def _on_paper(
    document: Document, draft: ReportDraft, register: RegisterOn, form: OfficialForm,
    on: date | None, number: int | None,
) -> Document:  # fmt: skip
    """A document under the head of its register, with its foot."""
    head = letterhead(
        form, superior=register.superior, issuer=register.issuer,
        symbol=symbol(form, kind=register.kind, office=register.symbol), number=number,
        place=register.place, on=on,
    )  # fmt: skip
    return replace(document, letterhead=head, foot=_foot(draft, register, form, document.foot))


def _replacing(draft: ReportDraft) -> tuple[Inlines, ...]:
    """Which document it stands for from now on, and why."""
    if draft.replaces is None:
        return ()
    said = _("This document replaces {document}. Reason: {reason}")
    told = said.format(document=cited(issued_by(draft.replaces)), reason=draft.because.strip())
    return (plain(told if told.endswith(".") else f"{told}."),)


def _foot(draft: ReportDraft, register: RegisterOn, form: OfficialForm, sheet: Foot | None) -> Foot:
    """Recipients and who signs; a sheet keeps who drew it up beside the head."""
    signed = signature(
        form, authority=cast(Authority, draft.authority or register.authority),
        body=register.body or register.issuer, post=draft.post or register.post,
        name=draft.signatory,
    )  # fmt: skip
    if sheet is not None:
        return Foot("", (), (*sheet.signatures[:1], signed))
    own = tuple(line for line in draft.recipients.splitlines() if line.strip())
    return Foot(form.recipients_head, own or register.recipients, (signed,))
