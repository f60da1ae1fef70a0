"""Checking the books: every floor's invariants, on one and the same state of the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from giaoban.figures.segments.checking import CHECKS as FIGURES
from giaoban.journal.checks import CHECKS as JOURNAL
from giaoban.journal.checks import Check, Finding
from giaoban.journal.queries import Head, head
from giaoban.ledger.checks import CHECKS as LEDGER
from giaoban.people.checks import CHECKS as PEOPLE
from giaoban.plans.checks import CHECKS as PLANS
from giaoban.reports.checks import CHECKS as REPORTS
from giaoban.reports.signing.checks import CHECKS as SIGNATURES
from giaoban.units.checks import CHECKS as UNITS

CHECKS: tuple[Check, ...] = (
    *JOURNAL, *UNITS, *PEOPLE, *LEDGER, *PLANS, *FIGURES, *REPORTS, *SIGNATURES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks found, and of which journal."""

    head: Head
    findings: Sequence[Finding]

    @property
    def faulty(self) -> list[Finding]:
        """The checks that failed."""
        return [finding for finding in self.findings if finding.faults]


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction that sees the books as they are now, whatever others record meanwhile."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def verify(progress: Callable[[int], None]) -> Verdict:
    """Run every check; ``progress`` is told after each."""
    findings = []
    with one_moment():
        last = head()
        for check in CHECKS:
            findings.append(check())
            progress(1)
    return Verdict(last, findings)
