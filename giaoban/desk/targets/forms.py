"""What was typed on the sheet of targets: numbers by unit, the basis, and why cells are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban import vietnamese
from giaoban.desk.door import english
from giaoban.figures.allocation_sheet import SheetRow
from giaoban.journal.errors import BasisMissing, RuleBroken
from giaoban.journal.writing import BasisOn

# A cell's field is named by its unit: ``t-XA-TIEN-XUAN``.
PREFIX = "t-"


@dataclass(slots=True)
class Typed:
    """The cells as typed, by code of the unit: what was changed, and what can't be taken."""

    text: dict[str, str] = field(default_factory=dict)
    changed: dict[int, int | None] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def typed(data: QueryDict, rows: Iterable[SheetRow], held: Mapping[int, int]) -> Typed:
    """Read the cells. An empty cell takes a target back; one that says what ``held`` when the
    sheet was drawn is no change."""
    found = Typed()
    for row in rows:
        name = PREFIX + row.life.code
        if name not in data:
            continue
        text = data.get(name, "").strip()[:30]
        found.text[row.life.code] = text
        try:
            value = vietnamese.parse_whole(text) if text else None
        except vietnamese.BadText as refused:
            found.faults[row.life.code] = refused.in_english() if english() else str(refused)
            continue
        if value != held.get(row.life.id):
            found.changed[row.life.id] = value
    return found


def refused(told: RuleBroken, found: Typed, rows: Iterable[SheetRow]) -> str:
    """Put a refusal beside the cells that it is about; returns what belongs to none."""
    name, value = told.params.get("unit"), told.params.get("value")
    for row in rows:
        if row.life.id in found.changed and (
            row.life.name == name or (value is not None and found.changed[row.life.id] == value)
        ):
            found.faults[row.life.code] = str(told)
    return "" if found.faults else str(told)


class BasisForm(forms.Form):
    """The decision that the targets rest on, and why they are revised."""

    number = forms.CharField(
        label=gettext_lazy("Number and symbol"), required=False, max_length=100
    )
    issued_on = forms.CharField(
        label=gettext_lazy("Day of issue"), required=False, max_length=40,
        widget=forms.TextInput({"class": "date", "inputmode": "numeric", "autocomplete": "off",
                                "placeholder": "dd/mm/yyyy"}),
    )  # fmt: skip
    issuer = forms.CharField(label=gettext_lazy("Issuer"), required=False, max_length=200)
    title = forms.CharField(
        label=gettext_lazy("Title (what it is about)"), required=False, max_length=300
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=500)

    def clean_issued_on(self) -> Any:
        """The day as an office types it."""
        text = self.cleaned_data["issued_on"].strip()
        try:
            return vietnamese.parse_date(text) if text else None
        except vietnamese.BadText as unread:
            raise forms.ValidationError(
                unread.in_english() if english() else str(unread)
            ) from unread

    def clean(self) -> dict[str, Any]:
        """Texts in composed form; half a basis is none."""
        told = {
            name: vietnamese.nfc(value).strip() if isinstance(value, str) else value
            for name, value in (super().clean() or {}).items()
        }
        needed = ("number", "issued_on", "issuer")
        if any(told.get(name) for name in (*needed, "title")):
            for name in needed:
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, str(BasisMissing()))
        return told

    def basis(self) -> BasisOn | None:
        """The basis as an act names it; None where none was given."""
        told = self.cleaned_data
        if not told.get("number"):
            return None
        return BasisOn(told["number"], told["issued_on"], told["issuer"], told["title"])


def recorded(number: int) -> str:
    """What is said after recording."""
    return _("Recorded, no. {n}.").format(n=vietnamese.format_number(number))
