"""A field of an act: one option on the command line, one member of an object in a file."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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
_SHOWN_AS: dict[Callable[[Any], Any], str] = {
    reading.day: "DAY",
    reading.whole: "NUMBER",
    reading.pair: "CODE=CODE",
    reading.share: "CODE=NUMBER",
    reading.given_share: "CODE=NUMBER",
    reading.member_destinations: "FILE",
    reading.unit_destinations: "FILE",
    reading.new_units: "FILE",
}


@dataclass(frozen=True, slots=True)
class Field:
    """``name`` as in a file; on the command line ``--name`` with hyphens.

    ``many`` may be given again and again; ``flag`` takes no value; ``positional`` needs no
    dashes. Of the fields with the same ``either`` exactly one is given.
    """

    name: str
    read: Callable[[Any], Any] = reading.text
    required: bool = False
    many: bool = False
    flag: bool = False
    positional: bool = False
    either: str = ""
    codes: tuple[str, ...] = ()

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
            shown = _SHOWN_AS.get(self.read, self.name.upper().rpartition("_")[2])
            more |= {"type": self.read, "metavar": shown}
        if self.many:
            more["action"] = "append"
        if self.positional:
            place.add_argument(prefix + self.name, **more)
            return
        more |= {"dest": prefix + self.name, "default": argparse.SUPPRESS}
        if not self.either:
            more["required"] = self.required
        place.add_argument(self.option, **more)

    def read_json(self, told: Any) -> Any:
        """The value of a member of an object. Raises ``FieldUnreadable``."""
        try:
            if self.flag:
                return _truth(told)
            if self.many:
                return [self.read(one) for one in _listed(told)]
            return self.read(told)
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
    Field("basis_number"),
    Field("basis_on", reading.day),
    Field("basis_issuer"),
    Field("basis_title"),
)
NOTE = Field("note")
KEY = Field("key")


def basis_of(values: Values) -> BasisOn | None:
    """The basis that was said, or None. Raises ``BasisMissing`` for half of one."""
    said = [values.get(field.name) for field in BASIS]
    if said == [None] * len(BASIS):
        return None
    number, issued_on, issuer, title = said
    if number is None or issued_on is None or issuer is None:
        raise BasisMissing
    return BasisOn(number, issued_on, issuer, title or "")
