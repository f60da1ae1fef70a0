"""Finding units by a part of a name, present or former, or by their code."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from giaoban import vietnamese
from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch
from giaoban.units.all_names import all_names, flat
from giaoban.units.queries import UnitLife, lives

# The names of so few units are looked at one by one; of more, only those that may be the best.
FEW = 300


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


def find_units(text: str, units: Collection[int], as_of: AsOf, *, limit: int = 8) -> list[UnitHit]:
    """Units with ``text`` in their code or in any name they had, with or without diacritics: a
    whole code first, exact marks before others, today's name before former ones, open units
    before closed ones, short names before long ones."""
    told, folded = flat(vietnamese.nfc(text)), vietnamese.fold(text)
    if not folded:
        return []
    if len(units) > FEW:
        units = all_names(as_of).candidates(told, folded, units, limit)
    found = []
    for unit, code, name in fetch(_NAMES, units=list(units), known=as_of.known):
        exact = told in code.casefold() or told in flat(name)
        if exact or folded in vietnamese.fold(name) or folded in code.casefold():
            found.append((unit, name, told != code.casefold(), not exact))
    told_of = lives({unit for unit, *_rank in found}, as_of)
    keys = vietnamese.sort_keys(told_of[unit].name for unit, *_rank in found)
    ranked = sorted(
        (code, marks, name != told_of[unit].name, told_of[unit].closed is not None, len(name),
         key, unit, name)
        for (unit, name, code, marks), key in zip(found, keys, strict=True)
    )  # fmt: skip
    best: dict[int, str] = {}
    for *_rank, unit, name in ranked:
        best.setdefault(unit, name)
    hits = []
    for unit, name in list(best.items())[:limit]:
        now = told_of[unit]
        by_name = folded in vietnamese.fold(name) and folded not in vietnamese.fold(now.name)
        hits.append(UnitHit(now, name if by_name else None))
    return hits
