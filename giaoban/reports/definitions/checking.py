"""Whether a definition can be built, as far as that can be told without numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches

from giaoban.reports.catalogue import charts, tables
from giaoban.reports.definitions.definition import (
    ChartPart,
    Definition,
    Language,
    Narrative,
    OwnWords,
    Section,
    TablePart,
)
from giaoban.reports.definitions.errors import ChartUnknown, KeyTwice, TableUnknown
from giaoban.reports.narrative import template
from giaoban.reports.wording.slots import SLOTS, filled

LANGUAGES: tuple[Language, ...] = ("vi", "en")
_NO_WORDS = dict.fromkeys(SLOTS, "")


def check(definition: Definition) -> None:
    """Go through every text, table and chart of a definition, in both languages.

    Raises ``TemplateBroken`` naming the section and the line, ``SlotUnknown``, ``TableUnknown``,
    ``ChartUnknown``, ``KeyTwice``. What only numbers can tell is refused when it is built.
    """
    keys = Counter(part.key for part in definition.parts() if isinstance(part, OwnWords))
    for key, times in keys.items():
        if times > 1:
            raise KeyTwice(key=key)
    for language in LANGUAGES:
        filled(definition.title.within(language), _NO_WORDS)
        for number, section in enumerate(definition.sections, start=1):
            _check(section, number, language)


def _check(section: Section, number: int, language: Language) -> None:
    filled(section.heading.within(language), _NO_WORDS)
    place = place_of(section, number, language)
    for part in section.parts:
        match part:
            case Narrative():
                template.check(part.template.within(language), place)
            case OwnWords():
                filled(part.default.within(language), _NO_WORDS)
            case TablePart():
                require_table(part.name)
            case ChartPart():
                require_chart(part.name)


def place_of(section: Section, number: int, language: Language) -> str:
    """What a refusal calls a section: its heading, or its number."""
    return section.heading.within(language) or str(number)


def require_table(name: str) -> None:
    """Raise ``TableUnknown`` for a table that there is not, naming what is near."""
    if name not in tables.CATALOGUE:
        raise TableUnknown(table=name, choices=_near(name, tables.CATALOGUE))


def require_chart(name: str) -> None:
    """The same of a chart: ``ChartUnknown``."""
    if name not in charts.CATALOGUE:
        raise ChartUnknown(chart=name, choices=_near(name, charts.CATALOGUE))


def _near(name: str, names: Iterable[str]) -> list[str]:
    there = list(names)
    return get_close_matches(name, there, n=3, cutoff=0.5) or there
