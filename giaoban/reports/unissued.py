"""A report that is neither issued nor a draft, as a terminal prints it and a working print has it.

Like a draft it says what does not fit in it; what was signed off for this report is a note below.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils import translation

from giaoban.reports.definitions.building import build
from giaoban.reports.definitions.definition import Definition, Language
from giaoban.reports.definitions.paper import Paper
from giaoban.reports.discrepancies import notes_for, printed, unexplained, with_warnings
from giaoban.reports.documents.blocks import Document
from giaoban.reports.identities import Discrepancy
from giaoban.reports.models import DraftNote
from giaoban.reports.numbers.reckoning import Reckoning


@dataclass(frozen=True, slots=True)
class Unissued:
    """A report with its discrepancies: the notes signed off for it, and those that nobody explained
    yet. ``document`` has the notes below it, and does not tell the others."""

    document: Document
    notes: list[DraftNote]
    unexplained: list[Discrepancy]


def read_unissued(
    definition: Definition, reckoning: Reckoning, paper: Paper, language: Language, *,
    by: date | None = None,
) -> Unissued:  # fmt: skip
    """The report of the numbers asked, and its discrepancies; ``by`` a day, with what was
    explained by its end. Raises what ``build`` does."""
    with translation.override(language):
        notes = notes_for(definition.code, reckoning.question, by=by)
        noted = replace(paper, notes=(*paper.notes, *printed(notes, reckoning)))
        document = build(definition, reckoning, noted, language)
        return Unissued(document, notes, unexplained(document, reckoning, notes))


def unissued(
    definition: Definition, reckoning: Reckoning, paper: Paper, language: Language, *,
    by: date | None = None,
) -> Document:  # fmt: skip
    """The same as one document, what nobody explained yet told before all else."""
    read = read_unissued(definition, reckoning, paper, language, by=by)
    with translation.override(language):
        return with_warnings(read.document, read.unexplained)
