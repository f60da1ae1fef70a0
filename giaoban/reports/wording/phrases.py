"""Phrases with figures in them, made of a translated pattern: "{percent} of the year's plan"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from giaoban.reports.documents.blocks import Figure, Inlines, Text

_SLOT = re.compile(r"\{([a-z_]+)\}")
Said = str | Figure | Inlines


def phrase(pattern: str, **said: Said) -> Inlines:
    """A pattern with its slots filled by words, figures, or words with figures."""
    content: list[Text | Figure] = []
    end = 0
    for slot in _SLOT.finditer(pattern):
        content += pieces(pattern[end : slot.start()])
        content += pieces(said[slot[1]])
        end = slot.end()
    content += pieces(pattern[end:])
    return tuple(content)


def pieces(said: Said) -> Inlines:
    """Anything said, as pieces of a paragraph."""
    if isinstance(said, str):
        return (Text(said),) if said else ()
    return (said,) if isinstance(said, Figure) else said


def joined(parts: Sequence[Inlines], between: str) -> Inlines:
    """Things in a row."""
    content: list[Text | Figure] = []
    for place, part in enumerate(parts):
        if place:
            content.append(Text(between))
        content += part
    return tuple(content)
