"""The parts of a definition put together: sections filled, empty ones left out, headings numbered.

Tables and charts are made first: where the table by unit comes to stand is what sentences point at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from msgspec.structs import replace

from giaoban.reports.catalogue import charts, tables
from giaoban.reports.definitions.checking import place_of, require_chart, require_table
from giaoban.reports.definitions.definition import (
    ChartPart,
    Definition,
    Language,
    Narrative,
    OwnWords,
    Part,
    Section,
    TablePart,
)
from giaoban.reports.definitions.paper import Paper
from giaoban.reports.documents.blocks import (
    Annex,
    Block,
    Heading,
    Inlines,
    Listing,
    Paragraph,
)
from giaoban.reports.narrative.names import names_of
from giaoban.reports.narrative.template import fill
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.setting import bound, plain
from giaoban.reports.wording.slots import filled, slot_words

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII",
          "XIV", "XV")  # fmt: skip
_LETTERS = {"vi": "abcdđeghiklmnopqrstuvxy", "en": "abcdefghijklmnopqrstuvwxyz"}


@dataclass
class Assembled:
    """A section with its blocks; those that are made first stand at their place among the parts."""

    section: Section
    number: int
    drawn: dict[int, Block]
    blocks: list[Block]

    @property
    def tables(self) -> set[str]:
        """The names of the tables that it prints."""
        parts = enumerate(self.section.parts)
        return {part.name for at, part in parts if isinstance(part, TablePart) and at in self.drawn}


class Assembly:
    """Everything that a definition prints of one question, in one language (the active one)."""

    def __init__(
        self, definition: Definition, reckoning: Reckoning, paper: Paper, language: Language
    ) -> None:
        self.definition, self.reckoning, self.paper = definition, reckoning, paper
        self.language = language
        self.slots = slot_words(reckoning.question, reckoning.work.unit)
        self.sections = [
            Assembled(section, number, self._drawn(section), [])
            for number, section in enumerate(definition.sections, start=1)
        ]
        self.written = False
        self._fill()

    def _drawn(self, section: Section) -> dict[int, Block]:
        """The tables and charts of a section, by the place of their part."""
        found: dict[int, Block] = {}
        for at, part in enumerate(section.parts):
            block: Block | None = None
            if isinstance(part, TablePart):
                require_table(part.name)
                block = tables.CATALOGUE[part.name](self.reckoning)
            elif isinstance(part, ChartPart):
                require_chart(part.name)
                block = charts.CATALOGUE[part.name](self.reckoning)
            if block is not None:
                found[at] = block
        return found

    def _fill(self) -> None:
        """Write the sentences; once more if an annex turns out empty and those after it move up."""
        said: str | None = None
        while said != (where := self._table_by_unit()):
            said = where
            names = names_of(
                self.reckoning, leading_zero=self.definition.leading_zero, table_by_unit=where
            )
            for each in self.sections:
                each.blocks = [
                    block
                    for at, part in enumerate(each.section.parts)
                    for block in self._part(each, at, part, names)
                ]
            self.written = True

    def _part(self, each: Assembled, at: int, part: Part, names: dict[str, Any]) -> Iterable[Block]:
        if at in each.drawn:
            return (each.drawn[at],)
        if isinstance(part, Narrative):
            place = place_of(each.section, each.number, self.language)
            return fill(part.template.within(self.language), place, names, part.role)
        return self._typed(part) if isinstance(part, OwnWords) else ()

    def _typed(self, part: OwnWords) -> list[Block]:
        """What the office typed, as plain text: a line a paragraph, lines after "- " a listing."""
        text = self.paper.own_words.get(part.key, "").strip()
        text = text or filled(part.default.within(self.language), self.slots)
        blocks: list[Block] = []
        items: list[Inlines] = []
        for line in filter(None, map(str.strip, text.splitlines())):
            if line.startswith("- "):
                items.append(plain(line[2:]))
                continue
            if items:
                blocks.append(Listing(tuple(items)))
                items = []
            blocks.append(Paragraph(plain(line), part.role))
        return [*blocks, Listing(tuple(items))] if items else blocks

    def _annexes(self) -> list[Assembled]:
        """The annexes that print something; before the sentences are written, that may."""
        return [
            each
            for each in self.sections
            if each.section.annex and (each.blocks if self.written else each.section.parts)
        ]

    def _table_by_unit(self) -> str:
        """Where the table by unit stands: in an annex, in the body, or nowhere."""
        annexes = self._annexes()
        for number, each in enumerate(annexes, start=1):
            if tables.BY_UNIT in each.tables:
                return bound(label(number, len(annexes)))
        if any(tables.BY_UNIT in each.tables for each in self.sections):
            return _("the table")
        return ""

    def body(self) -> tuple[Block, ...]:
        """The numbered body. A section without anything is printed only over one that has."""
        sections = [each for each in self.sections if not each.section.annex]
        blocks: list[Block] = []
        for at, each in enumerate(sections):
            if not each.blocks and not _covers(sections[at:]):
                continue
            if each.section.level:
                heading = plain(self._heading(each.section))
                blocks.append(Heading(each.section.level, "", heading))
            blocks += each.blocks
        return (*_numbered(blocks), *(Paragraph(note, "note") for note in self.paper.notes))

    def _heading(self, section: Section) -> str:
        return filled(section.heading.within(self.language), self.slots)

    def annexes(self) -> tuple[Annex, ...]:
        """The annexes that print something, labelled in order."""
        found = self._annexes()
        return tuple(
            Annex(
                label(number, len(found)), bound(self._heading(each.section)),
                tuple(_numbered(each.blocks)), each.section.wide,
            )
            for number, each in enumerate(found, start=1)
        )  # fmt: skip


def label(number: int, of: int) -> str:
    """What an annex is called: Phụ lục 1; the only one has no number."""
    return _("Annex {n}").format(n=number) if of > 1 else _("Annex")


def _covers(sections: list[Assembled]) -> bool:
    """Whether the first of some sections has a deeper one with something, before its own end."""
    first = sections[0].section.level
    for each in sections[1:]:
        if each.section.level <= first:
            return False
        if each.blocks:
            return True
    return False


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Headings with their numbers: I., 1., a) on three levels, each anew below the one above."""
    counters = [count(1) for _level in range(3)]
    letters = _LETTERS["en" if (get_language() or "vi").startswith("en") else "vi"]
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        n = next(counters[block.level - 1])
        counters[block.level :] = [count(1) for _level in counters[block.level :]]
        if block.level == 1:
            number = f"{_ROMAN[n]}." if n < len(_ROMAN) else f"{n}."
        elif block.level == 2:
            number = f"{n}."
        else:
            number = f"{letters[n - 1]})" if n <= len(letters) else f"{n})"
        yield replace(block, number=number)
