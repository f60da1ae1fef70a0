"""The number of an address in words: what is counted, of which group, unit and period."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.figures import cells
from giaoban.figures.breakdowns import FIELDS
from giaoban.figures.by_unit import period_title
from giaoban.figures.indicators import INDICATORS
from giaoban.figures.lines import Line
from giaoban.people.codes import code_lists
from giaoban.reports.catalogue.particulars import field_title
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning

_TITLES = {
    cells.PLAN: gettext_lazy("Target"),
    cells.REST: gettext_lazy("In the unit's own book"),
    cells.REST_PLAN: gettext_lazy("Target that stands in no row"),
    cells.GRASSROOTS: gettext_lazy("Grassroots organisations"),
    "increase": gettext_lazy("Increase"),
    "decrease": gettext_lazy("Decrease"),
    "achievement": gettext_lazy("Achievement"),
    "remaining": gettext_lazy("Still to be done"),
    "rank": gettext_lazy("Rank"),
    "unallocated": gettext_lazy("Target not handed down"),
    "units-nobody-plan": gettext_lazy("Target of the units without any admission"),
    "months-left": gettext_lazy("Months left of the year"),
    "monthly-need": gettext_lazy("Needed each month to reach the target"),
    "units-with-target": gettext_lazy("Units with a target"),
    "units-completed": gettext_lazy("Units that reached their target"),
    "units-over": gettext_lazy("Units above their target"),
    "units-met": gettext_lazy("Units exactly at their target"),
    "units-short": gettext_lazy("Units short of their target"),
    "units-behind": gettext_lazy("Units behind the pace"),
    "units-nobody": gettext_lazy("Units without any admission"),
    "units-without-target": gettext_lazy("Units without a target"),
}
_WAYS = {
    "change": gettext_lazy("Change against the same period last year"),
    "ratio": gettext_lazy("Per cent of the same period last year"),
    "growth": gettext_lazy("Growth against the same period last year"),
    "share": gettext_lazy("Share"),
    "points": gettext_lazy("Change of the share, in percentage points"),
}
_LINES = {line.name.lower().replace("_", "-"): line for line in Line}


def named(address: Address, reckoning: Reckoning | None = None) -> str:
    """A number in words, in the active language.

    With its ``reckoning`` units and periods have their names, without it their codes.
    """
    label = _label(address)
    told = [label]
    if address.way in _WAYS:
        told = [str(_WAYS[address.way]), label[:1].lower() + label[1:]]
    if reckoning is not None and address.row in reckoning.rows:
        told.append(reckoning.rows[address.row].life.name)
    elif address.row:
        told.append(address.row)
    if address.period:
        told.append(_period(address.period, reckoning))
    return ", ".join(told)


def _label(address: Address) -> str:
    """What a cell counts, of which standing and group."""
    name, _colon, standing = address.cell.partition(":")
    if name in _TITLES:
        label = str(_TITLES[name])
    elif name in INDICATORS:
        label = str(INDICATORS[name].label)
    else:
        label = _LINES[name].label if name in _LINES else str(address.base)
    told = {"probationary": _("probationary"), "full": _("full")}.get(standing, "")
    return ", ".join(filter(None, (label, told, _group(address.group))))


def _group(told: str) -> str:
    field, _sep, code = told.partition("=")
    if field not in FIELDS:
        return ""
    codes = code_lists().get(field, {})
    title = codes[code].title if code in codes else code or _("not known")
    return f"{field_title(field)}: {title}"


def _period(code: str, reckoning: Reckoning | None) -> str:
    if reckoning is None:
        return code
    return period_title(reckoning.other(code).question.period)
