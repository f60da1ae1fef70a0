"""Terms: how long something takes by the rules of an organisation, as dated data.

The months of probation are the charter's today; a rule that changes them gets a record of its
own, and members admitted under the old one keep it.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from .dated_rules import DatedRule, dated_fields
from .errors import TermUnknown
from .months import months_after
from .records import PACKAGED_RULES, read_records

LONGEST_MONTHS = 1200


@dataclass(frozen=True, kw_only=True)
class Term(DatedRule):
    """A number of months that something takes in one family of organisations."""

    concerns: str
    family: str
    months: int

    def ends_on(self, begun_on: date) -> date:
        """The day on which a term that began on `begun_on` has passed."""
        return months_after(begun_on, self.months)


def read_terms(toml_text: str) -> tuple[Term, ...]:
    """Read the terms of a TOML text of the form of `rules.toml`. Raises RuleUnreadable."""
    terms = []
    for record in read_records(toml_text, "term"):
        terms.append(
            Term(
                **dated_fields(record),
                concerns=record.text("concerns"),
                family=record.text("family"),
                months=record.whole("months", 1, LONGEST_MONTHS),
            )
        )
        record.done()
    return tuple(terms)


@cache
def terms() -> tuple[Term, ...]:
    """The terms that come with the package."""
    return read_terms(PACKAGED_RULES.read_text(encoding="utf-8"))


def term_in_force(concerns: str, family: str, day: date) -> Term:
    """The term that holds for what begins on `day`. Raises TermUnknown where none does."""
    for term in terms():
        if term.concerns == concerns and term.family == family and term.in_force_on(day):
            return term
    raise TermUnknown(concerns=concerns, family=family, day=day)
