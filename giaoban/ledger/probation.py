"""Probation by each family's rules, as dated terms: the Party has one, the unions have none."""

from __future__ import annotations

from datetime import date

from giaoban.periods import TermUnknown, term_in_force

PROBATION = "probation"


def probation_ends_on(family: str, ceremony: date) -> date | None:
    """The day on which the probation that a ceremony begins is over; None where there is none."""
    try:
        return term_in_force(PROBATION, family, ceremony).ends_on(ceremony)
    except TermUnknown:
        return None


def has_probation(family: str, day: date) -> bool:
    """Whether whoever is admitted to the family on a day is on probation first."""
    return probation_ends_on(family, day) is not None
