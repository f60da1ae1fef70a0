"""Searching what the public reads: with or without diacritics, the best first.

Every thing that can be found has one row whose words PostgreSQL holds twice, as written and
folded. Words are split here and not by PostgreSQL, whose parser takes 64-KH/HU for a path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from giaoban.journal.sql import fetch
from giaoban.portal.pages.models import SearchEntry
from giaoban.vietnamese import fold, nfc, old_tone_placement

MOST_WORDS = 20
PAGE_SIZE = 20
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """A thing that readers can find, in plain words. ``place`` is its section or issuer."""

    key: str
    kind: SearchEntry.Kind
    address: str
    title: str
    lead: str
    text: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """What a search found. ``exact``: the words stand there with the very marks asked for."""

    key: str
    kind: SearchEntry.Kind
    address: str
    title: str
    lead: str
    text: str
    place: str
    at: datetime
    exact: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of what was found, and how many there are in all.

    ``loose``: nothing held all the words, so these hold some of them.
    """

    found: list[Hit]
    total: int
    loose: bool = False


def exact_words(text: str) -> list[str]:
    """The words of a text as they are compared with marks: in small letters, tones where the house
    puts them."""
    return [old_tone_placement(word) for word in _WORD.findall(nfc(text).lower())]


def folded_words(text: str) -> list[str]:
    """The words of a text as they are compared without marks: "Đảng" as dang."""
    return _WORD.findall(fold(text))


_KEEP = """
    INSERT INTO portal_pages_searchentry
        (key, kind, address, title, lead, text, place, at, exact, folded)
    VALUES (%(key)s, %(kind)s, %(address)s, %(title)s, %(lead)s, %(text)s, %(place)s, %(at)s,
        setweight(to_tsvector('simple', %(title_exact)s), 'A')
            || setweight(to_tsvector('simple', %(lead_exact)s), 'B')
            || setweight(to_tsvector('simple', %(text_exact)s), 'D'),
        setweight(to_tsvector('simple', %(title_folded)s), 'A')
            || setweight(to_tsvector('simple', %(lead_folded)s), 'B')
            || setweight(to_tsvector('simple', %(text_folded)s), 'D'))
    ON CONFLICT (key) DO UPDATE SET kind = EXCLUDED.kind, address = EXCLUDED.address,
        title = EXCLUDED.title, lead = EXCLUDED.lead, text = EXCLUDED.text,
        place = EXCLUDED.place, at = EXCLUDED.at, exact = EXCLUDED.exact, folded = EXCLUDED.folded
"""


def keep(thing: Findable) -> None:
    """Let readers find a thing, as it is now; what was kept of it before is replaced."""
    parts = {"title": thing.title, "lead": thing.lead, "text": thing.text}
    words = {
        f"{name}_{how}": " ".join(split(part))
        for name, part in parts.items()
        for how, split in (("exact", exact_words), ("folded", folded_words))
    }
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {"key": thing.key, "kind": thing.kind.value, "address": thing.address,
             "place": thing.place, "at": thing.at, **parts, **words},
        )  # fmt: skip


def forget(key: str) -> None:
    """Let readers find a thing no more."""
    SearchEntry.objects.filter(key=key).delete()


# First where the marks are those asked for, then where the words stand together, then by the weight
# of the places where they stand.
_SEARCH = """
    WITH asked AS (
        SELECT to_tsquery('simple', %(exact)s) AS exact, to_tsquery('simple', %(folded)s) AS folded,
            phraseto_tsquery('simple', %(exact_phrase)s) AS exact_phrase,
            phraseto_tsquery('simple', %(folded_phrase)s) AS folded_phrase
    ), hits AS (
        SELECT e.*, e.exact @@ a.exact AS is_exact,
            e.exact @@ a.exact_phrase AS has_phrase, e.folded @@ a.folded_phrase AS like_phrase,
            ts_rank_cd('{{0.05, 0.1, 0.4, 1.0}}', e.exact, a.exact, 1) AS weight,
            ts_rank_cd('{{0.05, 0.1, 0.4, 1.0}}', e.folded, a.folded, 1) AS like_weight
        FROM portal_pages_searchentry AS e, asked AS a
        WHERE e.folded @@ a.folded {kind}
    )
    SELECT key, kind, address, title, lead, text, place, at, is_exact, count(*) OVER ()
    FROM hits
    ORDER BY is_exact DESC, has_phrase DESC, weight DESC,
        like_phrase DESC, like_weight DESC, at DESC, key
    LIMIT %(size)s OFFSET %(start)s
"""


def search(
    asked: str, *, page: int = 1, kind: SearchEntry.Kind | None = None, size: int = PAGE_SIZE
) -> Hits:
    """What holds all the words asked for, or else what holds some; the best first.

    Words are compared without marks, and those whose marks agree come first; of words, those in a
    title weigh most, then those in a lead. More than ``MOST_WORDS`` words are cut off.
    """
    exact, folded = exact_words(asked)[:MOST_WORDS], folded_words(asked)[:MOST_WORDS]
    if not folded:
        return Hits([], 0)
    strict = _asked(exact, folded, " & ", page, kind, size)
    if strict.total or len(folded) == 1 or page > 1:
        return strict
    loose = _asked(exact, folded, " | ", page, kind, size)
    return Hits(loose.found, loose.total, loose=True)


def _asked(
    exact: list[str], folded: list[str], joined: str, page: int,
    kind: SearchEntry.Kind | None, size: int,
) -> Hits:  # fmt: skip
    rows = fetch(
        _SEARCH.format(kind="AND e.kind = %(kind)s" if kind else ""),
        exact=joined.join(exact), folded=joined.join(folded), exact_phrase=" ".join(exact),
        folded_phrase=" ".join(folded), kind=kind.value if kind else None,
        size=size, start=(page - 1) * size,
    )  # fmt: skip
    found = [Hit(row[0], SearchEntry.Kind(row[1]), *row[2:9]) for row in rows]
    return Hits(found, int(rows[0][9]) if rows else 0)
