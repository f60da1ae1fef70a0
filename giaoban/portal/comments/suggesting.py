"""What a text without marks may have been meant to say. A suggestion: its writer takes it or not.

pyvi restores marks letter by letter, and takes seconds and a hundred megabytes to load. So it is
loaded only once somebody writes here, by a thread of its own, and nobody waits for it long: who
comes while it is loading is told the plain words without a suggestion. What it gives is put right
by its own list of words (``compounds.py``): alone it reads "so lieu" as "sỡ liệu", and changes the
case of what was typed.
"""

from __future__ import annotations

import re
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from functools import lru_cache
from threading import BoundedSemaphore

from giaoban.portal.comments.compounds import compounds_in
from giaoban.vietnamese import is_syllable, nfc, old_tone_placement

PATIENCE_SECONDS = 1.5
# More at once would only wait for one another.
AT_ONCE = 4

_WORD = re.compile(r"[^\W\d_]+")
# Addresses, of mail or pages, stay as they are; so do abbreviations.
_KEPT = re.compile(r"\S*(?:@|://|www\.)\S*|\b[A-ZĐ]{2,}\b")
_hand = ThreadPoolExecutor(max_workers=1, thread_name_prefix="suggesting")
_room = BoundedSemaphore(AT_ONCE)


def suggestion(text: str, *, patience: float = PATIENCE_SECONDS) -> str | None:
    """``text`` with marks, line by line; None if there is none within ``patience`` seconds.

    None, too, where the library can't be loaded, or where it changes nothing.
    """
    if not _room.acquire(blocking=False):
        return None
    asked = _hand.submit(_restored, text)
    asked.add_done_callback(_make_room)
    try:
        found = asked.result(timeout=patience)
    except (Late, ImportError, OSError):
        return None
    return found if found != text else None


@lru_cache(maxsize=1)
def prepare() -> None:
    """Begin to load the library, once; comes back at once."""
    _hand.submit(_restored, "a")


def _make_room(_asked: Future[str]) -> None:
    _room.release()


def _restored(text: str) -> str:
    from pyvi import ViUtils

    return "\n".join(
        _merged(line, nfc(ViUtils.add_accents(line))) if line else "" for line in text.split("\n")
    )


def _merged(typed: str, given: str) -> str:
    """The line with marks on those words that lack them, in the case in which they were typed.

    ``given`` is the library's, a character for a character of ``typed``.
    """
    if len(given) != len(typed):
        return typed
    kept = [found.span() for found in _KEPT.finditer(typed)]
    words = [
        found.span()
        for found in _WORD.finditer(typed)
        if found[0].isascii() and not any(a <= found.start() < b for a, b in kept)
    ]
    likely = [given[start:end].lower() for start, end in words]
    for at, word in compounds_in(typed, words, likely):
        likely[at] = word
    restored = list(typed)
    for (start, end), word in zip(words, likely, strict=True):
        if is_syllable(word) and len(word) == end - start:
            restored[start:end] = _cased(typed[start:end], old_tone_placement(word))
    return "".join(restored)


def _cased(typed: str, word: str) -> list[str]:
    return [new.upper() if old.isupper() else new for old, new in zip(typed, word, strict=True)]
