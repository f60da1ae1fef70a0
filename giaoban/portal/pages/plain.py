"""Words without their markup."""

from __future__ import annotations

from wagtail.rich_text import get_text_for_indexing


def plain(rich: str) -> str:
    """A rich text, as it is stored, in plain words: one line, paragraphs parted by a space."""
    return " ".join(get_text_for_indexing(rich).split())
