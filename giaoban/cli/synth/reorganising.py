"""Mergers, splits, moves and closings as drafts, many at once: the rows that the acts of
``ledger/reorganisation.py`` would write one by one, from the tree held in memory.

That the rows are the same is tested act by act; what the database refuses of those, it refuses of
these, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from giaoban.cli.synth.organisations import Organisations
from giaoban.journal.kinds import Kind
from giaoban.journal.models import BookRow
from giaoban.journal.writing import BasisOn, Draft
from giaoban.ledger.accounts import Account
from giaoban.ledger.models import Leg
from giaoban.ledger.placing import exists, extend, moved
from giaoban.ledger.queries import Place
from giaoban.units.models import Closing, Extent, Founding, Naming, Placement, Succession
from giaoban.units.rules import Rows

REORGANISED = Kind.REORGANISATION


class Newcomer(NamedTuple):
    """A unit that an act founds, as ``NewUnit`` has it but with its parent's number."""

    code: str
    kind: str
    sector: str | None
    name: str
    parent: int
    position: int


class Member(NamedTuple):
    """Somebody in a unit's own book on the eve, and their standing."""

    person: int
    account: Account


@dataclass(slots=True)
class Ground:
    """The tree on the day, as far as the acts told so far have changed it.

    ``below`` maps a unit to those directly under it with their positions; ``founded`` are the new
    identities in the order of their numbers, which go on from ``next_unit``.
    """

    on: date
    next_unit: int
    below: dict[int, dict[int, int]]
    parent: dict[int, int]
    founded: list[tuple[str, str, str | None]] = field(default_factory=list)

    @classmethod
    def of(cls, units: Organisations, first_unit: int, on: date) -> Ground:
        """The tree before the first act."""
        below: dict[int, dict[int, int]] = {}
        parent: dict[int, int] = {}
        for above, under in units.below().items():
            if above >= 0:
                below[first_unit + above] = {
                    first_unit + at: units.listed[at].position for at in under
                }
                parent |= {first_unit + at: first_unit + above for at in under}
        return cls(on, first_unit + len(units), below, parent)

    def next_position(self, unit: int) -> int:
        """The position behind everything below a unit."""
        return max(self.below.get(unit, {}).values(), default=-1) + 1

    def merge(
        self, sources: Sequence[int], into: int | Newcomer, basis: BasisOn,
        members: Mapping[int, Sequence[Member]],
    ) -> tuple[Draft, int]:  # fmt: skip
        """The sources end whole in a unit that stays or is founded; its number, too."""
        after, rows = self._successor(into)
        for unit in sources:
            placements = [
                self._put(child, after, self.next_position(after))
                for child in list(self.below.get(unit, {}))
            ]
            extend(rows, {
                Closing: [(unit, self.on)],
                Succession: [(unit, self.on, after, int(Extent.WHOLE))],
                Placement: placements,
                Leg: exists(unit, REORGANISED, self.on, -1),
            })  # fmt: skip
            self._end(unit)
            for member in members.get(unit, ()):
                rows[Leg] += self._goes(member, unit, after)
        return self._draft(REORGANISED, rows, basis), after

    def split(
        self, unit: int, successors: Sequence[int | Newcomer], basis: BasisOn,
        members: Iterable[tuple[Member, int]], below: Mapping[int, int],
    ) -> tuple[Draft, list[int]]:  # fmt: skip
        """The unit ends in several. ``members`` and ``below`` (all units directly under it) are
        dealt by places among the successors, whose numbers come back, too."""
        rows: Rows = {}
        numbers: list[int] = []
        for new in successors:
            number, added = self._successor(new)
            extend(rows, added)
            numbers.append(number)
        legs = [leg for member, part in members for leg in self._goes(member, unit, numbers[part])]
        extend(rows, {Leg: legs} if legs else {})
        placements = [
            self._put(child, numbers[below[child]], self.next_position(numbers[below[child]]))
            for child in list(self.below.get(unit, {}))
        ]
        extend(rows, {
            Placement: placements,
            Succession: [(unit, self.on, to, int(Extent.PART)) for to in numbers],
            Closing: [(unit, self.on)],
            Leg: exists(unit, REORGANISED, self.on, -1),
        })  # fmt: skip
        self._end(unit)
        return self._draft(REORGANISED, rows, basis), numbers

    def move(self, unit: int, parent: int, basis: BasisOn) -> Draft:
        """The unit comes under another one, behind all that is there."""
        rows: Rows = {Placement: [self._put(unit, parent, self.next_position(parent))]}
        return self._draft(Kind.MOVING, rows, basis)

    def close(self, unit: int, basis: BasisOn) -> Draft:
        """An empty unit ends."""
        assert not self.below.get(unit), "what is below a unit moves before it ends"
        self._end(unit)
        rows: Rows = {Closing: [(unit, self.on)], Leg: exists(unit, Kind.CLOSING, self.on, -1)}
        return self._draft(Kind.CLOSING, rows, basis)

    def _successor(self, into: int | Newcomer) -> tuple[int, Rows]:
        if isinstance(into, int):
            return into, {}
        unit, self.next_unit = self.next_unit, self.next_unit + 1
        self.founded.append((into.code, into.kind, into.sector))
        rows: Rows = {
            Founding: [(unit, self.on, into.code, into.kind, into.sector)],
            Naming: [(unit, self.on, into.name)],
            Placement: [self._put(unit, into.parent, into.position)],
            Leg: exists(unit, REORGANISED, self.on, +1),
        }
        return unit, rows

    def _put(self, unit: int, parent: int, position: int) -> tuple[Any, ...]:
        if unit in self.parent:
            del self.below[self.parent[unit]][unit]
        self.parent[unit] = parent
        self.below.setdefault(parent, {})[unit] = position
        return (unit, self.on, parent, position)

    def _end(self, unit: int) -> None:
        del self.below[self.parent.pop(unit)][unit]

    def _goes(self, member: Member, unit: int, to: int) -> list[tuple[Any, ...]]:
        return moved(Place(member.person, unit, member.account), to, self.on)

    def _draft(self, kind: Kind, rows: Rows, basis: BasisOn) -> Draft:
        kept: dict[type[BookRow], Any] = {book: told for book, told in rows.items() if told}
        return Draft(kind, self.on, kept, basis=basis)
