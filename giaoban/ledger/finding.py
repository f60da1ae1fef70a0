"""Finding members by a part of their name, as one types: those in sight. And entries by a number,
of those that wrote to the books of some units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from giaoban import vietnamese
from giaoban.journal.books import books
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.rights import writers_rights
from giaoban.journal.sql import Rows, fetch
from giaoban.ledger.accounts import Account
from giaoban.people.finding import Among, Candidate, Sought, Step, candidates, named
from giaoban.people.queries import Name, escape_like, names_of
from giaoban.people.sight import UNITS_SEEN, restricted

# The first step of who sees some units only, at most; and of who sees so few that the second is to
# look through all in sight: with few bearers the first is the last.
FIRST_OF_SOME, FIRST_OF_FEW = 600, 150
# What a unit costs to look through, members and all, against asking about a candidate.
LOOKS_A_UNIT = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A member that was found, and where they stand on the day (None: nowhere in sight)."""

    name: Name
    unit: int | None
    account: Account | None
    born_on: date | None


def find_members(text: str, as_of: AsOf, *, limit: int = 8) -> list[Hit]:
    """Members in sight with ``text`` in their name of the day, with or without diacritics, or with
    it as their number; exact marks first, then in the order of lists."""
    told = vietnamese.nfc(text).strip()
    if not told:
        return []
    names = _called(told, as_of, limit, partial(_members, as_of=as_of))
    placed = {row[0]: row[1:] for row in _placed([name.person for name in names], as_of)}
    hits = []
    for name in names:
        unit, account, born_on = placed.get(name.person, (None, None, None))
        hits.append(Hit(name, unit, Account(account) if account else None, born_on))
    return hits


def find_persons(text: str, as_of: AsOf, *, limit: int = 8) -> list[Name]:
    """Whoever is in sight and has ``text`` in their name of the day, in the same order. Who sees
    every unit finds those, too, who were never a member."""
    return _called(text, as_of, limit, _people)


def _called(text: str, as_of: AsOf, limit: int, among: Among) -> list[Name]:
    # No name has a digit.
    if text.isdecimal():
        number = [int(text)] if len(text) < 10 else []
        return list(names_of(among(number), as_of).values())
    return named(_candidates(Sought.of(text), limit), as_of, limit, among)


_MEMBERS = """
    SELECT DISTINCT person_id FROM ledger_leg
    WHERE person_id = ANY(%(persons)s) AND account BETWEEN 1 AND 4
"""


def _people(persons: list[int]) -> list[int]:
    """Who of these is in sight."""
    if not restricted():
        return persons
    return [row[0] for row in fetch(_MEMBERS, persons=persons)]


def _members(persons: list[int], as_of: AsOf) -> list[int]:
    """Who of these is or was a member on the day, in a unit in sight."""
    sql = f"{_MEMBERS} AND effective_on <= %(on)s AND entry_id <= %(known)s"
    return [row[0] for row in fetch(sql, persons=persons, on=as_of.on, known=as_of.known)]


def _candidates(sought: Sought, limit: int) -> Iterator[Step]:
    """Along the names of everybody; but where many bear a name and few units are in sight, it is
    less work to look through all who are or were in these."""
    if not restricted():
        yield from candidates(sought, limit)
        return
    # So many will have to be met, if those in sight bear the name as often as others do.
    [(units, of)] = fetch(f"SELECT cardinality({UNITS_SEEN}), (SELECT max(id) FROM units_unit)")
    expected = limit * of // max(units, 1)
    few = units * LOOKS_A_UNIT < expected
    if few and " " not in sought.folded:  # many names hold a word, or some letters of one
        yield from _in_sight(sought, limit)
        return
    for step in candidates(sought, FIRST_OF_FEW if few else min(2 * expected, FIRST_OF_SOME)):
        yield step
        if few and step.more:
            yield from _in_sight(sought, limit)
            return


# With the writer's rights, so that not every row is asked whether it is in sight: only legs of
# units in sight are read, and whoever is found is asked again as the desk (``named``). Half of a
# district bears "ng": so names are put in order by their key alone, and their spellings looked up
# one by one along it, until enough hold the text to the letter (a CTE keeps its order).
_SPELT = """
    SELECT m.sort_key, m.person_id FROM met AS m CROSS JOIN LATERAL (
        SELECT FROM people_spelling AS s
        WHERE s.sort_key = m.sort_key AND strpos(s.lowered, %(literal)s) {how} OFFSET 0
    ) AS s
"""
_IN_SIGHT = f"""
    WITH met AS MATERIALIZED (
        SELECT DISTINCT k.sort_key, k.person_id FROM people_namekey AS k
        WHERE k.folded LIKE %(like)s AND k.person_id = ANY(ARRAY(
            SELECT DISTINCT l.person_id FROM ledger_leg AS l
            WHERE l.unit_id = ANY({UNITS_SEEN}) AND l.account BETWEEN 1 AND 4
        )) ORDER BY k.sort_key, k.person_id
    )
    {_SPELT.format(how="> 0")} UNION ALL {_SPELT.format(how="= 0")} LIMIT %(limit)s OFFSET %(first)s
"""


def _in_sight(sought: Sought, limit: int) -> Iterator[Step]:
    first, many, more = 0, 4 * limit, True
    while more:
        with writers_rights():
            rows = fetch(
                _IN_SIGHT, like=f"%{escape_like(sought.folded)}%", literal=sought.literal,
                limit=many, first=first,
            )  # fmt: skip
        more = len(rows) == many
        yield Step([Candidate(bytes(key), person) for key, person in rows], more)
        first, many = first + many, 4 * many


_PLACED = f"""
    SELECT h.person_id, s.unit_id, s.account, b.born_on
    FROM unnest(%(persons)s::bigint[]) AS h (person_id)
    LEFT JOIN LATERAL (
        SELECT l.unit_id, l.account FROM ledger_leg AS l
        WHERE l.person_id = h.person_id AND l.account BETWEEN 1 AND 4
            AND l.effective_on <= %(on)s AND l.entry_id <= %(known)s
        GROUP BY l.unit_id, l.account HAVING sum(l.quantity) > 0 ORDER BY 1 LIMIT 1
    ) AS s ON true
    LEFT JOIN LATERAL (
        SELECT x.born_on FROM people_particulars AS x
        WHERE x.person_id = h.person_id AND x.from_on <= %(on)s AND {not_reversed("x")}
        ORDER BY x.from_on DESC, x.entry_id DESC LIMIT 1
    ) AS b ON true
"""


def _placed(persons: list[int], as_of: AsOf) -> Rows:
    return fetch(_PLACED, persons=persons, on=as_of.on, known=as_of.known) if persons else []


@dataclass(frozen=True, slots=True)
class EntryHit:
    """An entry that was found by its number or by that of its basis."""

    number: int
    kind: Kind
    effective_on: date
    basis: str | None


def find_entries(text: str, units: Iterable[int], *, limit: int = 6) -> list[EntryHit]:
    """Entries with ``text`` as their number, then those on a basis with it in its number, the
    newest first; only such as wrote a row of one of the units."""
    told = vietnamese.nfc(text).strip()
    if not any(sign.isdigit() for sign in told):
        return []
    number = told.replace(".", "")
    rows = fetch(
        _entries(), units=list(units), like=f"%{escape_like(told.casefold())}%", limit=limit,
        number=int(number) if number.isdecimal() and len(number) < 16 else -1,
    )  # fmt: skip
    return [EntryHit(n, Kind(kind), on, basis) for n, kind, on, basis in rows]


@cache
def _entries() -> str:
    """SQL for entries with a row of some units in any book."""
    seen = " OR ".join(
        f"EXISTS (SELECT FROM {book._meta.db_table} AS x WHERE x.entry_id = e.id"
        " AND x.unit_id = ANY(%(units)s))"
        for book in books()
        if "unit_id" in book.columns
    )
    return (
        "SELECT e.id, e.kind, e.effective_on, b.number FROM journal_entry AS e"
        " LEFT JOIN journal_basis AS b ON b.id = e.basis_id"
        " WHERE (e.id = %(number)s OR e.basis_id IN"
        " (SELECT id FROM journal_basis WHERE lower(number) LIKE %(like)s))"
        f" AND ({seen}) ORDER BY e.id <> %(number)s, e.id DESC LIMIT %(limit)s"
    )
