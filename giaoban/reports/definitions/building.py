"""Building a document: a definition asked of the numbers of one unit and period, on paper."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from msgspec.structs import replace

from giaoban.figures.by_unit import Question, period_title
from giaoban.reports.definitions.assembling import Assembly
from giaoban.reports.definitions.definition import Definition, Language
from giaoban.reports.definitions.errors import PeriodUnfit, UnitUnfit
from giaoban.reports.definitions.paper import Paper, plain_paper
from giaoban.reports.documents.blocks import (
    Block,
    Document,
    Foot,
    Paragraph,
    Signature,
    Text,
    Title,
)
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.setting import bound, whole
from giaoban.reports.wording.slots import filled
from giaoban.units.queries import UnitLife

__all__ = ["Paper", "build", "plain_paper"]


def build(
    definition: Definition, reckoning: Reckoning, paper: Paper, language: Language = "vi"
) -> Document:
    """The document of a definition, of the unit and period that the numbers are of.

    Raises ``PeriodUnfit``, ``UnitUnfit``, and what ``checking.check`` raises; ``TemplateBroken``
    also for what only the numbers could tell.
    """
    with translation.override(language):
        question, unit = reckoning.question, reckoning.work.unit
        require_fit(definition, question, unit, language)
        assembly = Assembly(definition, reckoning, paper, language)
        periods = {slot: whole(assembly.slots[slot]) for slot in ("period", "next")}
        subject = filled(definition.title.within(language), {**assembly.slots, **periods})
        return Document(
            language=language,
            name=f"{definition.code}-{question.period.code}-{unit.code}",
            letterhead=paper.letterhead,
            title=Title(paper.kind or definition.kind.within(language), bound(subject), paper.rule),
            body=_ended(assembly.body(), paper.end),
            foot=_sheet_foot(paper.foot) if definition.sheet else paper.foot,
            annexes=assembly.annexes(),
            layout=paper.layout,
            state=paper.state,
            provenance=paper.provenance,
            dated_on=paper.dated_on,
        )


def require_fit(
    definition: Definition, question: Question, unit: UnitLife, language: Language
) -> None:
    """Raise ``PeriodUnfit`` or ``UnitUnfit`` for what a definition is not made for."""
    name, period = definition.name.within(language), question.period
    if period.kind not in definition.periods:
        labels = [
            kind.label_en if language == "en" else kind.label_vi for kind in definition.periods
        ]
        raise PeriodUnfit(definition=name, period=period_title(period), choices=labels)
    if not definition.fits(period.kind, unit.kind, unit.family):
        raise UnitUnfit(definition=name, unit=unit.name)


def _ended(body: tuple[Block, ...], end: str) -> tuple[Block, ...]:
    """The body with the form's own end behind its last sentence."""
    last = body[-1] if body else None
    if not end.strip(".") or not isinstance(last, Paragraph):
        return body
    *before, piece = last.content
    if not isinstance(piece, Text) or not piece.text.endswith("."):
        return body
    text = replace(piece, text=piece.text.removesuffix(".") + end)
    return (*body[:-1], replace(last, content=(*before, text)))


def _sheet_foot(foot: Foot | None) -> Foot:
    """A form's sheet is signed by who drew it up, left, and by the head, right; no recipients."""
    drew_up = Signature((), _("DRAWN UP BY"), "")
    if foot is None:
        return Foot("", (), (drew_up, Signature((), _("HEAD OF THE BOARD"), "")))
    return Foot("", (), (drew_up, *foot.signatures[-1:]))
