"""Where personal content of somebody stands, in whatever book: what an erasure must empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Q

from giaoban import vietnamese
from giaoban.journal.books import books
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Basis, BookRow, Entry, Note, SealedRow
from giaoban.journal.sql import fetch
from giaoban.people.models import Person, PersonName

# Their notes speak of units, and of everybody in them.
_ON_UNITS = Q(kind__gte=Kind.REORGANISATION, kind__lte=Kind.MOVING)


def content_of(person: int) -> list[SealedRow]:
    """The sealed rows of a person, emptied or not: their names and particulars, and the notes of
    acts on them and of what reversed these."""
    rows: list[SealedRow] = []
    entries: set[int] = set()
    for book in _books_of_persons():
        if issubclass(book, SealedRow):
            rows += book.objects.filter(person_id=person)
        entries |= set(book.objects.filter(person_id=person).values_list("entry_id", flat=True))
    acts = Entry.objects.filter(Q(pk__in=entries) | Q(reverses__in=entries)).exclude(_ON_UNITS)
    return [*rows, *Note.objects.filter(entry_id__in=list(acts.values_list("pk", flat=True)))]


class Left(NamedTuple):
    """Where a name stays after an erasure, since no act empties these: the papers in whose titles
    it stands, and the entries of the person's acts whose keys spell it."""

    papers: list[str]
    keyed: list[int]


def left_of_names(person: int) -> Left:
    """Where the names of a person stand that an erasure does not reach, to be asked before it;
    found with or without marks."""
    names = PersonName.objects.filter(person_id=person, salt__isnull=False)
    words = {vietnamese.fold(name.full_name) for name in names}
    if not words:
        return Left([], [])
    spelt = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b")
    titled = Basis.objects.exclude(title="").order_by("issued_on", "pk")
    papers = [str(basis) for basis in titled.iterator() if spelt.search(_fold(basis.title))]
    entries = {
        number
        for book in _books_of_persons()
        for number in book.objects.filter(person_id=person).values_list("entry_id", flat=True)
    }
    keyed = Entry.objects.filter(pk__in=entries, idempotency_key__isnull=False).order_by("pk")
    keys = keyed.values_list("pk", "idempotency_key")
    return Left(papers, [number for number, key in keys if spelt.search(_fold(key or ""))])


def _fold(text: str) -> str:
    """Text as names are searched, with the signs of keys between its words as spaces."""
    return vietnamese.fold(re.sub(r"[\W_]+", " ", vietnamese.nfc(text)))


def units_of(person: int) -> set[int]:
    """The units in whose books somebody stands or ever stood, be it by a movement taken back."""
    found: set[int] = set()
    for book in _books_of_persons():
        if "unit_id" in book.columns:
            rows = fetch(
                f"SELECT DISTINCT unit_id FROM {book._meta.db_table}"
                f" WHERE person_id = %(person)s AND {book.of_persons}",
                person=person,
            )
            found |= {int(row[0]) for row in rows}
    return found


def _books_of_persons() -> Iterator[type[BookRow]]:
    """The books whose rows name a person, those of later floors among them."""
    for book in books():
        if any(field.related_model is Person for field in book._meta.get_fields()):
            yield book
