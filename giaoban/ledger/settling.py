"""Following a person through reorganisations after a late act.

Somebody admitted in 2018 into a commune that merged in 2025 stands in the merged commune today.
When the admission is found and recorded late, the person's share in the merger is recorded with
it, as legs of kind reorganisation on the day of the merger; when a death is found that came
before the merger, the share is taken back in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from giaoban.journal.kinds import Kind
from giaoban.journal.writing import Draft
from giaoban.ledger.errors import DestinationNeeded
from giaoban.ledger.models import Leg
from giaoban.ledger.state import BookLine, LedgerState, Standing, legs_between
from giaoban.units.errors import UnitClosedWithoutSuccessor
from giaoban.units.models import Extent
from giaoban.units.queries import SuccessionLine

Destinations = Mapping[int, int]


def settle(
    state: LedgerState, person: int, family: str, since: date, destinations: Destinations,
    *, patient: bool = False,
) -> list[Draft]:  # fmt: skip
    """Drafts that bring the person's reorganisation legs from ``since`` on in line with the book.

    ``destinations`` maps a unit that was split to the successor this person went to; it is asked
    for (``DestinationNeeded``) where a closed unit has more than one successor. A ``patient`` call
    stops there instead, since the rest of the act may make the question void.
    """
    drafts: list[Draft] = []
    where = state.standing(person, family, since - timedelta(days=1))
    day: date | None = since
    while day is not None:
        lines = [line for line in state.lines_in(person, family) if line.day == day]
        before = _net(where, [line for line in lines if line.kind != Kind.REORGANISATION])
        moved = _moved([line for line in lines if line.kind == Kind.REORGANISATION])
        try:
            wanted = _wanted(state, person, day, before, moved, destinations)
        except (DestinationNeeded, UnitClosedWithoutSuccessor):
            if patient:
                return drafts
            raise
        if wanted != moved:
            draft = _difference(person, day, moved, wanted)
            state.add(draft)
            drafts.append(draft)
        where = state.standing(person, family, day)
        day = _next_day(state, person, family, day, where, destinations)
    return drafts


def combined(drafts: Iterable[Draft]) -> list[Draft]:
    """Settlements of one person or many, day by day, what cancels out left away."""
    sums: dict[date, dict[tuple[int, int, int], int]] = defaultdict(lambda: defaultdict(int))
    for draft in drafts:
        for unit, account, _kind, _day, person, quantity, _reversal in draft.rows[Leg]:
            sums[draft.effective_on][unit, account, person] += quantity
    kind = Kind.REORGANISATION
    return [
        Draft(kind, day, {Leg: rows}, follows=True)
        for day, legs in sorted(sums.items())
        if (rows := [(unit, account, kind, day, person, quantity, False)
                     for (unit, account, person), quantity in legs.items() if quantity])
    ]  # fmt: skip


_Move = tuple[Standing | None, Standing | None]


def _next_day(
    state: LedgerState, person: int, family: str, after: date, where: Standing | None,
    destinations: Destinations,
) -> date | None:  # fmt: skip
    """The next day on which the person's place may change: a line of theirs, or an end."""
    days = {line.day for line in state.lines_in(person, family) if line.day > after}
    if where is not None:
        if (closed := state.unit(where.unit).closed) is not None:
            days.add(closed)
        days |= {line.from_on for line in _chosen(state, where.unit, destinations)}
    return min((day for day in days if day > after), default=None)


def _chosen(state: LedgerState, unit: int, destinations: Destinations) -> list[SuccessionLine]:
    """The line by which the recorder says that the person left a unit that was split."""
    to = destinations.get(unit)
    if to is None:
        return []
    return [line for line in state.successors(unit) if line.successor == to]


def _net(where: Standing | None, lines: list[BookLine]) -> Standing | None:
    """Where somebody stands after a day's own acts, before its reorganisations.

    Acts recorded after a reorganisation of the same day name the successor already: its −1 finds
    nothing here yet, and the place before the reorganisation, which comes first, stays.
    """
    sums: dict[Standing, int] = defaultdict(int)
    if where is not None:
        sums[where] += 1
    for line in lines:
        sums[Standing(line.unit, line.account)] += line.quantity
    return next((place for place, total in sums.items() if total > 0), None)


def _moved(lines: list[BookLine]) -> _Move:
    """From where to where the person's reorganisation legs of one day lead, taken together."""
    sums: dict[Standing, int] = defaultdict(int)
    for line in lines:
        sums[Standing(line.unit, line.account)] += line.quantity
    left = next((place for place, total in sums.items() if total < 0), None)
    taken = next((place for place, total in sums.items() if total > 0), None)
    return left, taken


def _wanted(
    state: LedgerState, person: int, day: date, where: Standing | None, moved: _Move,
    destinations: Destinations,
) -> _Move:  # fmt: skip
    """Where the person should go on a day of reorganisation, given where they stand before it."""
    if where is None:
        return None, None
    left, taken = moved
    kept = left is not None and taken is not None and left.unit == where.unit
    if kept and taken is not None and taken.unit in _reachable(state, where.unit, day):
        return where, Standing(taken.unit, where.account)
    unit = where.unit
    while (after := _successor(state, person, unit, day, destinations)) is not None:
        unit = after
    return (where, Standing(unit, where.account)) if unit != where.unit else (None, None)


def _reachable(state: LedgerState, unit: int, day: date) -> set[int]:
    """Every unit that reorganisations of one day lead to from a unit."""
    found, fresh = set[int](), {unit}
    while fresh:
        lines = [line for one in fresh for line in state.successors(one) if line.from_on == day]
        fresh = {line.successor for line in lines} - found
        found |= fresh
    return found


def _successor(
    state: LedgerState, person: int, unit: int, day: date, destinations: Destinations
) -> int | None:
    """Where a person in a unit goes on a day; None if they stay."""
    life = state.unit(unit)
    lines = [line for line in state.successors(unit) if line.from_on == day]
    told = destinations.get(unit) or _as_recorded(state, person, day, lines)
    for line in lines:
        if line.extent == Extent.WHOLE or line.successor == told:
            return line.successor
    if life.closed is None or life.closed > day:
        return None
    if not lines:
        raise UnitClosedWithoutSuccessor(unit=life.name, closed=life.closed)
    raise DestinationNeeded(
        unit=life.name,
        closed=life.closed,
        name=state.name(person),
        successors=[state.unit(line.successor).name for line in lines],
    )


def _as_recorded(
    state: LedgerState, person: int, day: date, lines: list[SuccessionLine]
) -> int | None:
    """The successor that the books once gave the person in this split, be it settled away since."""
    successors = {line.successor for line in lines}
    went = [
        line for line in state.book(person)
        if line.kind == Kind.REORGANISATION and line.day == day and line.quantity > 0
        and line.unit in successors
    ]  # fmt: skip
    return max(went, key=lambda line: line.entry).unit if went else None


def _difference(person: int, day: date, moved: _Move, wanted: _Move) -> Draft:
    """The legs that turn what the books say of a day into what they should say."""
    kind, sums = Kind.REORGANISATION, defaultdict[tuple[int, int], int](int)
    for sign, (left, taken) in ((-1, moved), (+1, wanted)):
        for unit, account, _k, _d, _p, quantity, _r in legs_between(kind, day, person, left, taken):
            sums[unit, account] += sign * quantity
    rows = [
        (unit, account, kind, day, person, quantity, False)
        for (unit, account), quantity in sums.items()
        if quantity
    ]
    return Draft(kind, day, {Leg: rows}, follows=True)
