"""The nation's legs as columns, without books: for measuring what no test machine could load act by
act. They are the legs that the books would hold, many times over with other persons; no journal
has them, so no office's figures ever read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from giaoban.cli.synth.books import Progress
from giaoban.cli.synth.divisions import read_divisions
from giaoban.cli.synth.histories import Histories
from giaoban.cli.synth.nation import planned
from giaoban.cli.synth.organisations import Organisations
from giaoban.cli.synth.sizes import BEGINS, DAYS, REFORM, offset, sizes
from giaoban.figures.segments import layout
from giaoban.figures.segments.compacting import written
from giaoban.figures.segments.places import preorder
from giaoban.figures.segments.staging import staged
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import Head
from giaoban.ledger.accounts import Account

Ints = npt.NDArray[np.int64]

_NAMES = ("entry_id", "line", "unit_id", "account", "kind", "day", "person_id", "quantity")
_INSERT = (
    "INSERT INTO leg SELECT entry_id, line, unit_id, account, kind,"
    f" DATE '{BEGINS.isoformat()}' + CAST(day AS INTEGER), person_id, quantity, false FROM fresh"
)


def write_columns(
    times: int, place: Path, progress: Progress, scale: float = 1.0
) -> layout.SegmentSet:
    """Write the members' legs of a nation ``times`` over as segments into a folder.

    Each time has persons of its own and other fates, in the same organisations, which are numbered
    from 1. ``progress`` is told how many legs were written. Raises ``UnitsMissing``.
    """
    place.mkdir(parents=True, exist_ok=True)
    fresh = place / f"{layout.UNFINISHED}synth"
    fresh.mkdir(exist_ok=True)
    entry = person = 0
    land, size = read_divisions().share(scale), sizes(scale)
    with staged(fresh) as duck:
        duck.execute("SET enable_progress_bar = false")
        for time in range(times):
            told = planned(land, size, 1, seed=time)
            for legs in _legs(told.people, told.reform.after, told.divided):
                columns = legs.moved(entry, person)
                duck.register("fresh", dict(zip(_NAMES, columns, strict=True)))
                duck.execute(_INSERT)
                duck.unregister("fresh")
                entry += legs.entries
                progress(len(columns[0]))
            person += len(told.people)
        found = written(duck, fresh, Head(entry, bytes(32), None), _in_preorder(told.units))
    layout.put_in_force(place, fresh, found)
    layout.clear(place, found.folder)
    return found


def _in_preorder(units: Organisations) -> Ints:
    """The numbers of the organisations as they stood in the tree when they were founded."""
    parents = np.array([one.parent + 1 or -1 for one in units.listed])
    rank = np.lexsort(([one.code for one in units.listed], [one.position for one in units.listed]))
    order = np.empty(len(rank), dtype=np.int64)
    order[rank] = np.arange(len(rank))
    return preorder(np.arange(1, len(rank) + 1), parents, order)


@dataclass(frozen=True, slots=True, eq=False)
class _Legs:
    """Legs of acts of one sort: columns as ``_NAMES`` has them, entries numbered from 1."""

    columns: tuple[Ints, ...]
    entries: int

    def moved(self, entry: int, person: int) -> tuple[Ints, ...]:
        """The same behind other entries and persons."""
        number, *middle, who, quantity = self.columns
        return (number + entry, *middle, who + person, quantity)


def _legs(people: Histories, after: Ints, divided: npt.NDArray[np.bool_]) -> Iterator[_Legs]:
    """Everybody's legs, one sort of act after the other."""
    every = np.arange(len(people))
    full, probationary = int(Account.FULL), int(Account.PROBATIONARY)
    here = _units(people.home[every], people.joined, after, divided)
    for opening in (True, False):
        who = np.flatnonzero(people.opening == opening)
        kind, account = (Kind.OPENING, full) if opening else (Kind.ADMISSION, probationary)
        yield _acts(who, people.joined, kind, [(here, account, 1), (here, 0, -1)])
    who = np.flatnonzero(people.recognised < DAYS)
    home = np.where(people.moved < people.recognised, people.next_home, people.home)
    unit = _units(home, people.recognised, after, divided)
    yield _acts(who, people.recognised, Kind.RECOGNITION,
                [(unit, probationary, -1), (unit, full, 1)])  # fmt: skip
    yield from _later(people, after, divided)


def _later(people: Histories, after: Ints, divided: npt.NDArray[np.bool_]) -> Iterator[_Legs]:
    """Transfers, the reform's division and leavings, by the standing of the day."""
    eve = offset(REFORM) - 1
    for account, full in ((int(Account.FULL), True), (int(Account.PROBATIONARY), False)):
        moved = people.opening | (people.recognised <= people.moved)
        who = np.flatnonzero((people.moved < DAYS) & (moved == full))
        left = _units(people.home, people.moved, after, divided)
        taken = _units(people.next_home, people.moved, after, divided)
        yield _acts(who, people.moved, Kind.TRANSFER, _both(left, taken, account))
        stood = people.opening | (people.recognised <= eve)
        who = np.flatnonzero((after > 0) & (stood == full))
        then = people.home_on(np.arange(len(people)), eve).astype(np.int64) + 1
        on = np.full(len(people), eve + 1)
        yield _acts(who, on, Kind.REORGANISATION, _both(then, after, account))
    last = np.where(people.moved < people.left, people.next_home, people.home)
    unit = _units(last, people.left, after, divided)
    for way in np.unique(people.way_out):
        who = np.flatnonzero((people.left < DAYS) & (people.way_out == way))
        yield _acts(who, people.left, Kind(int(way)),
                    [(unit, int(Account.FULL), -1), (unit, 0, 1)])  # fmt: skip


def _both(left: Ints, taken: Ints, account: int) -> list[tuple[Ints, int, int]]:
    """The sides of a way from one unit to another."""
    return [(left, account, -1), (left, 0, 1), (taken, account, 1), (taken, 0, -1)]


def _units(home: Any, days: Any, after: Ints, divided: npt.NDArray[np.bool_]) -> Ints:
    """The units that homes are for their persons on days."""
    late = divided[home] & (days >= offset(REFORM))
    found: Ints = np.where(late, after, home.astype(np.int64) + 1)
    return found


def _acts(who: Ints, days: Any, kind: Kind, sides: list[tuple[Ints, int, int]]) -> _Legs:
    """One entry for each person, with a leg for each of (unit, account, quantity)."""
    n, width = len(who), len(sides)
    number = np.repeat(np.arange(1, n + 1), width)
    told = [
        number,
        np.tile(np.arange(1, width + 1), n),
        np.stack([unit[who] for unit, _account, _quantity in sides], axis=1).ravel(),
        np.tile([account for _unit, account, _quantity in sides], n),
        np.full(n * width, int(kind)),
        np.repeat(np.asarray(days)[who].astype(np.int64), width),
        np.repeat(who + 1, width),
        np.tile([quantity for _unit, _account, quantity in sides], n),
    ]
    return _Legs(tuple(column.astype(np.int64) for column in told), n)
