"""Breakdowns by particulars: who was admitted, or who is on the roll, by sex, age, education …

Counted in the database, which joins persons to the particulars that hold for them; only counts
come out, never a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from giaoban.figures.errors import FieldUnknown
from giaoban.journal.queries import AsOf
from giaoban.journal.sql import fetch
from giaoban.people.codes import CODED_FIELDS, code_lists
from giaoban.people.queries import latest_particulars

# Age bands of the statistics sheets on members (Biểu số 2 and 3), in completed years.
AGE_BANDS = (18, 31, 36, 41, 46, 51, 56, 61)
FIELDS = (*CODED_FIELDS, "age")


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a breakdown; ``code`` None holds who is not known or was erased."""

    code: str | None
    title: str
    count: int


_LISTED = "SELECT unnest(%(persons)s::bigint[]) AS person_id"
_ON_ROLL = """
    SELECT person_id FROM ledger_leg WHERE unit_id = ANY(%(units)s)
        AND account BETWEEN 1 AND 4 AND effective_on <= %(on)s AND entry_id <= %(known)s
    GROUP BY person_id HAVING sum(quantity) > 0
"""


def of_persons(
    persons: Iterable[int], fields: Sequence[str], as_of: AsOf
) -> dict[str, list[Group]]:
    """Count listed persons by each of ``fields``; somebody listed twice counts twice."""
    return _breakdowns(_LISTED, fields, as_of, persons=list(persons))


def of_roll(units: Iterable[int], fields: Sequence[str], as_of: AsOf) -> dict[str, list[Group]]:
    """Count who stands in these units at the end of the day by each of ``fields``."""
    return _breakdowns(_ON_ROLL, fields, as_of, units=list(units))


def group_of(persons: Iterable[int], field: str, as_of: AsOf) -> dict[int, str | None]:
    """Which group of a field each person is in; nobody's is missing."""
    if field not in FIELDS:
        raise FieldUnknown(field=field, fields=list(FIELDS))
    column = _band() if field == "age" else f"told.{field}"
    rows = fetch(
        f"WITH who AS MATERIALIZED ({_LISTED}), told AS ({latest_particulars('who')})"
        f" SELECT person_id, {column} FROM who LEFT JOIN told USING (person_id)",
        on=as_of.on,
        known=as_of.known,
        bands=list(AGE_BANDS),
        persons=list(persons),
    )
    codes = {key: code for key, (code, _title) in _titles(field).items()}
    return {person: codes.get(key) for person, key in rows}


def group_codes(field: str) -> list[str]:
    """The codes of a field's groups, in order. Raises ``FieldUnknown``."""
    return [code for code in group_titles(field) if code is not None]


def group_titles(field: str) -> dict[str | None, str]:
    """Code → title of a field's groups in the active language, in order; None is who is not known.

    Raises ``FieldUnknown``.
    """
    if field not in FIELDS:
        raise FieldUnknown(field=field, fields=list(FIELDS))
    return {**dict(_titles(field).values()), None: _("not known")}


def _breakdowns(
    who: str, fields: Sequence[str], as_of: AsOf, **params: Any
) -> dict[str, list[Group]]:
    """Field → its groups in the order of the code list, empty ones left out, not known last.

    The counts of each field sum to the number of persons. Raises ``FieldUnknown``.
    """
    for field in fields:
        if field not in FIELDS:
            raise FieldUnknown(field=field, fields=list(FIELDS))
    columns = ", ".join(_band() if field == "age" else f"told.{field}" for field in fields)
    places = ", ".join(str(place + 1) for place in range(len(fields)))
    rows = fetch(
        f"WITH who AS MATERIALIZED ({who}), told AS ({latest_particulars('who')})"
        f" SELECT {columns}, count(*) FROM who LEFT JOIN told USING (person_id)"
        f" GROUP BY {places}",
        on=as_of.on,
        known=as_of.known,
        bands=list(AGE_BANDS),
        **params,
    )
    return {field: _groups(field, at, rows) for at, field in enumerate(fields)}


def _band() -> str:
    """The number of the age band on the day, 0 below the first."""
    return (
        "width_bucket(EXTRACT(YEAR FROM age(%(on)s::date, told.born_on))::int,"
        " %(bands)s::int[])::text"
    )


def _groups(field: str, at: int, rows: list[tuple[Any, ...]]) -> list[Group]:
    counts: Counter[str | None] = Counter()
    for row in rows:
        counts[row[at]] += row[-1]
    groups = [
        Group(code, title, counts[key])
        for key, (code, title) in _titles(field).items()
        if counts[key]
    ]
    if counts[None]:
        groups.append(Group(None, _("not known"), counts[None]))
    return groups


def _titles(field: str) -> dict[str, tuple[str, str]]:
    """What the database answers → (code, title), in the order of the list."""
    if field != "age":
        return {code: (code, entry.title) for code, entry in code_lists()[field].items()}
    edges = [0, *AGE_BANDS]
    bands = [(f"{low}-{high - 1}", f"{low} - {high - 1}") for low, high in pairwise(edges)]
    bands.append((f"{edges[-1]}+", _("over {n}").format(n=edges[-1] - 1)))
    return {str(number): band for number, band in enumerate(bands)}
