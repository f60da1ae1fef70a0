"""Definitions of reports: what an office changes about a report without a programmer.

A definition says in order which headings there are, and below each which sentences, tables, charts
and words of the office's own stand. It is kept as canonical JSON, version by version, and comes
with the package as TOML, which people read and write.

Structs are frozen and compare by value. Their order of fields is the order in which a definition
is written down and hashed: add fields at the end, with a default.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from giaoban.periods import PeriodKind

Language = Literal["vi", "en"]
Role = Literal["body", "lead", "note"]

Code = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Key = Annotated[str, Meta(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages. Without English the Vietnamese stands for both."""

    vi: str
    en: str = ""

    def within(self, language: Language) -> str:
        """The text in a language."""
        return (self.en or self.vi) if language == "en" else self.vi


class _Part(Struct, frozen=True, forbid_unknown_fields=True, tag_field="is"):
    """A part of a section; its name stands in the written form."""


class Narrative(_Part, frozen=True, tag="narrative"):
    """Sentences: a Jinja template (``reports/narrative``), read as CommonMark when it is filled."""

    template: Said
    role: Role = "body"


class TablePart(_Part, frozen=True, tag="table"):
    """A table by its name in ``tables.CATALOGUE``."""

    name: str


class ChartPart(_Part, frozen=True, tag="chart"):
    """A chart by its name in ``charts.CATALOGUE``."""

    name: str


class OwnWords(_Part, frozen=True, tag="own_words"):
    """What no book holds and the office types into the draft, kept there under ``key``.

    ``prompt`` asks for it; ``default`` stands until something is typed, and may have the slots of a
    title. What is typed is plain text: a line is a paragraph, a line after "- " an item.
    """

    key: Key
    prompt: Said
    default: Said = Said("Không.", "None.")
    role: Role = "body"


Part = Narrative | TablePart | ChartPart | OwnWords


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """A heading and what stands below it.

    ``level`` 1 to 3 is numbered I., 1., a); 0 has no heading. An ``annex`` begins a new page after
    the signature and has its heading for a title; ``wide`` lies across. Of a section with nothing
    to say (no table there, no sentence) nothing is printed.
    """

    heading: Said = Said("")
    level: Annotated[int, Meta(ge=0, le=3)] = 0
    parts: tuple[Part, ...] = ()
    annex: bool = False
    wide: bool = False


class Definition(Struct, frozen=True, forbid_unknown_fields=True):
    """A report, before it is asked of a unit and a period.

    ``title`` (trích yếu) and headings have slots: {period}, {next} (the period whose tasks are
    told), {year}, {unit}, {work} and {members} (the words of the unit's family). ``kind`` is the
    kind of document, ``abbreviation`` its letters in the number. ``units`` are kinds of unit,
    ``families`` families; empty: any. A ``sheet`` is signed by who drew it up, left, and the head.
    """

    code: Code
    version: Annotated[int, Meta(ge=1)]
    name: Said
    title: Said
    kind: Said
    abbreviation: str
    periods: tuple[PeriodKind, ...]
    sections: tuple[Section, ...]
    units: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    leading_zero: bool = True
    sheet: bool = False

    def parts(self) -> Iterator[Part]:
        """Every part, in order."""
        return (part for section in self.sections for part in section.parts)

    def own_words(self) -> dict[str, OwnWords]:
        """What the office is asked to type, by key, in order."""
        return {part.key: part for part in self.parts() if isinstance(part, OwnWords)}

    def fits(self, period: PeriodKind, kind: str, family: str) -> bool:
        """Whether it can be asked of a unit of this kind and family for a period of this kind."""
        return (
            period in self.periods
            and (not self.units or kind in self.units)
            and (not self.families or family in self.families)
        )


_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Definition)


def written(definition: Definition) -> bytes:
    """The definition as JSON in UTF-8, always the same bytes for the same content."""
    return _ENCODER.encode(definition)


def read(content: bytes) -> Definition:
    """The definition that was written down. Raises ``msgspec.ValidationError`` on anything else."""
    return _DECODER.decode(content)


def content_hash(definition: Definition) -> bytes:
    """sha256 of a definition as written down."""
    return hashlib.sha256(written(definition)).digest()
