"""What a waiting proposal says, in the words and the order of its form."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from giaoban.desk.acts.forms import LABELS, PLAIN
from giaoban.desk.acts.kinds import SHEETS
from giaoban.desk.acts.waiting import Waiting
from giaoban.desk.door import Sitting
from giaoban.people.codes import CODED_FIELDS, code_lists
from giaoban.units.queries import lives


def facts(one: Waiting, sitting: Sitting) -> list[tuple[Any, Any]]:
    """(label, value) of what was filled in; ethnicity and religion are left to the books."""
    told = one.told
    if told is None:
        return []
    sheet = SHEETS[told.verb]
    shown: list[tuple[Any, Any]] = []
    if told.newcomer is not None:
        shown += [(LABELS[name], _coded(name, getattr(told.newcomer.particulars, name)))
                  for name in PLAIN]  # fmt: skip
    units = [told.fields["unit"], *([told.fields["to"]] if sheet.to else [])]
    names = lives(units, sitting.as_of)
    labels = [sheet.unit or (_("From the unit") if sheet.to else _("Unit")), sheet.to]
    shown += [(label, names[unit].name) for label, unit in zip(labels, units, strict=False)]
    if sheet.standing:
        shown.append((_("Standing"), told.fields["standing"].label))
    if told.basis is not None:
        shown += [
            (sheet.paper, told.basis.number),
            (_("Day of issue"), told.basis.issued_on),
            (_("Issuer"), told.basis.issuer),
            (_("Title (what it is about)"), told.basis.title),
        ]
    shown += [(day.label, told.fields.get(day.name)) for day in sheet.days]
    shown.append((_("Note or reason"), told.note))
    return [(label, value) for label, value in shown if value not in (None, "")]


def _coded(name: str, value: Any) -> Any:
    if value and name in CODED_FIELDS:
        return code_lists()[name][value].title
    return value
