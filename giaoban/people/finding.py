"""Finding people by a part of their name, in the order of lists, among millions.

A search looks through the words of names for those that fit, and walks from the rarest along the
spellings that hold it (``spellings.py``), in order and only as far as is asked for. What it meets
are numbers of persons, taken with the writer's rights, for the dictionary is nobody's in
particular; who of them is in sight and what they are called on the day is read as whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from giaoban import vietnamese
from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.rights import writers_rights
from giaoban.journal.sql import Rows, fetch
from giaoban.people.queries import Name, escape_like, names_of

# Of what fits in more words than these, so much fits that the whole dictionary is walked along.
MANY_WORDS = 48
# Candidates at a time: as many as are asked for, and more each time, up to this; they bear no more
# than so many spellings, since from each word so many are collected to be merged.
LONGEST_STEP, SPELLINGS_A_STEP = 4000, 100
# Names are read of a few more than are wanted: somebody may be called otherwise on the day.
SPARE = 4
_AFTER_ALL = 2**62


class Candidate(NamedTuple):
    """Somebody who has or had a name that fits: the key of that name, and the person."""

    key: bytes
    person: int


class Step(NamedTuple):
    """Candidates in order, whether there may be more behind them, and on which of the walks of a
    search they were met."""

    met: list[Candidate]
    more: bool
    walk: int = 0


class Mark(NamedTuple):
    """Where a search goes on: on which walk, and behind whom."""

    walk: int
    key: bytes
    person: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: as it was typed, in small letters, and without marks."""

    literal: str
    folded: str

    @classmethod
    def of(cls, text: str) -> Sought:
        """A text as somebody types it."""
        literal = " ".join(vietnamese.nfc(text).lower().split())
        return cls(literal, vietnamese.fold(text))


@dataclass(frozen=True, slots=True)
class _Way:
    """A walk along the spellings that hold a text: from these words (None: along all), in the
    column ``of`` of the dictionary, those that hold ``but`` to the letter left out."""

    words: list[int] | None
    of: str
    text: str
    but: str = ""


Among = Callable[[list[int]], Collection[int]]


def search_by_name(text: str, as_of: AsOf, limit: int = 50) -> list[Name]:
    """Persons whose name of the day holds ``text``, with or without diacritics, exact marks first.

    In the order of lists: given name, then middle and family name.
    """
    return named(candidates(Sought.of(text), limit), as_of, limit)


def named(steps: Iterable[Step], as_of: AsOf, limit: int, among: Among | None = None) -> list[Name]:
    """The first ``limit`` of the candidates who bear that name on the day, as far as they are
    ``among`` whoever counts, and are shown to whoever asks."""
    found: dict[int, Name] = {}
    waiting: list[Candidate] = []
    for step in steps:
        persons = [one.person for one in step.met]
        kept = set(persons if among is None or not persons else among(persons))
        waiting += [one for one in step.met if one.person in kept]
        if step.more and len(found) + len(waiting) < limit:
            continue
        while waiting and len(found) < limit:
            some = limit - len(found) + SPARE
            for _candidate, name in bearers(waiting[:some], as_of):
                found.setdefault(name.person, name)
            waiting = waiting[some:]
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def bearers(met: list[Candidate], as_of: AsOf) -> Iterator[tuple[Candidate, Name]]:
    """Who of these is shown, and bears on the day the name that they were met under."""
    names = names_of([one.person for one in met], as_of) if met else {}
    if not names:
        return
    with writers_rights():
        rows = fetch(_KEYS, persons=list(names), on=as_of.on, known=as_of.known)
    keys = {person: bytes(key) for person, key in rows}
    for person_key in met:
        if keys.get(person_key.person) == person_key.key:
            yield person_key, names[person_key.person]


_KEYS = f"""
    SELECT n.person_id, k.sort_key FROM (
        SELECT DISTINCT ON (x.person_id) x.person_id, x.entry_id, x.line
        FROM people_personname AS x
        WHERE x.person_id = ANY(%(persons)s) AND x.from_on <= %(on)s AND {not_reversed("x")}
        ORDER BY x.person_id, x.from_on DESC, x.entry_id DESC, x.line DESC
    ) AS n JOIN people_namekey AS k ON k.entry_id = n.entry_id AND k.line = n.line
"""


def candidates(sought: Sought, first: int, after: Mark | None = None) -> Iterator[Step]:
    """Whoever has or had a name that fits, in order, the first step of about ``first``; all where
    nothing is looked for. ``after`` goes on where another search for the same left off."""
    with writers_rights():
        ways = _ways(sought) if sought.folded else [_Way(None, "folded", "")]
    begun = after or Mark(0, b"", 0)
    for number, way in enumerate(ways):
        if number >= begun.walk:
            behind = begun if number == begun.walk else Mark(number, b"", 0)
            for step in _along(way, first, behind):
                yield Step(step.met, step.more or way is not ways[-1], number)


def _ways(sought: Sought) -> list[_Way]:
    """Exact marks come first: a way for them, and one for the others."""
    tokens, exact = sought.folded.split(" "), sought.literal.split(" ")
    rows = fetch(
        "SELECT id, lowered, folded, spellings FROM people_nameword"
        " WHERE folded LIKE ANY(%(patterns)s)",
        patterns=[f"%{escape_like(token)}%" for token in tokens],
    )
    ways = []
    literal = _rarest(exact, [(number, lowered, times) for number, lowered, _f, times in rows])
    if literal != []:
        ways.append(_Way(literal, "lowered", sought.literal))
    folded = _rarest(tokens, [(number, folded, times) for number, _l, folded, times in rows])
    if folded != []:
        but = sought.literal if ways else ""
        ways.append(_Way(folded, "folded", sought.folded, but))
    return ways


def _rarest(tokens: list[str], words: list[tuple[int, str, int]]) -> list[int] | None:
    """The words to begin at: those that fit the token which the fewest spellings hold; none where
    a token fits no word, and None where so many fit that all are as good.

    The first token may be the end of a word and the last its beginning; between are whole words.
    """
    last = len(tokens) - 1
    best: list[tuple[int, str, int]] = []
    for at, token in enumerate(tokens):
        fitting = [
            word for word in words
            if token in word[1] and (at == 0 or word[1].startswith(token))
            and (at == last or word[1].endswith(token))
        ]  # fmt: skip
        if not fitting:
            return []
        if not best or _times(fitting) < _times(best):
            best = fitting
    return [number for number, _word, _times in best] if len(best) <= MANY_WORDS else None


def _times(words: list[tuple[int, str, int]]) -> int:
    return sum(times for _number, _word, times in words)


# The walk goes on behind the last candidate. Fences keep it a walk: the planner knows neither how
# soon it ends nor how often a pattern fits. Sorted by both columns it is in order already by the
# first, so no more bearers of a name are read than are asked for.
_STEP = """
    SELECT s.sort_key, b.person_id
    FROM ({spellings}) AS s LEFT JOIN LATERAL (
        SELECT DISTINCT k.person_id FROM people_namekey AS k
        WHERE k.sort_key = s.sort_key
            AND k.person_id > CASE WHEN s.sort_key = %(after)s THEN %(person)s ELSE 0 END
        ORDER BY k.person_id LIMIT {many}
    ) AS b ON true
    ORDER BY s.sort_key, b.person_id LIMIT {many}
"""
_FITS = "x.{of} LIKE %(like)s {but}"
_BUT = "AND strpos(x.lowered, %(but)s) = 0"
_ALL = """
    SELECT x.sort_key FROM people_spelling AS x WHERE x.sort_key >= %(after)s AND {fits}
    ORDER BY x.sort_key LIMIT {most}
"""
_FROM_WORDS = """
    SELECT DISTINCT f.sort_key FROM unnest(%(words)s::bigint[]) AS w (id) CROSS JOIN LATERAL (
        SELECT p.sort_key FROM people_wordspelling AS p CROSS JOIN LATERAL (
            SELECT FROM people_spelling AS x WHERE x.sort_key = p.sort_key AND {fits} OFFSET 0
        ) AS fitting
        WHERE p.word_id = w.id AND p.sort_key >= %(after)s ORDER BY p.sort_key LIMIT {most}
    ) AS f ORDER BY f.sort_key LIMIT {most}
"""


def _along(way: _Way, first: int, behind: Mark) -> Iterator[Step]:
    _walk, after, person = behind
    many = min(first, LONGEST_STEP)
    more = True
    while more:
        with writers_rights():
            rows = _step(way, after, person, many)
        spelt = {bytes(key) for key, _who in rows}
        more = len(rows) == many or len(spelt) >= min(many, SPELLINGS_A_STEP)
        yield Step([Candidate(bytes(key), who) for key, who in rows if who is not None], more)
        if more:
            after, person = bytes(rows[-1][0]), rows[-1][1]
            if len(rows) < many or person is None:
                person = _AFTER_ALL
        many = min(3 * many, LONGEST_STEP)


def _step(way: _Way, after: bytes, person: int, many: int) -> Rows:
    fits = _FITS.format(of=way.of, but=_BUT if way.but else "")
    spellings = (_ALL if way.words is None else _FROM_WORDS).format(
        fits=fits, most=min(many, SPELLINGS_A_STEP)
    )
    params = {
        "words": way.words, "after": after, "person": person, "but": way.but,
        "like": f"%{escape_like(way.text)}%",
    }  # fmt: skip
    unused = {"words"} if way.words is None else set()
    unused |= set() if way.but else {"but"}
    told = {name: value for name, value in params.items() if name not in unused}
    return fetch(_STEP.format(spellings=spellings, many=many), **told)
