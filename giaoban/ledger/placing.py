"""What reorganisations have in common: who may end, who succeeds, and where everybody goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from giaoban.journal.errors import BasisMissing
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch
from giaoban.journal.writing import BasisOn, Journal
from giaoban.ledger.accounts import Account
from giaoban.ledger.models import Leg, leg
from giaoban.ledger.queries import Place, roster
from giaoban.ledger.recording import check_scope
from giaoban.ledger.state import Standing, legs_between
from giaoban.people.queries import names_of
from giaoban.units import rules
from giaoban.units.errors import (
    Cycle,
    DestinationForeign,
    FamiliesDiffer,
    LaterRows,
    MemberNotThere,
    MembersUnplaced,
    MergedIntoItself,
    UnitFoundedThatDay,
    UnitNotThere,
    UnitsUnplaced,
)
from giaoban.units.models import Closing, Extent, Naming, Placement, Succession
from giaoban.units.queries import UnitLife, lives, unit_by_code
from giaoban.units.rules import NewUnit, Rows

REORGANISED = Kind.REORGANISATION


def ready_to_end(journal: Journal, unit: int, on: date, basis: BasisOn | None) -> UnitLife:
    """A unit that may end or be divided on a day: open, in scope, nothing recorded after it.

    Every unit lives for a day at least: what happened in one that no evening's tree holds could be
    counted nowhere.
    """
    if basis is None:
        raise BasisMissing
    life = rules.open_unit(journal, unit, on)
    check_scope(journal, [unit])
    if life.opened == on:
        raise UnitFoundedThatDay(unit=life.name, date=on)
    rules.refuse_later(journal, unit, on, "units_placement", "units_closing", "units_succession")
    rules.refuse_later(journal, unit, on, "units_placement", column="parent_id")
    rules.refuse_later(journal, unit, on, "units_succession", column="successor_id")
    # What was reversed or settled away adds up to nothing and stands in nobody's way.
    later = fetch(
        "SELECT max(entry_id), effective_on FROM ledger_leg"
        " WHERE unit_id = %(unit)s AND effective_on > %(on)s"
        " GROUP BY effective_on, person_id, account HAVING sum(quantity) <> 0"
        " ORDER BY effective_on LIMIT 1",
        unit=unit,
        on=on,
    )
    if later:
        raise LaterRows(unit=life.name, n=later[0][0], date=later[0][1])
    return life


def successor(journal: Journal, into: int | NewUnit, on: date) -> tuple[UnitLife, Rows]:
    """The successor, and the rows of its founding where it is new."""
    if isinstance(into, NewUnit):
        if into.parent is not None:
            check_scope(journal, [unit_by_code(into.parent)])
        unit, rows = rules.found(journal, into, on)
        life = lives([unit], AsOf(on, journal.number))[unit]
        [(_unit, _on, name)] = rows[Naming]
        new = UnitLife(unit, life.code, life.kind, life.family, life.sector, name, on, None)
        return new, {**rows, Leg: exists(unit, REORGANISED, on, +1)}
    life = rules.open_unit(journal, into, on)
    check_scope(journal, [into])
    rules.refuse_later(journal, into, on, "units_closing")
    return life, {}


def refuse_itself(life: UnitLife, after: UnitLife) -> None:
    """Refuse a unit that would end and be its own successor, or one of another family."""
    if life.id == after.id:
        raise MergedIntoItself(unit=life.name)
    if life.family != after.family:
        raise FamiliesDiffer(a=life.name, b=after.name)


def exists(unit: int, kind: Kind, on: date, quantity: int) -> list[tuple[Any, ...]]:
    """The legs by which a unit begins (+1) or ends (−1) to be."""
    return [
        leg(unit, Account.EXISTS, kind, on, None, quantity),
        leg(unit, Account.OUTSIDE, kind, on, None, -quantity),
    ]


def moved(place: Place, to: int, on: date) -> list[tuple[Any, ...]]:
    """The legs of somebody who goes with a reorganisation."""
    left = Standing(place.unit, place.account)
    return legs_between(REORGANISED, on, place.person, left, Standing(to, place.account))


def extend(rows: Rows, more: Rows) -> None:
    """Add rows to rows, book by book."""
    for book, added in more.items():
        rows.setdefault(book, []).extend(added)


def close_into(
    journal: Journal, life: UnitLife, after: UnitLife, ending: set[int], on: date, rows: Rows
) -> None:
    """The lines of one source: closed, succeeded as a whole, its children under the successor.

    They stand behind all that is under the successor by then, in the order they had. ``ending``
    are all sources of the merger; a child that ends too needs no new parent.
    """
    as_of = AsOf(on, journal.number)
    placements: list[tuple[Any, ...]] = []
    line_up = rules.ancestors(after.id, as_of)
    position = _next_position(after.id, as_of, rows)
    for child in _below(life.id, as_of):
        if child in ending:
            continue
        if child == after.id:
            placements.append((child, on, *_stead(life.id, ending, as_of)))
            continue
        if child in line_up:
            names = lives([child], as_of)
            raise Cycle(target=after.name, unit=names[child].name)
        placements.append((child, on, after.id, position))
        position += 1
    extend(rows, {
        Closing: [(life.id, on)],
        Succession: [(life.id, on, after.id, int(Extent.WHOLE))],
        Placement: placements,
        Leg: exists(life.id, REORGANISED, on, -1),
    })  # fmt: skip


def _positions(units: Iterable[int], as_of: AsOf) -> dict[int, int]:
    """Unit → its position among those beside it, in the order in which the tree has them."""
    placed = fetch(
        "SELECT u.id, x.position FROM units_unit AS u JOIN LATERAL ("
        " SELECT x.position FROM units_placement AS x"
        f" WHERE x.unit_id = u.id AND x.from_on <= %(on)s AND {not_reversed('x')}"
        " ORDER BY x.from_on DESC, x.entry_id DESC LIMIT 1"
        ") AS x ON true WHERE u.id = ANY(%(units)s) ORDER BY x.position, u.code",
        units=list(units),
        on=as_of.on,
        known=as_of.known,
    )
    return dict(placed)


def _below(unit: int, as_of: AsOf) -> dict[int, int]:
    """The open units directly below a unit, with their positions, in the tree's order."""
    return _positions(rules.children_on(unit, as_of), as_of)


def _next_position(unit: int, as_of: AsOf, rows: Rows) -> int:
    """The position behind everything below a unit, what ``rows`` put there included."""
    coming = [row[3] for row in rows.get(Placement, ()) if row[2] == unit]
    return max([*_below(unit, as_of).values(), *coming], default=-1) + 1


def _stead(unit: int, ending: Collection[int], as_of: AsOf) -> tuple[int | None, int]:
    """Parent and position of a successor that was below units which end: where the uppermost of
    them stood."""
    above = rules.ancestors(unit, as_of)
    parent = next((one for one in above if one not in ending), None)
    uppermost = above[above.index(parent) - 1] if parent is not None else above[-1]
    return parent, _positions([uppermost], as_of)[uppermost]


def place_members(
    journal: Journal, life: UnitLife, members: Mapping[int, str], targets: Mapping[str, UnitLife],
    on: date, rows: Rows,
) -> None:  # fmt: skip
    """The legs of a split: every member of the unit's own book goes to a successor, or stays."""
    as_of = AsOf(on, journal.number)
    places = roster([life.id], as_of)
    here = {place.person for place in places}
    _refuse_foreign(members.values(), targets)
    strangers = [person for person in members if person not in here]
    if strangers:
        names = names_of(strangers, as_of)
        shown = [str(names.get(person, person)) for person in strangers]
        raise MemberNotThere(date=on, names=shown, unit=life.name)
    missing = [place.person for place in places if place.person not in members]
    if missing:
        names = names_of(missing, as_of)
        raise MembersUnplaced(k=len(missing), names=[str(names.get(p, p)) for p in missing])
    legs = rows.setdefault(Leg, [])
    for place in places:
        to = targets[members[place.person]].id
        if to != life.id:
            legs += moved(place, to, on)


def place_units_below(
    journal: Journal, life: UnitLife, units_below: Mapping[str, str],
    targets: Mapping[str, UnitLife], on: date, rows: Rows,
) -> None:  # fmt: skip
    """The placements of a split: every unit directly below gets a successor as its parent.

    A successor that was itself below a unit which ends comes to stand where that unit stood.
    """
    as_of = AsOf(on, journal.number)
    units = _below(life.id, as_of)
    there = lives(units, as_of)
    below = {unit: there[unit] for unit in units}
    _refuse_foreign(units_below.values(), targets)
    strangers = sorted(set(units_below) - {child.code for child in below.values()})
    if strangers:
        raise UnitNotThere(date=on, names=strangers, unit=life.name)
    succeeding = {after.id for after in targets.values()}
    to_place = {child.code: child for child in below.values() if child.id not in succeeding}
    missing = [child.name for code, child in to_place.items() if code not in units_below]
    if missing:
        raise UnitsUnplaced(k=len(missing), names=missing)
    placements: list[tuple[Any, ...]] = []
    positions = {unit: _next_position(unit, as_of, rows) for unit in succeeding}
    for code, child in to_place.items():
        to = targets[units_below[code]].id
        if to != life.id:
            placements.append((child.id, on, to, positions[to]))
            positions[to] += 1
    if life.id not in succeeding:
        stead = _stead(life.id, {life.id}, as_of)
        placements += [(child, on, *stead) for child in below if child in succeeding]
    extend(rows, {Placement: placements})


def _refuse_foreign(codes: Iterable[str], targets: Mapping[str, UnitLife]) -> None:
    for code in sorted(set(codes) - set(targets)):
        raise DestinationForeign(unit=code, successors=[life.name for life in targets.values()])


def touched(rows: Rows) -> Sequence[int]:
    """The units that an act's placements concern."""
    return [row[0] for row in rows.get(Placement, ())]
