"""What the templates of reports look up: by a key, and the names of the editor's fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()
_PLACE = re.compile(r"s(\d+)(?:-p(\d+))?")


@register.filter
def at(things: Mapping[str, Any], key: str) -> Any:
    """What stands under a key, or nothing."""
    return things.get(key, "")


@register.filter
def field(section: int, name: str) -> str:
    """The field of a section: ``s0-heading``."""
    return f"s{section}-{name}"


@register.filter
def part_field(section: int, part: int) -> str:
    """A part of a section: ``s0-p1``."""
    return f"s{section}-p{part}"


@register.filter
def joined(name: str, more: str) -> str:
    """Two halves of a name."""
    return f"{name}{more}"


@register.filter
def in_language(name: str, language: str) -> str:
    """A field in one of the two languages: ``title-vi``."""
    return f"{name}-{language}"


@register.filter
def place_named(place: str) -> str:
    """A field of the editor in words, for the list of what was refused."""
    found = _PLACE.match(place)
    if found is None:
        return str(_FIELDS.get(place.partition("-")[0], lambda: place)())
    section = int(found[1]) + 1
    if found[2] is None:
        return _("Section {n}").format(n=section)
    return _("Section {n}, part {part}").format(n=section, part=int(found[2]) + 1)


_FIELDS = {
    "name": lambda: _("Name"),
    "title": lambda: _("What it is about"),
    "kind": lambda: _("Kind of document"),
    "abbreviation": lambda: _("Its letters in the number"),
    "periods": lambda: _("Kinds of period"),
    "code": lambda: _("Code"),
}
