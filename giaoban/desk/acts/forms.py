"""The form of an act: made from its sheet, read into an act as it is told."""

from __future__ import annotations

import uuid
from dataclasses import fields as fields_of
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban import vietnamese
from giaoban.desk.acts.fields import DayField, LineField, code_field, said, standing_field
from giaoban.desk.acts.kinds import SHEETS, Sheet
from giaoban.desk.acts.picking import Now, Option, PickField
from giaoban.desk.door import Sitting
from giaoban.journal.writing import BasisOn
from giaoban.ledger.accounts import Account
from giaoban.ledger.papers import bearer_of
from giaoban.ledger.verbs import ToldAct
from giaoban.people.actions import NewParticulars, NewPerson
from giaoban.units.queries import unit_by_code

NAME = ("full_name", "family", "given")
PLAIN = ("sex", "born_on", "schooling", "profession", "theory", "occupation")
SENSITIVE = ("ethnicity", "religion")
BASIS = ("basis_number", "basis_on", "basis_issuer", "basis_title")
LABELS: dict[str, Any] = {
    "sex": gettext_lazy("Sex"),
    "born_on": gettext_lazy("Date of birth"),
    "ethnicity": gettext_lazy("Ethnicity"),
    "religion": gettext_lazy("Religion"),
    "schooling": gettext_lazy("General education"),
    "profession": gettext_lazy("Professional education"),
    "theory": gettext_lazy("Political theory"),
    "occupation": gettext_lazy("Occupation"),
}
DESTINATION = "dest-"
RECEIVE = "receive"


class ActForm(forms.Form):
    """One act. ``told`` is what it says; the rules are asked by the actions."""

    def __init__(self, sheet: Sheet, sitting: Sitting, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.label_suffix = ""
        self.sheet, self.sitting, self.now = sheet, sitting, Now(sitting)
        self.fields["key"] = forms.CharField(
            widget=forms.HiddenInput, max_length=60, initial=lambda: str(uuid.uuid4())
        )
        self.fields["instead"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        self._add_person()
        self._add_place()
        self._add_paper()
        self.destinations: dict[int, int] = {}
        self.asked: list[str] = []
        if self.is_bound:
            self._keep_destinations()

    def _add(self, **fields: forms.Field) -> None:
        self.fields.update(fields)

    def _pick(self, name: str, label: Any, *, required: bool, hint: Any = "") -> None:
        url = reverse("desk:acts-seek", args=[name])
        field = PickField(name, self.now, url, label=label, required=required, help_text=hint)
        self._add(**{name: field})
        if not self.is_bound and self.initial.get(name):
            self.initial[name] = field.choose(str(self.initial[name]))

    def _add_person(self) -> None:
        if not self.sheet.newcomers:
            hint = _("Name or number.")
            if self.sheet.verb == RECEIVE:
                hint = _("From a unit not in sight: the full name, number and day as on "
                         "the paper.")  # fmt: skip
            self._pick("person", _("Member"), required=True, hint=hint)
            return
        self._add(
            full_name=LineField(label=_("Full name"), required=False, max_length=200),
            family=LineField(label=_("Family name"), required=False, max_length=100),
            given=LineField(label=_("Given name"), required=False, max_length=100),
            sex=code_field("sex", LABELS["sex"]),
            born_on=DayField(label=LABELS["born_on"], required=False),
        )
        for name in (*PLAIN[2:], *SENSITIVE):
            self._add(**{name: code_field(name, LABELS[name])})
        self._pick("person", _("Somebody in the books already"), required=False,
                   hint=_("Instead of a new name, for instance a member of a union."))  # fmt: skip

    def _add_place(self) -> None:
        hint = "" if self.sheet.unit_told else _("Left empty: where the member stands that day.")
        label = self.sheet.unit or (_("From the unit") if self.sheet.to else _("Unit"))
        self._pick("unit", label, required=self.sheet.unit_told, hint=hint)
        if self.sheet.to:
            self._pick("to", self.sheet.to, required=True)
        if self.sheet.standing:
            self._add(standing=standing_field(_("Standing")))
            self.fields["standing"].initial = int(Account.FULL)

    def _add_paper(self) -> None:
        needed = self.sheet.basis_needed
        self._add(
            basis_number=LineField(label=_("Number and symbol"), required=needed, max_length=100),
            basis_on=DayField(label=_("Day of issue"), required=needed),
            basis_issuer=LineField(label=_("Issuer"), required=needed, max_length=200),
            basis_title=LineField(label=_("Title (what it is about)"), required=False),
        )
        for day in self.sheet.days:
            self._add(**{
                day.name: DayField(label=day.label, required=day.required, help_text=day.hint)
            })  # fmt: skip
        note = _("Reason") if self.sheet.note_needed else _("Note or reason")
        self._add(note=LineField(label=note, required=self.sheet.note_needed, rows=2))
        if self.data.get("instead") or self.initial.get("instead"):
            self._add(correction=LineField(label=_("Reason of the correction")))

    def renew_key(self) -> None:
        """A key of its own for what is sent next."""
        data: Any = self.data
        self.data = {**data.dict(), "key": str(uuid.uuid4())}

    def ask_destination(self, split: tuple[str, list[tuple[int, str]]], why: str) -> None:
        """Ask which successor of a split unit the member went to."""
        name, successors = split
        if not name:
            self.add_error(None, why)
            return
        self._add(**{name: forms.ChoiceField(
            label=_("Where the member went"), choices=successors, widget=forms.RadioSelect
        )})  # fmt: skip
        self.asked.append(name)
        self.add_error(name, why)

    def _keep_destinations(self) -> None:
        """Answers given before go on being sent."""
        for name, value in self.data.items():
            if name.startswith(DESTINATION) and name not in self.fields:
                self._add(**{name: forms.CharField(
                    widget=forms.HiddenInput, required=False, initial=value)})  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Fill in what the paper says once: days of the basis, the unit where somebody stands."""
        told: dict[str, Any] = super().clean() or {}
        self._check_basis(told)
        for day in self.sheet.days:
            if day.of_basis and not told.get(day.name) and day.name not in self.errors:
                told[day.name] = told.get("basis_on")
        if self.sheet.newcomers:
            self._check_person(told)
        if self.sheet.verb == RECEIVE and "person" in self.errors:
            self._ask_the_paper(told)
        if not told.get("unit") and told.get("person") and "unit" not in self.errors:
            told["unit"] = self._where(told)
        self.destinations = {
            int(name.removeprefix(DESTINATION)): int(value)
            for name, value in self.data.items()
            if name.startswith(DESTINATION) and value.isdecimal()
            and name.removeprefix(DESTINATION).isdecimal()
        }  # fmt: skip
        return told

    def _ask_the_paper(self, told: dict[str, Any]) -> None:
        """Somebody from elsewhere is known by what the paper says, all of it."""
        number, day, name = told.get("basis_number"), told.get("basis_on"), self["person"].value()
        if not (number and day and name.text):
            return
        person = bearer_of(number, day, name.text, known=self.sitting.head.number)
        if person is not None:
            del self.errors["person"]
            told["person"] = Option(str(person), name.text, "")

    def _check_basis(self, told: dict[str, Any]) -> None:
        """Half a basis is none."""
        if self.sheet.basis_needed or not any(told.get(name) for name in BASIS):
            return
        for name in BASIS[:3]:
            if not told.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])

    def _check_person(self, told: dict[str, Any]) -> None:
        full, person = told.get("full_name"), told.get("person")
        if full and person:
            self.add_error("person", _("Give a new name or somebody in the books, not both."))
        elif not full and not person and not {"full_name", "person"} & set(self.errors):
            self.add_error("full_name", self.fields["full_name"].error_messages["required"])
        if full:
            try:
                told["name"] = vietnamese.split_name(
                    full, family=told.get("family") or None, given=told.get("given") or None
                )
            except vietnamese.NamePartsMismatch as refused:
                self.add_error("given", said(refused))
            except vietnamese.BadText as refused:
                self.add_error("full_name", said(refused))

    def _where(self, told: dict[str, Any]) -> Option | None:
        """The unit in sight where the person stands on the day of the act."""
        day = told.get(self.sheet.effective) or self.sitting.today
        units = self.now.standing_units(int(told["person"].value), min(day, self.sitting.today))
        if len(units) == 1:
            return units[0]
        if units:
            self.fields["unit"].widget.options = units
            self.add_error("unit", _("The member stands in several organisations. Choose one."))
        else:
            date = vietnamese.format_date(day)
            self.add_error("person", _(
                "On {date} the member stood in no unit in sight. See the timeline for the "
                "right day, or choose the unit."
            ).format(date=date))  # fmt: skip
        return None

    def told(self) -> ToldAct:
        """The act, once the form is valid."""
        told = self.cleaned_data
        own: dict[str, Any] = {day.name: told.get(day.name) for day in self.sheet.days}
        own["unit"] = unit_by_code(told["unit"].value)
        if self.sheet.to:
            own["to"] = unit_by_code(told["to"].value)
        if self.sheet.standing:
            own["standing"] = told["standing"]
        person = told.get("person")
        return ToldAct(
            verb=self.sheet.verb, fields=own, person=int(person.value) if person else None,
            newcomer=None if person else self._newcomer(own[self.sheet.effective]),
            basis=self._basis(), note=told.get("note", ""), destinations=self.destinations,
        )  # fmt: skip

    def _basis(self) -> BasisOn | None:
        told = self.cleaned_data
        if not told.get("basis_number"):
            return None
        return BasisOn(*(told[name] for name in BASIS))

    def _newcomer(self, on: date | None) -> NewPerson:
        told = self.cleaned_data
        said_of = {one.name: told.get(one.name) or None for one in fields_of(NewParticulars)}
        name = told["name"]
        return NewPerson(name.full, NewParticulars(**said_of), on=on, split=name)


def sheet_of(verb: str) -> Sheet | None:
    """The form of a kind of act, or None."""
    return SHEETS.get(verb)
