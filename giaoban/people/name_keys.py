"""The keys that names are found and sorted by: an index, kept beside the sealed names.

A key depends on the weights of the collation and on the order of lists, both of which may change
while the names may not; so keys stand outside the books and can be made anew at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from giaoban import vietnamese
from giaoban.journal import chain
from giaoban.journal.sql import fetch
from giaoban.people import spellings
from giaoban.people.models import NameKey, PersonName

CHUNK = 20_000


class Named(NamedTuple):
    """A row of the book of names: where it stands, whose it is, what it says."""

    entry: int
    line: int
    person: int
    name: vietnamese.PersonalName


def made_with() -> str:
    """What today's keys depend on; keys made with something else don't compare with them."""
    return f"{vietnamese.collation_fingerprint()} {settings.NAME_ORDER}"


def add(rows: Iterable[Named]) -> None:
    """Make the keys of these names."""
    named = list(rows)
    order = vietnamese.NameOrder(settings.NAME_ORDER)
    # Among many names each is found many times: its key is made once.
    names = list(dict.fromkeys(row.name for row in named))
    keys = vietnamese.name_sort_keys(names, order)
    mark = made_with()
    tails = {
        name: chain.line((vietnamese.fold(name.full), key, mark))
        for name, key in zip(names, keys, strict=True)
    }
    lines = [f"{row.entry}\t{row.line}\t{row.person}\t{tails[row.name]}" for row in named]
    columns = "entry_id, line, person_id, folded, sort_key, made_with"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY people_namekey ({columns}) FROM STDIN") as copy,
    ):
        copy.write("".join(f"{line}\n" for line in lines))
    spellings.add({key: name.full for name, key in zip(names, keys, strict=True)})


def forget(person: int) -> None:
    """Drop the keys of a person whose names are erased, and spellings that nobody else bears."""
    mine = NameKey.objects.filter(person_id=person)
    keys = {bytes(key) for key in mine.values_list("sort_key", flat=True)}
    mine.delete()
    spellings.forget(keys)


def outdated() -> bool:
    """Whether keys were made with other weights or another order, or are missing."""
    [(stale, missing)] = fetch(
        "SELECT EXISTS (SELECT FROM people_namekey WHERE made_with <> %(mark)s),"
        " EXISTS (SELECT FROM people_personname AS n WHERE n.salt IS NOT NULL AND NOT EXISTS ("
        " SELECT FROM people_namekey AS k WHERE k.entry_id = n.entry_id AND k.line = n.line))",
        mark=made_with(),
    )
    return bool(stale or missing)


def rebuild() -> int:
    """Make all keys anew and return how many there are."""
    done = 0
    with transaction.atomic():
        NameKey.objects.all().delete()
        spellings.clear()
        names = PersonName.objects.filter(salt__isnull=False).order_by("entry_id", "line")
        chunk: list[Named] = []
        for row in names.iterator(chunk_size=CHUNK):
            chunk.append(named_by(row))
            if len(chunk) == CHUNK:
                add(chunk)
                done += len(chunk)
                chunk = []
        add(chunk)
    return done + len(chunk)


def named_by(row: PersonName) -> Named:
    """A row of the book as what keys are made from; raises ``BadText`` for a torn split."""
    name = vietnamese.PersonalName(
        row.full_name or "", row.family or "", row.middle or "", row.given or ""
    )
    return Named(row.entry_id, row.line, row.person_id, name)
