"""The only place that writes entries: lock, number, chain, and store them with their rows.

Single acts and imports of a million rows take the same way, so they carry the same guarantees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import chain as chain_of
from itertools import islice
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from giaoban.journal import chain, encoding
from giaoban.journal.bases import BasisOn as BasisOn
from giaoban.journal.bases import Document, find_or_add
from giaoban.journal.encoding import NO_BASIS, Encoder, Sheet
from giaoban.journal.errors import BasisTitleDiffers, ClockAhead, FutureDate, KeyReused
from giaoban.journal.kinds import Kind
from giaoban.journal.models import BookRow, Entry
from giaoban.journal.queries import find_by_key
from giaoban.journal.rights import writers_rights
from giaoban.journal.sql import Ask, ask, fetch, fetch_together
from giaoban.journal.storing import copy_sheet, insert_slip
from giaoban.journal.text import check_text
from giaoban.vietnamese import VIETNAM_TIME

VIETNAM = VIETNAM_TIME
# One writer at a time, so that numbers are in the order of commits. The number spells "GBAN".
WRITING_LOCK = 0x4742414E
CHUNK = 8_000
# What the columns have room for.
KEY_LENGTH = 200
MANY = 500

# Acts with no more rows than these are inserted in one round trip; more are copied.
FEW_ACTS, FEW_ROWS = 4, 32


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who records, and when: the login's name and the instant, both told by the door."""

    name: str
    at: datetime

    @property
    def today(self) -> date:
        """The day of recording in Vietnam."""
        return self.at.astimezone(VIETNAM).date()


@dataclass(slots=True)
class Draft:
    """An act ready to be recorded: its line and the rows that hang on it.

    ``rows`` maps a book to tuples in the order of the book's ``columns`` (a sealed book: followed
    by its ``sealed`` content). A draft that ``follows`` only makes sense together with the one
    before it, so the two are never written by different statements.
    """

    kind: Kind
    effective_on: date
    rows: Mapping[type[BookRow], Sequence[tuple[Any, ...]]] = field(default_factory=dict)
    basis: BasisOn | None = None
    note: str = ""
    reverses: int | None = None
    idempotency_key: str | None = None
    follows: bool = False


class Progress(Protocol):
    """Told after each chunk how many entries have been written since the last call."""

    def __call__(self, n: int, /) -> None: ...


class Journal:
    """The journal held open for writing by one recorder, within one transaction."""

    def __init__(self, by: Recorder, number: int, digest: bytes, recorded_at: datetime) -> None:
        self.by = by
        self.number: int = number
        self.digest: bytes = bytes(digest)
        # A clock that went back never makes the journal's time go back.
        self.recorded_at: datetime = max(by.at, recorded_at)
        self._bases: dict[Document, tuple[int, str]] = {}

    def find(self, keys: Iterable[str | None]) -> dict[str, Entry]:
        """The entries already recorded under these idempotency keys."""
        wanted = {key for key in keys if key}
        for key in wanted:
            check_text(_("key"), key, KEY_LENGTH)
        return find_by_key(wanted) if wanted else {}

    def done_before(
        self, key: str | None, kind: Kind, effective_on: date | None, book: type[BookRow],
        *said: Mapping[str, Any],
    ) -> int | None:  # fmt: skip
        """The number of an earlier try of the same act, or None.

        It is the same act if kind and day agree (a day of None is the day of recording, which a
        retry may pass), and if its rows in ``book`` say what ``said`` says (column → value for
        each row, in any order). Otherwise raises ``KeyReused``.
        """
        entry = self.find([key]).get(key or "")
        if entry is None:
            return None
        found = (entry.kind, entry.effective_on, entry.reverses_id)
        if found != (kind, effective_on or entry.effective_on, None) or not _says(
            book, entry.pk, said
        ):
            raise KeyReused(key=key, n=entry.pk)
        return entry.pk

    def write(self, *drafts: Draft) -> int:
        """Record these acts and return the number of the first entry."""
        return self.write_all(drafts).start

    def write_all(
        self, drafts: Iterable[Draft], progress: Progress | None = None,
        *, then_commit: Callable[[], None] = lambda: None,
    ) -> range:  # fmt: skip
        """Record any number of acts, in chunks but in one transaction; return their numbers.

        ``then_commit`` says that nothing follows but the commit (``one_trip_to_commit``).
        """
        first, rest = self.number + 1, iter(drafts)
        begun = list(islice(rest, FEW_ACTS + 1))
        if _are_few(begun):
            then_commit()
            self._write_few(begun)
            if begun and progress is not None:
                progress(len(begun))
        else:
            self._write_many(chain_of(begun, rest), progress)
        return range(first, self.number + 1)

    def _write_few(self, drafts: list[Draft]) -> None:
        if not drafts:
            return
        encoder = Encoder(self.number, self.digest, self.recorded_at, self.by.name)
        insert_slip(encoder.encode_few(drafts, self._check(drafts)))
        self.number, self.digest = encoder.number, encoder.digest

    def _write_many(self, drafts: Iterable[Draft], progress: Progress | None) -> None:
        for sheet in self._sheets(_chunks(drafts)):
            copy_sheet(sheet)
            if sheet.n >= MANY:
                self._plan_anew()
            if progress is not None:
                progress(sheet.n)

    def _sheets(self, chunks: Iterator[list[Draft]]) -> Iterator[Sheet]:
        """Each chunk's lines. While PostgreSQL takes in one, the next is encoded beside it."""
        encoder = Encoder(self.number, self.digest, self.recorded_at, self.by.name)
        chunk = next(chunks, None)
        if chunk is None:
            return
        sheet = encoder.encode(chunk, self._check(chunk))
        with ThreadPoolExecutor(max_workers=1) as beside:
            while chunk is not None:
                self.number, self.digest = encoder.number, encoder.digest
                # All that asks the database or the caller's iterator is done before the thread
                # starts, so that only this thread ever does.
                if (chunk := next(chunks, None)) is not None:
                    coming = beside.submit(encoder.encode, chunk, self._check(chunk))
                yield sheet
                if chunk is not None:
                    sheet = coming.result()

    def _check(self, drafts: list[Draft]) -> list[encoding.Basis]:
        """Refuse days in the future and texts that are none; return each draft's basis as the
        encoder wants it."""
        today = self.by.today
        for draft in drafts:
            if draft.effective_on > today:
                raise FutureDate(date=draft.effective_on)
            if draft.basis is not None and draft.basis.issued_on > today:
                raise FutureDate(date=draft.basis.issued_on)
            check_text(_("key"), draft.idempotency_key or "", KEY_LENGTH)
            check_text(_("note"), draft.note)
        return [NO_BASIS if d.basis is None else self._basis(d.basis) for d in drafts]

    def _basis(self, basis: BasisOn) -> encoding.Basis:
        """The basis as the entry refers to it; added if it is not there yet."""
        known = self._bases.get(basis.document)
        if known is None:
            known = self._bases[basis.document] = find_or_add(basis)
        number, title = known
        if basis.title and basis.title != title:
            raise BasisTitleDiffers(number=basis.number, issued=basis.issued_on, title=title)
        return encoding.Basis(number, chain.basis_text((*basis.document, title)))

    @staticmethod
    def _plan_anew() -> None:
        """Plans that the server keeps for small tables are wrong for what they have become."""
        with connection.cursor() as cursor:
            cursor.execute("DISCARD PLANS")


def _are_few(drafts: list[Draft]) -> bool:
    rows = sum(len(rows) for draft in drafts for rows in draft.rows.values())
    return len(drafts) <= FEW_ACTS and rows <= FEW_ROWS


def _chunks(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    """The drafts in lists of about ``CHUNK``; one that follows stays with the one before it."""
    chunk: list[Draft] = []
    for draft in drafts:
        if len(chunk) >= CHUNK and not draft.follows:
            yield chunk
            chunk = []
        chunk.append(draft)
    if chunk:
        yield chunk


def _says(book: type[BookRow], number: int, said: Sequence[Mapping[str, Any]]) -> bool:
    """Whether an entry's rows in a book are exactly these, as far as their columns are named."""
    columns = sorted(said[0]) if said else ["line"]
    wanted = {tuple(row[column] for column in columns) for row in said}
    return set(book.objects.filter(entry_id=number).values_list(*columns)) == wanted


@contextmanager
def open_journal(by: Recorder) -> Iterator[Journal]:
    """Open the journal for one act: one transaction, one writer at a time.

    Rules are checked inside, after the lock, so what they saw still holds when the act is written.
    The lock goes with the commit, and the disk is waited for after it, so that writers wait for it
    together; nobody is told that an act is recorded before it is on the disk.
    """
    with transaction.atomic(), writers_rights():
        journal, _ = lock_journal(by)
        yield journal


_LOCK = ask(
    "SELECT pg_advisory_xact_lock(%(lock)s), set_config('synchronous_commit', 'off', true)",
    lock=WRITING_LOCK,
)


@lru_cache
def _newest(beside: str) -> str:
    return f"""
        SELECT {beside}, clock_timestamp() + interval '1 minute', e.id, e.digest, e.recorded_at
        FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
            SELECT id, digest, recorded_at FROM journal_entry ORDER BY id DESC LIMIT 1
        ) AS e ON true
    """


def lock_journal(by: Recorder, *, asked: Ask | None = None) -> tuple[Journal, bool]:
    """The journal, locked for the rest of the transaction that the caller has begun with the
    writer's rights; and the answer to a yes-or-no question that is asked once it is locked.

    Raises ``ClockAhead`` where the journal's time lies ahead of the database's.
    """
    asked = asked or Ask("false", {})
    _locked, [(answer, latest, *last)] = fetch_together(
        _LOCK, Ask(_newest(asked.sql), asked.params)
    )
    transaction.on_commit(_wait_for_the_disk)
    number, digest, recorded_at = (0, chain.GENESIS, by.at) if last[0] is None else last
    journal = Journal(by, number, digest, recorded_at)
    if journal.recorded_at > latest:
        raise ClockAhead(time=journal.recorded_at)
    return journal, answer


@contextmanager
def one_trip_to_commit() -> Iterator[Callable[[], None]]:
    """Around a transaction: once what it yields is called, what is written goes to PostgreSQL
    together with the commit, without waiting for an answer in between, and the lock is let go that
    much sooner. What the database refuses is then raised by the commit.

    A transaction inside another is left as it is: a savepoint must know of an error itself.
    """
    outermost = not connection.in_atomic_block
    with ExitStack() as until_committed:

        def begin() -> None:
            if outermost:
                until_committed.enter_context(connection.connection.pipeline())

        yield begin


def _wait_for_the_disk() -> None:
    """Return when everything committed so far is on the disk: an empty message is written into
    the log and flushed, and the log is flushed in order."""
    fetch("SELECT pg_logical_emit_message(false, 'giaoban', '', true)")


def next_ids(table: str, n: int) -> list[int]:
    """``n`` new ids from a table's identity sequence (gaps are harmless)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, n],
        )
        return [int(row[0]) for row in cursor.fetchall()]
