"""What a file says of itself beside its content: title, author, language, that it is a draft."""

from __future__ import annotations

from giaoban.reports.documents.blocks import Document

DRAFT = {"vi": "DỰ THẢO", "en": "DRAFT"}
# As office programs name them; the English of the office writes days before months.
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


def title_of(document: Document) -> str:
    """The title in the file's properties; a draft's says that it is one."""
    said = f"{document.title.kind} {document.title.subject}".strip()
    mark = f" ({DRAFT[document.language].lower()})" if document.state == "draft" else ""
    return said + mark


def author_of(document: Document) -> str:
    """Who issues the document; nobody's name for a working paper."""
    head = document.letterhead
    if head is None:
        return ""
    return ", ".join(name for name in (head.issuer, head.superior) if name)
