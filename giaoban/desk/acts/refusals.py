"""Where a refusal stands in the form: beside the field that it is about."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from giaoban.desk.acts.forms import DESTINATION, ActForm
from giaoban.desk.acts.picking import Option
from giaoban.journal.errors import FutureDate, KeyReused, RuleBroken
from giaoban.journal.queries import AsOf
from giaoban.ledger.errors import AlreadyMember, DestinationNeeded
from giaoban.ledger.queries import standings
from giaoban.people.errors import CodeUnknown
from giaoban.units.queries import lives, successions

# code of a refusal → the fields it may be about, the first that the form has.
FIELDS: dict[str, tuple[str, ...]] = {
    "unit_unknown": ("unit",),
    "out_of_scope": ("unit",),
    "families_differ": ("to", "unit"),
    "transfer_to_self": ("to", "unit"),
    "already_member": ("full_name", "person"),
    "member_before": ("person", "full_name"),
    "never_member": ("person",),
    "not_a_member": ("person",),
    "not_probationary": ("person",),
    "only_full_members": ("person",),
    "already_in_transit": ("person",),
    "not_in_transit": ("person",),
    "person_unknown": ("person",),
    "died_before": ("person",),
    "not_taken_away": ("person",),
    "youth_only": ("person",),
    "approved_before_ceremony": ("approved_on",),
    "not_receivable": ("received_on",),
    "dates_out_of_order": ("ceremony_on",),
    "probation_too_short": ("note",),
    "ceremony_unknown": ("full_on",),
    "reason_missing": ("correction", "note"),
    "basis_missing": ("basis_number",),
    "basis_differs": ("basis_title",),
    "name_refused": ("full_name",),
    "born_in_future": ("born_on",),
}
OF_THE_DAY = ("later_movement", "unit_not_yet_open", "below_zero")
OF_A_UNIT = ("unit_closed", "out_of_scope", "unit_not_yet_open")


def refuse(form: ActForm, refused: RuleBroken) -> None:
    """Put a refusal of the rules beside its field; what was typed is kept."""
    if isinstance(refused, KeyReused):
        form.renew_key()
        form.add_error(None, _(
            "This form was recorded as entry {n} already, with other words. To record a second "
            "act, look at the lines again first."
        ).format(n=refused.params["n"]))  # fmt: skip
        return
    if isinstance(refused, DestinationNeeded):
        form.ask_destination(_split(form, refused), str(refused))
        return
    form.add_error(_field(form, refused), _masked(form, refused))


def _masked(form: ActForm, refused: RuleBroken) -> str:
    """The refusal's words; where somebody stands outside this login's sight is not said."""
    person = form.cleaned_data.get("person")
    if isinstance(refused, AlreadyMember) and person:
        seen = standings([int(person.value)], AsOf(date.max, 2**62))
        names = lives({place.unit for place in seen}, AsOf(date.max, 2**62)).values()
        if refused.params["unit"] not in {life.name for life in names}:
            return _("{name} is a member of a unit not in sight. For a transfer choose "
                     "Receive.").format(name=refused.params["name"])  # fmt: skip
    return str(refused)


def _field(form: ActForm, refused: RuleBroken) -> str | None:
    code = refused.code
    if isinstance(refused, CodeUnknown) and refused.params["field"] in form.fields:
        return str(refused.params["field"])
    if isinstance(refused, FutureDate):
        return _of_day(form, refused.params["date"])
    if code in OF_A_UNIT and _names(form, "to") == refused.params.get("unit"):
        return "to"
    if code in OF_THE_DAY:
        return _of_day(form, form.cleaned_data.get(form.sheet.effective))
    if code == "unit_closed":
        return "unit"
    return next((name for name in FIELDS.get(code, ()) if name in form.fields), None)


def _names(form: ActForm, field: str) -> str:
    option: Option | None = form.cleaned_data.get(field)
    return option.label if option else ""


def _of_day(form: ActForm, day: date | None) -> str:
    """The field of the sheet that holds this day."""
    days = [one.name for one in form.sheet.days]
    return next((name for name in days if day and form.cleaned_data.get(name) == day),
                form.sheet.effective)  # fmt: skip


def _split(form: ActForm, refused: DestinationNeeded) -> tuple[str, list[tuple[int, str]]]:
    """The field for a unit that was split, and its successors to choose from."""
    known = form.sitting.head.number
    lines = successions(known)
    units = {line.unit for line in lines} | {line.successor for line in lines}
    named = lives(units, AsOf(form.sitting.today, known))
    for unit in sorted({line.unit for line in lines}):
        life = named[unit]
        if (life.name, life.closed) == (refused.params["unit"], refused.params["closed"]):
            after = [line.successor for line in lines if line.unit == unit]
            return f"{DESTINATION}{unit}", [(one, named[one].name) for one in after]
    return "", []
