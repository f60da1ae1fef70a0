"""Bases as acts name them, and finding or adding them in the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from giaoban.journal.kept import OfConnection
from giaoban.journal.sql import fetch
from giaoban.journal.text import check_text

# What the columns have room for.
NUMBER_LENGTH, ISSUER_LENGTH = 100, 200

Document = tuple[str, date, str]  # number and symbol, day of issue, issuer


@dataclass(frozen=True, slots=True)
class BasisOn:
    """A basis as an act names it: number and symbol, day of issue, issuer, title."""

    number: str
    issued_on: date
    issuer: str
    title: str = ""

    @property
    def document(self) -> Document:
        return (self.number, self.issued_on, self.issuer)


# The id and title of bases that are in the books for good, by document.
_kept = OfConnection(items=10_000)


def find_or_add(basis: BasisOn) -> tuple[int, str]:
    """The id and title of a basis in the books; added if it is not there yet."""
    found: tuple[int, str] | None = _kept.get().get(basis.document)
    if found is None:
        found = _find_or_add(basis)
        # Nothing is taken out of the books again; what was added is only in once it is committed.
        transaction.on_commit(partial(_keep, basis.document, found))
    return found


def _keep(document: Document, found: tuple[int, str]) -> None:
    _kept.get()[document] = found


def _find_or_add(basis: BasisOn) -> tuple[int, str]:
    number, issued_on, issuer = basis.document
    check_text(_("number and symbol"), number, NUMBER_LENGTH)
    check_text(_("issuer"), issuer, ISSUER_LENGTH)
    check_text(_("title"), basis.title)
    told = {"number": number, "issued_on": issued_on, "issuer": issuer, "title": basis.title}
    [(found, title)] = fetch(
        "SELECT id, title FROM journal_basis WHERE number = %(number)s"
        " AND issued_on = %(issued_on)s AND issuer = %(issuer)s",
        **told,
    ) or fetch(
        "INSERT INTO journal_basis (number, issued_on, issuer, title)"
        " VALUES (%(number)s, %(issued_on)s, %(issuer)s, %(title)s) RETURNING id, title",
        **told,
    )
    return int(found), str(title)
