"""Transfer papers that are out: whoever holds one may receive its bearer, from any unit."""

from __future__ import annotations

from datetime import date

from giaoban import vietnamese
from giaoban.journal.queries import AsOf
from giaoban.journal.rights import writers_rights
from giaoban.journal.sql import fetch
from giaoban.ledger.queries import standings
from giaoban.people.queries import names_of

_BEARERS = """
    SELECT DISTINCT l.person_id
    FROM people_namekey AS k JOIN ledger_leg AS l ON l.person_id = k.person_id
    JOIN journal_entry AS e ON e.id = l.entry_id JOIN journal_basis AS b ON b.id = e.basis_id
    WHERE k.folded = %(folded)s AND l.account IN (3, 4) AND l.quantity > 0 AND NOT l.reversal
        AND b.number = %(number)s AND b.issued_on = %(issued_on)s
"""


def bearer_of(number: str, issued_on: date, name: str, *, known: int) -> int | None:
    """The member in transit whose paper has this number and day and bears this very name.

    It looks past what is in sight: a paper from elsewhere is all that the receiving unit has. So
    it answers only who can tell all that the paper says, and about one bearer.
    """
    with writers_rights():
        rows = fetch(
            _BEARERS, folded=vietnamese.fold(name), number=number.strip(), issued_on=issued_on
        )
        as_of = AsOf(date.max, known)
        places = standings((row[0] for row in rows), as_of)
        out = {place.person for place in places if place.account.is_in_transit}
        wanted = vietnamese.clean(name).lower()
        named = [
            person for person, one in names_of(out, as_of).items()
            if one.full is not None and one.full.lower() == wanted
        ]  # fmt: skip
    return named[0] if len(named) == 1 else None
