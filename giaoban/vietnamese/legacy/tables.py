"""The code tables of the legacy encodings, written out so that they can be read and checked.

Each row is one vowel letter with its tones in the order of `_TONES`. TCVN3 (ABC) is the table
of the .Vn fonts on Windows: TCVN 5712:1993 in the upper half, Windows punctuation below it.
VISCII is RFC 1456. VNI puts a letter first and a second byte for its marks. Tests compare the
first two with the C library's iconv.
"""

import unicodedata
from functools import cache

_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang … nặng
VOWELS = "aăâeêioôơuưy"
_UNUSED = "--"

_TCVN3 = {
    "a": "61 b5 b6 b7 b8 b9", "ă": "a8 bb bc bd be c6", "â": "a9 c7 c8 c9 ca cb",
    "e": "65 cc ce cf d0 d1", "ê": "aa d2 d3 d4 d5 d6", "i": "69 d7 d8 dc dd de",
    "o": "6f df e1 e2 e3 e4", "ô": "ab e5 e6 e7 e8 e9", "ơ": "ac ea eb ec ed ee",
    "u": "75 ef f1 f2 f3 f4", "ư": "ad f5 f6 f7 f8 f9", "y": "79 fa fb fc fd fe",
    # Capitals that TCVN 5712 has and the .Vn fonts mostly leave empty.
    "Ă": "a1 af ba bf c0 --", "Â": "a2 c1 c2 c3 c4 --", "Ê": "a3 c5 cd d9 da --",
    "Ô": "a4 db e0 f0 ff --", "Ơ": "a5 -- -- -- -- --", "Ư": "a6 -- -- -- -- --",
}  # fmt: skip
_TCVN3_SINGLE = {
    0xA7: "Đ", 0xAE: "đ",
    0xB0: "\u0300", 0xB1: "\u0309", 0xB2: "\u0303", 0xB3: "\u0301", 0xB4: "\u0323",
}  # fmt: skip

_VISCII = {
    "a": "61 e0 e4 e3 e1 d5", "ă": "e5 a2 c6 c7 a1 a3", "â": "e2 a5 a6 e7 a4 a7",
    "e": "65 e8 eb a8 e9 a9", "ê": "ea ab ac ad aa ae", "i": "69 ec ef ee ed b8",
    "o": "6f f2 f6 f5 f3 f7", "ô": "f4 b0 b1 b2 af b5", "ơ": "bd b6 b7 de be fe",
    "u": "75 f9 fc fb fa f8", "ư": "df d7 d8 e6 d1 f1", "y": "79 cf d6 db fd dc",
    "A": "41 c0 c4 c3 c1 80", "Ă": "c5 82 02 05 81 83", "Â": "c2 85 86 06 84 87",
    "E": "45 c8 cb 88 c9 89", "Ê": "ca 8b 8c 8d 8a 8e", "I": "49 cc 9b ce cd 98",
    "O": "4f d2 99 a0 d3 9a", "Ô": "d4 90 91 92 8f 93", "Ơ": "b4 96 97 b3 95 94",
    "U": "55 d9 9c 9d da 9e", "Ư": "bf bb bc ff ba b9", "Y": "59 9f 14 19 dd 1e",
}  # fmt: skip
_VISCII_SINGLE = {0xD0: "Đ", 0xF0: "đ"}

# VNI: the second byte, as Windows shows it, by the tones above; "" is the letter alone.
_VNI_TONES = ("", "ø", "û", "õ", "ù", "ï")
_VNI_CIRCUMFLEX = ("â", "à", "å", "ã", "á", "ä")
_VNI_BREVE = ("ê", "è", "ú", "ü", "é", "ë")
_VNI_VOWELS = {
    "a": ("a", _VNI_TONES), "ă": ("a", _VNI_BREVE), "â": ("a", _VNI_CIRCUMFLEX),
    "e": ("e", _VNI_TONES), "ê": ("e", _VNI_CIRCUMFLEX), "i": ("", ("i", "ì", "æ", "ó", "í", "ò")),
    "o": ("o", _VNI_TONES), "ô": ("o", _VNI_CIRCUMFLEX), "ơ": ("ô", _VNI_TONES),
    "u": ("u", _VNI_TONES), "ư": ("ö", _VNI_TONES), "y": ("y", (*_VNI_TONES[:5], "")),
}  # fmt: skip
_VNI_SINGLE = {"ñ": "đ", "Ñ": "Đ", "î": "ỵ", "Î": "Ỵ"}


@cache
def tcvn3() -> dict[int, str]:
    """Byte → character for the bytes from A1 up; combining tones stand alone, as in the norm."""
    return _one_byte(_TCVN3) | _TCVN3_SINGLE


@cache
def viscii() -> dict[int, str]:
    """Byte → character for the bytes that VISCII takes from ASCII's controls and the upper half."""
    return _one_byte(_VISCII) | _VISCII_SINGLE


@cache
def vni() -> dict[str, str]:
    """VNI's one or two characters (bytes as Windows-1252) → letter, both cases."""
    codes = dict(_VNI_SINGLE)
    for vowel, (base, marks) in _VNI_VOWELS.items():
        for letter, mark in zip(_toned(vowel), marks, strict=True):
            if base + mark not in ("", vowel, "y") and (mark or vowel in "ơư"):
                codes[base + mark] = letter
                codes[(base + mark).upper()] = letter.upper()
    return codes


@cache
def byte_of() -> dict[str, int]:
    """Character → byte for text whose bytes were shown as Latin-1 or Windows-1252.

    Also the Greek mu that readers of PDF files make of B5.
    """
    windows = {bytes([b]).decode("cp1252", "replace"): b for b in range(256)}
    windows.pop("\ufffd", None)
    return {chr(b): b for b in range(256)} | windows | {"\u03bc": 0xB5}


def _toned(vowel: str) -> list[str]:
    return [unicodedata.normalize("NFC", vowel + tone) for tone in _TONES]


def _one_byte(rows: dict[str, str]) -> dict[int, str]:
    """Give byte → letter for rows of hexadecimal codes, leaving ASCII letters to ASCII."""
    table = {}
    for vowel, row in rows.items():
        for letter, code in zip(_toned(vowel), row.split(), strict=True):
            if code != _UNUSED and not letter.isascii():
                table[int(code, 16)] = letter
    return table
