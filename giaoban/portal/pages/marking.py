"""A found text as a search shows it: the part where the words stand, the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from giaoban.vietnamese import fold

WORDS_SHOWN = 40
WORDS_BEFORE = 8
_WORD = re.compile(r"[^\W_]+")


def marked(text: str, words: Iterable[str]) -> SafeString:
    """A text with the words asked for (folded) marked, wherever they stand."""
    wanted = set(words)
    parts, at = [], 0
    for found in _WORD.finditer(text):
        if wanted.isdisjoint(fold(found[0]).split()):
            continue
        parts += [escape(text[at : found.start()]), f"<mark>{escape(found[0])}</mark>"]
        at = found.end()
    parts.append(escape(text[at:]))
    return mark_safe("".join(parts).replace("</mark> <mark>", " "))


def snippet(text: str, words: Iterable[str]) -> SafeString:
    """The part of a text in which most of the words stand, marked; its beginning if none does."""
    wanted = set(words)
    places = list(_WORD.finditer(text))
    at = [n for n, one in enumerate(places) if not wanted.isdisjoint(fold(one[0]).split())]
    if not places:
        return mark_safe("")
    best = max(at, key=lambda n: sum(n <= one < n + WORDS_SHOWN for one in at), default=0)
    first = max(best - WORDS_BEFORE, 0)
    last = min(first + WORDS_SHOWN, len(places)) - 1
    start = places[first].start() if first else 0
    end = places[last].end() if last < len(places) - 1 else len(text)
    shown = marked(text[start:end], wanted)
    return mark_safe(f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}")
