"""What a verb is: the fields it takes and what it does with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from giaoban.cli.acting.errors import KeyNamesNobody
from giaoban.cli.acting.fields import Field, Values
from giaoban.journal.sql import fetch
from giaoban.journal.writing import Recorder
from giaoban.ledger.verbs import PERSON_KEY
from giaoban.people.content import Left
from giaoban.units.queries import unit_by_code


class TargetTold(NamedTuple):
    """A target as told: the unit's code, the number before and the new one (None: none)."""

    unit: str
    before: int | None
    value: int | None


class Done(NamedTuple):
    """What was done: the act's entry, the person it registered, the login it made, the targets
    it set, where it had to leave a name."""

    entry: int | None
    person: int | None = None
    login: str | None = None
    targets: tuple[TargetTold, ...] = ()
    left: Left = Left([], [])


class Lookup:
    """What the books call the units and members that people name; asked once for each."""

    def __init__(self) -> None:
        self._units: dict[str, int] = {}
        self._persons: dict[str, int] = {}

    def unit(self, code: str) -> int:
        """A unit's id. Raises ``UnitUnknown``."""
        if code not in self._units:
            self._units[code] = unit_by_code(code)
        return self._units[code]

    def units(self, codes: list[str]) -> list[int]:
        """The ids of units."""
        return [self.unit(code) for code in codes]

    def person(self, told: int | str) -> int:
        """A member's number, also by the key of the registration. Raises ``KeyNamesNobody``."""
        if isinstance(told, int):
            return told
        if told not in self._persons:
            rows = fetch(
                "SELECT r.person_id FROM journal_entry AS e"
                " JOIN people_registration AS r ON r.entry_id = e.id"
                " WHERE e.idempotency_key IN (%(key)s, %(behind)s)",
                key=told,
                behind=PERSON_KEY.format(key=told),
            )
            if not rows:
                raise KeyNamesNobody(key=told)
            self._persons[told] = int(rows[0][0])
        return self._persons[told]


@dataclass(frozen=True, slots=True)
class Verb:
    """One act that can be told: its name, its fields, and how it is recorded."""

    name: str
    fields: tuple[Field, ...]
    do: Callable[[Values, Lookup, Recorder], Done]
