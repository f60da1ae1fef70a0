"""Old Vietnamese text made readable: TCVN3, VNI, VISCII, Windows-1258, mistaken UTF-8.

Files of the nineties reach the office in two ways: as bytes, or as text that a program has
already shown in the wrong alphabet ("TiÕng ViÖt", "Tieáng Vieät"). Both go through here, before
any cleaning: to `clean`, the ư of TCVN3 is a soft hyphen.
"""

import re
import unicodedata
from enum import Enum
from functools import cache

from ..errors import TextUndecodable, TextUnencodable
from ..text import nfc
from . import tables

_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class Encoding(Enum):
    """How a Vietnamese text is written down; the value is what an office calls it."""

    UNICODE = "Unicode"
    DECOMPOSED = "Unicode tổ hợp"
    MISREAD_UTF8 = "UTF-8 đọc nhầm"
    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"
    VISCII = "VISCII"
    CP1258 = "Windows-1258"


def decode(data: bytes | str, encoding: Encoding, *, capitals: bool = False) -> str:
    """Give `data` as Unicode in NFC.

    A string is text whose bytes were shown as Latin-1 or Windows-1252; characters that are no
    such byte stay as they are. `capitals` puts the result in capitals: TCVN3 has hardly any
    with marks, the fonts .VnTimeH and the like show small letters so, and only who sees the
    font can know. Raises TextUndecodable for bytes that `encoding` does not have.
    """
    if isinstance(data, str):
        text = "".join(_decoded(run, encoding) for run in _runs(data, encoding))
    else:
        text = _decoded(data, encoding)
    return nfc(text).upper() if capitals else nfc(text)


def encode(text: str, encoding: Encoding) -> bytes:
    """Give `text` as bytes of `encoding`: the inverse of `decode`, for files that must go back.

    Raises TextUnencodable for what the encoding can't write, as Á in TCVN3.
    """
    text = nfc(text)
    if encoding in (Encoding.UNICODE, Encoding.DECOMPOSED, Encoding.MISREAD_UTF8):
        decomposed = encoding is Encoding.DECOMPOSED
        return (unicodedata.normalize("NFD", text) if decomposed else text).encode()
    return b"".join(_encoded(char, encoding) for char in text)


def _runs(text: str, encoding: Encoding) -> list[bytes | str]:
    """Part `text` into runs that were bytes and runs that can't have been."""
    if encoding in (Encoding.UNICODE, Encoding.DECOMPOSED):
        return [text]
    byte_of = tables.byte_of()
    known = re.compile("([" + re.escape("".join(byte_of)) + "]+)")
    parts = known.split(text)
    return [
        bytes(byte_of[char] for char in part) if place % 2 else part
        for place, part in enumerate(parts)
    ]


def _decoded(data: bytes | str, encoding: Encoding) -> str:
    if isinstance(data, str):
        return data
    try:
        return _DECODERS[encoding](data)
    except UnicodeDecodeError as error:
        raise TextUndecodable(encoding=encoding.value, position=error.start + 1) from error


def _unicode(data: bytes) -> str:
    for mark, name in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.decode(name)
    return data.decode()


def _tcvn3(data: bytes) -> str:
    table = tables.tcvn3()
    return "".join(table.get(byte) or _windows(byte, data, at) for at, byte in enumerate(data))


def _viscii(data: bytes) -> str:
    table = tables.viscii()
    return "".join(table.get(byte) or chr(byte) for byte in data)


def _vni(data: bytes) -> str:
    shown = "".join(_windows(byte, data, at) for at, byte in enumerate(data))
    return _vni_pattern().sub(lambda found: _vni_letter(found[0]), shown)


def _windows(byte: int, data: bytes, at: int) -> str:
    """Show one byte as Windows-1252; its five unused bytes are errors."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnicodeDecodeError("cp1252", data, at, at + 1, error.reason) from error


@cache
def _vni_pattern() -> re.Pattern[str]:
    """Match VNI's letters, two characters before one, the mark in either case."""
    codes = sorted(tables.vni(), key=len, reverse=True)
    mixed = {code[0] + code[1:].swapcase() for code in codes}
    return re.compile("|".join(sorted({*codes, *mixed}, key=len, reverse=True)))


def _vni_letter(code: str) -> str:
    """Give the letter of `code`; "Aù" is Á as "AÙ" is, for the letter carries the case."""
    codes = tables.vni()
    return codes.get(code) or codes[code[0] + code[1:].swapcase()]


def _cp1258(data: bytes) -> str:
    return data.decode("cp1258")


_DECODERS = {
    Encoding.UNICODE: _unicode,
    Encoding.DECOMPOSED: _unicode,
    Encoding.MISREAD_UTF8: _unicode,
    Encoding.TCVN3: _tcvn3,
    Encoding.VNI: _vni,
    Encoding.VISCII: _viscii,
    Encoding.CP1258: _cp1258,
}


@cache
def _codes(encoding: Encoding) -> dict[str, bytes]:
    """Letter → bytes: the tables turned round."""
    if encoding is Encoding.VNI:
        return {letter: code.encode("cp1252") for code, letter in tables.vni().items()}
    table = tables.tcvn3() if encoding is Encoding.TCVN3 else tables.viscii()
    return {letter: bytes([byte]) for byte, letter in table.items()}


def _encoded(char: str, encoding: Encoding) -> bytes:
    if encoding is Encoding.CP1258:
        return _to_cp1258(char)
    code = _codes(encoding).get(char)
    if code is None:
        plain = "latin-1" if encoding is Encoding.VISCII else "cp1252"
        try:
            code = char.encode(plain)
        except UnicodeEncodeError:
            code = b""
    # Behind an "a", as VNI reads "a" and a foreign "ø" as one letter.
    if not code or _DECODERS[encoding](b"a" + code) != "a" + char:
        raise TextUnencodable(encoding=encoding.value, character=char)
    return code


def _to_cp1258(char: str) -> bytes:
    """Write a letter as Windows-1258 does: vowel marks composed, most tones a second byte."""
    decomposed = unicodedata.normalize("NFD", char)
    tones = "".join(c for c in decomposed if c in "\u0300\u0301\u0303\u0309\u0323")
    base = nfc("".join(c for c in decomposed if c not in tones))
    for form in (char, base + tones):
        try:
            return form.encode("cp1258")
        except UnicodeEncodeError:
            continue
    raise TextUnencodable(encoding=Encoding.CP1258.value, character=char)
