"""Are the plans sound? Each check is one invariant, over all targets there are."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from giaoban.journal.checks import Check, Finding
from giaoban.journal.queries import AsOf, head, not_reversed
from giaoban.journal.sql import fetch
from giaoban.plans.indicators import TARGETED, YEARS
from giaoban.plans.models import Target
from giaoban.plans.queries import targets
from giaoban.units.queries import lives, tree_on


def targets_name_units() -> Finding:
    """Each target names a unit there is, an indicator and a year that can be, no less than zero."""
    finding = Finding(_("plans: targets"), looked_at=Target.objects.count())
    rows = fetch(
        "SELECT t.entry_id, t.line FROM plans_target AS t"
        " LEFT JOIN units_unit AS u ON u.id = t.unit_id"
        f" WHERE {not_reversed('t')} AND (u.id IS NULL OR t.value < 0 OR t.year < %(first)s"
        " OR t.year >= %(last)s OR t.indicator <> ALL(%(indicators)s)) ORDER BY 1, 2",
        known=head().number,
        first=YEARS.start,
        last=YEARS.stop,
        indicators=list(TARGETED),
    )
    for number, line in rows:
        text = _("target {n}/{line}: the unit, the indicator, the year or the value can't be")
        finding.fault(text.format(n=number, line=line))
    return finding


def targets_are_for_living_units() -> Finding:
    """A target is given for a year in which, as known then, the unit was open at some time."""
    finding = Finding(_("plans: targets of open units"), looked_at=Target.objects.count())
    # What was recorded by an entry before the target's and not reversed by then.
    known = (
        "x.entry_id < t.entry_id AND NOT EXISTS (SELECT FROM journal_entry AS r"
        " WHERE r.reverses_id = x.entry_id AND r.id < t.entry_id)"
    )
    rows = fetch(
        "SELECT t.entry_id, t.line FROM plans_target AS t"
        f" WHERE t.value IS NOT NULL AND {not_reversed('t')} AND ("
        f" NOT EXISTS (SELECT FROM units_founding AS x WHERE x.unit_id = t.unit_id AND {known}"
        "   AND x.from_on <= make_date(t.year, 12, 31))"
        f" OR EXISTS (SELECT FROM units_closing AS x WHERE x.unit_id = t.unit_id AND {known}"
        "   AND x.from_on <= make_date(t.year, 1, 1))) ORDER BY 1, 2",
        known=head().number,
    )
    for number, line in rows:
        text = _("target {n}/{line} is for a year in which the unit was not open")
        finding.fault(text.format(n=number, line=line))
    return finding


def allocations() -> Finding:
    """Whether more was handed down than a unit has to reach: worth a look, never a fault."""
    finding = Finding(_("plans: allocations"))
    known = head().number
    plans = fetch("SELECT DISTINCT indicator, year FROM plans_target ORDER BY 1, 2")
    for indicator, year in plans:
        as_of = AsOf(date(year, 12, 31), known)
        tree = tree_on(as_of)
        given = targets(indicator, year, known)
        names = lives(given, as_of)
        for unit in sorted(given):
            below = sum(given.get(int(child), 0) for child in tree.children(unit))
            finding.looked_at += 1
            if below > given[unit]:
                text = _("{unit}, {indicator} {year}: {below} handed down, {target} to reach")
                finding.warnings.append(text.format(
                    unit=names[unit].name, indicator=indicator, year=year, below=below,
                    target=given[unit],
                ))  # fmt: skip
    return finding


CHECKS: list[Check] = [targets_name_units, targets_are_for_living_units, allocations]
