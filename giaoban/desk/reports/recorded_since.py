"""Whether something was recorded for a report's unit and period after its numbers were taken.

For a list, in one question however long it is: the page of an issue says which numbers differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from giaoban.desk.door import Sitting
from giaoban.journal.queries import AsOf, head
from giaoban.journal.sql import fetch
from giaoban.reports.issues import Issued
from giaoban.units.queries import tree_on

_LATE = """
    SELECT asked.issue, count(DISTINCT leg.entry_id)
    FROM unnest(%(issues)s::bigint[], %(units)s::bigint[]) AS below(issue, unit_id)
    JOIN unnest(%(asked)s::bigint[], %(heads)s::bigint[], %(ends)s::date[])
        AS asked(issue, head, ends) ON asked.issue = below.issue
    JOIN ledger_leg AS leg ON leg.unit_id = below.unit_id AND leg.effective_on < asked.ends
        AND leg.entry_id > asked.head
    GROUP BY asked.issue
"""


def late_entries(issued: Sequence[Issued], sitting: Sitting) -> dict[int, int]:
    """How many entries moved members of each one's unit before the end of its period, though they
    were recorded after its state of the books."""
    known = head().number
    pairs: list[tuple[int, int]] = []
    for one in issued:
        last = min(one.reporting_period.last_day, sitting.today)
        pairs += [(one.entry, unit) for unit in tree_on(AsOf(last, known)).below(one.unit).tolist()]
    if not pairs:
        return {}
    rows = fetch(
        _LATE,
        issues=[issue for issue, _unit in pairs],
        units=[unit for _issue, unit in pairs],
        asked=[one.entry for one in issued],
        heads=[one.head_number for one in issued],
        ends=[one.reporting_period.end for one in issued],
    )
    return {int(issue): int(n) for issue, n in rows}
