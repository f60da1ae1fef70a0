"""The register of very many: of who stands in a nation's units a stretch at a time, each read from
where the last one ended, so that none costs more than another and nobody is counted."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from giaoban.journal.queries import AsOf
from giaoban.ledger.queries import Place, standings
from giaoban.ledger.register import Asked, Member, register
from giaoban.people.codes import CODED_FIELDS
from giaoban.people.finding import SPARE, Candidate, Mark, Sought, bearers, candidates
from giaoban.people.queries import Name, particulars_of

# Of so many names no more is looked at for one stretch: of what is rare it may be empty, and the
# next one goes on. Units in their order are read so many at once, and so many times.
MOST_LOOKED_AT = 8000
UNITS_AT_ONCE, READ_AT_MOST = 40, 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of the register, and where the next ones begin (None: these were the last)."""

    members: list[Member]
    goes_on: Mark | None


def stretch(
    ordered: Sequence[int], units: Set[int], as_of: AsOf, asked: Asked, *,
    after: Mark | None = None, limit: int = 50,
) -> Stretch:  # fmt: skip
    """``limit`` lines at most of who stands in these units at the end of the day, in the order in
    which ``register`` tells them. By unit, in the order of ``ordered``, exact marks come first
    only among those units that are read at once."""
    if asked.by_unit:
        return _by_unit(ordered, as_of, asked, after or Mark(0, b"", 0), limit)
    found: list[tuple[Candidate, int, Name]] = []
    places: dict[int, Place] = {}
    goes_on, looked = None, 0
    for step in candidates(Sought.of(asked.text), 2 * limit, after):
        fit = _standing([one.person for one in step.met], units, as_of, asked)
        places |= fit
        waiting = [one for one in step.met if one.person in fit]
        while waiting and len(found) <= limit:
            some = limit + 1 - len(found) + SPARE
            named = bearers(waiting[:some], as_of)
            found += [(one, step.walk, name) for one, name in named]
            waiting = waiting[some:]
        looked += len(step.met)
        if len(found) > limit:
            last, walk, _name = found[limit - 1]
            goes_on = Mark(walk, *last)
            break
        if looked >= MOST_LOOKED_AT and step.more and step.met:
            goes_on = Mark(step.walk, *step.met[-1])
            break
    return Stretch(_members([name for *_at, name in found[:limit]], places, as_of), goes_on)


def _members(names: list[Name], places: dict[int, Place], as_of: AsOf) -> list[Member]:
    told = particulars_of([name.person for name in names], as_of)
    return [
        Member(name, places[name.person].unit, places[name.person].account,
               told[name.person].born_on if name.person in told else None)
        for name in names
    ]  # fmt: skip


def _standing(persons: list[int], units: Set[int], as_of: AsOf, asked: Asked) -> dict[int, Place]:
    """Who of these stands in the units in one of the standings, and is what is asked."""
    if not persons:
        return {}
    fit = {
        place.person: place for place in standings(persons, as_of)
        if place.unit in units and place.account in asked.standings
    }  # fmt: skip
    wanted = [(name, code) for name, code in asked.particulars.items() if name in CODED_FIELDS]
    if not wanted:
        return fit
    told = particulars_of(list(fit), as_of)
    return {
        person: place for person, place in fit.items()
        if all(getattr(told.get(person), name, None) == code for name, code in wanted)
    }  # fmt: skip


def _by_unit(ordered: Sequence[int], as_of: AsOf, asked: Asked, begun: Mark, limit: int) -> Stretch:
    """The mark's walk is the place of the first unit read, its person how many were told."""
    at, told = begun.walk, begun.person
    found: list[Member] = []
    for _time in range(READ_AT_MOST):
        here = ordered[at : at + UNITS_AT_ONCE]
        if not here:
            return Stretch(found, None)
        wanted = limit - len(found)
        members = register(here, as_of, asked, first=told, limit=wanted + 1).members
        found += members[:wanted]
        if len(members) > wanted:
            return Stretch(found, Mark(at, b"", told + wanted))
        at, told = at + UNITS_AT_ONCE, 0
    return Stretch(found, Mark(at, b"", 0))
