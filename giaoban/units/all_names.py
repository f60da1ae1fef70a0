"""All names of all units in memory, in the order in which a search wants them.

Looking at each name takes a nation's 300.000 units seconds. Here they lie one after the other in
two texts, as they are written in small letters and without marks, each with its unit's code; a
search runs along the text, which takes a few thousandths of a second, and ends when it has enough.
What is kept is of one day and one state of the units, named by the digest of their last act, so it
can't be stale; the texts of two such states are kept at most, some 40 MB each for a nation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from giaoban import vietnamese
from giaoban.journal.queries import AsOf, not_reversed
from giaoban.journal.sql import fetch
from giaoban.units.queries import last_unit_entry
from giaoban.units.tree import Ints, Places, distinct

STATES_KEPT = 2
# One line a name: the unit's code, a tab, the name, a line's end. No text that is looked for has
# either sign, so what is found lies in a code or in a name.
_TAB, _END = b"\t", b"\n"

_ROWS = f"""
    SELECT x.unit_id, u.code, x.name, x.from_on <= %(on)s, EXISTS (
        SELECT FROM units_closing AS c WHERE c.unit_id = x.unit_id AND {not_reversed("c")})
    FROM units_naming AS x JOIN units_unit AS u ON u.id = x.unit_id
    WHERE {not_reversed("x")} ORDER BY x.from_on, x.entry_id
"""


def flat(text: str) -> str:
    """A text in small letters with single spaces, marks and all."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True)
class _Text:
    """Lines as bytes: line ``n`` is ``all[starts[n] : starts[n + 1]]``, its end included."""

    all: bytes
    starts: Ints

    @classmethod
    def of(cls, lines: list[bytes]) -> _Text:
        """Lines without their ends. An end stands before the first, too."""
        lengths = np.fromiter(map(len, lines), dtype=np.int64, count=len(lines)) + 1
        starts = np.concatenate(([1], 1 + np.cumsum(lengths)))
        return cls(_END + _END.join(lines) + _END, starts)

    def lines_with(self, sought: bytes) -> Iterator[int]:
        """The numbers of the lines that hold some bytes, rising."""
        at = self.all.find(sought)
        while at >= 0:
            # An end that is looked for is that of the line before.
            line = int(np.searchsorted(self.starts, at + (sought[:1] == _END), side="right")) - 1
            yield line
            at = self.all.find(sought, int(self.starts[line + 1]) - 1)

    def holds(self, line: int, sought: bytes) -> bool:
        """Whether one line holds some bytes."""
        return self.all.find(sought, int(self.starts[line]) - 1, int(self.starts[line + 1])) >= 0


@dataclass(frozen=True, eq=False)
class AllNames:
    """The names of all units, present and former, one a line: those of today of open units first,
    then short ones before long ones; ``order`` rises where two lines differ in that."""

    units: Ints
    order: Ints
    exact: _Text
    folded: _Text

    @cached_property
    def _each(self) -> Ints:
        return distinct(self.units)

    @cached_property
    def _places(self) -> Places:
        return Places(self._each)

    @cached_property
    def _at(self) -> Ints:
        """The place of each line's unit among all units."""
        return self._places.of(self.units)

    def candidates(self, told: str, folded: str, among: Collection[int], most: int) -> set[int]:
        """Units of which the best ``most`` are the best of all that have ``told`` (in small
        letters) in their code or in a name, or ``folded`` there without marks.

        The best are those with ``told`` as their whole code, then those that hold ``told`` itself,
        then the others; among these by ``order``, in which units may be level.
        """
        exact, bare = told.encode(), folded.encode()
        lines = self._lines(among)
        found = self._best(self.exact, _END + exact + _TAB, lines, most)
        for text, sought in ((self.exact, exact), (self.folded, bare)):
            if len(found) < most:
                found |= self._best(text, sought, lines, most + len(found))
        return found

    def _lines(self, among: Collection[int]) -> list[int] | None:
        """The lines of some units, rising; None for those of all."""
        if len(among) >= len(self._each):
            return None
        at = self._places.of(np.fromiter(among, dtype=np.int64, count=len(among)))
        seen: npt.NDArray[np.bool_] = np.zeros(len(self._each), dtype=bool)
        seen[at[at >= 0]] = True
        found: list[int] = np.flatnonzero(seen[self._at]).tolist()
        return found

    def _best(self, text: _Text, sought: bytes, lines: list[int] | None, most: int) -> set[int]:
        """The units of the first lines that hold some bytes: so many, and all that are level."""
        holding = (
            text.lines_with(sought) if lines is None
            else (line for line in lines if text.holds(line, sought))
        )  # fmt: skip
        found: set[int] = set()
        last = None
        for line in holding:
            if last is not None and self.order[line] != last:
                break
            found.add(int(self.units[line]))
            if last is None and len(found) >= most:
                last = self.order[line]
        return found


def all_names(as_of: AsOf) -> AllNames:
    """All names by the entries known; which are today's and which units are open, on the day."""
    return _read(as_of.on, *last_unit_entry(as_of.known))


@lru_cache(maxsize=STATES_KEPT)
def _read(on: date, known: int, digest: bytes) -> AllNames:  # noqa: ARG001 - the digest is the key
    rows = fetch(_ROWS, on=on, known=known)
    now = {unit: name for unit, _code, name, begun, _closed in rows if begun}
    order = np.array(
        [_order(name == now.get(unit), closed, name) for unit, _code, name, _begun, closed in rows],
        dtype=np.int64,
    )
    places = np.argsort(order, kind="stable")
    rows = [rows[at] for at in places.tolist()]
    bare = _bare(row[2] for row in rows)
    return AllNames(
        np.array([row[0] for row in rows], dtype=np.int64), order[places],
        _Text.of([_line(code, flat(name)) for _unit, code, name, *_told in rows]),
        _Text.of([_line(code, bare(name)) for _unit, code, name, *_told in rows]),
    )  # fmt: skip


_LONGEST = 1000  # more letters than a name may have


def _order(current: bool, closed: bool, name: str) -> int:
    return (2 * (not current) + closed) * _LONGEST + len(name)


def _line(code: str, name: str) -> bytes:
    return code.casefold().encode() + _TAB + name.encode()


def _bare(names: Iterable[str]) -> Callable[[str], str]:
    """How to fold any of some names: they share few words, and each is folded once."""
    words = {word for name in names for word in name.split()}
    folds = {word: vietnamese.fold(word) for word in words}
    return lambda name: " ".join(filter(None, map(folds.__getitem__, name.split())))
