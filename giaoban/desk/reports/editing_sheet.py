"""A definition as the page edits it: read from its fields, moved about, turned into a definition.

Fields are named by their place: ``s0-heading-vi``, ``s0-p1-template-en``. Whatever is typed is
kept, also what no definition can hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.journal.errors import RuleBroken
from giaoban.periods import PeriodKind
from giaoban.reports.definitions.checking import check, require_chart, require_table
from giaoban.reports.definitions.definition import (
    ChartPart,
    Definition,
    Narrative,
    Part,
    TablePart,
)
from giaoban.reports.narrative.errors import TemplateBroken
from giaoban.reports.narrative.template import check as check_template
from giaoban.reports.wording.slots import SLOTS, filled

LANGUAGES = ("vi", "en")
PARTS = ("narrative", "table", "chart", "own_words")
# What one definition may have; more was not typed by a person.
MOST_SECTIONS, MOST_PARTS = 40, 30
UNNAMED = "xem-truoc"  # of a definition that is only looked at
_TEXTS = ("name", "title", "kind")
_OF_A_PART = {
    "narrative": ("template",),
    "own_words": ("prompt", "default"),
    "table": (),
    "chart": (),
}
_DO = re.compile(r"(add|up|down|drop)(?::(\d{1,2}))?(?::(\d{1,2}|[a-z_]+))?")
_PATH = re.compile(r"\$\.(\w+)(?:\[(\d+)\])?(?:\.parts\[(\d+)\])?(?:\.(\w+))?")


@dataclass
class Sheet:
    """What stands in the fields, in the shape in which a definition is written down; ``faults`` are
    by the name of the field, "" for what belongs to none."""

    told: dict[str, Any]
    faults: dict[str, str] = field(default_factory=dict)

    def definition(self) -> Definition | None:
        """The definition that the fields say; None, with ``faults``, where they say none."""
        self.faults = {}
        self._check_missing()
        found = None
        try:
            found = msgspec.convert(self.told, Definition)
        except msgspec.ValidationError as refused:
            self._put(str(refused))
        else:
            self._check_sentences(found)
        return None if self.faults else found

    def previewed(self) -> Definition | None:
        """The definition as it may be looked at: it need not have a name and a code yet."""
        told = dict(self.told)
        told["code"] = told["code"] or UNNAMED
        told["name"] = {**told["name"], "vi": told["name"]["vi"].strip() or UNNAMED}
        looked = Sheet(told)
        found = looked.definition()
        self.faults = looked.faults
        return found

    def _check_missing(self) -> None:
        for name in _TEXTS:
            if not self.told[name]["vi"].strip():
                self.faults[f"{name}-vi"] = _("This is missing.")
        if not self.told["periods"]:
            self.faults["periods"] = _("Choose one kind of period at least.")
        if not self.told["abbreviation"].strip():
            self.faults["abbreviation"] = _("This is missing.")

    def _put(self, refused: str) -> None:
        """Put what a definition can't hold beside its field."""
        told = _PATH.search(refused)
        if told is None:
            self.faults[""] = refused
            return
        name, section, part, inner = told.groups()
        place = name
        if name == "sections" and section is not None:
            place = f"s{section}" + (f"-p{part}" if part is not None else "")
            place += f"-{inner}" if inner and inner != "parts" else ""
        said = {
            "code": _("Small letters and digits with hyphens between them, as in bao-cao-quy."),
            "key": _("Small letters and digits with _ between them, as in kien_nghi."),
        }
        self.faults.setdefault(place, said.get(inner or name, refused.partition(" - at ")[0]))

    def _check_sentences(self, definition: Definition) -> None:
        """What can be told of titles, sentences, tables and charts without any numbers."""
        for language in LANGUAGES:
            said = self.told["title"][language]
            self._check(f"title-{language}", partial(_slots, said))
        for at, section in enumerate(definition.sections):
            for language in LANGUAGES:
                said = getattr(section.heading, language)
                self._check(f"s{at}-heading-{language}", partial(_slots, said))
            for number, part in enumerate(section.parts):
                self._check_part(f"s{at}-p{number}", part)
        try:
            check(definition)
        except RuleBroken as refused:
            if not self.faults:
                self.faults[""] = str(refused)

    def _check_part(self, place: str, part: Part) -> None:
        match part:
            case Narrative(template=said):
                for language in LANGUAGES:
                    where, text = f"{place}-template-{language}", getattr(said, language)
                    self._check(where, partial(check_template, text, where))
            case TablePart(name=name):
                self._check(f"{place}-name", partial(require_table, name))
            case ChartPart(name=name):
                self._check(f"{place}-name", partial(require_chart, name))

    def _check(self, place: str, ask: Callable[[], object]) -> None:
        try:
            ask()
        except TemplateBroken as broken:
            self.faults[place] = line_of(broken)
        except RuleBroken as refused:
            self.faults[place] = str(refused)

    def act(self, asked: str) -> bool:
        """Add, move or take away a section or a part; False where that was not asked.

        ``add``, ``add:2:table``, ``up:2``, ``down:2:1``, ``drop:2:1``: section, then part.
        """
        told = _DO.fullmatch(asked)
        if told is None:
            return False
        verb, section, part = told.groups()
        sections = self.told["sections"]
        if verb == "add" and section is None:
            if len(sections) < MOST_SECTIONS:
                sections.append(_empty_section())
            return True
        at = int(section or 0)
        if at >= len(sections):
            return True
        if verb == "add":
            parts = sections[at]["parts"]
            if part in PARTS and len(parts) < MOST_PARTS:
                parts.append(_empty_part(part))
            return True
        things = sections if part is None else sections[at]["parts"]
        where = at if part is None else int(part) if part.isdecimal() else len(things)
        _move(things, where, verb)
        return True


def _slots(text: str) -> str:
    return filled(text, dict.fromkeys(SLOTS, ""))


def line_of(broken: TemplateBroken) -> str:
    """What is wrong with sentences, and in which line of them."""
    return _("Line {n}: {what}").format(n=broken.params["line"], what=broken.params["what"])


def _move(things: list[Any], at: int, verb: str) -> None:
    if at >= len(things):
        return
    if verb == "drop":
        del things[at]
        return
    to = at - 1 if verb == "up" else at + 1
    if 0 <= to < len(things):
        things[at], things[to] = things[to], things[at]


def _empty_section() -> dict[str, Any]:
    return {"heading": {"vi": "", "en": ""}, "level": 1, "parts": [], "annex": False, "wide": False}


def _empty_part(kind: str) -> dict[str, Any]:
    part: dict[str, Any] = {"is": kind}
    part |= {name: {"vi": "", "en": ""} for name in _OF_A_PART[kind]}
    if kind in ("table", "chart"):
        part["name"] = ""
    if kind == "own_words":
        part["key"] = ""
        part["default"] = {"vi": "Không.", "en": "None."}
    if kind in ("narrative", "own_words"):
        part["role"] = "body"
    return part


def sheet_of(definition: Definition) -> Sheet:
    """The fields filled with a definition."""
    return Sheet(msgspec.to_builtins(definition))


def sheet_typed(data: Mapping[str, str], periods: list[str]) -> Sheet:
    """The fields as they were sent; ``periods`` are the kinds ticked."""
    sections = [_section(data, f"s{at}") for at in range(_count(data, "sections", MOST_SECTIONS))]
    told: dict[str, Any] = {
        "code": _text(data, "code").strip(),
        "version": 1,
        **{name: _both(data, name) for name in _TEXTS},
        "abbreviation": _text(data, "abbreviation").strip(),
        "periods": [kind.value for kind in PeriodKind if kind.value in periods],
        "sections": sections,
        "units": _words(data, "units"),
        "families": _words(data, "families"),
        "leading_zero": "leading_zero" in data,
        "sheet": "sheet" in data,
    }
    return Sheet(told)


def _section(data: Mapping[str, str], at: str) -> dict[str, Any]:
    level = _text(data, f"{at}-level")
    return {
        "heading": _both(data, f"{at}-heading"),
        "level": int(level) if level in ("0", "1", "2", "3") else 1,
        "annex": f"{at}-annex" in data,
        "wide": f"{at}-wide" in data,
        "parts": [
            part for n in range(_count(data, f"{at}-parts", MOST_PARTS))
            if (part := _part(data, f"{at}-p{n}")) is not None
        ],
    }  # fmt: skip


def _part(data: Mapping[str, str], at: str) -> dict[str, Any] | None:
    kind = data.get(f"{at}-is", "")
    if kind not in PARTS:
        return None
    part = _empty_part(kind)
    for name in _OF_A_PART[kind]:
        part[name] = _both(data, f"{at}-{name}")
    for name in ("name", "key"):
        if name in part:
            part[name] = _text(data, f"{at}-{name}").strip()
    if "role" in part and data.get(f"{at}-role") in ("body", "lead", "note"):
        part["role"] = data[f"{at}-role"]
    return part


def _both(data: Mapping[str, str], name: str) -> dict[str, str]:
    return {language: _text(data, f"{name}-{language}") for language in LANGUAGES}


def _text(data: Mapping[str, str], name: str) -> str:
    """A text in composed form, its lines ended as they are kept."""
    return vietnamese.nfc(data.get(name, "")).replace("\r\n", "\n")


def _words(data: Mapping[str, str], name: str) -> list[str]:
    return _text(data, name).replace(",", " ").split()


def _count(data: Mapping[str, str], name: str, most: int) -> int:
    told = data.get(name, "")
    return min(int(told), most) if told.isdecimal() and len(told) < 4 else 0
