"""The sentences of the report on organisation work, in the office's style.

Rules of number, list and comparison follow the language guide: no sentence begins with a figure,
nothing is "admitted 0", units above the plan stand before those that just reached it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.cli.report_tables import ranked
from giaoban.figures.by_unit import UnitRow, period_title
from giaoban.figures.lines import DECREASES, INCREASES, Line
from giaoban.figures.organisation_work import OrganisationWork
from giaoban.journal.models import Basis
from giaoban.journal.writing import VIETNAM

LISTED_IN_FULL = 8
FIRST_OF_MANY = 5


def number(value: int) -> str:
    """A number as prose has it."""
    return vietnamese.format_number(value)


def cut_off(work: OrganisationWork) -> str:
    """Both axes of time in one line."""
    question = work.question
    head = question.head
    known = question.known_on or (
        head.recorded_at.astimezone(VIETNAM).date() if head.recorded_at else None
    )
    said = _("Counted to the end of {on}, by the journal to the end of {known} (entry {n}).")
    return said.format(
        on=vietnamese.format_date(question.period.last_day),
        known=vietnamese.format_date(known) if known else vietnamese.MISSING,
        n=number(head.number),
    )


def sentences(work: OrganisationWork) -> list[tuple[str, list[str]]]:
    """The report's sections: (heading, sentences)."""
    return [
        (_("Admission of members"), [s for s in _admission(work) if s]),
        (_("Organisations and members"), [s for s in _strength(work) if s]),
    ]


def _admission(work: OrganisationWork) -> list[str]:
    return [_admitted(work), _same_period(work), _completed(work), _none_yet(work), _rest(work)]


def _admitted(work: OrganisationWork) -> str:
    done, period = work.whole, period_title(work.question.period)
    if not done.actual:
        return _("In {period} the organisation admitted no member.").format(period=period)
    if not done.plan:
        return _("In {period} the whole organisation admitted {n} members.").format(
            period=period, n=number(done.actual)
        )
    said = _(
        "In {period} the whole organisation admitted {n} members, {percent} of the year's plan"
        " ({plan} members)."
    )
    return said.format(
        period=period,
        n=number(done.actual),
        percent=vietnamese.format_percent(done.actual, done.plan, trim=True),
        plan=number(done.plan),
    )


def _same_period(work: OrganisationWork) -> str:
    now, before = work.whole.actual, work.last_year_admitted
    if not before:
        return ""
    if now == before:
        return _("That is as many as in the same period last year.")
    said = (
        _("Compared with the same period last year, that is {n} more, or {percent}.")
        if now > before
        else _("Compared with the same period last year, that is {n} fewer, or {percent}.")
    )
    percent = vietnamese.format_percent(abs(now - before), before, trim=True)
    return said.format(n=number(abs(now - before)), percent=percent)


def _completed(work: OrganisationWork) -> str:
    reached = [row for row in ranked(work.units) if (row.achievement.share or 0) >= 1]
    if not any(row.achievement.share is not None for row in work.units):
        return ""
    if not reached:
        return _("No unit has completed the year's plan yet.")
    over = [row for row in reached if (row.achievement.share or 0) > 1]
    met = [row for row in reached if row not in over]
    parts = []
    if over:
        parts.append(_("above the plan: {units}").format(units=_by_percent(over)))
    if met:
        parts.append(_("at 100%: {units}").format(units=listing([r.life.name for r in met])))
    if len(reached) == 1:
        said = _("One unit has completed the year's plan, {parts}.")
    else:
        said = _("{n} units have completed the year's plan, {parts}.")
    return said.format(n=number(len(reached)), parts="; ".join(parts))


def _by_percent(rows: Sequence[UnitRow]) -> str:
    groups = []
    for _rank, tied in groupby(rows, key=lambda row: row.achievement.rank):
        same = list(tied)
        done = same[0].achievement
        percent = vietnamese.format_percent(done.actual, done.plan, trim=True)
        groups.append(f"{listing([row.life.name for row in same])} ({percent})")
    return ", ".join(groups)


def _none_yet(work: OrganisationWork) -> str:
    rows = [row for row in work.units if row.achievement.plan and not row.achievement.actual]
    if not rows:
        return ""
    rest = sum(row.achievement.plan or 0 for row in rows)
    said = (
        _("One unit has not admitted anybody yet, with {rest} to be admitted: {units}.")
        if len(rows) == 1
        else _("{n} units have not admitted anybody yet, with {rest} to be admitted: {units}.")
    )
    units = listing([row.life.name for row in rows])
    return said.format(n=number(len(rows)), rest=number(rest), units=units)


def _rest(work: OrganisationWork) -> str:
    if not work.whole.rest:
        return ""
    return _("Of the year's plan {rest} members remain to be admitted.").format(
        rest=number(work.whole.rest)
    )


def _strength(work: OrganisationWork) -> list[str]:
    return [_on_roll(work), _change(work), _founded(work)]


def _on_roll(work: OrganisationWork) -> str:
    said = _(
        "At the end of {on} the organisation has {n} members ({full} full, {probationary}"
        " probationary) in {units} grassroots organisations."
    )
    strength = work.strength
    return said.format(
        on=vietnamese.format_date(work.question.period.last_day),
        n=number(strength.both),
        full=number(strength.full),
        probationary=number(strength.probationary),
        units=number(work.grassroots),
    )


def _change(work: OrganisationWork) -> str:
    amounts = {row.line: row.amount.both for row in work.statement}

    def told(lines: tuple[Line, ...]) -> str:
        parts = [f"{_inside(line)} {number(amounts[line])}" for line in lines if amounts[line]]
        return ", ".join(parts)

    into, out = sum(amounts[x] for x in INCREASES), sum(amounts[x] for x in DECREASES)
    if not into and not out:
        return _("In the period nobody came or left.")
    if not out:
        return _("In the period {into} members came ({more}).").format(
            into=number(into), more=told(INCREASES)
        )
    if not into:
        return _("In the period {out} members left ({less}).").format(
            out=number(out), less=told(DECREASES)
        )
    said = _("In the period {into} members came ({more}); {out} left ({less}).")
    return said.format(
        into=number(into), more=told(INCREASES), out=number(out), less=told(DECREASES)
    )


def _inside(line: Line) -> str:
    """A line's name inside a sentence: only the first letter becomes small."""
    return line.label[:1].lower() + line.label[1:]


def _founded(work: OrganisationWork) -> str:
    party = int(work.indicators["party-founded-private"] or 0)
    unions = int(work.indicators["unions-founded-private"] or 0)
    if not party and not unions:
        return ""
    said = _(
        "On the basis of {basis}, {party} Party organisations and {unions} trade unions were"
        " founded in non-state enterprises in the period."
    )
    basis = next((cited(basis) for basis in work.founding_basis), vietnamese.MISSING)
    return said.format(basis=basis, party=number(party), unions=number(unions))


# The kind of a document by the letters of its symbol, as committees abbreviate them.
_KINDS_OF_DOCUMENT = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "KL": "Kết luận",
    "KH": "Kế hoạch",
    "HD": "Hướng dẫn",
}


def cited(basis: Basis) -> str:
    """A document as an office cites it first: Nghị quyết số 09-NQ/TU, ngày … của Thành ủy."""
    letters = basis.number.partition("-")[2].partition("/")[0]
    kind = _KINDS_OF_DOCUMENT.get(letters, "Văn bản")
    day = vietnamese.format_signed_date(basis.issued_on)
    return f"{kind} số {basis.number}, ngày {day} của {basis.issuer}"


def listing(names: Sequence[str]) -> str:
    """Names in a row: A; B và C. From nine on the first five, the rest in the table."""
    if len(names) > LISTED_IN_FULL:
        more = _("{names} and {n} other units (see the table)")
        return more.format(
            names="; ".join(names[:FIRST_OF_MANY]), n=number(len(names) - FIRST_OF_MANY)
        )
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names="; ".join(names[:-1]), last=names[-1])
