"""Recording a sheet of targets: what was changed on it, all at once or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from giaoban.journal.queries import AsOf
from giaoban.journal.sql import fetch
from giaoban.journal.writing import BasisOn, Recorder, open_journal
from giaoban.plans.actions import allocate_target, set_targets
from giaoban.plans.errors import ChangedMeanwhile, NothingChanged
from giaoban.units import rules
from giaoban.units.queries import lives


def revise_targets(
    unit: int, targets: Mapping[int, int | None], *, indicator: str, year: int, seen: int,
    by: Recorder, basis: BasisOn | None = None, note: str = "", key: str | None = None,
) -> int:  # fmt: skip
    """Record the targets that were changed on the sheet of ``unit``; None takes one back.

    ``seen`` is the entry up to which the sheet was drawn: a target that somebody else has changed
    since is refused, not overwritten. It is an allocation where only units directly below are
    given numbers. Raises ``NothingChanged``, ``ChangedMeanwhile``, and what ``set_targets``
    raises.
    """
    if not targets:
        raise NothingChanged
    with open_journal(by) as journal:
        if not journal.find([key]):
            _check_unchanged(targets, indicator, year, AsOf(by.today, journal.number), seen)
        given = {child: value for child, value in targets.items() if value is not None}
        below = set(rules.children_on(unit, AsOf(by.today, journal.number)))
        if len(given) == len(targets) and below.issuperset(given):
            return allocate_target(
                unit, given, indicator=indicator, year=year, basis=basis, note=note, key=key, by=by
            )
        return set_targets(
            targets, indicator=indicator, year=year, basis=basis, note=note, key=key, by=by
        )


def _check_unchanged(
    targets: Mapping[int, int | None], indicator: str, year: int, as_of: AsOf, seen: int
) -> None:
    """Refuse what somebody recorded, or took back, after the sheet was drawn."""
    rows = fetch(
        "SELECT x.unit_id, e.by, e.recorded_at FROM plans_target AS x JOIN journal_entry AS e"
        " ON e.id > %(seen)s AND (e.id = x.entry_id OR e.reverses_id = x.entry_id)"
        " WHERE x.indicator = %(indicator)s AND x.year = %(year)s AND x.unit_id = ANY(%(units)s)"
        " ORDER BY e.id DESC LIMIT 1",
        seen=seen, indicator=indicator, year=year, units=list(targets),
    )  # fmt: skip
    if rows:
        [(unit, who, at)] = rows
        raise ChangedMeanwhile(who=who, unit=lives([unit], as_of)[unit].name, time=at)
