"""The dictionary of names: each spelling once, and for each word the spellings that hold it, in the
order of lists.

Millions share a few hundred thousand names, and these a few thousand words. So a search looks
through the words, and walks from them along the names (``finding.py``). Like the keys it is an
index: made from them, and made anew at any time. It says how people are called, so it is kept from
the desk's role, and a spelling goes with the last who bears it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from giaoban import vietnamese
from giaoban.journal import chain
from giaoban.journal.sql import fetch
from giaoban.people.models import NameWord, Spelling, WordSpelling


def words_of(lowered: str) -> set[str]:
    """The words of a spelling, each once."""
    return set(lowered.split())


def add(names: Mapping[bytes, str]) -> None:
    """Add names (sort key → full name) that are not in the dictionary yet."""
    rows = fetch(
        "SELECT sort_key FROM people_spelling WHERE sort_key = ANY(%(keys)s)", keys=list(names)
    )
    known = {bytes(row[0]) for row in rows}
    fresh = {key: full.lower() for key, full in names.items() if key not in known}
    if not fresh:
        return
    words = _add_words(Counter(word for text in fresh.values() for word in words_of(text)))
    spelt = ((key, text, vietnamese.fold(text)) for key, text in fresh.items())
    _copy("people_spelling (sort_key, lowered, folded)", spelt)
    leading = ((words[word], key) for key, text in fresh.items() for word in words_of(text))
    _copy("people_wordspelling (word_id, sort_key)", leading)


def _add_words(times: Mapping[str, int]) -> dict[str, int]:
    """word → its id, for words that stand in so many more spellings."""
    rows = fetch(
        "INSERT INTO people_nameword (lowered, folded, spellings)"
        " SELECT * FROM unnest(%(words)s::text[], %(folded)s::text[], %(times)s::int[])"
        " ON CONFLICT (lowered) DO UPDATE"
        " SET spellings = people_nameword.spellings + excluded.spellings RETURNING lowered, id",
        words=list(times), folded=[vietnamese.fold(word) for word in times],
        times=list(times.values()),
    )  # fmt: skip
    return dict(rows)


def _copy(into: str, rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        copy.write("".join(f"{chain.line(row)}\n" for row in rows))


def forget(keys: Iterable[bytes]) -> None:
    """Drop the spellings of these keys that nobody bears any more, and words that stand in none."""
    rows = fetch(
        "DELETE FROM people_spelling AS s WHERE s.sort_key = ANY(%(keys)s) AND NOT EXISTS ("
        " SELECT FROM people_namekey AS k WHERE k.sort_key = s.sort_key)"
        " RETURNING s.sort_key, s.lowered",
        keys=list(keys),
    )
    for key, lowered in rows:
        words = list(words_of(lowered))
        fetch(
            "WITH gone AS ("
            " DELETE FROM people_wordspelling AS p USING people_nameword AS w"
            " WHERE w.lowered = ANY(%(words)s) AND p.word_id = w.id AND p.sort_key = %(key)s"
            " RETURNING w.id)"
            " UPDATE people_nameword AS w SET spellings = w.spellings - 1 FROM gone"
            " WHERE w.id = gone.id RETURNING w.id",
            words=words, key=bytes(key),
        )  # fmt: skip
        fetch(
            "DELETE FROM people_nameword AS w WHERE w.lowered = ANY(%(words)s) AND NOT EXISTS ("
            " SELECT FROM people_wordspelling AS p WHERE p.word_id = w.id) RETURNING w.id",
            words=words,
        )


def incomplete() -> bool:
    """Whether there are keys whose spelling is not in the dictionary."""
    [(missing,)] = fetch(
        "SELECT EXISTS (SELECT FROM people_namekey AS k WHERE NOT EXISTS ("
        " SELECT FROM people_spelling AS s WHERE s.sort_key = k.sort_key))"
    )
    return bool(missing)


def clear() -> None:
    """Empty the dictionary."""
    with connection.cursor() as cursor:
        for model in (WordSpelling, NameWord, Spelling):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


def rebuild() -> int:
    """Make the dictionary anew from the keys and their names; returns how many spellings."""
    with transaction.atomic():
        clear()
        rows = fetch(
            "SELECT DISTINCT k.sort_key, x.full_name FROM people_namekey AS k"
            " JOIN people_personname AS x ON x.entry_id = k.entry_id AND x.line = k.line"
            " WHERE x.salt IS NOT NULL"
        )
        add({bytes(key): full for key, full in rows})
    return len(rows)
