"""What reorganisations have in common: who may end, who succeeds, and where everybody goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from giaoban.journal.errors import BasisMissing
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf
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

    ``ending`` are all sources of the merger; a child that ends too needs no new parent.
    """
    as_of = AsOf(on, journal.number)
    placements: list[tuple[Any, ...]] = []
    above = rules.ancestors(life.id, as_of)
    line_up = rules.ancestors(after.id, as_of)
    for position, child in enumerate(rules.children_on(life.id, as_of)):
        if child in ending:
            continue
        parent: int | None = after.id
        if child == after.id:
            parent = next((unit for unit in above if unit not in ending), None)
        elif child in line_up:
            names = lives([child], as_of)
            raise Cycle(target=after.name, unit=names[child].name)
        placements.append((child, on, parent, position))
    extend(rows, {
        Closing: [(life.id, on)],
        Succession: [(life.id, on, after.id, int(Extent.WHOLE))],
        Placement: placements,
        Leg: exists(life.id, REORGANISED, on, -1),
    })  # fmt: skip


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
    below = lives(rules.children_on(life.id, as_of), as_of)
    _refuse_foreign(units_below.values(), targets)
    strangers = sorted(set(units_below) - {child.code for child in below.values()})
    if strangers:
        raise UnitNotThere(date=on, names=strangers, unit=life.name)
    succeeding = {after.id for after in targets.values()}
    to_place = {child.code: child for child in below.values() if child.id not in succeeding}
    missing = [child.name for code, child in to_place.items() if code not in units_below]
    if missing:
        raise UnitsUnplaced(k=len(missing), names=missing)
    placements: list[tuple[Any, ...]] = [
        (child.id, on, targets[units_below[code]].id, position)
        for position, (code, child) in enumerate(to_place.items())
        if targets[units_below[code]].id != life.id
    ]
    if life.id not in succeeding:
        above = [*rules.ancestors(life.id, as_of)[1:], None][0]
        placements += [(child, on, above, 0) for child in below if child in succeeding]
    extend(rows, {Placement: placements})


def _refuse_foreign(codes: Iterable[str], targets: Mapping[str, UnitLife]) -> None:
    for code in sorted(set(codes) - set(targets)):
        raise DestinationForeign(unit=code, successors=[life.name for life in targets.values()])


def touched(rows: Rows) -> Sequence[int]:
    """The units that an act's placements concern."""
    return [row[0] for row in rows.get(Placement, ())]
