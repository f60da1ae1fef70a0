"""A saved page as text: which of the old encodings its bytes are in, whatever it says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from giaoban.portal.bringing.errors import PageEmpty, PageNotText
from giaoban.vietnamese import Encoding, TextUndecodable, decode, detect

# Sure enough to convert a page by; a paragraph of Vietnamese leaves no doubt at all.
SURE = 0.9
# Of UTF-8 with some broken letters, as many may be broken.
MOST_BROKEN = 0.02
_NO_TEXT = re.compile(rb"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>|&#?\w+;")
_NAMED = re.compile(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})")


@dataclass(frozen=True, slots=True)
class Text:
    """A page's text, the encoding that it was in, and how many letters of it were lost."""

    html: str
    encoding: Encoding
    lost: int = 0


def read_page(data: bytes) -> Text:
    """The text of a saved page.

    Raises ``PageEmpty``, ``PageNotText``.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise PageEmpty
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if (b"\0" in data and not wide) or not _looks_like_markup(data, wide=wide):
        raise PageNotText
    if (mended := _broken_utf8(data)) is not None:
        return mended
    found = detect(data if wide else _NO_TEXT.sub(b" ", data))
    if found.encoding is not None and found.confidence >= SURE:
        try:
            return Text(decode(data, found.encoding), found.encoding)
        except (TextUndecodable, UnicodeDecodeError):
            pass
    return _as_it_says(data)


def _looks_like_markup(data: bytes, *, wide: bool) -> bool:
    begin = data[:65536].replace(b"\0", b"") if wide else data[:65536]
    return re.search(rb"(?i)<(!doctype|html|head|body|table|div|p|meta|title)\b", begin) is not None


def _broken_utf8(data: bytes) -> Text | None:
    """UTF-8 in which a few letters are broken; None for what is whole or is no UTF-8."""
    shown = data.decode("utf-8", "replace")
    lost = shown.count("\ufffd")
    letters = sum(char > "\x7f" for char in shown)
    if not lost or lost > letters * MOST_BROKEN:
        return None
    return Text(shown, Encoding.UNICODE, lost)


def _as_it_says(data: bytes) -> Text:
    """What no spelling tells (a page in another language, or of numbers): by its own word."""
    named = _NAMED.search(data[:4096])
    name = named[1].decode("ascii") if named else "utf-8"
    try:
        shown = data.decode(name, "replace")
    except LookupError:
        shown = data.decode("utf-8", "replace")
    return Text(shown, Encoding.UNICODE, shown.count("\ufffd"))
