"""Reading `forms.toml`: the dated rules of document form, field by field, as other dated rules are.

A slip in the file is named by record and field rather than passed over.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any, Literal, cast

import msgspec

from giaoban.periods.dated_rules import DatedRule, dated_fields
from giaoban.periods.errors import RuleUnreadable
from giaoban.periods.records import Record
from giaoban.reports.documents.blocks import Layout

Family = Literal["party", "state", "youth"]
Authority = Literal["on_behalf", "for", "by_order", "acting", "by_mandate"]
FAMILIES = ("party", "state", "youth")
AUTHORITIES = ("on_behalf", "for", "by_order", "acting", "by_mandate")
SECTIONS = ("form", "stand_in")


@dataclass(frozen=True, kw_only=True)
class FormPart:
    """A part of a form, as its margins: where it was read, and what of it was not.

    `confirmed` means that all of it was read in a source that gives the rule's own words.
    """

    part: str
    title_vi: str
    title_en: str
    confirmed: bool
    source: str
    note_vi: str
    note_en: str


@dataclass(frozen=True, kw_only=True)
class OfficialForm(DatedRule):
    """How documents of a family look while the form is in force.

    `number_pattern` and `symbol_pattern` hold {number}, {symbol}, {kind}, {office};
    `authority` has the words before the body for which somebody signs (T/M, KT.); `rule` stands
    below the subject, underscores for a drawn line; `end` closes the text.
    """

    family: Family
    kind: str
    motto: tuple[str, ...]
    mark: str
    number_pattern: str
    symbol_pattern: str
    numbers_run_by: Literal["term", "year"]
    zero_below_ten: bool
    rule: str
    recipients_head: str
    end: str
    authority: dict[Authority, str]
    layout: Layout
    parts: tuple[FormPart, ...]


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """A family without a form of its own, and whose form it writes by."""

    code: str
    family: str
    writes_as: Family
    title_vi: str
    title_en: str
    confirmed: bool
    note_vi: str
    note_en: str


def read_forms(text: str) -> tuple[tuple[OfficialForm, ...], tuple[StandIn, ...]]:
    """The forms and stand-ins of a text like `forms.toml`. Raises `RuleUnreadable`."""
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleUnreadable(record="forms", field=str(error)) from error
    for name in sections:
        if name not in SECTIONS:
            raise RuleUnreadable(record="forms", field=name)
    forms, others = ([_FormRecord(table, str(table.get("code", section)))
                      for table in sections.get(section, [])]
                     for section in SECTIONS)  # fmt: skip
    return tuple(map(_form, forms)), tuple(map(_stand_in, others))


class _FormRecord(Record):
    """A record with what forms have beside text: a choice, an empty mark, lines, a layout."""

    def choice(self, field: str, choices: tuple[str, ...]) -> str:
        value = self.text(field)
        if value not in choices:
            raise self.wrong(field)
        return value

    def mark(self, field: str) -> str:
        """A text that may be empty but must be there."""
        value = self._rest.pop(field, None)
        if not isinstance(value, str):
            raise self.wrong(field)
        return value

    def pattern(self, field: str, *names: str) -> str:
        """A text in which each name stands once, in braces."""
        value = self.text(field)
        if any(value.count(f"{{{name}}}") != 1 for name in names):
            raise self.wrong(field)
        return value

    def lines(self, field: str) -> tuple[str, ...]:
        value = self._rest.pop(field, None)
        if not isinstance(value, list) or not value or not all(_is_words(line) for line in value):
            raise self.wrong(field)
        return tuple(value)

    def authority(self, field: str) -> dict[Authority, str]:
        value = self._table(field)
        if not set(value) <= set(AUTHORITIES) or not all(map(_is_words, value.values())):
            raise self.wrong(field)
        return cast("dict[Authority, str]", value)

    def layout(self, field: str) -> Layout:
        value = self._table(field)
        if unknown := sorted(set(value) - set(Layout.__struct_fields__)):
            raise self.wrong(f"{field}.{unknown[0]}")
        try:
            return msgspec.convert(value, Layout)
        except msgspec.ValidationError as error:
            raise self.wrong(f"{field}: {error}") from error

    def _table(self, field: str) -> dict[str, Any]:
        value = self._rest.pop(field, None)
        if not isinstance(value, dict) or not value:
            raise self.wrong(field)
        return value


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _form(record: _FormRecord) -> OfficialForm:
    form = OfficialForm(
        **dated_fields(record),
        family=cast("Family", record.choice("family", FAMILIES)),
        kind=record.text("kind"),
        motto=record.lines("motto"),
        mark=record.mark("mark"),
        number_pattern=record.pattern("number_pattern", "number", "symbol"),
        symbol_pattern=record.pattern("symbol_pattern", "kind", "office"),
        numbers_run_by=cast(
            "Literal['term', 'year']", record.choice("numbers_run_by", ("term", "year"))
        ),
        zero_below_ten=record.flag("zero_below_ten"),
        rule=record.mark("rule"),
        recipients_head=record.text("recipients_head"),
        end=record.text("end"),
        authority=record.authority("authority"),
        layout=record.layout("layout"),
        parts=tuple(_part(part) for part in record.records("parts")),
    )
    record.done()
    return form


def _part(record: Record) -> FormPart:
    part = FormPart(
        part=record.text("part"),
        title_vi=record.text("title_vi"),
        title_en=record.text("title_en"),
        confirmed=record.flag("confirmed"),
        source=record.text("source"),
        note_vi=record.text_or_nothing("note_vi"),
        note_en=record.text_or_nothing("note_en"),
    )
    record.done()
    return part


def _stand_in(record: _FormRecord) -> StandIn:
    stand_in = StandIn(
        code=record.text("code"),
        family=record.text("family"),
        writes_as=cast("Family", record.choice("writes_as", FAMILIES)),
        title_vi=record.text("title_vi"),
        title_en=record.text("title_en"),
        confirmed=record.flag("confirmed"),
        note_vi=record.text("note_vi"),
        note_en=record.text("note_en"),
    )
    record.done()
    return stand_in
