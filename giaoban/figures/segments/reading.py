"""Which parts a sum of legs is read from: the segments in force and the tail, or the ledger alone.

Sums are linear: closed history and what was recorded since add up. A set is read only if it is of
this very journal, its files are what was written, and the reader may see every row.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from giaoban.figures.segments.columns import ASKED, FILES, Ints, Question
from giaoban.figures.segments.engines import engine
from giaoban.figures.segments.layout import (
    SegmentFile,
    SegmentSet,
    SegmentsUnusable,
    check,
    current,
)
from giaoban.figures.segments.places import places
from giaoban.journal.sql import fetch, fetch_columns
from giaoban.people.sight import EVERYTHING, SETTING

Answer = TypeVar("Answer")
Columns = tuple[Ints, ...]
# A text, and how many columns its answer has.
Sum = tuple[str, int]

LONG_AGO = date(1, 1, 1)
_log = logging.getLogger(__name__)
_warned: set[str] = set()


def answered(known: int, question: Callable[[Parts], Answer]) -> Answer:
    """Ask with the segments in force; where they fail, say so once and ask PostgreSQL alone."""
    refused: SegmentsUnusable | None = None
    # Twice, since the set may be replaced, and its files removed, while it is being read.
    for _again in range(2):
        try:
            found = in_force()
            if found is None:
                break
            return question(Parts(known, found, settings.SEGMENTS / found.folder))
        except SegmentsUnusable as broken:
            refused = broken
    if refused is not None:
        warn(refused)
    return question(Parts(known))


def warn(broken: SegmentsUnusable) -> None:
    """Tell once in a process why the segments are not read."""
    text = unused(broken)
    if text not in _warned:
        _warned.add(text)
        _log.warning(text)


def unused(broken: SegmentsUnusable) -> str:
    """Why segments are not read, and what to do about it."""
    said = _(
        "Segments are not used ({what}: {reason}). Figures are right, only slower. To write them "
        "anew: giaoban figures compact"
    )
    return said.format(what=broken.what, reason=broken.reason)


def in_force() -> SegmentSet | None:
    """The set to read, or None: there is none, or the reader sees only some rows of the ledger.

    Raises ``SegmentsUnusable`` for a set that is not of this journal.
    """
    found = current(settings.SEGMENTS)
    if found is None:
        return None
    [(digest, hidden, sight)] = fetch(
        "SELECT (SELECT digest FROM journal_entry WHERE id = %(number)s),"
        " row_security_active('ledger_leg'), current_setting(%(setting)s, true)",
        number=found.watermark,
        setting=SETTING,
    )
    if hidden and sight != EVERYTHING:
        return None
    if digest is None or bytes(digest).hex() != found.digest:
        raise SegmentsUnusable(found.folder, _("of another journal, or of a later state of it"))
    return found


@dataclass(frozen=True, slots=True)
class Parts:
    """The two parts of the ledger that a question by entries up to ``known`` is put to.

    Without ``closed``, the tail is everything.
    """

    known: int
    closed: SegmentSet | None = None
    folder: Path = Path()

    @property
    def after(self) -> int:
        """The last entry that the segments hold; 0 without."""
        return self.closed.watermark if self.closed else 0

    def ask(
        self, sums: Sequence[Sum], start: date, end: date, units: Sequence[int] | None = None
    ) -> list[Columns]:
        """The columns of some sums of legs effective in [start, end), from both parts.

        The same texts are put to each: they read ``ledger_leg`` between ``%(start)s`` and
        ``%(end)s``, ``%(after)s`` and ``%(known)s`` where ``%(within)s``, and each of their rows
        adds to the answer, so that a row from one part and a row from the other need not be told
        apart. With ``units`` only legs of theirs are read.
        """
        return self._added(sums, end, start, start, units)

    def ask_since(
        self, asked: Sum, since: date, end: date, units: Sequence[int] | None = None
    ) -> Columns:
        """The same, where the segments need be read only from ``since`` on: what lies before is
        known by balances, but for what the tail says of it."""
        [found] = self._added([asked], end, since, LONG_AGO, units)
        return found

    def _added(
        self, sums: Sequence[Sum], end: date, of_closed: date, of_tail: date,
        units: Sequence[int] | None,
    ) -> list[Columns]:  # fmt: skip
        told = {"end": end, "known": self.known}
        within = "true" if units is None else f"unit_id IN ({_written(units)})"
        of_late = {**told, "start": of_tail, "after": self.after, "within": within}
        tails = [self._since(sql, of_late, width) for sql, width in sums]
        at = self._places(units) if units is not None else None
        files = self._files(of_closed, end, at) if self.closed is not None else []
        if not files:
            return tails
        told |= {"start": of_closed, "after": 0, "within": "true", "asked": ASKED}
        texts = [written(sql, told) for sql, _width in sums]
        narrowed = written(_NARROWED, told) if units is not None else ""
        closed = self._from(files, texts, narrowed=narrowed, asked=() if at is None else at)
        return [joined(*both) for both in zip(closed, tails, strict=True)]

    def ask_whole(
        self, sql: str, width: int, days: Sequence[date], units: Sequence[int] = ()
    ) -> Columns:
        """The columns of what can't be added up from parts, such as a person's way through a day:
        what the tail says of those days is laid beside the segments and both are asked as one.

        The text reads the standings of ``ledger_leg`` on ``%(days)s`` up to ``%(known)s``, and may
        ask for ``%(asked)s``, the units.
        """
        told = {"days": days, "known": self.known}
        if self.closed is None:
            return fetch_columns(written(sql, {**told, "asked": units}), width)
        late = self._since(_LATE, {**told, "after": self.after}, 8)
        years = {day.year for day in days}
        files = self._checked(
            file for one in self.closed.years if one.year in years for file in one.legs
        )
        text = written(sql, {**told, "asked": ASKED})
        [found] = self._from(files, [text], late=late if len(late[0]) else None, asked=units)
        return found

    def balances(self, day: date, units: Sequence[int] | None) -> tuple[date, Columns]:
        """The last balances that hold for what is known, not after ``day``: the day before which
        they hold, and (unit, standing, members). With none, from the first day on."""
        if self.closed is not None:
            for year in reversed(self.closed.years):
                if year.end <= day and year.settled <= self.known:
                    return year.end, self._balances(year.balances, units)
        return LONG_AGO, (np.zeros(0, dtype=np.int64),) * 3

    def _balances(self, file: SegmentFile, units: Sequence[int] | None) -> Columns:
        files = self._checked([file])
        sql, asked = "SELECT unit_id, standing, members FROM balances", self._places(units)
        if units is not None:
            sql += f" WHERE place IN ({ASKED})"
        [found] = engine().answers(Question(file.name, [sql], "balances", files, asked=asked))
        return found

    def _since(self, sql: str, told: dict[str, Any], width: int) -> Columns:
        """What was recorded since the segments were written, of what is known: often nothing."""
        if self.closed is not None and self.known <= self.after:
            return (np.zeros(0, dtype=np.int64),) * width
        return fetch_columns(written(sql, told), width)

    def _from(self, files: Sequence[Path], texts: Sequence[str], **more: Any) -> list[Columns]:
        assert self.closed is not None
        return engine().answers(Question(self.closed.folder, texts, "ledger_leg", files, **more))

    def _places(self, units: Sequence[int] | None) -> Ints:
        """Where in the files legs of some units lie, rising; those without any are left out."""
        if units is None or self.closed is None:
            return np.zeros(0, dtype=np.int64)
        [path] = self._checked([self.closed.places])
        at = places(path).of(np.asarray(units, dtype=np.int64))
        return np.sort(at[at >= 0])

    def _files(self, start: date, end: date, places: Ints | None) -> list[Path]:
        """The files of legs in [start, end), of those at some places alone."""
        assert self.closed is not None
        every = (file for year in self.closed.within(start, end) for file in year.legs)
        return self._checked(file for file in every if places is None or file.holds(places))

    def _checked(self, files: Iterable[SegmentFile]) -> list[Path]:
        """Their paths, once each is known to be what was written."""
        found = list(files)
        for file in found:
            check(self.folder / file.name, file)
        return [self.folder / file.name for file in found]


def joined(first: Columns, second: Columns) -> Columns:
    """Columns one behind the other; where nothing is behind, as often, the very columns."""
    if len(second[0]) == 0:
        return first
    return tuple(np.concatenate(pair) for pair in zip(first, second, strict=True))


# Legs at some places: a few groups of rows, which each sum of them would look for anew.
_NARROWED = (
    f"SELECT * FROM {FILES} WHERE account BETWEEN 1 AND 4"
    " AND effective_on >= %(start)s AND effective_on < %(end)s AND place IN (%(asked)s)"
)
# The tail's legs of some days, as whole numbers, in the order of ``columns.LATE``.
_LATE = (
    "SELECT entry_id, unit_id, account, kind, effective_on - DATE '1970-01-01', person_id,"
    " quantity, CASE WHEN reversal THEN 1 ELSE 0 END FROM ledger_leg"
    " WHERE entry_id > %(after)s AND entry_id <= %(known)s AND account BETWEEN 1 AND 4"
    " AND effective_on IN (%(days)s)"
)


def written(sql: str, told: dict[str, Any]) -> str:
    """A text of the portable subset with its ``%(name)s`` filled in: numbers, days and lists of
    numbers, which every engine reads alike."""
    return sql % {name: _written(value) for name, value in told.items()}


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value  # for the engine to put in
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, int | np.integer):
        return str(int(value))
    return ", ".join(map(_written, value)) or "NULL"
