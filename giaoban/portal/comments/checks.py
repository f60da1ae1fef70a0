"""What can be shown below an article: a name and plain text, in Vietnamese with its marks.

Markup is text like any other: it is shown as it was typed, never carried out. Spaces, forms of
letters and invisible characters are put in order without a word (``vietnamese.clean``), which takes
the marks that turn the direction of writing with it.
"""

from __future__ import annotations

import re
import unicodedata

from giaoban import vietnamese
from giaoban.portal.comments.errors import (
    ContactInText,
    MarksPiledUp,
    NameCharacters,
    NameLength,
    NameMissing,
    NoDiacritics,
    TextCharacter,
    TextLength,
    TextMissing,
)
from giaoban.portal.comments.models import MOST_IN_NAME, MOST_IN_TEXT

LEAST_IN_NAME = 2
_IN_NAMES = frozenset(" .,-'’()")
_EMPTY_LINES = re.compile(r"\n{3,}")
_MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_MANY_MARKS = re.compile(
    r"\S[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2,}"
)
_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{4}\b")
_MAIL = re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+")
# Mobile numbers have ten digits, others eleven; with the country's code one less.
_TELEPHONE = re.compile(
    r"(?<![\d.,])(?:\+?84[ .-]?|0)(?:[35789](?:[ .-]?\d){8}|2(?:[ .-]?\d){9})(?!\d)"
)


def checked_name(told: str) -> str:
    """The name as it will be shown.

    Raises ``NameMissing``, ``NameLength``, ``NameCharacters``.
    """
    name = _cleaned(told, NameCharacters)
    if not name:
        raise NameMissing
    if not LEAST_IN_NAME <= len(name) <= MOST_IN_NAME:
        raise NameLength(n=len(name), least=LEAST_IN_NAME, most=MOST_IN_NAME)
    for char in name:
        if unicodedata.category(char)[0] not in "LN" and char not in _IN_NAMES:
            raise NameCharacters(character=char)
    if not any(char.isalpha() for char in name):
        raise NameCharacters(character=name[0])
    if found := _MAIL.search(name) or _TELEPHONE.search(name):
        raise NameCharacters(character=found[0])
    return name


def checked_text(told: str) -> str:
    """The text as it will be shown: NFC, its lines kept, never more than one of them empty.

    Raises ``TextMissing``, ``TextLength``, ``TextCharacter``, ``MarksPiledUp``, ``ContactInText``,
    ``NoDiacritics``.
    """
    text = _EMPTY_LINES.sub("\n\n", _cleaned(told, TextCharacter, keep_lines=True))
    if not any(char.isalnum() for char in text):
        raise TextMissing
    if len(text) > MOST_IN_TEXT:
        raise TextLength(n=len(text), most=MOST_IN_TEXT)
    if piled := _MANY_MARKS.search(text):
        raise MarksPiledUp(letter=piled[0][0])
    if found := _MAIL.search(text) or _TELEPHONE.search(_DATE.sub("-", text)):
        raise ContactInText(found=found[0].strip())
    if vietnamese.lacks_diacritics(text).likely:
        raise NoDiacritics
    return text


def _cleaned(
    told: str, refusal: type[NameCharacters | TextCharacter], *, keep_lines: bool = False
) -> str:
    try:
        return vietnamese.clean(told, keep_lines=keep_lines)
    except vietnamese.ControlCharacter as found:
        raise refusal(character=found.params["codepoint"], **found.params) from found
