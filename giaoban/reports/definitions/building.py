"""Building a document: a definition asked of the numbers of one unit and period, on paper."""

from __future__ import annotations

from django.utils import translation

from giaoban.figures.by_unit import Question, period_title
from giaoban.reports.definitions.definition import Definition, Language, OwnWords, Section
from giaoban.reports.definitions.errors import PeriodUnfit, UnitUnfit
from giaoban.reports.definitions.paper import Paper
from giaoban.reports.documents.blocks import (
    Block,
    Document,
    Heading,
    Inlines,
    Listing,
    Paragraph,
    Text,
    Title,
)
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.slots import filled, slot_words
from giaoban.units.queries import UnitLife

__all__ = ["Paper", "build"]


def build(
    definition: Definition, reckoning: Reckoning, paper: Paper, language: Language = "vi"
) -> Document:
    """The document of a definition, of the unit and period that the numbers are of.

    Raises ``PeriodUnfit``, ``UnitUnfit``, ``SlotUnknown``.
    """
    with translation.override(language):
        question, unit = reckoning.question, reckoning.work.unit
        _require_fit(definition, question, unit, language)
        words = slot_words(question, unit)
        body: list[Block] = []
        for section in definition.sections:
            body += _section(section, paper, words, language)
        return Document(
            language=language,
            name=f"{definition.code}-{question.period.code}-{unit.code}",
            letterhead=paper.letterhead,
            title=Title(
                paper.kind or definition.kind.within(language),
                filled(definition.title.within(language), words),
                paper.rule,
            ),
            body=tuple(body),
            foot=paper.foot,
            annexes=(),
            layout=paper.layout,
            state=paper.state,
            provenance=paper.provenance,
            dated_on=paper.dated_on,
        )


def _require_fit(
    definition: Definition, question: Question, unit: UnitLife, language: Language
) -> None:
    name, period = definition.name.within(language), question.period
    if period.kind not in definition.periods:
        labels = [kind.label_en if language == "en" else kind.label_vi
                  for kind in definition.periods]  # fmt: skip
        raise PeriodUnfit(definition=name, period=period_title(period), choices=labels)
    if not definition.fits(period.kind, unit.kind, unit.family):
        raise UnitUnfit(definition=name, unit=unit.name)


def _section(
    section: Section, paper: Paper, words: dict[str, str], language: Language
) -> list[Block]:
    blocks: list[Block] = []
    if section.level:
        heading = filled(section.heading.within(language), words)
        blocks.append(Heading(section.level, "", (Text(heading),)))
    for part in section.parts:
        if isinstance(part, OwnWords):
            blocks += typed(part, paper, words, language)
    return blocks


def typed(part: OwnWords, paper: Paper, words: dict[str, str], language: Language) -> list[Block]:
    """What the office typed, as plain text: a line a paragraph, lines after "- " a listing."""
    text = paper.own_words.get(part.key, "").strip()
    text = text or filled(part.default.within(language), words)
    blocks: list[Block] = []
    items: list[Inlines] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("- "):
            items.append((Text(line[2:].strip()),))
            continue
        if items:
            blocks.append(Listing(tuple(items)))
            items = []
        blocks.append(Paragraph((Text(line),), part.role))
    return [*blocks, Listing(tuple(items))] if items else blocks
