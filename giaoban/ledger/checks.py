"""Is the ledger sound? What the trigger promises, recomputed over every leg there is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from giaoban.journal.checks import FAULTS_SHOWN, Check, Finding
from giaoban.journal.queries import head, not_reversed
from giaoban.journal.sql import fetch
from giaoban.ledger.models import LegalDate


def _legs() -> int:
    [(count,)] = fetch("SELECT count(*) FROM ledger_leg")
    return int(count)


def movements_balance() -> Finding:
    """Every movement sums to zero in every unit it touches, for each person and the unit itself."""
    finding = Finding(_("ledger: zero in every unit"), looked_at=_legs())
    rows = fetch(
        "SELECT entry_id, unit_id, sum(quantity) FROM ledger_leg"
        " GROUP BY entry_id, unit_id, person_id HAVING sum(quantity) <> 0 ORDER BY 1, 2"
    )
    for number, unit, total in rows:
        text = _("entry {n}, unit {unit}: the legs add up to {total}")
        finding.fault(text.format(n=number, unit=unit, total=total))
    return finding


def legs_follow_their_entry() -> Finding:
    """Each leg repeats kind, day and whether it is a reversal from an entry that there is."""
    finding = Finding(_("ledger: legs and their entries"), looked_at=_legs())
    rows = fetch(
        "SELECT l.entry_id, l.line FROM ledger_leg AS l"
        " LEFT JOIN journal_entry AS e ON e.id = l.entry_id"
        " WHERE e.id IS NULL OR e.kind <> l.kind OR e.effective_on <> l.effective_on"
        " OR (e.reverses_id IS NOT NULL) <> l.reversal ORDER BY 1, 2"
    )
    for number, line in rows:
        text = _("leg {n}/{line} says otherwise than its entry")
        finding.fault(text.format(n=number, line=line))
    return finding


def legs_name_units_and_persons() -> Finding:
    """Legs and legal dates name units and persons that there are; only persons have standings."""
    finding = Finding(_("ledger: legs name known units and persons"), looked_at=_legs())
    rows = fetch(
        "SELECT l.entry_id, l.line FROM ledger_leg AS l"
        " LEFT JOIN units_unit AS u ON u.id = l.unit_id"
        " LEFT JOIN people_person AS p ON p.id = l.person_id"
        " WHERE u.id IS NULL OR (l.person_id IS NOT NULL AND p.id IS NULL)"
        " OR (l.account BETWEEN 1 AND 4) AND l.person_id IS NULL"
        " OR l.account = 9 AND l.person_id IS NOT NULL ORDER BY 1, 2"
    )
    for number, line in rows:
        text = _("leg {n}/{line} names a unit or person there is not, or an account not theirs")
        finding.fault(text.format(n=number, line=line))
    finding.looked_at += LegalDate.objects.count()
    rows = fetch(
        "SELECT d.entry_id, d.line FROM ledger_legaldate AS d"
        " LEFT JOIN people_person AS p ON p.id = d.person_id WHERE p.id IS NULL ORDER BY 1, 2"
    )
    for number, line in rows:
        text = _("legal date {n}/{line} names a person there is not")
        finding.fault(text.format(n=number, line=line))
    return finding


# Every person's book in every unit and account, with its sum from each day of change on.
_RUNNING = """
    SELECT d.person_id, d.unit_id, d.effective_on, k.family_id,
        sum(d.quantity) OVER (
            PARTITION BY d.person_id, d.unit_id, d.account ORDER BY d.effective_on) AS book,
        sum(d.quantity) OVER (
            PARTITION BY d.person_id, k.family_id ORDER BY d.effective_on) AS standing,
        lead(d.effective_on, 1, 'infinity') OVER (
            PARTITION BY d.person_id, d.unit_id, d.account ORDER BY d.effective_on) AS until
    FROM (
        SELECT person_id, unit_id, account, effective_on, sum(quantity) AS quantity
        FROM ledger_leg WHERE account BETWEEN 1 AND 4
        GROUP BY person_id, unit_id, account, effective_on
    ) AS d
    LEFT JOIN units_unit AS u ON u.id = d.unit_id
    LEFT JOIN units_unitkind AS k ON k.code = u.kind_id
"""


def persons_stand_once() -> Finding:
    """On every day a person stands once at most in a family, and no book is below zero."""
    finding = Finding(_("ledger: standings on every day"))
    [(finding.looked_at,)] = fetch(
        "SELECT count(DISTINCT person_id) FROM ledger_leg WHERE account BETWEEN 1 AND 4"
    )
    rows = fetch(
        f"SELECT person_id, unit_id, min(effective_on) FROM ({_RUNNING}) AS r"
        " WHERE book NOT IN (0, 1) OR standing NOT IN (0, 1)"
        f" GROUP BY 1, 2 ORDER BY 1, 3, 2 LIMIT {FAULTS_SHOWN}"
    )
    for person, unit, day in rows:
        text = _("person {n} on {day} does not stand in unit {unit} exactly once or not at all")
        finding.fault(text.format(n=person, day=day, unit=unit))
    return finding


# The days on which each unit exists, by its legs.
_LIFE = """
    SELECT unit_id, min(effective_on) FILTER (WHERE net > 0) AS opened,
        COALESCE(min(effective_on) FILTER (WHERE net < 0), 'infinity') AS closed
    FROM (
        SELECT unit_id, effective_on, sum(quantity) AS net FROM ledger_leg
        WHERE account = 9 GROUP BY unit_id, effective_on
    ) AS lives GROUP BY unit_id
"""


def nobody_stands_in_a_closed_unit() -> Finding:
    """Nobody stands in a unit before it was founded or after it closed."""
    finding = Finding(_("ledger: standings within the lives of units"))
    [(finding.looked_at,)] = fetch(
        "SELECT count(DISTINCT unit_id) FROM ledger_leg WHERE account BETWEEN 1 AND 4"
    )
    rows = fetch(
        f"SELECT r.unit_id, r.person_id, min(r.effective_on) FROM ({_RUNNING}) AS r"
        f" LEFT JOIN ({_LIFE}) AS v ON v.unit_id = r.unit_id WHERE r.book > 0"
        " AND (v.opened IS NULL OR r.effective_on < v.opened OR r.until > v.closed)"
        f" GROUP BY 1, 2 ORDER BY 1, 2 LIMIT {FAULTS_SHOWN}"
    )
    for unit, person, day in rows:
        text = _("unit {unit} is not open while person {n} stands there from {day}")
        finding.fault(text.format(unit=unit, n=person, day=day))
    return finding


def lives_agree_with_units() -> Finding:
    """The legs by which units exist say the same as their foundings and closings."""
    finding = Finding(_("ledger: the lives of units"))
    [(finding.looked_at,)] = fetch("SELECT count(*) FROM ledger_leg WHERE account = 9")
    rows = fetch(
        "SELECT COALESCE(l.unit_id, w.unit_id), COALESCE(l.day, w.day) FROM ("
        " SELECT unit_id, effective_on AS day, sum(quantity) AS net FROM ledger_leg"
        " WHERE account = 9 GROUP BY 1, 2 HAVING sum(quantity) <> 0) AS l"
        " FULL JOIN ("
        f" SELECT unit_id, from_on AS day, sum(net) AS net FROM ("
        f"   SELECT unit_id, from_on, 1 AS net FROM units_founding AS x WHERE {not_reversed('x')}"
        f"   UNION ALL SELECT unit_id, from_on, -1 FROM units_closing AS x"
        f"   WHERE {not_reversed('x')}) AS written GROUP BY 1, 2 HAVING sum(net) <> 0) AS w"
        " ON w.unit_id = l.unit_id AND w.day = l.day AND w.net = l.net"
        " WHERE l.unit_id IS NULL OR w.unit_id IS NULL ORDER BY 1, 2",
        known=head().number,
    )
    for unit, day in rows:
        text = _("unit {unit} on {day}: legs and foundings or closings differ")
        finding.fault(text.format(unit=unit, day=day))
    return finding


def reversals_mirror() -> Finding:
    """The legs of a reversal are those of the entry it takes back, with the opposite sign."""
    finding = Finding(_("ledger: reversals"))
    [(finding.looked_at,)] = fetch("SELECT count(*) FROM journal_entry WHERE reverses_id > 0")
    rows = fetch(
        "SELECT entry_id FROM ("
        " SELECT l.entry_id, l.unit_id, l.account, l.person_id, l.quantity FROM ledger_leg AS l"
        " JOIN journal_entry AS e ON e.id = l.entry_id AND e.reverses_id IS NOT NULL"
        " UNION ALL SELECT e.id, l.unit_id, l.account, l.person_id, l.quantity"
        " FROM journal_entry AS e JOIN ledger_leg AS l ON l.entry_id = e.reverses_id) AS both_sides"
        " GROUP BY entry_id, unit_id, account, person_id HAVING sum(quantity) <> 0"
        " ORDER BY entry_id"
    )
    for number in dict.fromkeys(row[0] for row in rows):
        finding.fault(_("entry {n} does not take back what it reverses").format(n=number))
    return finding


CHECKS: list[Check] = [
    movements_balance,
    legs_follow_their_entry,
    legs_name_units_and_persons,
    persons_stand_once,
    nobody_stands_in_a_closed_unit,
    lives_agree_with_units,
    reversals_mirror,
]
