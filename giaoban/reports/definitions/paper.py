"""What a document is printed on: letterhead, foot and layout, its state, and the office's words.

A definition and the books say what a report tells; this is everything else that its document needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from giaoban.figures.by_unit import Question
from giaoban.figures.organisation_work import life_in
from giaoban.reports.documents.blocks import Foot, Inlines, Layout, Letterhead
from giaoban.reports.forms.official import form_in_force
from giaoban.vietnamese import format_number

DIGEST_SHOWN = 16


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The form of a document and what is typed into it.

    ``kind`` is printed above the title ("": the definition's), ``rule`` below it; ``end`` closes
    the text (./. in State documents; "": as it is). ``own_words`` are by the keys of the
    definition; what is missing there stands as the definition's default. ``notes`` are printed
    after the body, one a line, such as a discrepancy that was signed off.
    """

    layout: Layout
    dated_on: date
    kind: str = ""
    rule: str = ""
    end: str = ""
    letterhead: Letterhead | None = None
    foot: Foot | None = None
    state: Literal["draft", "final"] = "draft"
    provenance: str = ""
    own_words: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Inlines, ...] = ()


def plain_paper(question: Question, today: date) -> Paper:
    """The paper of a print that is not issued: no head, no foot, the layout of the form in force.

    Raises ``UnitNotInPeriod``, ``OfficialFormMissing``.
    """
    form = form_in_force(life_in(question).family, today)
    return Paper(layout=form.layout, dated_on=today, state="final", provenance=provenance(question))


def provenance(question: Question) -> str:
    """By which state of the books the numbers are, in the active language."""
    said = _("Figures by the journal up to entry {n}, digest {digest}.")
    digest = question.head.digest.hex()[:DIGEST_SHOWN]
    return said.format(n=format_number(question.head.number), digest=digest)
