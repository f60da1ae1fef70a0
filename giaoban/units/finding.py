"""Finding units by a part of a name, present or former, or by their code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from giaoban import vietnamese
from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch
from giaoban.units.queries import UnitLife, lives


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit that was found; ``former`` is the name by which it was, where it is not today's."""

    unit: UnitLife
    former: str | None = None


_NAMES = f"""
    SELECT x.unit_id, u.code, x.name
    FROM units_naming AS x JOIN units_unit AS u ON u.id = x.unit_id
    WHERE x.unit_id = ANY(%(units)s) AND {not_reversed("x")}
"""


def find_units(text: str, units: Iterable[int], as_of: AsOf, *, limit: int = 8) -> list[UnitHit]:
    """Units with ``text`` in their code or in any name they had, with or without diacritics: a
    whole code first, exact marks before others, today's name before former ones, open units
    before closed ones, short names before long ones."""
    told = vietnamese.nfc(text).strip().casefold()
    folded = vietnamese.fold(told)
    if not folded:
        return []
    found: dict[int, tuple[bool, bool, str]] = {}
    for unit, code, name in fetch(_NAMES, units=list(units), known=as_of.known):
        exact = told == code.casefold() or told in name.casefold()
        if exact or folded in vietnamese.fold(name) or folded in code.casefold():
            best = (told != code.casefold(), not exact, name)
            found[unit] = min(found.get(unit, best), best, key=lambda one: one[:2])
    told_of = lives(found, as_of)
    ranked = sorted(
        (code, marks, name != told_of[unit].name, told_of[unit].closed is not None, len(name),
         vietnamese.sort_key(told_of[unit].name), unit, name)
        for unit, (code, marks, name) in found.items()
    )  # fmt: skip
    hits = []
    for *_rank, unit, name in ranked[:limit]:
        now = told_of[unit]
        by_name = folded in vietnamese.fold(name) and folded not in vietnamese.fold(now.name)
        hits.append(UnitHit(now, name if by_name else None))
    return hits
