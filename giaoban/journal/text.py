"""Texts on their way into the books: what the columns have no room for, or no text at all."""

from __future__ import annotations

from django.utils.functional import Promise

from giaoban import vietnamese
from giaoban.journal.errors import TextRefused, TextTooLong


def check_text(field: str | Promise, text: str, most: int | None = None) -> None:
    """Refuse a text longer than ``most`` letters, or with characters that are no letters.

    ``field`` is what the refusal calls it. Raises ``TextTooLong``, ``TextRefused``.
    """
    if most is not None and len(text) > most:
        raise TextTooLong(field=field, most=most)
    if text.isprintable():
        return
    try:
        vietnamese.clean(text)
    except vietnamese.ControlCharacter as refused:
        raise TextRefused(field=field, **refused.params) from refused
