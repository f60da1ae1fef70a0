"""What happened to every member in fifty years, as arrays, the same at each run.

Most came onto the rolls when the book of their cell was opened; the others were admitted since,
ever more towards today, and became full members twelve months later. Some left, a few were
transferred. Whose cell the reform divides stands in one of its successors afterwards (``reform``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from giaoban.cli.synth.organisations import Organisations
from giaoban.cli.synth.sizes import BEGINS, DAYS, ENDS, REFORM, Sizes, day_at, offset
from giaoban.journal.kinds import Kind
from giaoban.ledger.probation import probation_ends_on

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

NEVER = DAYS + 1
FAMILY = "party"
_LEAST = 3  # a cell has three full members at least
_GROWTH_YEARS = 3.5  # in so many years admissions grow by e
_SETTLED = 400  # days after which somebody may leave: probation is over by then
_REFORMED = offset(REFORM)
# Who left: how, and how many of a hundred.
_WAYS_OUT = (
    (Kind.DEATH, 78), (Kind.STRIKING_OFF, 11), (Kind.RESIGNATION, 5), (Kind.EXPULSION, 3),
    (Kind.DEPARTURE, 3),
)  # fmt: skip
# Of those admitted in the year before the reform's into agencies that it divides, how many had
# gone elsewhere by then: they can't be attributed to a successor.
_RESTLESS, _RESTLESS_YEAR = 0.25, 2024
_NEARBY = 0.7  # of those transferred: inside the district, or the province's own organisations


@dataclass(frozen=True, slots=False, eq=False)
class Histories:
    """Persons in the order in which they joined; days count from the first, ``NEVER`` if it did
    not happen.

    ``home`` and ``next_home`` are places of organisations; ``opening`` marks who stood on the
    first list of a book.
    """

    joined: Ints
    home: Ints
    opening: npt.NDArray[np.bool_]
    recognised: Ints
    moved: Ints
    next_home: Ints
    left: Ints
    way_out: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.joined)

    @cached_property
    def legs(self) -> int:
        """How many legs these come to, the reform's left aside."""
        happened = [int((days < DAYS).sum()) for days in (self.recognised, self.moved, self.left)]
        recognised, moved, left = happened
        return 2 * (len(self) + recognised + left) + 4 * moved

    def home_on(self, persons: npt.NDArray[np.intp], day: int) -> Ints:
        """Where each of some persons stood at the end of a day, by the organisations before the
        reform."""
        found: Ints = np.where(
            self.moved[persons] <= day, self.next_home[persons], self.home[persons]
        )
        return found

    def standing_on(self, day: int) -> npt.NDArray[np.bool_]:
        """Who was on the rolls at the end of a day."""
        return (self.joined <= day) & (self.left > day)


def histories(units: Organisations, divided: npt.NDArray[np.bool_], size: Sizes,
              other_legs: int, seed: int = 0) -> Histories:  # fmt: skip
    """Everybody's history. ``divided`` marks organisations that the reform divides among several;
    ``other_legs`` are those that units have and that the reform makes: transfers fill up the rest.
    """
    rng = np.random.default_rng([2, seed] if seed else 2)
    homes = _Homes.read(units, divided, rng)
    joined, home, opening = _joining(homes, size, rng)
    recognised = _recognised(joined, opening)
    left, way_out = _leaving(joined, size.left, rng)
    legs = 2 * (len(joined) + int((recognised < DAYS).sum()) + size.left)
    spare = max((size.legs - other_legs - legs) // 4, 0)
    moved, next_home = _moving(joined, home, left, homes, spare, rng)
    return Histories(joined, home, opening, recognised, moved, next_home, left, way_out)


@dataclass(frozen=True, slots=True, eq=False)
class _Homes:
    """The organisations that take members, by rising year of opening: their places, days of
    opening and cumulated weights, of all and of those that the reform leaves whole; ``zones`` says
    for every organisation which district or province it is of."""

    places: Ints
    opens: Ints
    total: Floats
    lasting: Floats
    divided: npt.NDArray[np.bool_]
    zones: Ints

    @classmethod
    def read(
        cls, units: Organisations, divided: npt.NDArray[np.bool_], rng: np.random.Generator
    ) -> _Homes:
        places = np.flatnonzero(units.homes).astype(np.int32)
        first = {year: offset(date(year, 1, 1)) for year in np.unique(units.opens).tolist()}
        opens = np.array([first[year] for year in units.opens[places].tolist()], dtype=np.int32)
        weights = rng.uniform(0.4, 1.6, len(places))
        kept = np.where(divided[places], 0.0, weights)
        return cls(places, opens, np.cumsum(weights), np.cumsum(kept), divided[places],
                   _zones(units))  # fmt: skip

    def draw(self, days: Ints, rng: np.random.Generator) -> Ints:
        """A home that is open the day before each of ``days``, and stays so."""
        upto = np.searchsorted(self.opens, days, side="left")  # opened before the day
        found = np.empty(len(days), dtype=np.int32)
        for late, weights in ((False, self.total), (True, self.lasting)):
            here = (days >= _REFORMED) == late
            drawn = rng.random(int(here.sum())) * weights[upto[here] - 1]
            found[here] = self.places[np.searchsorted(weights, drawn, side="right")]
        return found

    def nearby(self, home: Ints, rng: np.random.Generator) -> Ints:
        """A home of the same zone for each, of those that the reform leaves whole."""
        lasting = self.places[~self.divided]
        lasting = lasting[np.argsort(self.zones[lasting], kind="stable")]
        first, last = (
            np.searchsorted(self.zones[lasting], self.zones[home], side=side)
            for side in ("left", "right")
        )
        drawn = first + (rng.random(len(home)) * (last - first)).astype(np.int32)
        return np.where(last > first, lasting[drawn.clip(max=len(lasting) - 1)], home)


def _zones(units: Organisations) -> Ints:
    """For each organisation the place of the district or province that it is of."""
    zones = np.arange(len(units), dtype=np.int32)
    for at, one in enumerate(units.listed):
        if one.kind in ("party-base", "party-base-cell", "party-cell"):
            zones[at] = zones[one.parent] if one.kind == "party-cell" else one.parent
    return zones


def _joining(
    homes: _Homes, size: Sizes, rng: np.random.Generator
) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """The day on which each came, where to, and whether with the first list; sorted by day."""
    first = max(size.members + size.left - size.admitted, _LEAST * len(homes.places))
    weights = np.diff(homes.total, prepend=0.0)
    each = _LEAST + rng.multinomial(first - _LEAST * len(homes.places), weights / weights.sum())
    days = np.concatenate((np.repeat(homes.opens, each), _ceremonies(size.admitted, rng)))
    home = np.concatenate((np.repeat(homes.places, each), homes.draw(days[first:], rng)))
    order = np.argsort(days, kind="stable")
    return (days[order].astype(np.int32), home[order].astype(np.int32), order < first)


def _ceremonies(n: int, rng: np.random.Generator) -> Ints:
    """Days of admission, by years that grow; none on the day of the reform, nor one whose
    probation would end on it."""
    years = np.arange(BEGINS.year, ENDS.year)
    weights = np.exp((years - ENDS.year) / _GROWTH_YEARS)
    drawn = rng.choice(len(years), n, p=weights / weights.sum())
    first = np.array([offset(date(int(year), 1, 2)) for year in years])
    days = np.sort(first[drawn] + rng.integers(0, 363, n))
    barred = (days == _REFORMED) | (days == offset(REFORM.replace(year=REFORM.year - 1)))
    return np.where(barred, days + 1, days).astype(np.int32)


def _recognised(joined: Ints, opening: npt.NDArray[np.bool_]) -> Ints:
    """The end of each probation by the house's own rule."""
    due = np.full(DAYS, NEVER, dtype=np.int32)
    for day in range(DAYS):
        end = probation_ends_on(FAMILY, day_at(day))
        assert end is not None
        due[day] = min(offset(end), NEVER)
    found = np.where(opening, NEVER, due[joined])
    return np.where(found < DAYS, found, NEVER).astype(np.int32)


def _leaving(joined: Ints, n: int, rng: np.random.Generator) -> tuple[Ints, npt.NDArray[np.int8]]:
    may = np.flatnonzero(joined < DAYS - _SETTLED)
    who = rng.choice(may, min(n, len(may)), replace=False)
    left = np.full(len(joined), NEVER, dtype=np.int32)
    left[who] = _later(joined[who], 0.5, rng)
    kinds, weights = zip(*_WAYS_OUT, strict=True)
    ways = rng.choice(np.array(kinds, dtype=np.int8), len(joined), p=np.array(weights) / 100)
    return left, ways


def _later(since: Ints, lean: float, rng: np.random.Generator) -> Ints:
    """A day for each, the later the likelier; the day of the reform itself stands still."""
    first = since + _SETTLED
    days = first + ((DAYS - first) * rng.random(len(since)) ** lean).astype(np.int32)
    return np.where(days == _REFORMED, days + 1, days).clip(max=DAYS - 1).astype(np.int32)


def _moving(
    joined: Ints, home: Ints, left: Ints, homes: _Homes, n: int, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Who was transferred, when and where to: those who never left, and the restless."""
    moved = np.full(len(joined), NEVER, dtype=np.int32)
    restless = _restless(joined, home, left, homes, rng)
    rest = (left == NEVER) & (joined < DAYS - _SETTLED)
    rest[restless] = False
    may = np.flatnonzero(rest)
    who = rng.choice(may, min(max(n - len(restless), 0), len(may)), replace=False)
    moved[who] = _later(joined[who], 0.3, rng)
    moved[restless] = _REFORMED - rng.integers(1, 100, len(restless))
    goes = np.flatnonzero(moved < DAYS)
    next_home = np.zeros(len(joined), dtype=np.int32)
    next_home[goes] = homes.draw(np.maximum(moved[goes], _REFORMED), rng)
    near = goes[rng.random(len(goes)) < _NEARBY]
    next_home[near] = homes.nearby(home[near], rng)
    # What opens later than the day, or is the home itself, is drawn once more among the oldest.
    opens = np.zeros(int(homes.places.max()) + 1, dtype=np.int32)
    opens[homes.places] = homes.opens
    lasting = homes.places[(homes.opens == homes.opens[0]) & ~homes.divided]
    amiss = (opens[next_home[goes]] >= moved[goes]) | (next_home[goes] == home[goes])
    again = rng.integers(0, len(lasting), int(amiss.sum()))
    drawn = lasting[again]
    drawn = np.where(drawn == home[goes[amiss]], lasting[(again + 1) % len(lasting)], drawn)
    next_home[goes[amiss]] = drawn
    return moved, next_home


def _restless(
    joined: Ints, home: Ints, left: Ints, homes: _Homes, rng: np.random.Generator
) -> npt.NDArray[np.intp]:
    """Who came into an agency in the first half of the year before, and moved on in time."""
    first, last = offset(date(_RESTLESS_YEAR, 1, 1)), offset(date(_RESTLESS_YEAR, 10, 1))
    divided = np.zeros(int(homes.places.max()) + 1, dtype=np.bool_)
    divided[homes.places] = homes.divided
    came = (joined > first) & (joined < last) & divided[home] & (left == NEVER)
    found = np.flatnonzero(came)
    return found[rng.random(len(found)) < _RESTLESS]
