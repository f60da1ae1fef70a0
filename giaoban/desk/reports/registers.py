"""The registers of outgoing documents: those there are, and opening a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from giaoban import vietnamese
from giaoban.desk.acts.fields import DayField, LineField
from giaoban.desk.acts.picking import Now, PickField
from giaoban.desk.door import DeskRequest, Sitting, page
from giaoban.desk.reports.keys import KeyedForm
from giaoban.desk.reports.tabs import tabs, trail
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import AsOf
from giaoban.people import scope
from giaoban.reports.models import NAME_LENGTH, SYMBOL_LENGTH
from giaoban.reports.register import RegisterLine, registers
from giaoban.reports.registering import open_register
from giaoban.units.queries import UnitLife, lives, unit_by_code

FAMILIES = (
    ("party", gettext_lazy("Party")),
    ("state", pgettext_lazy("family of forms", "State")),
    ("union", gettext_lazy("Trade unions")),
    ("youth", gettext_lazy("Youth union")),
)
# code of a refusal → the field it stands beside.
FIELDS = {
    "out_of_scope": "unit", "register_older": "from_on", "future_date": "from_on",
    "first_number_wrong": "first_number", "unit_not_yet_open": "from_on",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A register with its unit."""

    line: RegisterLine
    unit: UnitLife


class OpeningForm(KeyedForm):
    """What a register is of, and what stands in the head and foot of its documents."""

    kind = LineField(
        label=gettext_lazy("Kind of document"), max_length=20, initial="BC", short=True,
        help_text=gettext_lazy("Its letters in the number, as BC in 45-BC/BTC."),
    )  # fmt: skip
    symbol = LineField(
        label=gettext_lazy("Symbol of the issuer"), max_length=SYMBOL_LENGTH, short=True,
        help_text=gettext_lazy("As BTC in 45-BC/BTC."),
    )  # fmt: skip
    family = forms.ChoiceField(label=gettext_lazy("Form of documents"), choices=FAMILIES)
    superior = LineField(
        label=gettext_lazy("Superior body"), max_length=NAME_LENGTH, required=False
    )
    issuer = LineField(label=gettext_lazy("Issuing body"), max_length=NAME_LENGTH)
    place = LineField(label=gettext_lazy("Place"), max_length=NAME_LENGTH)
    authority = LineField(
        label=gettext_lazy("Signed on behalf of"), max_length=SYMBOL_LENGTH, required=False,
        help_text=gettext_lazy("As in T/M BAN THƯỜNG VỤ."),
    )  # fmt: skip
    body = LineField(label=gettext_lazy("Signing body"), max_length=NAME_LENGTH, required=False)
    post = LineField(label=gettext_lazy("Post of who signs"), max_length=NAME_LENGTH)
    recipients = LineField(
        label=gettext_lazy("Recipients"), rows=4, required=False,
        help_text=gettext_lazy("One a line; the last one begins with Lưu."),
    )  # fmt: skip
    from_on = DayField(
        label=gettext_lazy("From the day"),
        help_text=gettext_lazy("Numbers begin anew from this day on."),
    )
    first_number = forms.IntegerField(
        label=gettext_lazy("First number"), min_value=1, initial=1,
        widget=forms.TextInput({"class": "short num", "inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, sitting: Sitting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = PickField(
            "unit", Now(sitting), reverse("desk:acts-seek", args=["unit"]),
            label=_("Unit"),
        )  # fmt: skip
        self.order_fields(["unit", "kind", "symbol", "family"])

    def told(self) -> dict[str, Any]:
        """The form as the action takes it."""
        told = {**self.cleaned_data}
        told["unit"] = unit_by_code(told["unit"].value)
        told["recipients"] = [line.strip() for line in told["recipients"].splitlines()
                              if line.strip()]  # fmt: skip
        return told


@page()
def registers_page(request: DeskRequest) -> HttpResponse:
    """Every register of the units in sight, with the next number that it gives."""
    sitting = request.sitting
    lines = registers(sitting.units, on=sitting.today)
    as_of = AsOf(sitting.today, 2**62)
    units = lives({line.register.unit for line in lines}, as_of)
    context = {
        "tabs": tabs("reports-registers", sitting),
        "lines": [Shown(line, units[line.register.unit]) for line in lines],
        "may_open": sitting.holds(*scope.DECIDES),
        "families": dict(FAMILIES),
    }
    return TemplateResponse(request, "desk/reports/registers.html", context)


@page(*scope.DECIDES)
def open_one(request: DeskRequest) -> HttpResponse:
    """Open a register; it holds until the next one of the same unit and kind."""
    sitting = request.sitting
    if not sitting.holds(*scope.DECIDES):
        raise PermissionDenied
    today = vietnamese.format_date(sitting.today)
    form = OpeningForm(request.POST or None, sitting=sitting, initial={"from_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            entry = open_register(**form.told(), by=sitting.by)
        except RuleBroken as refused:
            field = FIELDS.get(refused.code)
            form.add_error(field, str(refused))
        else:
            number = vietnamese.format_number(entry)
            messages.success(request, _("Register opened; entry no. {n}.").format(n=number))
            return redirect("desk:reports-registers")
    context = {
        "form": form,
        "trail": trail((_("Registers of documents"), reverse("desk:reports-registers"))),
    }
    return TemplateResponse(request, "desk/reports/register_open.html", context)
