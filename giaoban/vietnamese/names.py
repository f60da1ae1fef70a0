"""The full name of a person and its parts: family name, middle names, given name.

Lists are sorted by given name and letters address people by it, so the split matters. By
convention the first syllable is the family name and the last the given name, but double family
names (Tôn Nữ), given names of two syllables and the names of other peoples (Y Moan Êban, with
the family name last) break it: the split can always be said, and is checked against the name.
"""

import re
from dataclasses import dataclass
from itertools import permutations

from .errors import NameCharacter, NameEmpty, NamePartsMismatch
from .text import clean

# Letters, and what stands inside names of minorities and foreigners: H’Hen, Ba-Na, M. Knul.
_NOT_IN_NAMES = re.compile(r"[^\w '’ʼ.\-\u0300-\u036f]|[\d_]")


@dataclass(frozen=True, slots=True)
class PersonalName:
    """A full name as its bearer writes it, and its split.

    The parts are runs of whole syllables of `full` that make it up when laid side by side in
    some order; `family` and `middle` may be empty. Constructing one is the explicit split:
    raises NameEmpty, NameCharacter, or NamePartsMismatch when the parts are not those of `full`.
    """

    full: str
    family: str
    middle: str
    given: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "full", _checked(self.full))
        for part in ("family", "middle", "given"):
            object.__setattr__(self, part, clean(getattr(self, part)))
        if not self.full or not self.given:
            raise NameEmpty()
        parts = [self.family.split(), self.middle.split(), self.given.split()]
        if self.full.split() not in [a + b + c for a, b, c in permutations(parts)]:
            said = " / ".join(" ".join(part) for part in parts if part)
            raise NamePartsMismatch(full=self.full, parts=said)

    def __str__(self) -> str:
        return self.full


def split_name(full: str, *, family: str | None = None, given: str | None = None) -> PersonalName:
    """Split `full` by convention, or by the parts said; the middle is what is left between.

    "Nguyễn Thị Minh Khai" → Nguyễn | Thị Minh | Khai; with given="Minh Khai" → Nguyễn | Thị |
    Minh Khai; "Y Moan Êban" with given="Y Moan" → family Êban. A name of one word is a given
    name. `family=""` says that there is none. Raises as PersonalName does.
    """
    full = _checked(full)
    syllables = full.split()
    if not syllables:
        raise NameEmpty()
    first = clean(family).split() if family is not None else None
    last = clean(given).split() if given is not None else None
    first, middle, last = _placed(syllables, first, last)
    return PersonalName(full, " ".join(first), " ".join(middle), " ".join(last))


def _placed(
    syllables: list[str], family: list[str] | None, given: list[str] | None
) -> tuple[list[str], list[str], list[str]]:
    """Give family, middle and given name, the family name first or, when said so, last."""
    if family is None and given and syllables[-len(given) :] != given:
        family = syllables[len(given) :]
    elif family is None:
        family = syllables[:1] if len(syllables) > len(given or [""]) else []
    stands_last = family and syllables[: len(family)] != family
    if given is None:
        given = syllables[: -len(family)] if stands_last else syllables[len(family) :][-1:]
    before, after = (given, family) if stands_last else (family, given)
    middle = syllables[len(before) : len(syllables) - len(after)]
    return family, middle, given


def _checked(name: str) -> str:
    """Give `name` cleaned; refuse digits and signs that no name has."""
    name = clean(name)
    found = _NOT_IN_NAMES.search(name)
    if found:
        raise NameCharacter(full=name, character=found[0])
    return name
