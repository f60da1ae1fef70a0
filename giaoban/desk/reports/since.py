"""Then and now: which numbers of an issued report the books give otherwise by now, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from giaoban.desk.reports.number import named
from giaoban.figures.values import Value
from giaoban.journal.queries import Head
from giaoban.journal.rights import writers_rights
from giaoban.reports.causes import Cause, Comparison, Effects, told
from giaoban.reports.changes import value_now
from giaoban.reports.issues import Issued, frozen_figures
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.printed import in_table, shape_of
from giaoban.reports.numbers.reckoning import Reckoning

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


@dataclass(frozen=True, slots=True)
class _Differs:
    """An address whose value differs, and what changed the cells that it is made of."""

    address: Address
    label: str
    then: Value
    now: Value
    effects: list[Effects]


def changed(issued: Issued, newest: Head, *, why: bool) -> list[Changed]:
    """The numbers of an issue that differ by now, in the order in which it cites them; ``why``
    with their causes.

    The numbers are everybody's, and only numbers come out; a note only where the asker may see it.
    """
    if newest.number <= issued.head_number:
        return []
    with writers_rights():
        found = _differing(issued, newest, why=why)
    return [_told(one, issued.head) for one in found]


def _differing(issued: Issued, newest: Head, *, why: bool) -> list[_Differs]:
    now, then = Reckoning(issued.asked(newest)), Reckoning(issued.question)
    comparison = Comparison(then, now)
    found = []
    for address, value in frozen_figures(issued.entry).items():
        known = value_now(now, address)
        if known != value:
            asked = Address.parse(address)
            effects = comparison.effects(asked) if why else []
            found.append(_Differs(asked, named(asked, now), value, known, effects))
    return found


def _told(one: _Differs, first: Head) -> Changed:
    shape = shape_of(one.address)
    causes = {cause.entry: cause for cause in told(one.effects, first)}
    return Changed(
        one.label, in_table(one.then, shape), in_table(one.now, shape), list(causes.values())
    )
