"""The acts on members by name, and an act told in plain words, which can wait outside the journal.

A door names an act by its verb (``admit``, ``give-paper`` …); the table says which act class that
is. ``ToldAct`` is what a form or a waiting proposal holds: values that can be kept as JSON and
become an act once the person has a number.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_type_hints

from giaoban import vietnamese
from giaoban.journal.writing import BasisOn
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
from giaoban.ledger.staying import Recognition, Transfer, TransferPaper, TransferReceipt
from giaoban.people.actions import NewParticulars, NewPerson

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
# Somebody registered by the same words as an act has the act's key with this behind it.
PERSON_KEY = "{key}/person"
COMMON = ("person", "basis", "note", "key", "destinations")


def own_fields(act: type[Act]) -> list[tuple[str, Any, bool]]:
    """(name, type, required) of an act class's fields, but for what all acts have."""
    types = get_type_hints(act)
    return [
        (one.name, types[one.name], one.default is dataclasses.MISSING)
        for one in dataclasses.fields(act)
        if one.name not in COMMON
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAct:
    """An act as it was told: of a known ``person``, or of a ``newcomer`` yet to be registered.

    ``fields`` are the act's own: units by id, days, a standing.
    """

    verb: str
    fields: Mapping[str, Any]
    person: int | None = None
    newcomer: NewPerson | None = None
    basis: BasisOn | None = None
    note: str = ""
    destinations: Mapping[int, int] = field(default_factory=dict)

    @property
    def unit(self) -> int:
        """The unit whose act this is."""
        return int(self.fields["unit"])

    def act(self, person: int, key: str | None) -> Act:
        """The act, of a person."""
        return ACTS[self.verb](
            person=person, basis=self.basis, note=self.note, key=key,
            destinations=self.destinations, **self.fields,
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """The same in values that JSON knows."""
        return {
            "fields": {name: _plain(value) for name, value in self.fields.items()},
            "person": self.person,
            "newcomer": _person_as_json(self.newcomer),
            "basis": self.basis and [_plain(v) for v in dataclasses.astuple(self.basis)],
            "note": self.note,
            "destinations": {str(a): b for a, b in self.destinations.items()},
        }


def told_from_json(verb: str, kept: Mapping[str, Any]) -> ToldAct:
    """An act as it was told, from what was kept of it."""
    types = {name: kind for name, kind, _required in own_fields(ACTS[verb])}
    basis = kept.get("basis")
    return ToldAct(
        verb=verb,
        fields={name: _typed(types[name], value) for name, value in kept["fields"].items()},
        person=kept.get("person"),
        newcomer=_person_from_json(kept.get("newcomer")),
        basis=BasisOn(basis[0], date.fromisoformat(basis[1]), *basis[2:]) if basis else None,
        note=kept.get("note", ""),
        destinations={int(a): b for a, b in kept.get("destinations", {}).items()},
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(kind: Any, value: Any) -> Any:
    if value is None or kind is int:
        return value
    return Account(value) if kind is Account else date.fromisoformat(value)


def _person_as_json(new: NewPerson | None) -> dict[str, Any] | None:
    if new is None:
        return None
    told = dataclasses.asdict(new.particulars)
    name = new.split or vietnamese.split_name(new.full_name)
    return {
        "name": [name.full, name.family, name.middle, name.given],
        "on": _plain(new.on),
        "particulars": {name: _plain(value) for name, value in told.items() if value},
    }


def _person_from_json(kept: Mapping[str, Any] | None) -> NewPerson | None:
    if kept is None:
        return None
    told = dict(kept["particulars"])
    if told.get("born_on"):
        told["born_on"] = date.fromisoformat(told["born_on"])
    name = vietnamese.PersonalName(*kept["name"])
    on = date.fromisoformat(kept["on"]) if kept.get("on") else None
    return NewPerson(name.full, NewParticulars(**told), on=on, split=name)
