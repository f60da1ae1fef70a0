"""The forms of access: a new login, an appointment, its end."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.desk.access.hands import Hands
from giaoban.desk.acts.fields import DayField, LineField
from giaoban.journal.errors import RuleBroken
from giaoban.journal.writing import BasisOn
from giaoban.people.models import Role

# code of a refusal → the field it stands beside.
FIELDS = {
    "login_taken": "name", "login_name_refused": "name", "login_unknown": "login",
    "own_login": "login", "out_of_scope": "unit", "unit_unknown": "unit", "future_date": "on",
    "basis_differs": "basis_number",
}  # fmt: skip


def refuse(form: forms.Form, refused: RuleBroken) -> None:
    """Put a refusal beside its field, where the form has it."""
    field = FIELDS.get(refused.code)
    form.add_error(field if field in form.fields else None, str(refused))


class NewLogin(forms.Form):
    """The name of a login to be created."""

    name = LineField(
        label=gettext_lazy("Name of the login"), max_length=150,
        help_text=gettext_lazy("Letters, digits and . + - _ @, as in can-bo-tien-xuan."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class _Dated(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    on = DayField(label=gettext_lazy("From the day"))
    basis_number = LineField(
        label=gettext_lazy("Number and symbol of the decision"), required=False, max_length=100
    )
    basis_issued_on = DayField(label=gettext_lazy("Issued on"), required=False)
    basis_issuer = LineField(label=gettext_lazy("Issuer"), required=False, max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        initial = {"key": uuid.uuid4().hex, "on": f"{today:%d/%m/%Y}"}
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A decision is told whole or not at all."""
        told = super().clean() or {}
        parts = ("basis_number", "basis_issued_on", "basis_issuer")
        if any(told.get(part) for part in parts):
            for part in parts:
                if not told.get(part) and part not in self.errors:
                    self.add_error(part, _("A decision has a number, a day and an issuer."))
        return told

    @property
    def basis(self) -> BasisOn | None:
        """The decision, where one is told."""
        told = self.cleaned_data
        if not told.get("basis_number"):
            return None
        return BasisOn(told["basis_number"], told["basis_issued_on"], told["basis_issuer"])


class Appointing(_Dated):
    """Who is put in charge of what, in which role, since when."""

    login = LineField(label=gettext_lazy("Login"), max_length=150)
    unit = LineField(
        label=gettext_lazy("Unit"), max_length=100,
        help_text=gettext_lazy("Its code. All units below go with it."),
    )  # fmt: skip
    role = forms.TypedChoiceField(
        label=gettext_lazy("Role"), choices=Role.choices, coerce=int, widget=forms.RadioSelect
    )
    field_order = ("login", "unit", "role", "on", "basis_number", "basis_issued_on", "basis_issuer")

    def __init__(self, *args: Any, hands: Hands, **kwargs: Any) -> None:
        super().__init__(*args, today=hands.sitting.today, **kwargs)
        self.units = {life.code: life for life in hands.choices()}
        self.logins = [login for login in hands.logins if login != hands.sitting.login]
        self.fields["role"].initial = Role.SECRETARY.value  # what most are appointed to
        self.fields["unit"].widget.attrs["list"] = "units-in-hand"
        self.fields["login"].widget.attrs["list"] = "logins-in-hand"

    def clean_login(self) -> str:
        """A login that is in hand."""
        told: str = self.cleaned_data["login"]
        if told not in self.logins:
            raise forms.ValidationError(
                _("There is no such login here. Choose one of the list, or create it first.")
            )
        return told

    def clean_unit(self) -> int:
        """A unit in hand, by its code."""
        life = self.units.get(self.cleaned_data["unit"])
        if life is None:
            raise forms.ValidationError(
                _("There is no such unit in charge. Choose one of the list.")
            )
        return life.id


class Ending(_Dated):
    """Since when somebody is in charge no longer."""
