"""The verbs of acts on members, made from the ledger's act classes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from giaoban.cli.acting import reading
from giaoban.cli.acting.fields import BASIS, KEY, NOTE, Field, Values, basis_of
from giaoban.cli.acting.persons import PERSON_FIELDS, person_said
from giaoban.cli.acting.verbs import Done, Lookup, Verb
from giaoban.journal.writing import Recorder
from giaoban.ledger.accounts import Account
from giaoban.ledger.acts import Act
from giaoban.ledger.recording import record
from giaoban.ledger.verbs import ACTS, COMMON, OF_NEWCOMERS, PERSON_KEY, own_fields
from giaoban.people.actions import NewPerson, register_person

_UNITS = ("unit", "to")
_READERS: dict[Any, Callable[[Any], Any]] = {
    date: reading.day,
    date | None: reading.day,
    Account: reading.standing,
}


@dataclass(frozen=True, slots=True)
class MemberVerb(Verb):
    """A verb of an act on a member; many of these are recorded in one call."""

    act: type[Act]

    def newcomer(self, values: Values, look: Lookup) -> NewPerson | None:
        """The person to be registered by the same words, if a name was given."""
        if "name" not in values:
            return None
        key = PERSON_KEY.format(key=values["key"]) if "key" in values else None
        return person_said(values, key=key, on=self.tell(values, 0, look).effective_on)

    def tell(self, values: Values, person: int, look: Lookup) -> Act:
        """The act that the words tell, of a person. Raises ``UnitUnknown``, ``BasisMissing``."""
        said: dict[str, Any] = {}
        for field in dataclasses.fields(self.act):
            if field.name in values and field.name not in COMMON:
                value = values[field.name]
                said[field.name] = look.unit(value) if field.name in _UNITS else value
        destinations = {look.unit(a): look.unit(b) for a, b in values.get("destination", ())}
        return self.act(
            person=person, basis=basis_of(values), note=values.get("note", ""),
            key=values.get("key"), destinations=destinations, **said,
        )  # fmt: skip


def _fields(act: type[Act]) -> list[Field]:
    """The fields of an act class as a command has them."""
    fields = []
    for name, kind, required in own_fields(act):
        read = reading.text if name in _UNITS else _READERS[kind]
        codes = tuple(reading.STANDING_CODES) if read is reading.standing else ()
        fields.append(Field(name, read, required=required, codes=codes))
    return fields


def told_act(verb: MemberVerb, values: Values, look: Lookup, by: Recorder) -> tuple[Act, Done]:
    """The act of the words; registers the person first where a name was given."""
    new = verb.newcomer(values, look)
    registered = register_person(new, by=by) if new is not None else None
    person = look.person(values["person"]) if registered is None else registered
    return verb.tell(values, person, look), Done(None, registered)


def _verb(name: str, act: type[Act]) -> MemberVerb:
    def do(values: Values, look: Lookup, by: Recorder) -> Done:
        told, done = told_act(verb, values, look, by)
        return done._replace(entry=record([told], by=by)[0])

    who: tuple[Field, ...] = (Field("person", reading.person, required=True),)
    if name in OF_NEWCOMERS:
        who = (
            Field("person", reading.person, either="who"),
            *PERSON_FIELDS,
        )
    late = Field("destination", reading.pair, many=True)
    verb = MemberVerb(name, (*who, *_fields(act), late, *BASIS, NOTE, KEY), do, act)
    return verb


VERBS = tuple(_verb(name, act) for name, act in ACTS.items())
