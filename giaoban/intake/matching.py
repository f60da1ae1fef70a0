"""Which column holds which field: by its head, corrected by a person, remembered for next time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from giaoban.intake.errors import ColumnMissing, ColumnTwice
from giaoban.intake.fields import Subject, fields_of
from giaoban.intake.heading import folded, known_heads
from giaoban.intake.models import RememberedMatch

Match = dict[int, str]  # number of a column, from 0 → code of a field


def suggest(heads: Sequence[str], subject: Subject) -> Match:
    """The match remembered for these very heads, or each head that is known; the first of two
    columns with one meaning wins."""
    known = known_heads(subject)
    kept = remembered(heads, subject)
    if kept is not None:
        return kept
    found: Match = {}
    for at, head in enumerate(heads):
        field = known.get(folded(head))
        if field is not None and field.code not in found.values():
            found[at] = field.code
    return found


def check(match: Mapping[int, str], subject: Subject) -> None:
    """Refuse a match without a required field, or with two columns for one.

    A name may come in two columns. Raises ``ColumnMissing``, ``ColumnTwice``.
    """
    fields = fields_of(subject)
    for code in set(match.values()):
        columns = [at + 1 for at, told in match.items() if told == code]
        if len(columns) > 1:
            raise ColumnTwice(field=fields[code].title, columns=columns)
    have = set(match.values())
    if {"family_name", "given_name"} <= have or "person" in have:
        have.add("name")
    for field in fields.values():
        if field.required and field.code not in have:
            raise ColumnMissing(field=field.title)


def _mark(heads: Sequence[str], subject: Subject) -> str:
    told = "\n".join([subject.value, *map(folded, heads)])
    return hashlib.sha256(told.encode()).hexdigest()


def remembered(heads: Sequence[str], subject: Subject) -> Match | None:
    """The match that somebody settled for a table with the same heads."""
    kept = RememberedMatch.objects.filter(mark=_mark(heads, subject)).first()
    if kept is None:
        return None
    fields = fields_of(subject)
    return {int(at): code for at, code in kept.columns.items() if code in fields}


def remember(heads: Sequence[str], subject: Subject, match: Mapping[int, str]) -> None:
    """Keep a match for the next table with these heads."""
    RememberedMatch.objects.update_or_create(
        mark=_mark(heads, subject),
        defaults={"columns": {str(at): code for at, code in match.items()}},
    )
