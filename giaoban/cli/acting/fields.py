"""A field of an act: one option on the command line, one member of an object in a file."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from giaoban.cli.acting import reading, words
from giaoban.cli.acting.errors import (
    FieldMissing,
    FieldsExclusive,
    FieldUnknown,
    FieldUnreadable,
)
from giaoban.journal.errors import BasisMissing
from giaoban.journal.writing import BasisOn

Values = dict[str, Any]
_SHOWN_AS: dict[Callable[[Any], Any], str | Promise] = {
    reading.day: _("DAY"),
    reading.whole: _("NUMBER"),
    reading.person: _("NUMBER"),
    reading.pair: _("CODE=CODE"),
    reading.share: _("CODE=NUMBER"),
    reading.given_share: _("CODE=NUMBER"),
    reading.member_destinations: _("FILE"),
    reading.unit_destinations: _("FILE"),
    reading.new_units: _("FILE"),
}
_CODES = frozenset(
    {"unit", "to", "source", "into", "parent", "successor", "code", "kind", "sector"}
)


@dataclass(frozen=True, slots=True)
class Field:
    """``name`` as in a file; on the command line ``--name`` with hyphens.

    ``many`` may be given again and again; ``flag`` takes no value; ``positional`` needs no
    dashes. Of the fields with the same ``either`` exactly one is given. ``longest`` is how many
    characters the books hold.
    """

    name: str
    read: Callable[[Any], Any] = reading.text
    required: bool = False
    many: bool = False
    flag: bool = False
    positional: bool = False
    either: str = ""
    codes: tuple[str, ...] = ()
    longest: int | None = None

    @property
    def option(self) -> str:
        """The field as the command line has it."""
        return self.name if self.positional else "--" + self.name.replace("_", "-")

    def add_to(self, place: Any, prefix: str) -> None:
        """Add the option to a parser or group; its value lands in ``prefix`` + name."""
        more: dict[str, Any] = {"help": words.field(self.name, self.codes)}
        if self.flag:
            more["action"] = "store_true"
        else:
            more |= {"type": self.value, "metavar": str(self._shown_as())}
        if self.many:
            more["action"] = "append"
        if self.positional:
            place.add_argument(prefix + self.name, **more)
            return
        more |= {"dest": prefix + self.name, "default": argparse.SUPPRESS}
        if not self.either:
            more["required"] = self.required
        place.add_argument(self.option, **more)

    def _shown_as(self) -> str | Promise:
        if self.read in _SHOWN_AS:
            return _SHOWN_AS[self.read]
        return _("CODE") if self.codes or self.name in _CODES else _("TEXT")

    def value(self, told: Any) -> Any:
        """What was read, unless it is longer than the books hold."""
        value = self.read(told)
        return value if self.longest is None else reading.short(value, self.longest)

    def read_json(self, told: Any) -> Any:
        """The value of a member of an object. Raises ``FieldUnreadable``."""
        try:
            if self.flag:
                return _truth(told)
            if self.many:
                return [self.value(one) for one in _listed(told)]
            return self.value(told)
        except argparse.ArgumentTypeError as refused:
            raise FieldUnreadable(field=self.name, reason=str(refused)) from refused


def _truth(told: Any) -> bool:
    if not isinstance(told, bool):
        raise argparse.ArgumentTypeError("true, false")
    return told


def _listed(told: Any) -> list[Any]:
    """A list as it is, an object as a list of ``key=value``, anything else as a list of one."""
    if isinstance(told, Mapping):
        return [f"{key}={value}" for key, value in told.items()]
    return told if isinstance(told, list) else [told]


def add_fields(parser: Any, fields: Iterable[Field], prefix: str) -> None:
    """Add the options of fields to a parser."""
    groups: dict[str, Any] = {}
    for field in fields:
        if field.either and field.either not in groups:
            groups[field.either] = parser.add_mutually_exclusive_group(required=True)
        field.add_to(groups.get(field.either, parser), prefix)


def values_of(options: Mapping[str, Any], prefix: str) -> Values:
    """What was said on the command line."""
    return {
        name.removeprefix(prefix): value
        for name, value in options.items()
        if name.startswith(prefix)
    }


def read_values(fields: Iterable[Field], told: Mapping[str, Any]) -> Values:
    """What an object of a file says; null is nothing said.

    Raises ``FieldUnknown``, ``FieldMissing``, ``FieldsExclusive``, ``FieldUnreadable``.
    """
    known = {field.name: field for field in fields}
    for name in told:
        if name not in known:
            raise FieldUnknown(field=name, fields=list(known))
    said = {name: value for name, value in told.items() if value is not None}
    _check_given(known.values(), said)
    return {name: known[name].read_json(value) for name, value in said.items()}


def _check_given(fields: Iterable[Field], said: Mapping[str, Any]) -> None:
    groups: dict[str, list[str]] = {}
    for field in fields:
        if field.either:
            groups.setdefault(field.either, []).append(field.name)
        elif field.required and field.name not in said:
            raise FieldMissing(field=field.name)
    for names in groups.values():
        given = [name for name in names if name in said]
        if not given:
            raise FieldMissing(field=names[0])
        if len(given) > 1:
            raise FieldsExclusive(fields=given)


BASIS = (
    Field("basis_number", longest=100),
    Field("basis_on", reading.day),
    Field("basis_issuer", longest=200),
    Field("basis_title"),
)
NOTE = Field("note")
# The books hold 200; who is registered by the same words has the key with /person behind it.
KEY = Field("key", longest=200 - len("/person"))


def basis_of(values: Values) -> BasisOn | None:
    """The basis that was said, or None. Raises ``BasisMissing`` for half of one."""
    said = [values.get(field.name) for field in BASIS]
    if said == [None] * len(BASIS):
        return None
    number, issued_on, issuer, title = said
    if number is None or issued_on is None or issuer is None:
        raise BasisMissing
    return BasisOn(number, issued_on, issuer, title or "")
