"""Whose reports a login sees: drafts as it reads members, issued documents as an editor, too.

An editor cites what is issued and looks behind no number; an administrator reads no report.
"""

from __future__ import annotations

from collections.abc import Iterable

from giaoban.desk.door import Sitting
from giaoban.journal.queries import head
from giaoban.people import scope
from giaoban.people.models import Role

READS_ISSUES = (*scope.READS, *scope.CITES)


def units_of_issues(sitting: Sitting) -> frozenset[int]:
    """The units whose issued documents are in sight."""
    return sitting.units | sitting.documents


def units_as(sitting: Sitting, roles: Iterable[Role]) -> frozenset[int]:
    """The units that a login is appointed to in one of these roles, and all below them."""
    if not sitting.holds(*roles):
        return frozenset()
    return scope.units_in_sight(
        sitting.login, on=sitting.today, known=head().number, roles=tuple(roles)
    )


def reads_members(sitting: Sitting) -> bool:
    """Whether the login may look behind numbers and at drafts, not only at what is issued."""
    return sitting.holds(*scope.READS)
