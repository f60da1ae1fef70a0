"""The verbs of acts on members, made from the ledger's act classes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, get_type_hints

from giaoban.cli.acting import reading
from giaoban.cli.acting.fields import BASIS, KEY, NOTE, Field, Values, basis_of
from giaoban.cli.acting.persons import PERSON_FIELDS, person_said
from giaoban.cli.acting.verbs import PERSON_KEY, Done, Lookup, Verb
from giaoban.journal.writing import Recorder
from giaoban.ledger.accounts import Account
from giaoban.ledger.acts import Act
from giaoban.ledger.joining import (
    Adjustment,
    Admission,
    Arrival,
    Opening,
    Readmission,
    Restoration,
)
from giaoban.ledger.leaving import (
    AgeingOut,
    Death,
    Departure,
    Expulsion,
    Resignation,
    StrikingOff,
)
from giaoban.ledger.recording import record
from giaoban.ledger.staying import Recognition, Transfer, TransferPaper, TransferReceipt
from giaoban.people.actions import NewPerson, register_person

ACTS: dict[str, type[Act]] = {
    "open": Opening,
    "admit": Admission,
    "readmit": Readmission,
    "arrive": Arrival,
    "restore-member": Restoration,
    "adjust": Adjustment,
    "recognise": Recognition,
    "transfer": Transfer,
    "give-paper": TransferPaper,
    "receive": TransferReceipt,
    "depart": Departure,
    "die": Death,
    "expel": Expulsion,
    "strike-off": StrikingOff,
    "resign": Resignation,
    "age-out": AgeingOut,
}
# Acts by which somebody comes who may not be registered yet.
OF_NEWCOMERS = ("open", "admit", "arrive", "adjust")
_COMMON = ("person", "basis", "note", "key", "destinations")
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
            if field.name in values and field.name not in _COMMON:
                value = values[field.name]
                said[field.name] = look.unit(value) if field.name in _UNITS else value
        destinations = {look.unit(a): look.unit(b) for a, b in values.get("destination", ())}
        return self.act(
            person=person, basis=basis_of(values), note=values.get("note", ""),
            key=values.get("key"), destinations=destinations, **said,
        )  # fmt: skip


def own_fields(act: type[Act]) -> list[Field]:
    """The fields of an act class, but for what all acts have."""
    types = get_type_hints(act)
    fields = []
    for field in dataclasses.fields(act):
        if field.name in _COMMON:
            continue
        read = reading.text if field.name in _UNITS else _READERS[types[field.name]]
        codes = tuple(reading.STANDING_CODES) if read is reading.standing else ()
        required = field.default is dataclasses.MISSING
        fields.append(Field(field.name, read, required=required, codes=codes))
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
    verb = MemberVerb(name, (*who, *own_fields(act), late, *BASIS, NOTE, KEY), do, act)
    return verb


VERBS = tuple(_verb(name, act) for name, act in ACTS.items())
