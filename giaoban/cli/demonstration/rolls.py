"""Who stands where while the story is being told: the storyteller's own list, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from giaoban.people.actions import NewPerson

TRIES = 20_000


@dataclass(slots=True, eq=False)
class Member:
    """Somebody in the story. ``free_on``: before it another act of theirs is still on its way."""

    number: int
    person: NewPerson
    unit: str
    free_on: date
    ceremony_on: date | None = None  # of a probationary member
    acts: int = 0

    @property
    def born_on(self) -> date:
        """The birthday that was invented for them."""
        born = self.person.particulars.born_on
        assert born is not None
        return born


class NobodyFound(Exception):
    """The story asks for a member whom the district doesn't have: the data files are amiss."""


class Rolls:
    """The members of the district, to be drawn from at random and reproducibly."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._members: list[Member] = []
        self._places: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members)

    def __contains__(self, member: Member) -> bool:
        return member.number in self._places

    def join(self, member: Member) -> None:
        """Put a member on the rolls."""
        self._places[member.number] = len(self._members)
        self._members.append(member)

    def leave(self, member: Member) -> None:
        """Take a member off the rolls; the last one takes over the place."""
        place, last = self._places.pop(member.number), self._members.pop()
        if last is not member:
            self._members[place] = last
            self._places[last.number] = place

    def somebody(self, on: date, suits: Callable[[Member], bool] = lambda _: True) -> Member:
        """A member at random who suits and whose last act is settled on a day."""
        for _ in range(TRIES):
            member = self._rng.choice(self._members)
            if member.free_on <= on and suits(member):
                return member
        raise NobodyFound(on)

    def oldest_of(self, n: int, on: date) -> Member:
        """The oldest of some members drawn at random."""
        return min((self.somebody(on) for _ in range(n)), key=lambda member: member.born_on)

    def youngest_of(self, n: int, on: date, suits: Callable[[Member], bool]) -> Member:
        """The youngest of some members drawn at random."""
        return max((self.somebody(on, suits) for _ in range(n)), key=lambda member: member.born_on)
