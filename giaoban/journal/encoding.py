"""Drafts into what COPY takes, or INSERT where they are few, numbered and chained.

Touches no database, so that one chunk can be encoded while PostgreSQL still takes in the last.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from struct import Struct
from typing import TYPE_CHECKING, Any

from giaoban.journal import chain
from giaoban.journal.books import books
from giaoban.journal.models import BookRow, Note, SealedRow

if TYPE_CHECKING:
    from giaoban.journal.writing import Draft

Rows = Mapping[type[BookRow], Sequence[tuple[Any, ...]]]
Values = Sequence[tuple[Any, ...]]

_BINARY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_BINARY_END = b"\xff\xff"
_ENTRY = Struct("!h iq ih ii iq")
_NULL = Struct("!i").pack(-1)
_DIGEST_SIZE = Struct("!i").pack(32)


@dataclass(frozen=True, slots=True)
class Basis:
    """A basis as an entry refers to it: its id, and its text inside the entry's line."""

    id: int | None
    text: str


NO_BASIS = Basis(None, chain.basis_text(None))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chunk of ``n`` acts as COPY takes it: the entries, in binary, and the rows of each book,
    in binary for a book that packs its rows, else as text."""

    n: int
    entries: bytes
    rows: Mapping[type[BookRow], bytes]


@dataclass(frozen=True, slots=True)
class Slip:
    """A few acts as INSERT takes them: the values of the entries, and of each book's rows."""

    entries: Values
    rows: Mapping[type[BookRow], Values]


@cache
def _places() -> dict[type[BookRow], int]:
    """Each book's place in the order in which rows enter the digest and the database."""
    return {book: place for place, book in enumerate(books())}


@cache
def _tables() -> dict[type[BookRow], str]:
    """How a line of each book begins inside the digest."""
    return {book: f"\n{book._meta.db_table}\t" for book in books()}


class Encoder:
    """Carries the chain on: ``number`` and ``digest`` are those of the last entry encoded."""

    def __init__(self, number: int, digest: bytes, recorded_at: datetime, by: str) -> None:
        self.number = number
        self.digest = digest
        self._at, self._by = recorded_at, by
        self._recorded = f"{chain.text(recorded_at)}\t{chain.text(by)}"
        self._instant = (recorded_at - chain.INSTANT_ZERO) // timedelta(microseconds=1)
        self._by_field = _field(by)
        self._place, self._tables = _places(), _tables()
        self._few = False

    def encode(self, drafts: Sequence[Draft], bases: Sequence[Basis]) -> Sheet:
        """What COPY takes for drafts, each with its basis."""
        self._few = False
        entries: list[bytes] = [_BINARY_HEAD]
        rows: dict[type[BookRow], list[Any]] = {}
        for draft, basis in zip(drafts, bases, strict=True):
            self._chain(draft, basis, rows)
            entries.append(self._entry(draft, basis))
        entries.append(_BINARY_END)
        filled = self._filled(rows)
        return Sheet(len(drafts), b"".join(entries), {b: _joined(b, rows[b]) for b in filled})

    def encode_few(self, drafts: Sequence[Draft], bases: Sequence[Basis]) -> Slip:
        """What INSERT takes for the same."""
        self._few = True
        entries: list[tuple[Any, ...]] = []
        rows: dict[type[BookRow], list[Any]] = {}
        for draft, basis in zip(drafts, bases, strict=True):
            self._chain(draft, basis, rows)
            key = draft.idempotency_key or None
            entries.append((self.number, int(draft.kind), draft.effective_on, self._at, self._by,
                            basis.id, draft.reverses, key, self.digest))  # fmt: skip
        return Slip(entries, {book: rows[book] for book in self._filled(rows)})

    def _chain(self, draft: Draft, basis: Basis, rows: dict[type[BookRow], list[Any]]) -> None:
        """Number a draft, append its rows to their books, and carry the digest on."""
        self.number += 1
        content = (
            f"{self.number}\t{draft.kind:d}\t{draft.effective_on.isoformat()}"
            f"\t{self._recorded}\t{basis.text}"
            f"\t{chain.entry_tail(draft.reverses, draft.idempotency_key or None)}"
            f"{self._rows(draft, rows)}"
        )
        self.digest = hashlib.sha256(self.digest + content.encode()).digest()

    def _filled(self, rows: Mapping[type[BookRow], list[Any]]) -> list[type[BookRow]]:
        return sorted((book for book in rows if rows[book]), key=self._place.__getitem__)

    def _entry(self, draft: Draft, basis: Basis) -> bytes:
        """The entry's row: id, kind, day, instant, recorder, references, key, digest."""
        day = draft.effective_on.toordinal() - chain.DAY_ZERO
        head = _ENTRY.pack(9, 8, self.number, 2, draft.kind, 4, day, 8, self._instant)
        refers = _NULL * 3
        if basis.id is not None or draft.reverses is not None or draft.idempotency_key:
            refers = _reference(basis.id) + _reference(draft.reverses)
            refers += _field(draft.idempotency_key) if draft.idempotency_key else _NULL
        return b"".join((head, self._by_field, refers, _DIGEST_SIZE, self.digest))

    def _rows(self, draft: Draft, rows: dict[type[BookRow], list[Any]]) -> str:
        """Append the draft's rows to their books; return what the digest covers."""
        own: Rows = {**draft.rows, Note: [(draft.note,)]} if draft.note else draft.rows
        order: Iterable[type[BookRow]] = own
        if len(own) > 1:
            order = sorted(own, key=self._place.__getitem__)
        number, hashed = self.number, ""
        for book in order:
            out, table = rows.setdefault(book, []), self._tables[book]
            if issubclass(book, SealedRow):
                hashed += self._sealed(book, own[book], out)
                continue
            encode = book.encode
            pack = _values if self._few else book.pack if book.binary else None
            for line, values in enumerate(own[book], start=1):
                text = f"{number}\t{line}\t{encode(values)}"
                hashed += table + text
                out.append(text.encode() if pack is None else pack(number, line, values))
        return hashed

    def _sealed(
        self, book: type[SealedRow], rows: Iterable[tuple[Any, ...]], out: list[Any]
    ) -> str:
        """Rows with personal content: the digest covers only its salted seal."""
        plain, hashed = len(book.columns), ""
        for line, values in enumerate(rows, start=1):
            salt = secrets.token_bytes(16)
            content = chain.line(values[plain:])
            kept = (*values[:plain], chain.seal_line(salt, content))
            head = f"{self.number}\t{line}\t{chain.line(kept)}"
            hashed += self._tables[book] + head
            if self._few:
                out.append((self.number, line, *kept, salt, *values[plain:]))
            else:
                out.append(f"{head}\t{chain.text(salt)}\t{content}".encode())
        return hashed


def _reference(number: int | None) -> bytes:
    return _NULL if number is None else b"\0\0\0\x08" + number.to_bytes(8, signed=True)


def _field(text: str) -> bytes:
    content = text.encode()
    return len(content).to_bytes(4) + content


def _values(entry: int, line: int, values: tuple[Any, ...]) -> tuple[Any, ...]:
    return (entry, line, *values)


def _joined(book: type[BookRow], rows: list[bytes]) -> bytes:
    if not book.binary:
        return b"\n".join(rows) + b"\n"
    return b"".join((_BINARY_HEAD, *rows, _BINARY_END))
