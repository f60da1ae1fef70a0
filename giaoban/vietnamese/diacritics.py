"""Text typed without marks ("Dang bo huyen"), which nobody should have to guess at.

The office asks a reader to type a comment again rather than publish it so. Accusing wrongly is
worse than missing one: the judgement rests on spelling alone. Marks are lacking when the words
could be Vietnamese syllables, hardly any carries a mark, and many can't be spelled without one
("viet", "nuoc", "mot"). English fails the first test, proper Vietnamese the second.
"""

import re
from typing import NamedTuple

from .syllables import bare_syllables, is_syllable, strip_marks, stripped_syllables
from .text import clean

_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_FEWEST_WORDS = 5
_LEAST_POSSIBLE = 0.9  # Vietnamese has nearly 1; English prose about 0.2, never over 0.6
_LEAST_LACKING = 0.1  # Vietnamese without marks has about 0.25, with them none
_MOST_MARKED = 0.1  # Vietnamese has about 0.8


class Assessment(NamedTuple):
    """What the spelling of a text says about missing marks; shares are of `words`, 0 to 1.

    `share` can be Vietnamese only with marks that are not there; `marked` carries marks;
    `possible` could be Vietnamese, marks or no. `sure` is False for a text too short to judge,
    and then `likely` is False too.
    """

    likely: bool
    sure: bool
    share: float
    marked: float
    possible: float
    words: int


def lacks_diacritics(text: str) -> Assessment:
    """Judge whether `text` is Vietnamese typed without its marks.

    Numbers, addresses and words without a vowel (UBND, THPT) don't count. Raises
    ControlCharacter as `clean` does.
    """
    words = [word for word in _WORD.findall(_ADDRESS.sub(" ", clean(text))) if _pronounced(word)]
    if not words:
        return Assessment(likely=False, sure=False, share=0, marked=0, possible=0, words=0)
    marked = sum(not word.isascii() for word in words) / len(words)
    share = sum(_needs_marks(word) for word in words) / len(words)
    possible = sum(_possible(word) for word in words) / len(words)
    sure = len(words) >= _FEWEST_WORDS
    lacking = marked <= _MOST_MARKED and share >= _LEAST_LACKING and possible >= _LEAST_POSSIBLE
    return Assessment(sure and lacking, sure, share, marked, possible, len(words))


def _pronounced(word: str) -> bool:
    return bool(_VOWEL.search(strip_marks(word)))


def _needs_marks(word: str) -> bool:
    word = word.lower()
    return word in stripped_syllables() and word not in bare_syllables()


def _possible(word: str) -> bool:
    return is_syllable(word) or word.lower() in stripped_syllables()
