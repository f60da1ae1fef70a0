"""The editor of texts, without the sheet of style that it would write anew for each empty line.

Draftail hints at what may be typed by a sheet with the line's own key in it, which no policy can
allow beforehand. It is given no hint to write; ``editing.css`` shows the same.
"""

from __future__ import annotations

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea


class TextArea(DraftailRichTextArea):
    """Wagtail's editor of texts with an empty hint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options["placeholder"] = ""
