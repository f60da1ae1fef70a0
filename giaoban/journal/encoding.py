"""Drafts into what COPY takes, numbered and chained.

Touches no database, so that one chunk can be encoded while PostgreSQL still takes in the last.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from struct import Struct
from typing import TYPE_CHECKING, Any

from giaoban.journal import chain
from giaoban.journal.books import books
from giaoban.journal.models import BookRow, Note, SealedRow

if TYPE_CHECKING:
    from giaoban.journal.writing import Draft

Rows = Mapping[type[BookRow], Sequence[tuple[Any, ...]]]

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


class Encoder:
    """Carries the chain on: ``number`` and ``digest`` are those of the last entry encoded."""

    def __init__(self, number: int, digest: bytes, recorded_at: datetime, by: str) -> None:
        self.number = number
        self.digest = digest
        self._recorded = f"{chain.text(recorded_at)}\t{chain.text(by)}"
        self._instant = (recorded_at - chain.INSTANT_ZERO) // timedelta(microseconds=1)
        self._by = _field(by)
        self._place = {book: place for place, book in enumerate(books())}
        self._tables = {book: f"\n{book._meta.db_table}\t" for book in books()}

    def encode(self, drafts: Sequence[Draft], bases: Sequence[Basis]) -> Sheet:
        """What COPY takes for drafts, each with its basis."""
        entries: list[bytes] = [_BINARY_HEAD]
        rows: dict[type[BookRow], list[bytes]] = {}
        for draft, basis in zip(drafts, bases, strict=True):
            self.number += 1
            content = (
                f"{self.number}\t{draft.kind:d}\t{draft.effective_on.isoformat()}"
                f"\t{self._recorded}\t{basis.text}"
                f"\t{chain.entry_tail(draft.reverses, draft.idempotency_key or None)}"
                f"{self._rows(draft, rows)}"
            )
            self.digest = hashlib.sha256(self.digest + content.encode()).digest()
            entries.append(self._entry(draft, basis))
        entries.append(_BINARY_END)
        filled = sorted((book for book in rows if rows[book]), key=self._place.__getitem__)
        return Sheet(len(drafts), b"".join(entries), {b: _joined(b, rows[b]) for b in filled})

    def _entry(self, draft: Draft, basis: Basis) -> bytes:
        """The entry's row: id, kind, day, instant, recorder, references, key, digest."""
        day = draft.effective_on.toordinal() - chain.DAY_ZERO
        head = _ENTRY.pack(9, 8, self.number, 2, draft.kind, 4, day, 8, self._instant)
        refers = _NULL * 3
        if basis.id is not None or draft.reverses is not None or draft.idempotency_key:
            refers = _reference(basis.id) + _reference(draft.reverses)
            refers += _field(draft.idempotency_key) if draft.idempotency_key else _NULL
        return b"".join((head, self._by, refers, _DIGEST_SIZE, self.digest))

    def _rows(self, draft: Draft, rows: dict[type[BookRow], list[bytes]]) -> str:
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
            encode, pack = book.encode, book.pack if book.binary else None
            for line, values in enumerate(own[book], start=1):
                text = f"{number}\t{line}\t{encode(values)}"
                hashed += table + text
                out.append(text.encode() if pack is None else pack(number, line, values))
        return hashed

    def _sealed(
        self, book: type[SealedRow], rows: Iterable[tuple[Any, ...]], out: list[bytes]
    ) -> str:
        """Rows with personal content: the digest covers only its salted seal."""
        plain, hashed = len(book.columns), ""
        for line, values in enumerate(rows, start=1):
            salt = secrets.token_bytes(16)
            kept = (*values[:plain], chain.seal(salt, values[plain:]))
            head = f"{self.number}\t{line}\t{chain.line(kept)}"
            hashed += self._tables[book] + head
            out.append(f"{head}\t{chain.line((salt, *values[plain:]))}".encode())
        return hashed


def _reference(number: int | None) -> bytes:
    return _NULL if number is None else b"\0\0\0\x08" + number.to_bytes(8, signed=True)


def _field(text: str) -> bytes:
    content = text.encode()
    return len(content).to_bytes(4) + content


def _joined(book: type[BookRow], rows: list[bytes]) -> bytes:
    if not book.binary:
        return b"\n".join(rows) + b"\n"
    return b"".join((_BINARY_HEAD, *rows, _BINARY_END))
