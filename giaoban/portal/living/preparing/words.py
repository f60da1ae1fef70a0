"""A number in words for readers: what is counted and how, of whom, in what time, in which noun.

Told in both languages at once, for what is stored is read in either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from giaoban.figures import cells
from giaoban.figures.by_unit import period_title
from giaoban.figures.indicators import INDICATORS, UnitsFormula
from giaoban.figures.lines import Line
from giaoban.figures.values import Value
from giaoban.periods import Period
from giaoban.portal.living.preparing.parts import (
    ADMITTED,
    LINE_CELLS,
    PLAN,
    canonical,
    whole_of,
)
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import STATES
from giaoban.reports.numbers.printed import Shape, in_prose, shape_of
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.naming import named
from giaoban.reports.wording.nouns import noun_of
from giaoban.vietnamese import capitalise_first, format_date

Both = dict[str, str]

_LINES = {
    Line.OPENING: gettext_lazy("Who was on the roll at the end of the day before the period."),
    Line.ADMITTED: gettext_lazy("Who was admitted, by the day of the ceremony of admission."),
    Line.ARRIVED: gettext_lazy("Who was received from elsewhere in the period."),
    Line.RESTORED: gettext_lazy("Whose membership was restored by a decision."),
    Line.DIED: gettext_lazy("Members who died in the period."),
    Line.EXPELLED: gettext_lazy("Who was expelled by a decision on discipline."),
    Line.STRUCK_OFF: gettext_lazy("Who was struck off the roll by a decision."),
    Line.RESIGNED: gettext_lazy("Who left on their own request, by a decision."),
    Line.DEPARTED: gettext_lazy("Who left for elsewhere with a transfer paper."),
    Line.RECOGNISED: gettext_lazy(
        "Probationary members who were recognised as full members, by the day that counts."
    ),
    Line.CLOSING: gettext_lazy("Who is on the roll at the end of the last day of the period."),
}
_OTHERS = {
    cells.PLAN: gettext_lazy("The target of admissions of the year, as it was set."),
    cells.GRASSROOTS: gettext_lazy("Grassroots organisations that exist on the last day."),
    "increase": gettext_lazy("All who came in the period: admitted, arrived, restored and others."),
    "decrease": gettext_lazy("All who left in the period: died, departed, struck off and others."),
    "rank": gettext_lazy("The place by falling per cent; units that stand alike share a place."),
    "unallocated": gettext_lazy("The target less those of the units directly below."),
    "units-nobody-plan": gettext_lazy("The sum of the targets of units without any admission."),
    "months-left": gettext_lazy("Whole months from the end of the period to that of the year."),
    "units-with-target": gettext_lazy("Units directly below that were set a target."),
    "units-completed": gettext_lazy("Units whose admissions reach the year's target."),
    "units-over": gettext_lazy("Units whose admissions are above the year's target."),
    "units-met": gettext_lazy("Units whose admissions are exactly the year's target."),
    "units-short": gettext_lazy("Units whose admissions are short of the year's target."),
    "units-behind": gettext_lazy(
        "Units whose admissions are fewer than an even pace through the year asks for by now."
    ),
    "units-nobody": gettext_lazy("Units with a target that have admitted nobody yet."),
    "units-without-target": gettext_lazy("Units directly below without a target."),
}
_WAYS = {
    "change": gettext_lazy(
        "This period less the same period of the year before: {now} less {then}."
    ),
    "ratio": gettext_lazy("This period by the same period of the year before: {now} by {then}."),
    "growth": gettext_lazy(
        "What was added to the same period of the year before, by it: {now} and {then}."
    ),
    "share": gettext_lazy("The part by the whole: {now} of {then}."),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a number, each in both languages."""

    counted: Both
    definition: Both
    measure: Both
    whom: Both
    period: Both


def words_for(address: Address, value: Value, reckoning: Reckoning) -> Words:
    """Everything that is said of a number."""

    def both(say: Callable[[], str]) -> Both:
        return in_both(say)

    return Words(
        counted=both(lambda: _counted(address)),
        definition=both(lambda: _definition(address, reckoning)),
        measure=both(lambda: _measure(address, value, reckoning)),
        whom=both(lambda: _whom(address, reckoning)),
        period=both(lambda: _period(address, reckoning)),
    )


def in_both(say: Callable[[], str]) -> Both:
    """The same in Vietnamese and in English."""
    told = {}
    for language in ("vi", "en"):
        with override(language):
            told[language] = str(say())
    return told


def _counted(address: Address) -> str:
    return named(replace(address, row="", period=""))


def _definition(address: Address, reckoning: Reckoning) -> str:
    asked = canonical(address, reckoning)
    if asked.way == "points":
        return _("The share of this period less that of the same period of the year before.")
    if asked.way:
        before = replace(asked.base, period=reckoning.last_year.code)
        other = whole_of(asked.base) if asked.way == "share" else before
        return str(_WAYS[asked.way]).format(
            now=_told(asked.base, reckoning), then=_told(other, reckoning)
        )
    if asked.cell in ("achievement", "remaining", "monthly-need"):
        return _of_plan(asked, reckoning)
    name, _colon, standing = asked.cell.partition(":")
    indicator = INDICATORS.get(asked.cell)
    if indicator is not None and isinstance(indicator.formula, UnitsFormula):
        return _("{what}, by the day of founding.").format(what=indicator.label)
    told = _OTHERS.get(name) or (_LINES.get(LINE_CELLS[name]) if name in LINE_CELLS else None)
    said = str(told) if told else f"{capitalise_first(named(asked))}."
    if asked.group or standing:
        said += " " + _("Of these: {group}.").format(group=named(asked).partition(", ")[2])
    return said


def _of_plan(asked: Address, reckoning: Reckoning) -> str:
    """How a number is worked out of admissions and their target."""
    done = _told(replace(asked, cell=ADMITTED), reckoning)
    plan = _told(replace(asked, cell=PLAN), reckoning)
    if asked.cell == "achievement":
        return _(
            "Admissions of the period by the target of the whole year: {done} of {plan}."
        ).format(done=done, plan=plan)
    if asked.cell == "remaining":
        return _("The year's target less the admissions so far: {plan} less {done}.").format(
            done=done, plan=plan
        )
    rest = _told(Address("remaining"), reckoning)
    months = _told(Address("months-left"), reckoning)
    return _("What is still to be done by the months left: {rest} by {months}.").format(
        rest=rest, months=months
    )


def _told(address: Address, reckoning: Reckoning) -> str:
    return in_prose(reckoning.value(address), shape_of(address))


def _measure(address: Address, value: Value, reckoning: Reckoning) -> str:
    shape = shape_of(address)
    if shape is Shape.POINTS:
        return _("percentage points")
    if shape is Shape.PERCENT:
        return _("of the year's target") if address.cell == "achievement" else ""
    if address.cell == "rank":
        return ""
    return noun_of(address, reckoning.work.unit.family, value if value is not None else 0)


def _whom(address: Address, reckoning: Reckoning) -> str:
    unit = reckoning.work.unit
    if address.row:
        row = reckoning.rows.get(address.row)
        return row.life.name if row else address.row
    if address.cell in STATES:
        return _("Units directly below {unit}").format(unit=unit.name)
    return _("{unit} and all below it").format(unit=unit.name)


def _period(address: Address, reckoning: Reckoning) -> str:
    period: Period = reckoning.question.period
    if address.period:
        period = reckoning.other(address.period).question.period
    name = address.cell.partition(":")[0]
    if name in (cells.PLAN, "units-nobody-plan", "unallocated"):
        return period_title(period.year_period)
    if not address.way and name in ("closing", "strength", "probationary", cells.GRASSROOTS):
        return _("to the end of {day}").format(day=format_date(period.last_day))
    if not address.way and name in ("opening", "strength-before"):
        return _("before {day}").format(day=format_date(period.start))
    return _("{first} to the end of {last}").format(
        first=format_date(period.start), last=format_date(period.last_day)
    )
