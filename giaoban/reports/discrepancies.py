"""Discrepancies of a draft: those that nobody explained yet, and the notes of those signed off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from msgspec.structs import replace

from giaoban.journal.errors import RuleBroken
from giaoban.reports.documents.blocks import Document, Figure, Inlines, Paragraph, Text
from giaoban.reports.documents.walking import figures
from giaoban.reports.identities import OPENING, Discrepancy, broken
from giaoban.reports.models import DraftNote, ReportDraft
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.printed import in_table, shape_of
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.naming import named
from giaoban.reports.wording.setting import settled
from giaoban.vietnamese import capitalise_first

# Between the words that a sentence is split at, where the number of a figure stands.
_NUMBER = "\N{OBJECT REPLACEMENT CHARACTER}"


def notes_of(draft: ReportDraft) -> list[DraftNote]:
    """The notes that are printed with a draft, in the order in which they were given."""
    if draft._state.adding:  # one that is kept nowhere, as for a print that is sent
        return []
    told = draft.notes.filter(takes_back=None, taken_back_by=None)
    return list(told.order_by("pk"))


def unexplained(
    document: Document, reckoning: Reckoning, notes: Iterable[DraftNote] = (), *,
    notice: bool = False,
) -> list[Discrepancy]:  # fmt: skip
    """The broken identities among the numbers that a document cites which no note explains as they
    stand, in the active language.

    A ``notice`` tells of numbers that read otherwise; that they do is what it explains.
    """
    cited = {address for address, _text in figures(document)}
    explained = {(note.figure, note.discrepancy) for note in notes}
    return [
        one
        for one in broken(reckoning)
        if not one.among.isdisjoint(cited)
        and (one.figure, one.told) not in explained
        and not (notice and one.figure == OPENING)
    ]


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
