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

from giaoban.figures.segments.columns import ASKED, Ints
from giaoban.figures.segments.engines import engine
from giaoban.figures.segments.layout import (
    SegmentFile,
    SegmentSet,
    SegmentsUnusable,
    check,
    current,
)
from giaoban.journal.sql import fetch, fetch_columns
from giaoban.people.sight import EVERYTHING, SETTING

Answer = TypeVar("Answer")
Columns = tuple[Ints, ...]

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

    def ask(self, sql: str, width: int, start: date, end: date, **more: Any) -> Columns:
        """The columns of a sum of legs effective in [start, end), from both parts.

        The same text is put to each: it reads ``ledger_leg`` between ``%(start)s`` and
        ``%(end)s``, ``%(after)s`` and ``%(known)s``, and each of its rows adds to the answer, so
        that a row from one part and a row from the other need not be told apart.
        """
        return self._added(sql, width, end, start, start, **more)

    def ask_since(self, sql: str, width: int, since: date, end: date, **more: Any) -> Columns:
        """The same, where the segments need be read only from ``since`` on: what lies before is
        known by balances, but for what the tail says of it."""
        return self._added(sql, width, end, since, LONG_AGO, **more)

    def _added(
        self, sql: str, width: int, end: date, of_closed: date, of_tail: date, **more: Any
    ) -> Columns:
        told = {"end": end, "known": self.known, **more}
        tail = self._since(written(sql, {**told, "start": of_tail, "after": self.after}), width)
        if self.closed is None:
            return tail
        text = written(sql, {**told, "start": of_closed, "after": 0, "units": ASKED})
        files = self._files(of_closed, end)
        if not files:
            return tail
        closed = self._from(files, text, units=more.get("units", ()))
        return joined(closed, tail)

    def ask_whole(self, sql: str, width: int, days: Sequence[date], **more: Any) -> Columns:
        """The columns of what can't be added up from parts, such as a person's way through a day:
        what the tail says of those days is laid beside the segments and both are asked as one.

        The text reads the standings of ``ledger_leg`` on ``%(days)s`` up to ``%(known)s``.
        """
        told = {"days": days, "known": self.known}
        if self.closed is None:
            return fetch_columns(written(sql, {**told, **more}), width)
        late = self._since(written(_LATE, {**told, "after": self.after}), 8)
        years = {day.year for day in days}
        files = self._checked(y.legs for y in self.closed.years if y.year in years)
        text = written(sql, {**told, "units": ASKED})
        return self._from(files, text, late if len(late[0]) else None, more.get("units", ()))

    def balances(self, day: date, units: Sequence[int] | None) -> tuple[date, Columns]:
        """The last balances that hold for what is known, not after ``day``: the day before which
        they hold, and (unit, standing, members). With none, from the first day on."""
        if self.closed is not None:
            for year in reversed(self.closed.years):
                if year.end <= day and year.settled <= self.known:
                    paths = self._checked([year.balances])
                    sql = "SELECT unit_id, standing, members FROM balances"
                    if units is not None:
                        sql += f" WHERE unit_id IN ({ASKED})"
                    told = engine().answer(
                        sql, year.balances.name, {"balances": paths}, units=units or ()
                    )
                    return year.end, told
        return LONG_AGO, (np.zeros(0, dtype=np.int64),) * 3

    def _since(self, sql: str, width: int) -> Columns:
        """What was recorded since the segments were written, of what is known: often nothing."""
        if self.closed is not None and self.known <= self.after:
            return (np.zeros(0, dtype=np.int64),) * width
        return fetch_columns(sql, width)

    def _from(
        self, files: Sequence[Path], sql: str, late: Columns | None = None,
        units: Sequence[int] = (),
    ) -> Columns:  # fmt: skip
        assert self.closed is not None
        return engine().answer(sql, self.closed.folder, {"ledger_leg": files}, late, units)

    def _files(self, start: date, end: date) -> list[Path]:
        assert self.closed is not None
        return self._checked(year.legs for year in self.closed.within(start, end))

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
