"""Definitions as TOML, the form in which the package ships them and people read them.

Reading is Python's own; writing is here, because texts of several lines are to stand as such.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from giaoban.reports.definitions.definition import Definition
from giaoban.reports.definitions.errors import DefinitionUnreadable


def from_toml(text: str) -> Definition:
    """The definition that a TOML text writes. Raises ``DefinitionUnreadable``."""
    try:
        return msgspec.convert(tomllib.loads(text), Definition)
    except tomllib.TOMLDecodeError as broken:
        raise DefinitionUnreadable(place=_line(str(broken))) from broken
    except msgspec.ValidationError as broken:
        raise DefinitionUnreadable(place=_place(str(broken))) from broken


def _line(said: str) -> str:
    """The line that a mistake of TOML stands in; a text that breaks off has none."""
    found = re.search(r"at line (\d+)", said)
    return _("line {n}").format(n=found[1]) if found else _("at the end")


def _place(said: str) -> str:
    """The place of a mistake as msgspec names it: sections[2].level, or the field that is missing
    or not known."""
    what, _at, place = said.partition(" - at ")
    field = re.search(r"field `([^`]*)`", what)
    parts = [place.strip("`$").strip("."), field[1] if field else ""]
    return ".".join(filter(None, parts))


def to_toml(definition: Definition) -> str:
    """The definition as TOML; ``from_toml`` gives the same one back. What is empty is left out."""
    told: dict[str, Any] = msgspec.to_builtins(definition)
    sections = told.pop("sections")
    lines = [*_table(told), *(() if sections else ["sections = []"])]
    for section in sections:
        parts = section.pop("parts")
        lines += ["", "[[sections]]", *_table(section)]
        for part in parts:
            lines += ["", "[[sections.parts]]", *_table(part)]
    return "\n".join(lines) + "\n"


def _table(told: dict[str, Any]) -> Iterator[str]:
    for key, value in told.items():
        if isinstance(value, dict):
            # Both languages stand, though one be empty: an empty default is not the default.
            yield from (f"{key}.{name} = {_value(text)}" for name, text in value.items())
        elif isinstance(value, list | tuple):
            yield f"{key} = [{', '.join(_value(one) for one in value)}]"
        else:
            yield f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    if "\n" in value and "'''" not in value and _is_plain(value):
        return f"'''\n{value}'''"
    if '"' in value and "'" not in value and "\n" not in value and _is_plain(value):
        return f"'{value}'"
    # A basic string of TOML has JSON's escapes; DEL, which JSON leaves, must be escaped, too.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_plain(value: str) -> bool:
    """Whether a text can stand literally: no controls, and no quote that would end it early."""
    controls = any((ord(sign) < 32 and sign not in "\n\t") or ord(sign) == 127 for sign in value)
    return not controls and not value.endswith("'")
