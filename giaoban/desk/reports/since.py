"""Then and now: which numbers of an issued report the books give otherwise by now, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from giaoban.journal.queries import Head
from giaoban.journal.rights import writers_rights
from giaoban.reports.causes import Cause, told
from giaoban.reports.changes import Differs, differing
from giaoban.reports.issues import Issued
from giaoban.reports.numbers.printed import in_table, shape_of
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.naming import named

MOST_CAUSES = 8


@dataclass(frozen=True, slots=True)
class Changed:
    """A number that reads otherwise: as issued, as known now, and the entries that made it so.

    ``shown`` are the first of them, ``more`` is how many further ones there are.
    """

    label: str
    then: str
    now: str
    causes: list[Cause]

    @property
    def shown(self) -> list[Cause]:
        """The entries that a row names."""
        return self.causes[:MOST_CAUSES]

    @property
    def more(self) -> int:
        """How many it doesn't."""
        return len(self.causes) - len(self.shown)


def entries(found: Iterable[Changed]) -> list[Cause]:
    """Every entry that changed some number, once, by rising number."""
    told = {cause.entry: cause for one in found for cause in one.causes}
    return [told[entry] for entry in sorted(told)]


def changed(issued: Issued, newest: Head, *, why: bool) -> list[Changed]:
    """The numbers of an issue that differ by now, in the order in which it cites them; ``why``
    with their causes.

    The numbers are everybody's, and only numbers come out; a note only where the asker may see it.
    """
    if newest.number <= issued.head_number:
        return []
    now = Reckoning(issued.asked(newest))
    with writers_rights():
        found = [(one, named(one.address, now)) for one in differing(issued, now, why=why)]
    return [_shown(one, label, told(one.effects, issued.head)) for one, label in found]


def _shown(one: Differs, label: str, causes: list[Cause]) -> Changed:
    shape = shape_of(one.address)
    once = {cause.entry: cause for cause in causes}
    return Changed(label, in_table(one.then, shape), in_table(one.now, shape), list(once.values()))
