"""Which issued documents some entries make read otherwise, and which of their figures.

Asked inside a rehearsal it tells before anything is recorded. The documents that could be concerned
are found by the units and days that the entries name; only these are worked out again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.figures.values import Value
from giaoban.journal.queries import Head, head_at
from giaoban.journal.rights import writers_rights
from giaoban.journal.sql import fetch
from giaoban.reports.changes import value_now
from giaoban.reports.issues import Issued, Standing, frozen_figures, issues
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Affected:
    """An issued document that some entries change, and its figures: (address, before, after).
    ``was`` is what they were worked out with before, and knows the units by their names then."""

    issued: Issued
    figures: list[tuple[Address, Value, Value]]
    was: Reckoning


def affected_by(entries: range, among: Iterable[Issued] | None = None) -> list[Affected]:
    """The documents in force whose figures these entries, just written, change.

    ``among`` are those that could be concerned, where the caller has them. Runs with the writer's
    rights, in a transaction; only numbers come out.
    """
    with writers_rights():
        before, after = head_at(entries.start - 1), head_at(entries.stop - 1)
        candidates = concerned_by(entries) if among is None else among
        told = (_changed(issued, before, after) for issued in candidates)
        return [one for one in told if one.figures]


def concerned_by(entries: range) -> list[Issued]:
    """The documents in force that these entries could change: on a unit that they touch or one
    that ever stood above it, of a period that ends after their first day, or, where they set a
    target, of its year."""
    with writers_rights():
        told = fetch(_TOUCHED, first=entries.start, end=entries.stop)
        units = {unit for unit, _on, _year in told}
        if not units:
            return []
        first = min((on for _unit, on, _year in told if on is not None), default=date.max)
        years = {year for _unit, _on, year in told if year is not None}
        found = concerned(units, first, years=years)
    return [one for one in found if one.entry < entries.start]


def concerned(units: Iterable[int], first: date, *, years: Collection[int] = ()) -> list[Issued]:
    """The documents in force that something in these units, effective from a day on, could change;
    or a target of a year. Those in sight, or with the writer's rights all."""
    return [
        one
        for one in issues(f"i.unit_id IN ({_ABOVE})", units=sorted(units))
        if one.standing is Standing.IN_FORCE
        and (first < _ends(one) or one.reporting_period.year in years)
    ]


def _ends(issued: Issued) -> date:
    """The first day that counts no more: of the period, or of the tree restated by."""
    return max(issued.reporting_period.end, (issued.tree_on or date.min) + ONE_DAY)


# (unit, first day, year of a target) of what entries wrote, and of what they took back.
_TOUCHED = """
    WITH those AS (
        SELECT id FROM journal_entry WHERE id >= %(first)s AND id < %(end)s
        UNION SELECT reverses_id FROM journal_entry
        WHERE id >= %(first)s AND id < %(end)s AND reverses_id IS NOT NULL
    ), persons AS (
        SELECT x.person_id, min(x.from_on) AS from_on FROM people_particulars AS x
        JOIN those ON those.id = x.entry_id GROUP BY x.person_id
    )
    SELECT x.unit_id, min(x.effective_on), NULL::int FROM ledger_leg AS x
        JOIN those ON those.id = x.entry_id GROUP BY x.unit_id
    UNION ALL SELECT x.unit_id, x.from_on, NULL FROM units_placement AS x
        JOIN those ON those.id = x.entry_id
    UNION ALL SELECT x.parent_id, x.from_on, NULL FROM units_placement AS x
        JOIN those ON those.id = x.entry_id WHERE x.parent_id IS NOT NULL
    UNION ALL SELECT x.unit_id, x.from_on, NULL FROM units_closing AS x
        JOIN those ON those.id = x.entry_id
    UNION ALL SELECT x.unit_id, x.from_on, NULL FROM units_succession AS x
        JOIN those ON those.id = x.entry_id
    UNION ALL SELECT x.successor_id, x.from_on, NULL FROM units_succession AS x
        JOIN those ON those.id = x.entry_id
    UNION ALL SELECT x.unit_id, NULL, x.year FROM plans_target AS x
        JOIN those ON those.id = x.entry_id
    UNION ALL SELECT DISTINCT l.unit_id, p.from_on, NULL::int FROM persons AS p
        JOIN ledger_leg AS l ON l.person_id = p.person_id AND l.account BETWEEN 1 AND 4
"""

# Units and whatever ever stood above them, or came after them: more rather than less.
_ABOVE = """
    WITH RECURSIVE above AS (
        SELECT unnest(%(units)s::bigint[]) AS unit_id
        UNION
        SELECT way.over_id FROM above JOIN (
            SELECT unit_id, parent_id AS over_id FROM units_placement
            WHERE parent_id IS NOT NULL
            UNION SELECT unit_id, successor_id FROM units_succession
        ) AS way ON way.unit_id = above.unit_id
    )
    SELECT unit_id FROM above
"""


def _changed(issued: Issued, before: Head, after: Head) -> Affected:
    """What these entries alone change. Other late entries are told with the document itself, and
    of a number that reads as issued again there is nothing to tell."""
    was, now = Reckoning(issued.asked(before)), Reckoning(issued.asked(after))
    found = []
    for text, frozen in frozen_figures(issued.entry).items():
        value = value_now(now, text)
        if value != frozen and value != (earlier := value_now(was, text)):
            found.append((Address.parse(text), earlier, value))
    return Affected(issued, found, was)
