"""The sentences of the report on organisation work, in the office's style.

Rules of number, list and comparison follow the language guide: no sentence begins with a figure,
nothing is "admitted 0", units above the plan stand before those that just reached it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from giaoban import vietnamese
from giaoban.cli.report_tables import (
    MEMBER_WORDS,
    PARTY,
    UNIT_WORDS,
    counted,
    number,
    ranked,
)
from giaoban.figures.by_unit import UnitRow, period_title
from giaoban.figures.lines import DECREASES, INCREASES, Line
from giaoban.figures.organisation_work import OrganisationWork
from giaoban.journal.models import Basis
from giaoban.journal.writing import VIETNAM
from giaoban.periods import Period, PeriodKind

LISTED_IN_FULL = 8
FIRST_OF_MANY = 5


def _known_on(work: OrganisationWork) -> date | None:
    """The day to whose end the journal is read."""
    question = work.question
    recorded_at = question.head.recorded_at
    return question.known_on or (recorded_at.astimezone(VIETNAM).date() if recorded_at else None)


def cut_off(work: OrganisationWork) -> str:
    """Both axes of time in one line."""
    known = _known_on(work)
    said = _("Counted to the end of {on}, by the journal to the end of {known} (entry {n}).")
    return said.format(
        on=vietnamese.format_date(work.question.period.last_day),
        known=vietnamese.format_date(known) if known else vietnamese.MISSING,
        n=vietnamese.format_number(work.question.head.number),
    )


def year_is_over(work: OrganisationWork) -> bool:
    """Whether the plan's year had ended by what is told and known: then nothing is "not yet"."""
    period, known = work.question.period, _known_on(work)
    return period.elapsed_share == 1 and known is not None and known >= period.last_day


def _since_new_year(work: OrganisationWork) -> bool:
    """Whether all of the year up to the cut-off is told; else a plan's rest can't be."""
    period = work.question.period
    return period.start == period.year_period.start


def sentences(work: OrganisationWork) -> list[tuple[str, list[str]]]:
    """The report's sections: (heading, sentences)."""
    members = MEMBER_WORDS[work.unit.family]
    return [
        (_("Admission of {members}").format(members=members.many), _said(_admission(work))),
        (str(members.section), _said([_on_roll(work), _change(work), _founded(work)])),
    ]


def _said(found: list[str]) -> list[str]:
    return [sentence for sentence in found if sentence]


def _admission(work: OrganisationWork) -> list[str]:
    told = [_admitted(work), _same_period(work)]
    if _since_new_year(work):
        if _all_measured(work):
            told += [_completed(work), _nobody_by(work)]
        told.append(_rest(work))
    return told


def _all_measured(work: OrganisationWork) -> bool:
    """Whether each unit is told with all of its plan; else "no unit" and "one unit" aren't true."""
    return work.question.tree is None and all(row.achievement.comparable for row in work.units)


def _admitted(work: OrganisationWork) -> str:
    done, family = work.whole, work.unit.family
    if not done.actual and year_is_over(work):
        said = _("In {period} {whole} admitted no {member}.")
    elif not done.actual:
        said = _("In {period} no {member} has been admitted yet by {whole}.")
    elif done.share is None:
        said = _("In {period} {whole} admitted {members}.")
    else:
        said = _("In {period} {whole} admitted {members}, {percent} of the year's plan ({plan}).")
    return said.format(
        period=_inside_title(work.question.period),
        whole=UNIT_WORDS[work.unit.kind].whole,
        member=MEMBER_WORDS[family].one,
        members=counted(family, done.actual),
        percent=vietnamese.format_percent(done.actual, done.plan, trim=True),
        plan=counted(family, done.plan or 0),
    )


def _inside_title(period: Period) -> str:
    """The period's name inside a sentence: English has "in 2018", but "in the first half"."""
    title = period_title(period)
    bare = period.kind in (PeriodKind.YEAR, PeriodKind.MONTH)
    return title if bare else _("the {period}").format(period=title)


def _same_period(work: OrganisationWork) -> str:
    now, before = work.whole.actual, work.last_year_admitted
    if not before:
        return ""
    if now == before:
        return _("That is as many as in the same period last year.")
    said = (
        _("Compared with the same period last year, that is {members} more, or {percent}.")
        if now > before
        else _("Compared with the same period last year, that is {members} fewer, or {percent}.")
    )
    percent = vietnamese.format_percent(abs(now - before), before, trim=True)
    return said.format(members=counted(work.unit.family, abs(now - before)), percent=percent)


def _completed(work: OrganisationWork) -> str:
    """Who is above the plan, then who is just at it; one unit is named without a list."""
    if not any(row.achievement.share is not None for row in work.units):
        return ""
    reached = [row for row in ranked(work.units) if (row.achievement.share or 0) >= 1]
    over = [row for row in reached if (row.achievement.share or 0) > 1]
    met = reached[len(over) :]
    if not reached and year_is_over(work):
        return _("No unit completed the year's plan.")
    if not reached:
        return _("No unit has completed the year's plan yet.")
    if over and met:
        said = _("The year's plan has been completed by {n} units: above it {over}; at 100% {met}.")
    elif len(over) == 1:
        said = _("The year's plan has been exceeded by {n} unit, {over}.")
    elif over:
        said = _("The year's plan has been exceeded by {n} units: {over}.")
    elif len(met) == 1:
        said = _("The year's plan has been met to 100% by {n} unit, {met}.")
    else:
        said = _("The year's plan has been met to 100% by {n} units: {met}.")
    above = listing([f"{row.life.name} ({_percent(row)})" for row in over])
    return said.format(n=number(len(reached)), over=above, met=listing([r.life.name for r in met]))


def _percent(row: UnitRow) -> str:
    return vietnamese.format_percent(row.achievement.actual, row.achievement.plan, trim=True)


def _nobody_by(work: OrganisationWork) -> str:
    """Units with a target that have admitted nobody: still to do, or left undone."""
    rows = [row for row in work.units if row.achievement.share == 0]
    if not rows:
        return ""
    one, over = len(rows) == 1, year_is_over(work)
    if over and one:
        said = _(
            "No {member} was admitted by {n} unit, {units}, which leaves {rest} of the plan undone."
        )
    elif over:
        said = _(
            "No {member} was admitted by {n} units, which leaves {rest} of the plan undone:"
            " {units}."
        )
    elif one:
        said = _(
            "As yet no {member} has been admitted by {n} unit, {units}, with {rest} to be admitted"
            " by the end of the year."
        )
    else:
        said = _(
            "As yet no {member} has been admitted by {n} units, with {rest} to be admitted by the"
            " end of the year: {units}."
        )
    return said.format(
        member=MEMBER_WORDS[work.unit.family].one,
        n=number(len(rows)),
        rest=number(sum(row.achievement.plan or 0 for row in rows)),
        units=listing([row.life.name for row in rows]),
    )


def _rest(work: OrganisationWork) -> str:
    if not work.whole.rest:
        return ""
    said = (
        _("Not admitted under the year's plan: {members}.")
        if year_is_over(work)
        else _("Still to be admitted under the year's plan: {members}.")
    )
    return said.format(members=counted(work.unit.family, work.whole.rest))


def _on_roll(work: OrganisationWork) -> str:
    words, family, strength = UNIT_WORDS[work.unit.kind], work.unit.family, work.strength
    if not strength.both:
        said = _("At the end of {on} the roll of {itself} holds no {member}.")
    elif family != PARTY:
        said = _("At the end of {on} {itself} has {members}.")
    elif words.above and work.grassroots:
        said = _("At the end of {on} {itself} has {members} ({standings}) in {bases}.")
    else:
        said = _("At the end of {on} {itself} has {members} ({standings}).")
    full = _("{n} full").format(n=number(strength.full)) if strength.full else ""
    probationary = (
        _("{n} probationary").format(n=number(strength.probationary))
        if strength.probationary
        else ""
    )
    bases = ngettext("{n} grassroots organisation", "{n} grassroots organisations", work.grassroots)
    return said.format(
        on=vietnamese.format_date(work.question.period.last_day),
        itself=words.itself,
        member=MEMBER_WORDS[family].one,
        members=counted(family, strength.both),
        standings=", ".join(_said([full, probationary])),
        bases=bases.format(n=number(work.grassroots)),
    )


def _change(work: OrganisationWork) -> str:
    amounts = {row.line: row.amount.both for row in work.statement}

    def told(lines: tuple[Line, ...]) -> str:
        parts = [f"{_inside(line)} {number(amounts[line])}" for line in lines if amounts[line]]
        return ", ".join(parts)

    into, out = sum(amounts[x] for x in INCREASES), sum(amounts[x] for x in DECREASES)
    if into and out:
        said = _("In the period {into} came ({more}); {out} left ({less}).")
    elif into:
        said = _("In the period {into} came ({more}); no {member} left.")
    elif out:
        said = _("In the period {out} left ({less}); no {member} came.")
    else:
        said = _("In the period no {member} came or left.")
    family = work.unit.family
    return said.format(
        into=counted(family, into), more=told(INCREASES),
        out=counted(family, out), less=told(DECREASES),
        member=MEMBER_WORDS[family].one,
    )  # fmt: skip


def _inside(line: Line) -> str:
    """A line's name inside a sentence: only the first letter becomes small."""
    return line.label[:1].lower() + line.label[1:]


def _founded(work: OrganisationWork) -> str:
    party = int(work.indicators["party-founded-private"] or 0)
    unions = int(work.indicators["unions-founded-private"] or 0)
    told = []
    if party:
        said = ngettext("{n} Party organisation", "{n} Party organisations", party)
        told.append(said.format(n=number(party)))
    if unions:
        said = ngettext("{n} trade union", "{n} trade unions", unions)
        told.append(said.format(n=number(unions)))
    if not told:
        return ""
    basis = next((cited(basis) for basis in work.founding_basis), "")
    said = (
        _("On the basis of {basis}, the period saw {founded} founded in non-state enterprises.")
        if basis
        else _("The period saw {founded} founded in non-state enterprises.")
    )
    return said.format(basis=basis, founded=listing(told))


# The kind of a document by the letters of its symbol, as committees abbreviate them.
_KINDS_OF_DOCUMENT = {
    "NQ": gettext_lazy("Resolution"),
    "QĐ": gettext_lazy("Decision"),
    "CT": gettext_lazy("Directive"),
    "KL": gettext_lazy("Conclusion"),
    "KH": gettext_lazy("Plan of work"),
    "HD": gettext_lazy("Guidance"),
}


def cited(basis: Basis) -> str:
    """A document as an office cites it first: Nghị quyết số 09-NQ/TU, ngày … của Thành ủy."""
    letters = basis.number.partition("-")[2].partition("/")[0]
    kind = _KINDS_OF_DOCUMENT.get(letters, _("Document"))
    day = vietnamese.format_signed_date(basis.issued_on)
    said = _("{kind} no. {number} of {day} by {issuer}")
    return said.format(kind=kind, number=basis.number, day=day, issuer=basis.issuer)


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
