"""The charts that a definition may name, as numbers; drawing them is another's work (``charts/``).

Each says in words what it shows, with its main numbers, for who doesn't see it. None where there
is nothing to draw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.figures.by_unit import UnitRow, period_title
from giaoban.figures.cells import ADMITTED
from giaoban.figures.lines import DECREASES, INCREASES, Line
from giaoban.periods import BadPeriod, Period, PeriodKind
from giaoban.reports.catalogue.by_unit import has_units
from giaoban.reports.catalogue.cells import exact
from giaoban.reports.catalogue.tree import strengths
from giaoban.reports.documents.blocks import (
    Bullet,
    Bullets,
    Chart,
    Point,
    Step,
    Trend,
    Waterfall,
)
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import ranked, units_in
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.families import MEMBER_WORDS
from giaoban.reports.wording.known import known_on


def plan_by_unit(reckoning: Reckoning) -> Chart | None:
    """Plan and actual, a bar a unit, by falling per cent."""
    if not has_units(reckoning):
        return None
    rows = [
        row
        for row in ranked(reckoning.work.units)
        if row.achievement.plan is not None or row.achievement.actual
    ]
    return Chart(
        name="ke-hoach-theo-don-vi",
        title=_("Plan and actual by unit"),
        alt=_plan_in_words(reckoning, rows),
        shows=Bullets(tuple(map(_bullet, rows))),
    )


def _bullet(row: UnitRow) -> Bullet:
    done = row.achievement
    return Bullet(
        label=row.life.name,
        done=done.actual,
        plan=done.plan,
        expected=exact(done.expected) if done.comparable else None,
        state=done.pace.value if done.pace else "",
        text=_done_of_plan(row),
        address=str(Address(ADMITTED, row.life.code)),
    )


def _done_of_plan(row: UnitRow) -> str:
    """12/8 · 150%; without a plan the number alone."""
    done, told = row.achievement, vietnamese.format_number
    if done.plan is None:
        return told(done.actual)
    text = f"{told(done.actual)}/{told(done.plan)}"
    if done.share is None:
        return text
    return f"{text} · {vietnamese.format_percent(done.actual, done.plan, trim=True)}"


def _plan_in_words(reckoning: Reckoning, rows: Sequence[UnitRow]) -> str:
    work = reckoning.work
    n = len(rows)
    said = [ngettext("{n} unit.", "{n} units.", n).format(n=vietnamese.format_number(n))]
    states = {"units-completed": _("Plan completed: {n}."), "units-behind": _("Behind: {n}.")}
    for state, pattern in states.items():
        said.append(pattern.format(n=vietnamese.format_number(len(units_in(work, state)))))
    planned = [row for row in rows if row.achievement.share is not None]
    if planned:
        highest, lowest = planned[0], planned[-1]
        ends = _("Highest: {first}, {of_first}; lowest: {last}, {of_last}.")
        said.append(ends.format(
            first=highest.life.name, of_first=_done_of_plan(highest),
            last=lowest.life.name, of_last=_done_of_plan(lowest),
        ))  # fmt: skip
    return " ".join(said)


def waterfall(reckoning: Reckoning) -> Chart | None:
    """From the opening through every change to the closing; None where there never was anybody."""
    amounts = {row.line: row.amount.both for row in reckoning.work.statement}
    changes = [line for line in (*INCREASES, *DECREASES) if amounts[line]]
    if not (changes or amounts[Line.OPENING]):
        return None
    steps = [
        _stock(Line.OPENING, _("Opening number"), amounts),
        *(_change(line, amounts[line]) for line in changes),
        _stock(Line.CLOSING, _("Closing number"), amounts),
    ]
    members = MEMBER_WORDS[reckoning.work.unit.family].many
    return Chart(
        name="tu-dau-ky-den-cuoi-ky",
        title=_("Number of {members} from the opening to the closing").format(members=members),
        alt="; ".join(f"{step.label}: {step.text}" for step in steps) + ".",
        shows=Waterfall(tuple(steps)),
    )


def _stock(line: Line, label: str, amounts: Mapping[Line, int]) -> Step:
    amount = amounts[line]
    return Step(label, amount, True, vietnamese.format_number(amount), line.name.lower())


def _change(line: Line, amount: int) -> Step:
    """A change; a decrease is below zero, an adjustment may be either."""
    signed = -amount if line in DECREASES else amount
    text = vietnamese.format_number(signed)
    cell = line.name.lower().replace("_", "-")
    return Step(line.label, signed, False, f"+{text}" if signed > 0 else text, cell)


def by_month(reckoning: Reckoning) -> Chart | None:
    """Admissions by month beside the year before; None where a year has no months, or nobody was
    admitted in either."""
    year = reckoning.question.period.year_period
    try:
        months = year.parts(PeriodKind.MONTH)
    except BadPeriod:
        return None
    points = [_point(reckoning, month) for month in months]
    if not any(point.now or point.before for point in points):
        return None
    members = MEMBER_WORDS[reckoning.work.unit.family].many
    title = _("Admissions of {members} by month").format(members=members)
    alt = "; ".join(map(_month_in_words, points))
    return Chart(
        name="ket-nap-theo-thang",
        title=title,
        alt=f"{alt}.",
        shows=Trend(tuple(points), str(year.year), str(year.year - 1)),
    )


def _point(reckoning: Reckoning, month: Period) -> Point:
    """A month of the report's year, told if it had ended by the cut-off and by what is known."""
    before = Address(ADMITTED, period=month.same_period_last_year.code)
    told_to = min(reckoning.question.period.last_day, known_on(reckoning.question) or date.min)
    had = _count(reckoning, before)
    label = _month(month)
    if month.start > told_to:
        return Point(label, None, had, "", vietnamese.format_number(had), "", str(before))
    here = Address(ADMITTED, period=month.code)
    count = _count(reckoning, here)
    texts = vietnamese.format_number(count), vietnamese.format_number(had)
    return Point(label, count, had, *texts, str(here), str(before))


def _month_in_words(point: Point) -> str:
    said = (
        _("{month}: the year before {before}")
        if point.now is None
        else _("{month}: {now}, the year before {before}")
    )
    return said.format(month=point.label, now=point.now_text, before=point.before_text)


def _count(reckoning: Reckoning, address: Address) -> int:
    return int(reckoning.value(address) or 0)


def _month(month: Period) -> str:
    """T3, in English Mar."""
    english = (get_language() or "vi").startswith("en")
    return period_title(month)[:3] if english else f"T{month.index}"


CATALOGUE: Mapping[str, Callable[[Reckoning], Chart | None]] = {
    "plan-by-unit": plan_by_unit,
    "waterfall": waterfall,
    "admissions-by-month": by_month,
    "strength-by-unit": strengths,
}
