"""A draft put together: its definition asked of the books, on the paper of its register."""

from __future__ import annotations

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
from giaoban.reports.documents.blocks import Document, Foot
from giaoban.reports.forms.official import (
    form_in_force,
    letterhead,
    signature,
    symbol,
)
from giaoban.reports.forms.records import Authority, OfficialForm
from giaoban.reports.issues import issued_by, period_of
from giaoban.reports.models import ReportDraft
from giaoban.reports.notice import cited, with_changes
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.register import RegisterOn, register_on


def draft_document(draft: ReportDraft, head_number: int, *, on: date) -> Document:
    """What a draft says by the books up to an entry, as read on a day.

    Without a register of its unit it has no head and no foot yet. Raises what the definition, the
    period and the form refuse.
    """
    day = draft.dated_on or on
    definition = definition_named(draft.definition, draft.version)
    register = register_on(draft.unit_id, definition.abbreviation, day)
    return _document(draft, definition, head_number, register, day=day, read_on=on, number=None)


def final_document(
    draft: ReportDraft, head_number: int, register: RegisterOn, *, on: date, read_on: date,
    number: int,
) -> Document:  # fmt: skip
    """The same document as it is issued: with its number and day, and no longer a draft.

    ``read_on`` is the day on which it was handed in, for it says what was known then.
    """
    definition = definition_named(draft.definition, draft.version)
    return _document(
        draft, definition, head_number, register, day=on, read_on=read_on, number=number
    )


def _document(
    draft: ReportDraft, definition: Definition, head_number: int, register: RegisterOn | None, *,
    day: date, read_on: date, number: int | None,
) -> Document:  # fmt: skip
    language, known = cast(Language, draft.language), head_at(head_number)
    final = number is not None
    question = Question(
        draft.unit_id, period_of(draft.period, draft.regime), known,
        known_until(known, read_on), draft.tree_on,
    )  # fmt: skip
    reckoning = Reckoning(question)
    family = register.family if register else reckoning.work.unit.family
    form = form_in_force(family, day)
    with translation.override(language):
        origin, notes = provenance(question), _replacing(draft)
    paper = Paper(
        layout=form.layout, dated_on=day, rule=form.rule, end=form.end,
        state="final" if final else "draft", provenance=origin, own_words=draft.words, notes=notes,
    )  # fmt: skip
    document = build(definition, reckoning, paper, language)
    if draft.corrects is not None:
        zero = definition.leading_zero and language == "vi"
        with translation.override(language):
            document = with_changes(document, draft.corrects, reckoning, leading_zero=zero)
    if register is None:
        return document
    told = draft.dated_on if not final else day
    return replace(
        document,
        letterhead=letterhead(
            form, superior=register.superior, issuer=register.issuer,
            symbol=symbol(form, kind=register.kind, office=register.symbol), number=number,
            place=register.place, on=told,
        ),
        foot=_foot(draft, register, form, document.foot),
    )  # fmt: skip


def _replacing(draft: ReportDraft) -> tuple[str, ...]:
    """Which document it stands for from now on, and why."""
    if draft.replaces is None:
        return ()
    said = _("This document replaces {document}. Reason: {reason}")
    told = said.format(document=cited(issued_by(draft.replaces)), reason=draft.because.strip())
    return (told if told.endswith(".") else f"{told}.",)


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
