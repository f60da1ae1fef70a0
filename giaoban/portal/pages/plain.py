"""Words without their markup."""

from __future__ import annotations

import re
from html import escape

from wagtail.rich_text import get_text_for_indexing
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs


def plain(rich: str) -> str:
    """A rich text, as it is stored, in plain words: one line, paragraphs parted by a space.

    What is kept beside the words, as a figure of a report is, says in its ``text`` how it reads.
    """
    return " ".join(get_text_for_indexing(re.sub(FIND_EMBED_TAG, _read, rich)).split())


def _read(found: re.Match[str]) -> str:
    return escape(extract_attrs(found[1]).get("text", ""))
