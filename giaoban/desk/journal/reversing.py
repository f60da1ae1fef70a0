"""Taking an entry back from its page: what that would post, then the reversal itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from giaoban.desk.acts.handling import LOOK, RECORD, SEEN, STEP, Preview, previewed
from giaoban.desk.door import Sitting
from giaoban.desk.reports.affected import Looking
from giaoban.journal.errors import ReasonMissing, RuleBroken
from giaoban.ledger.corrections import NOT_REVERSIBLE, reverse_entry
from giaoban.ledger.journal_lines import JournalLine
from giaoban.ledger.rehearsal import carry_out
from giaoban.people import scope

__all__ = ["LOOK", "RECORD", "Reversing", "may_reverse", "reverse_asked"]


@dataclass(frozen=True, slots=True)
class Reversing:
    """What came of it: the reversal's number, its lines to look at, or why not."""

    recorded: int | None = None
    preview: Preview | None = None
    fault: str = ""


def may_reverse(line: JournalLine, sitting: Sitting) -> bool:
    """Whether it makes sense to offer it; the action has the last word."""
    return (
        sitting.holds(*scope.RECORDS)
        and line.reverses is None
        and line.reversed_by is None
        and line.kind not in NOT_REVERSIBLE
    )


def reverse_asked(number: int, sitting: Sitting, data: Any) -> Reversing:
    """Rehearse the reversal, or record it once just these words have been looked at."""
    reason, key = data.get("reason", "").strip(), data.get("key", "")[:60]
    mark = hashlib.sha256(f"{number} {reason}".encode()).hexdigest()[:32]
    record = data.get(STEP) == RECORD and data.get(SEEN) == mark
    try:
        if not reason:
            raise ReasonMissing
        if record:
            return Reversing(reverse_entry(number, reason=reason, by=sitting.by, key=key or None))
        looking = Looking(sitting.units)
        carried = carry_out(
            looking.around(lambda: reverse_entry(number, reason=reason, by=sitting.by)),
            by=sitting.by,
            dry_run=True,
        )
    except RuleBroken as refused:
        return Reversing(fault=str(refused))
    preview = previewed(carried.postings, sitting, mark, proposes=False, told=None,
                        reports=looking.reports)  # fmt: skip
    return Reversing(preview=preview)
