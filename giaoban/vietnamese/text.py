"""Text on its way in and on its way to a search: one form for what looks the same.

Vietnamese letters can be stored composed (NFC) or decomposed (NFD), spaces come in a dozen
kinds from Word and from web pages, and đ never decomposes. Unless every text is brought to one
form at the door, "Đảng ủy" is not equal to "Đảng ủy" and a search for "dang" finds nothing.
"""

import re
import unicodedata

from .errors import ControlCharacter

NO_BREAK_SPACE = "\u00a0"

_LINE_BREAK = re.compile(r"[ ]*(?:\r\n|[\n\v\f\r\x85\u2028\u2029])[ ]*")
_BLANKS = re.compile(r"[^\S\n\v\f\r\x85\u2028\u2029]+")
# Soft hyphen, zero-width characters, direction marks, byte order mark: they change no reading.
_INVISIBLE = "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
# Not text at all: C0 and C1 controls but white space, halves of surrogate pairs, U+FFFD.
_CONTROL = "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd-\uffff]"
# Eth and African D look exactly like Đ; old converters leave them behind.
_LIKE_CAPITAL_D = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ"})
_FOLDED_LETTERS = str.maketrans(
    {"đ": "d", "\u00f0": "d", "\u0256": "d", "‘": "'", "’": "'", "ʼ": "'", "`": "'"}
)


def nfc(text: str) -> str:
    """Give `text` in NFC, the one form stored: every way in passes here or through `clean`."""
    return unicodedata.normalize("NFC", text)


def clean(text: str, *, keep_lines: bool = False) -> str:
    """Give `text` as the office stores it: NFC, single plain spaces, stripped.

    Every kind of space (U+00A0 too) becomes one plain space; invisible characters go; the
    look-alikes of Đ (U+00D0, U+0189) become Đ. With `keep_lines` line breaks stay, as "\\n".
    Legacy text must be decoded before: TCVN3 writes ư as U+00AD, which is dropped here.

    Raises ControlCharacter for control codes, lone surrogates and U+FFFD (a letter lost before).
    """
    found = re.search(_CONTROL, text)
    if found:
        codepoint = f"U+{ord(found[0]):04X}"
        raise ControlCharacter(position=found.start() + 1, codepoint=codepoint)
    text = nfc(re.sub(_INVISIBLE, "", text).translate(_LIKE_CAPITAL_D))
    if not keep_lines:
        return " ".join(text.split())
    return _LINE_BREAK.sub("\n", _BLANKS.sub(" ", text)).strip()


def fold(text: str) -> str:
    """Give the search fold of `text`: no case, no marks, đ as d, single spaces; "Đảng" → "dang".

    For the shadow column of a search and for duplicate checks; exact marks rank first, folded
    ones after. Both placements of a tone mark fold to the same. Never raises.
    """
    text = re.sub(_INVISIBLE, "", unicodedata.normalize("NFD", text))
    text = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(char for char in text if unicodedata.category(char) != "Mn")
    return " ".join(bare.translate(_FOLDED_LETTERS).split())


def bind(*words: object) -> str:
    """Join `words` with no-break spaces, as number and noun, "quý" and "III" are on paper.

    Not for names, and not for spreadsheet cells, where such a space defeats a search.
    """
    return NO_BREAK_SPACE.join(str(word) for word in words)


def capitalise_first(text: str) -> str:
    """Capitalise the first letter alone; `str.title` would give "Huyện Ủy", "Trường Thpt"."""
    return text[:1].upper() + text[1:]
