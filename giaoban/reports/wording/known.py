"""To which days a report is told: its last day, the day to whose end the journal is read, and what
that leaves open: a period that runs, a year that runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.figures.by_unit import Question
from giaoban.figures.organisation_work import OrganisationWork
from giaoban.journal.writing import VIETNAM


def known_on(question: Question) -> date | None:
    """The day to whose end the journal is read; None before its first entry."""
    recorded_at = question.head.recorded_at
    return question.known_on or (recorded_at.astimezone(VIETNAM).date() if recorded_at else None)


def has_ended(question: Question) -> bool:
    """Whether the period had ended by what is known; else a report is told up to now."""
    known = known_on(question)
    return known is not None and known >= question.period.last_day


def year_is_over(question: Question) -> bool:
    """Whether the plan's year had ended by what is told and known: then nothing is "not yet"."""
    return question.period.elapsed_share == 1 and has_ended(question)


def from_new_year(question: Question) -> bool:
    """Whether all of the year up to the cut-off is told; else a plan's rest can't be."""
    period = question.period
    return period.start == period.year_period.start


def all_measured(work: OrganisationWork) -> bool:
    """Whether each unit is told with all of its plan; else "no unit" and "one unit" aren't true."""
    return work.question.tree is None and all(row.achievement.comparable for row in work.units)


def cut_off(question: Question, day_text: Callable[[date], str]) -> str:
    """Both axes of time in one line."""
    known = known_on(question)
    said = (
        _("Counted to the end of {on}, by the journal to the end of {known} (entry {n}).")
        if has_ended(question)
        else _("Counted up to now, by the journal to the end of {known} (entry {n}).")
    )
    return said.format(
        on=day_text(question.period.last_day),
        known=day_text(known) if known else vietnamese.MISSING,
        n=vietnamese.format_number(question.head.number),
    )


def restated(work: OrganisationWork, day_text: Callable[[date], str]) -> str:
    """By which tree a report was restated; nothing where it was not."""
    if work.question.tree is None:
        return ""
    said = (
        _("Everything is restated by the tree of {day}.")
        if work.restated
        else _("The table by unit is restated by the tree of {day}.")
    )
    return said.format(day=day_text(work.question.tree))
