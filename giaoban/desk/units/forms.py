"""The form of a reorganisation: its parts in the order of the paper, read into ``Told``."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from giaoban.desk.acts.fields import DayField, LineField
from giaoban.desk.door import Sitting
from giaoban.desk.units import verbs
from giaoban.desk.units.fields import UnitField, code_from, written
from giaoban.desk.units.verbs import Told, Verb
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import AsOf
from giaoban.journal.writing import BasisOn
from giaoban.units.forest import next_position
from giaoban.units.models import Sector, UnitKind
from giaoban.units.queries import UnitLife, lives, tree_on
from giaoban.units.rules import NewUnit

MOST_LISTED = 1500
LEAST_ROWS, MOST_ROWS = 2, 30


class ReorganisationForm(forms.Form):
    """One reorganisation, without the places of members."""

    def __init__(self, verb: Verb, sitting: Sitting, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        self.verb, self.sitting = verb, sitting
        now = AsOf(sitting.today, sitting.head.number)
        self.units = lives(sitting.units, now)
        self.groups: list[tuple[str, list[str]]] = []
        for part in verb.asks:
            before = set(self.fields)
            getattr(self, f"_add_{part}")()
            self.groups.append((part, [name for name in self.fields if name not in before]))
        self._add_paper()

    @property
    def listed(self) -> list[str]:
        """What is suggested while one types: open units; none where they are too many."""
        open_now = [one for one in self.units.values() if one.open_on(self.sitting.today)]
        return [written(one) for one in open_now] if len(open_now) <= MOST_LISTED else []

    def _unit(self, label: str, **more: Any) -> UnitField:
        return UnitField(self.units, label=label, **more)

    def _rows(self, prefix: str, least: int) -> range:
        """As many rows as are filled, and one more if that was asked for."""
        given = self.data if self.is_bound else self.initial
        filled = [
            int(name.removeprefix(prefix)) for name, value in given.items()
            if name.startswith(prefix) and name.removeprefix(prefix).isdecimal() and value
        ]  # fmt: skip
        more = 2 if "more" in given else 0
        return range(1, min(max([least, *filled]) + more, MOST_ROWS) + 1)

    def _add_unit(self) -> None:
        self.fields["unit"] = self._unit(_("Organisation"))

    def _add_parent(self) -> None:
        self.fields["parent"] = self._unit(_("New parent"))

    def _add_into(self) -> None:
        self.fields["into"] = self._unit(_("Organisation that stays"))

    def _add_name(self) -> None:
        self.fields["name"] = LineField(label=_("New name"), max_length=250)

    def _add_sources(self) -> None:
        for row in self._rows("source_", LEAST_ROWS):
            needed = row == 1 or (row == 2 and verbs.NEW in self.verb.asks)
            label = _("Organisation that ends, {n}").format(n=row)
            self.fields[f"source_{row}"] = self._unit(label, required=needed)

    def _add_new(self) -> None:
        self.fields["name"] = LineField(label=_("Full official name"), max_length=250)
        self.fields["code"] = self._code_field()
        kinds = [(one.code, str(one)) for one in UnitKind.objects.all()]
        sectors = [("", "–"), *((one.code, str(one)) for one in Sector.objects.all())]
        self.fields["kind"] = forms.ChoiceField(
            label=pgettext("unit", "Kind"), choices=[("", "–"), *kinds]
        )
        self.fields["sector"] = forms.ChoiceField(
            label=_("Sector"), choices=sectors, required=False
        )
        self.fields["parent"] = self._unit(_("Parent"))

    def _add_successors(self) -> None:
        least = 1 if self.verb.stays else LEAST_ROWS
        rows = max(len(self._rows("name_", least)), len(self._rows("successor_", least)))
        for row in range(1, rows + 1):
            self.fields[f"name_{row}"] = LineField(
                label=_("Successor {n}: name of a new organisation").format(n=row),
                max_length=250, required=False,
            )  # fmt: skip
            self.fields[f"code_{row}"] = self._code_field()
            self.fields[f"successor_{row}"] = self._unit(
                _("or one that exists already"), required=False
            )

    @staticmethod
    def _code_field() -> LineField:
        return LineField(
            label=_("Code"), required=False, max_length=60,
            help_text=_("Capital letters, digits and hyphens; made from the name if left empty."),
        )  # fmt: skip

    def _add_paper(self) -> None:
        self.fields |= {
            "basis_number": LineField(label=_("Number and symbol"), max_length=100),
            "basis_on": DayField(label=_("Day of issue")),
            "basis_issuer": LineField(label=_("Issuer"), max_length=200),
            "basis_title": LineField(label=_("Title (what it is about)"), required=False),
            "on": DayField(
                label=_("In force from"), required=False,
                help_text=_("The day of issue if left empty."),
            ),
            "note": LineField(label=_("Note"), required=False, rows=2),
        }  # fmt: skip
        paper = ["basis_number", "basis_on", "basis_issuer", "basis_title", "on", "note"]
        self.groups.append(("paper", paper))

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        told["on"] = told.get("on") or told.get("basis_on")
        if verbs.SUCCESSORS in self.verb.asks:
            self._check_successors(told)
        for name in [one for one in self.fields if one == "code" or one.startswith("code_")]:
            of_name = told.get(name.replace("code", "name"), "")
            if not told.get(name) and of_name:
                told[name] = code_from(of_name)
            if told.get(name) and not re.fullmatch(r"[A-Za-z0-9_-]+", told[name]):
                self.add_error(name, _("Only letters without diacritics, digits and hyphens."))
        return told

    def _check_successors(self, told: dict[str, Any]) -> None:
        rows = [name.removeprefix("name_") for name in self.fields if name.startswith("name_")]
        filled = [n for n in rows if told.get(f"name_{n}") or told.get(f"successor_{n}")]
        for n in rows:
            if told.get(f"name_{n}") and told.get(f"successor_{n}"):
                self.add_error(f"successor_{n}", _("A new one or one that exists, not both."))
        least = 1 if self.verb.stays else LEAST_ROWS
        if len(filled) < least and not self.errors:
            name = next(f"name_{n}" for n in rows if n not in filled)
            self.add_error(name, _("Name the successors: {n} at least.").format(n=least))

    def told(self) -> Told:
        """What the valid form says."""
        said = self.cleaned_data
        basis = BasisOn(
            said["basis_number"], said["basis_on"], said["basis_issuer"], said["basis_title"]
        )
        sources = [said[name] for name in self.fields if name.startswith("source_") and said[name]]
        return Told(
            on=said["on"], basis=basis, note=said["note"],
            unit=_id(said.get("unit")), parent=_id(said.get("parent")),
            sources=tuple(dict.fromkeys(one.id for one in sources)), into=_id(said.get("into")),
            new=self._new() if verbs.NEW in self.verb.asks else None,
            name=said.get("name", ""), successors=tuple(self._successors()),
        )  # fmt: skip

    @property
    def _as_of(self) -> AsOf:
        return AsOf(self.cleaned_data["on"], self.sitting.head.number)

    def _new(self) -> NewUnit:
        said = self.cleaned_data
        return NewUnit(
            code=said["code"], kind=said["kind"], name=said["name"],
            parent=said["parent"].code, sector=said["sector"] or None,
            position=next_position(said["parent"].id, self._as_of),
        )  # fmt: skip

    def _successors(self) -> list[int | NewUnit]:
        """The successors in their order; a new one is of the kind of the unit that is split, and
        stands beside it."""
        said, found = self.cleaned_data, list[int | NewUnit]()
        old: UnitLife | None = said.get("unit")
        for name in self.fields:
            row = name.removeprefix("name_")
            if not name.startswith("name_") or old is None:
                continue
            if said.get(f"successor_{row}"):
                found.append(said[f"successor_{row}"].id)
            elif said[name]:
                found.append(self._beside(old, said[name], said[f"code_{row}"], len(found)))
        return found

    def _beside(self, old: UnitLife, name: str, code: str, place: int) -> NewUnit:
        above = tree_on(self._as_of).ancestors(old.id)[1:2]
        parent = lives(above, self._as_of)[above[0]].code if above else None
        position = next_position(above[0], self._as_of) + place if above else 0
        return NewUnit(
            code=code, kind=old.kind, name=name, parent=parent, sector=old.sector,
            position=position,
        )  # fmt: skip

    def refuse(self, refused: RuleBroken) -> None:
        """Put a refusal of the rules beside the field that it is about."""
        self.add_error(self._field(refused), str(refused))

    def _field(self, refused: RuleBroken) -> str | None:
        named = refused.params.get("unit") or refused.params.get("target")
        if refused.code in _OF_THE_UNIT:
            for name, value in self.cleaned_data.items():
                if isinstance(value, UnitLife) and value.name == named:
                    return name
        if refused.code == "code_taken":
            taken = refused.params["code"]
            for name, value in self.cleaned_data.items():
                if name.startswith("code") and value == taken:
                    return name
        return next((name for name in _FIELDS.get(refused.code, ()) if name in self.fields), None)


_OF_THE_UNIT = (
    "unit_closed", "unit_closed_without_successor", "out_of_scope", "unit_not_empty",
    "unit_founded_that_day",
)  # fmt: skip
_FIELDS: dict[str, tuple[str, ...]] = {
    "future_date": ("on",), "unit_not_yet_open": ("on",), "later_rows": ("on",),
    "unit_founded_that_day": ("on",), "kind_unknown": ("kind",), "sector_unknown": ("sector",),
    "name_missing": ("name", "name_1"), "unit_not_empty": ("unit",), "cycle": ("parent", "into"),
    "out_of_scope": ("unit", "parent", "into", "source_1"), "unit_unknown": ("unit", "parent"),
    "unit_closed": ("unit", "parent", "into"), "merged_into_itself": ("into", "successor_1"),
    "families_differ": ("into", "kind", "successor_1"), "sources_missing": ("source_1",),
    "successors_missing": ("name_1",), "basis_missing": ("basis_number",),
    "basis_differs": ("basis_title",),
}  # fmt: skip


def _id(life: UnitLife | None) -> int | None:
    return life.id if life is not None else None
