"""Which encoding an old text is in, and how sure one may be.

Every candidate decodes the text, and the spelling of Vietnamese is the judge: in the right
encoding nearly all words with marks are possible syllables, in a wrong one few are. The
likelihoods of the words multiply (naive Bayes), so one short name leaves doubt and a paragraph
leaves none. The office sees the result and decides; nothing is converted on this alone.
"""

import math
import re
import unicodedata
from typing import NamedTuple

from ..errors import TextUndecodable
from ..syllables import TONE_MARKS, is_syllable
from .codec import Encoding, decode
from .tables import byte_of

_MOST_WORDS = 400
# Words part where ASCII alone says so, hence alike in every encoding; VISCII has letters at
# 02, 05, 06, 14, 19 and 1E.
_PARTS = re.compile(r"[\x00\x01\x03\x04\x07-\x13\x15-\x18\x1a-\x1d\x1f-@\[-`{-\x7f]+")
_TYPOGRAPHY = re.compile("[“”‘’‚„…–—•·«»°©®™\u00a0\ufeff]+")
_FITS = math.log(0.98)  # a word of the right encoding is a Vietnamese syllable
_FAILS = math.log(0.02)  # or it is a foreign word, an abbreviation, a slip
_SIGNS_ONLY = math.log(0.3)  # an ASCII word between quotes or dots says little
_FOREIGN = math.log(0.1)  # a word of a text that is not Vietnamese at all
_UNICODE_AHEAD = math.log(10)  # most texts are in order, and UTF-8 does not come by chance
_IN_ORDER = {Encoding.UNICODE, Encoding.DECOMPOSED}
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


class Detection(NamedTuple):
    """The likeliest encoding, None when none fits (another language, no text at all).

    `confidence` is its probability, 0 to 1; `alternatives` the others with theirs, likeliest
    first, those below one in a thousand left out. Encodings that read the text alike count as
    one, named by the first.
    """

    encoding: Encoding | None
    confidence: float
    alternatives: tuple[tuple[Encoding | None, float], ...] = ()


def detect(data: bytes | str) -> Detection:
    """Say in which encoding `data` is: bytes of a file, or text as a program has shown it.

    Text without any letter beyond ASCII reads alike in all and is Unicode, surely. A list of
    names is best judged whole, not cell by cell. Never raises.
    """
    if isinstance(data, bytes) and data.startswith(_BYTE_ORDER_MARKS):
        return Detection(Encoding.UNICODE, 1.0)
    readings: dict[str, Encoding] = {}
    for encoding in _candidates(data):
        try:
            readings.setdefault(decode(data, encoding), encoding)
        except TextUndecodable:
            continue
    places = _evidence(data)
    scores: dict[Encoding | None, float] = {
        encoding: _score(data, reading, places, encoding) for reading, encoding in readings.items()
    }
    if not scores.keys() & _IN_ORDER:
        scores[None] = _FOREIGN * len(places)
    return _ranked(scores)


def _candidates(data: bytes | str) -> tuple[Encoding, ...]:
    unicode = Encoding.DECOMPOSED if _is_decomposed(data) else Encoding.UNICODE
    others = (Encoding.TCVN3, Encoding.VNI, Encoding.VISCII, Encoding.CP1258)
    misread = (Encoding.MISREAD_UTF8,) if isinstance(data, str) else ()
    return (unicode, *misread, *others)


def _is_decomposed(data: bytes | str) -> bool:
    """Say whether letters stand with their marks apart, after decoding as Unicode."""
    try:
        text = data if isinstance(data, str) else data.decode()
    except UnicodeDecodeError:
        return False
    return any(mark in text for mark in TONE_MARKS) and not unicodedata.is_normalized("NFC", text)


def _evidence(data: bytes | str) -> list[int]:
    """Give the places of the words that hold anything beyond ASCII's letters."""
    shown = data if isinstance(data, str) else data.decode("latin-1")
    places = [place for place, word in enumerate(_PARTS.split(shown)) if not _plain(word)]
    return places[:_MOST_WORDS]


def _plain(word: str) -> bool:
    return word.isascii() and (not word or word.isalpha())


def _score(data: bytes | str, reading: str, places: list[int], encoding: Encoding) -> float:
    """Give the logarithm of how likely the words of `reading` at `places` are as Vietnamese."""
    words = _PARTS.split(reading)
    if encoding in _IN_ORDER:
        return sum(_word_score(words[place], encoding) for place in places) + _UNICODE_AHEAD
    shown = _PARTS.split(data) if isinstance(data, str) else []
    return sum(
        _FAILS if shown and _beyond_bytes(shown[place]) else _word_score(words[place], encoding)
        for place in places
    )


def _beyond_bytes(word: str) -> bool:
    """Say whether `word` has a letter such as ạ or đ, which no byte is ever shown as."""
    return any(char.isalpha() and char not in byte_of() for char in word)


def _word_score(word: str, encoding: Encoding) -> float:
    marked = [part for part in _TYPOGRAPHY.split(word) if not _plain(part)]
    if not marked:
        return _SIGNS_ONLY
    if all(is_syllable(part) for part in marked):
        return _FITS
    foreign = encoding in _IN_ORDER and all(_word_like(part) for part in marked)
    return _FOREIGN if foreign else _FAILS


def _word_like(part: str) -> bool:
    """Say whether a foreign word might be spelled so: letters, capitals only where they may be."""
    return part.isalpha() and (part.islower() or part.isupper() or part.istitle())


def _ranked(scores: dict[Encoding | None, float]) -> Detection:
    best = max(scores.values())
    weights = {encoding: math.exp(score - best) for encoding, score in scores.items()}
    total = sum(weights.values())
    shares = sorted(
        ((encoding, weight / total) for encoding, weight in weights.items()),
        key=lambda pair: -pair[1],
    )
    (encoding, confidence), *others = shares
    return Detection(encoding, confidence, tuple(pair for pair in others if pair[1] >= 0.001))
