"""The reorganisations one may begin: what each is called, what it asks, which action records it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import BasisOn, Recorder
from giaoban.ledger import reorganisation
from giaoban.units.forest import next_position
from giaoban.units.rules import NewUnit

UNIT, PARENT, SOURCES, INTO, NEW, NAME, SUCCESSORS = (
    "unit", "parent", "sources", "into", "new", "name", "successors"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verb:
    """One kind of reorganisation: ``asks`` lists its parts in the order of the paper; ``stays``
    says that the unit which is split goes on."""

    slug: str
    label: Any
    about: Any
    asks: tuple[str, ...]
    stays: bool = False

    @property
    def places(self) -> bool:
        """Whether members and units below have to be placed one by one."""
        return SUCCESSORS in self.asks


VERBS = {
    verb.slug: verb
    for verb in (
        Verb(
            "thanh-lap", pgettext_lazy("reorganisation", "Found"),
            _("A new organisation under one that exists."), (NEW,),
        ),
        Verb(
            "doi-ten", pgettext_lazy("reorganisation", "Rename"),
            _("Another name from a day on; nobody moves."), (UNIT, NAME),
        ),
        Verb(
            "chuyen-giao", _("Move under another parent"),
            _("With all members and all below it."), (UNIT, PARENT),
        ),
        Verb(
            "sap-nhap", _("Merge into one that stays"),
            _("The others end; their members and the units below go along."), (SOURCES, INTO),
        ),
        Verb(
            "hop-nhat", _("Merge into a new one"),
            _("All of them end; a new organisation takes everything over."), (SOURCES, NEW),
        ),
        Verb(
            "chia", _("Divide; the old one ends"),
            _("Every member and every unit below gets a place."), (UNIT, SUCCESSORS),
        ),
        Verb(
            "tach", _("Split off; the old one stays"),
            _("Every member and every unit below goes or stays."), (UNIT, SUCCESSORS), stays=True,
        ),
        Verb(
            "giai-the", pgettext_lazy("reorganisation", "Close"),
            _("An organisation without members or units below."), (UNIT,),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a form says: units by id, new ones as they will be founded, the paper."""

    on: Any
    basis: BasisOn
    note: str
    unit: int | None = None
    parent: int | None = None
    sources: tuple[int, ...] = ()
    into: int | None = None
    new: NewUnit | None = None
    name: str = ""
    successors: tuple[int | NewUnit, ...] = ()


def perform(
    verb: Verb, told: Told, members: Mapping[int, str], units_below: Mapping[str, str], *,
    key: str | None, by: Recorder,
) -> int:  # fmt: skip
    """Record a reorganisation. Returns its number in the journal; raises what its action does."""
    paper: dict[str, Any] = {
        "on": told.on, "basis": told.basis, "note": told.note, "key": key, "by": by
    }  # fmt: skip
    unit = told.unit or 0
    match verb.slug:
        case "thanh-lap" if told.new is not None:
            return reorganisation.found_unit(told.new, **paper)
        case "doi-ten":
            return reorganisation.rename_unit(unit, told.name, **paper)
        case "chuyen-giao":
            parent = told.parent or 0
            last = next_position(parent, AsOf(told.on, head().number))
            return reorganisation.move_unit(unit, parent, position=last, **paper)
        case "giai-the":
            return reorganisation.close_unit(unit, **paper)
        case "sap-nhap" | "hop-nhat":
            into = told.new or told.into or 0
            return reorganisation.merge_units(list(told.sources), into, **paper)
    return reorganisation.split_unit(
        unit, list(told.successors), members=members, units_below=units_below,
        stays=verb.stays, **paper,
    )  # fmt: skip
