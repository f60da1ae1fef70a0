"""The digest chain: what exactly is hashed, byte for byte.

A row enters the digest as the very line that PostgreSQL's COPY takes and gives in text format:
columns joined by tabs, ``\\N`` for NULL, backslash escapes. So one formatting serves writing,
hashing and verifying, and anybody can recompute the chain with psql and sha256sum.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

GENESIS = bytes(32)
# PostgreSQL counts days, and microseconds, from the first of January 2000.
DAY_ZERO = date(2000, 1, 1).toordinal()
INSTANT_ZERO = datetime(2000, 1, 1, tzinfo=UTC)
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\b": "\\b",
                          "\f": "\\f", "\v": "\\v"})  # fmt: skip


def text(value: Any) -> str:
    """One column as COPY's text format writes it."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        # All that is escaped but the backslash is not printable; looking takes a tenth.
        plain = value.isprintable() and "\\" not in value
        return value if plain else value.translate(_ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(sep=" ", timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return "\\\\x" + value.hex()
    return str(value).translate(_ESCAPES)


def line(values: Iterable[Any]) -> str:
    """A row as COPY's text format writes it, without the line's end."""
    return "\t".join(map(text, values))


def entry_line(
    *,
    number: int,
    kind: int,
    effective_on: date,
    recorded_at: str,
    by: str,
    basis: str,
    reverses: int | None,
    key: str | None,
) -> str:
    """The journal's own line; ``recorded_at``, ``by`` and ``basis`` come already as text."""
    head = f"{number}\t{kind}\t{effective_on.isoformat()}\t{recorded_at}\t{by}\t{basis}"
    return f"{head}\t{entry_tail(reverses, key)}"


def entry_tail(reverses: int | None, key: str | None) -> str:
    """How an entry's line ends: what it reverses, and its idempotency key."""
    if reverses is None and key is None:
        return "\\N\t\\N"
    return f"{text(reverses)}\t{text(key)}"


def basis_text(basis: tuple[str, date, str, str] | None) -> str:
    """A basis inside an entry's line: number, day, issuer and title, or four NULLs."""
    return line(basis if basis is not None else (None, None, None, None))


def digest(previous: bytes, entry: str, rows: Sequence[str]) -> bytes:
    """sha256 over the previous digest (32 bytes), the entry's line and its rows' lines.

    Each of ``rows`` is a table's name, a tab and the row's line; rows stand in the order of the
    books and of their line numbers. Lines are joined by newlines, encoded in UTF-8.
    """
    content = "\n".join((entry, *rows)) if rows else entry
    return hashlib.sha256(previous + content.encode()).digest()


def seal(salt: bytes, content: Iterable[Any]) -> bytes:
    """sha256 over a random salt (16 bytes) and personal content, to stand in the digest for it."""
    return seal_line(salt, line(content))


def seal_line(salt: bytes, content: str) -> bytes:
    """The same over content that is a line already."""
    return hashlib.sha256(salt + content.encode()).digest()
