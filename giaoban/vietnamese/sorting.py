"""Sort keys in the order of Vietnamese dictionaries, as bytes to store beside a text.

The database sorts bytes and nothing else, so the order lives here. Dictionaries compare
syllable by syllable (ba thứ, ba xã, bà thứ, bà xã), each by its letters, then its tone: ngang,
huyền, hỏi, ngã, sắc, nặng. ICU alone compares whole strings and mixes them. People go by given
name first. The choice and its price: docs/decisions/0002-sort-keys.md.

A key is a row of parts; a part is a row of syllables, each closed by 00, and closed by 00
itself. Behind them stand the case weights and the text, so only equal texts have equal keys.
"""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache

from .collation import Weights, weights
from .names import PersonalName, split_name
from .syllables import old_tone_placement, split_tone
from .text import nfc

_DIGITS = re.compile(r"[0-9]+")
_END = b"\x00"
_LONGEST_LENGTH = 9


class NameOrder(Enum):
    """Which part of a name decides after the given name; offices differ, so it is a setting."""

    GIVEN_MIDDLE_FAMILY = "given-middle-family"
    GIVEN_FAMILY_MIDDLE = "given-family-middle"

    def parts(self, name: PersonalName) -> tuple[str, str, str]:
        """Give the parts of `name` in the order in which they decide."""
        if self is NameOrder.GIVEN_MIDDLE_FAMILY:
            return name.given, name.middle, name.family
        return name.given, name.family, name.middle


def sort_key(text: str) -> bytes:
    """Give the key of `text`, to be compared as bytes; equal only for equal texts (in NFC).

    Numbers inside go by value ("Chi bộ 2" before "Chi bộ 10"); case decides last.
    """
    return sort_keys([text])[0]


def sort_keys(texts: Iterable[str]) -> list[bytes]:
    """Give the keys of many texts in their order, with one query for all new syllables."""
    given = [nfc(text) for text in texts]
    return _keys([(text,) for text in given], given)


def name_sort_key(
    name: PersonalName | str, order: NameOrder = NameOrder.GIVEN_MIDDLE_FAMILY
) -> bytes:
    """Give the key of a person's name: given name first, then as `order` says.

    A plain string is split by convention and raises what `split_name` raises.
    """
    return name_sort_keys([name], order)[0]


def name_sort_keys(
    names: Iterable[PersonalName | str], order: NameOrder = NameOrder.GIVEN_MIDDLE_FAMILY
) -> list[bytes]:
    """Give the keys of many names in their order, with one query for all new syllables."""
    split = [split_name(name) if isinstance(name, str) else name for name in names]
    return _keys([order.parts(name) for name in split], [name.full for name in split])


def initial(text: str) -> str:
    """Give the letter under which an index lists `text`: "Ánh" under A, "Ân" under Â.

    Letters only, no tones; Ch, Tr and Ng are no letters. Anything else is listed under "#".
    """
    first = split_tone(nfc(text.lstrip())[:1])[0].upper()
    return first if first.isalpha() else "#"


def _keys(rows: Sequence[tuple[str, ...]], texts: Sequence[str]) -> list[bytes]:
    """Give a key for each row of parts; `texts` break the last ties."""
    parted = [[_syllables(part) for part in row] for row in rows]
    known = weights({syllable for row in parted for part in row for syllable in part})
    return [_key(row, text, known) for row, text in zip(parted, texts, strict=True)]


def _key(row: list[list[str]], text: str, known: dict[str, Weights]) -> bytes:
    levels = [b"".join(known[syllable].letters + _END for syllable in part) + _END for part in row]
    case = b"".join(known[syllable].case + _END for part in row for syllable in part) + _END
    return b"".join(levels) + case + text.encode()


def _syllables(text: str) -> list[str]:
    return [_canonical(syllable) for syllable in text.split()]


@lru_cache(maxsize=50_000)
def _canonical(syllable: str) -> str:
    """Give the spelling that is weighed: one tone placement, numbers ready to go by value."""
    return _DIGITS.sub(_by_value, old_tone_placement(syllable))


def _by_value(found: re.Match[str]) -> str:
    """Put the count of digits before the digits, so that 2 < 10 < 100 letter by letter."""
    digits = found[0].lstrip("0") or "0"
    nines, rest = divmod(len(digits) - 1, _LONGEST_LENGTH - 1)
    return str(_LONGEST_LENGTH) * nines + str(rest + 1) + digits
