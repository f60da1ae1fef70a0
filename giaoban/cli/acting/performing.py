"""Doing what was told, all of it or nothing, and saying what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from giaoban.cli.acting.verbs import Done
from giaoban.journal.models import Entry
from giaoban.journal.queries import head
from giaoban.journal.writing import Recorder
from giaoban.ledger.rehearsal import Posting, carry_out

if TYPE_CHECKING:
    from giaoban.reports.affecting import Affected


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of some acts: their entries, and all entries from the first new one to the last.

    ``postings``, and the issued documents that would read otherwise, are told of a dry run only,
    which has recorded nothing.
    """

    done: Sequence[Done]
    entries: range
    dry_run: bool
    postings: list[Posting] = field(default_factory=list)
    affected: list[Affected] = field(default_factory=list)

    def is_new(self, done: Done) -> bool:
        """Whether an act was recorded just now, and not by an earlier try under its key."""
        return done.entry is None or done.entry in self.entries


def perform(do: Callable[[], Sequence[Done]], *, by: Recorder, dry_run: bool = False) -> Outcome:
    """Do it in one transaction; a dry run takes everything back once it has been looked at."""
    if dry_run:
        return _rehearsed(do, by)
    carried = carry_out(do, by=by)
    return Outcome(carried.result, carried.entries, dry_run, carried.postings)


def _rehearsed(do: Callable[[], Sequence[Done]], by: Recorder) -> Outcome:
    # Reports come along only where they are asked for: an act that is recorded starts without.
    from giaoban.reports.affecting import affected_by

    found: list[Affected] = []

    def looked() -> Sequence[Done]:
        before = head().number
        done = do()
        found.extend(affected_by(range(before + 1, head().number + 1)))
        return done

    carried = carry_out(looked, by=by, dry_run=True)
    return Outcome(carried.result, carried.entries, True, carried.postings, found)


def recorded_at(entry: int) -> datetime:
    """When an entry was recorded."""
    return Entry.objects.values_list("recorded_at", flat=True).get(pk=entry)
