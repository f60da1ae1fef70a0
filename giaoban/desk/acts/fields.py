"""Plain fields of the forms: days as an office writes them, texts in composed form."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from giaoban import vietnamese
from giaoban.desk.door import english
from giaoban.ledger.accounts import Account
from giaoban.people.codes import code_lists

STANDINGS = (Account.FULL, Account.PROBATIONARY)


def said(refused: vietnamese.BadText) -> str:
    """A text's refusal in the language of the page."""
    return refused.in_english() if english() else str(refused)


class DayField(forms.CharField):
    """A day, typed as 29/10/2018, 1-2-1985 or 2018-10-29."""

    def __init__(self, **more: Any) -> None:
        attrs = {"class": "date", "inputmode": "numeric", "placeholder": "dd/mm/yyyy",
                 "autocomplete": "off"}  # fmt: skip
        super().__init__(max_length=40, widget=forms.TextInput(attrs), **more)

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return vietnamese.parse_date(text)
        except vietnamese.BadText as refused:
            raise forms.ValidationError(said(refused)) from refused


class LineField(forms.CharField):
    """A line of text, or several with ``rows``, in NFC."""

    def __init__(self, *, rows: int = 0, short: bool = False, **more: Any) -> None:
        attrs: dict[str, Any] = {"autocomplete": "off"}
        if short:
            attrs["class"] = "short"
        more.setdefault("max_length", 2000 if rows else 300)
        widget = forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)
        super().__init__(widget=widget, **more)

    def clean(self, value: Any) -> str:
        return vietnamese.nfc(super().clean(value)).strip()


def code_field(name: str, label: Any) -> forms.ChoiceField:
    """A choice out of a code list, or nothing."""
    codes = [("", "–"), *((code.code, code.title) for code in code_lists()[name].values())]
    return forms.ChoiceField(label=label, choices=codes, required=False)


def standing_field(label: Any) -> forms.TypedChoiceField:
    """Full or probationary."""
    return forms.TypedChoiceField(
        label=label,
        choices=[(int(account), account.label) for account in STANDINGS],
        coerce=lambda value: Account(int(value)),
        widget=forms.RadioSelect,
    )
