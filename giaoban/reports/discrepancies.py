"""Discrepancies of a report: those that nobody explained yet, and the notes of those signed off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from msgspec.structs import replace

from giaoban.figures.by_unit import Question
from giaoban.journal.errors import RuleBroken
from giaoban.periods import Period
from giaoban.reports.documents.blocks import Document, Figure, Inlines, Paragraph, Text
from giaoban.reports.documents.walking import figures
from giaoban.reports.identities import OPENING, Discrepancy, broken
from giaoban.reports.issues import Standing, issued_by, period_of
from giaoban.reports.models import DraftNote, ReportDraft, State
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.printed import in_table, shape_of
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.naming import named
from giaoban.reports.wording.setting import settled
from giaoban.vietnamese import VIETNAM_TIME, capitalise_first

# Between the words that a sentence is split at, where the number of a figure stands.
_NUMBER = "\N{OBJECT REPLACEMENT CHARACTER}"


def notes_of(draft: ReportDraft) -> list[DraftNote]:
    """The notes that are printed with a draft, in the order in which they were given. One that is
    kept nowhere, as for a print that is sent, has those of the report that it prints."""
    if draft._state.adding:
        period = period_of(draft.period, draft.regime)
        return _notes_for(draft.definition, draft.unit_id, period, draft.tree_on)
    told = draft.notes.filter(takes_back=None, taken_back_by=None)
    return list(told.order_by("pk"))


def notes_for(definition: str, question: Question, *, by: date | None = None) -> list[DraftNote]:
    """The notes signed off for a report, in its drafts and in what was issued of it and is in
    force: for a print of it that is neither. Each once; ``by`` a day, those given by its end."""
    return _notes_for(definition, question.unit, question.period, question.tree, by=by)


def _notes_for(
    definition: str, unit: int, period: Period, tree: date | None, *, by: date | None = None
) -> list[DraftNote]:
    notes = DraftNote.objects.select_related("draft").filter(
        draft__definition=definition, draft__unit=unit, draft__period=period.code,
        draft__regime=period.regime.code, draft__tree_on=tree, draft__corrects=None,
        takes_back=None, taken_back_by=None,
    )  # fmt: skip
    found: dict[tuple[str, ...], DraftNote] = {}
    for one in notes.exclude(draft__state=State.DROPPED).order_by("pk"):
        if by is None or one.at.astimezone(VIETNAM_TIME).date() <= by:
            told = one.figure, one.subject, one.discrepancy, one.explanation, one.signed_off_by
            if _stands(one.draft):
                found.setdefault(told, one)
    return list(found.values())


def _stands(draft: ReportDraft) -> bool:
    """Whether what was issued of a draft, if anything was, is in force."""
    entry = draft.entry_number
    return entry is None or issued_by(entry).standing is Standing.IN_FORCE


def unexplained(
    document: Document, reckoning: Reckoning, notes: Iterable[DraftNote] = (), *,
    notice: bool = False,
) -> list[Discrepancy]:  # fmt: skip
    """The broken identities among the numbers that a document cites which no note explains as they
    stand, in the active language.

    A ``notice`` tells of numbers that read otherwise; that they do is what it explains.
    """
    cited = {address for address, _text in figures(document)}
    explained = _explained(list(notes), reckoning)
    return [
        one
        for one in broken(reckoning)
        if not one.among.isdisjoint(cited)
        and one.figure not in explained
        and not (notice and one.figure == OPENING)
    ]


def _explained(notes: Sequence[DraftNote], reckoning: Reckoning) -> set[str]:
    """What notes explain of the numbers as they stand, each told in the language of its draft."""
    found = set()
    for language in {note.draft.language for note in notes}:
        given = {(one.figure, one.discrepancy) for one in notes if one.draft.language == language}
        with translation.override(language):
            found |= {one.figure for one in broken(reckoning) if (one.figure, one.told) in given}
    return found


def printed(notes: Iterable[DraftNote], reckoning: Reckoning) -> tuple[Inlines, ...]:
    """The notes as they stand below a document, each number with its address."""
    said = _("Discrepancy explained, {subject}: {discrepancy} Explanation: {explanation} Signed"
             " off by: {who}")  # fmt: skip
    return tuple(
        settled(
            (piece, isinstance(piece, Text))
            for piece in _pieces(
                said.format(
                    subject=subject, discrepancy=_sentence(note.discrepancy),
                    explanation=_sentence(capitalise_first(note.explanation)),
                    who=_sentence(note.signed_off_by),
                ),
                figure,
            )
        )
        for note in notes
        for subject, figure in [_subject(note, reckoning)]
    )  # fmt: skip


def _subject(note: DraftNote, reckoning: Reckoning) -> tuple[str, Figure | None]:
    """What a note is about, with a place for its number; a unit or group that is there no longer
    has none."""
    if not note.figure:
        return note.subject, None
    address = Address.parse(note.figure)
    label = named(address, reckoning)
    label = label[:1].lower() + label[1:]
    try:
        value = reckoning.value(address)
    except RuleBroken:
        return label, None
    return f"{label} ({_NUMBER})", Figure(in_table(value, shape_of(address)), note.figure)


def _pieces(said: str, figure: Figure | None) -> Iterator[Text | Figure]:
    if figure is None:
        yield Text(said)
        return
    before, _mark, after = said.partition(_NUMBER)
    yield from (Text(before), figure, Text(after))


def _warnings(found: Iterable[Discrepancy]) -> tuple[Paragraph, ...]:
    """What a draft says of discrepancies that nobody explained yet."""
    said = _("Discrepancy not explained yet: {discrepancy}")
    return tuple(
        Paragraph((Text(said.format(discrepancy=_sentence(one.told)), "strong"),), "note")
        for one in found
    )


def with_warnings(document: Document, found: Iterable[Discrepancy]) -> Document:
    """A document that is no issued one, with what doesn't fit told before all else."""
    return replace(document, body=(*_warnings(found), *document.body))


def _sentence(text: str) -> str:
    """Words on one line, with a full stop behind them."""
    told = " ".join(text.split())
    return told if told.endswith((".", "!", "?", "…")) else f"{told}."
