"""The document inside a page of the desk or portal: an article, with links to what is behind it."""

from __future__ import annotations

from django.utils.safestring import SafeString

from giaoban.reports.documents.blocks import Document
from giaoban.reports.rendering.html.markup import Link, blocks, template
from giaoban.reports.rendering.properties import DRAFT


def nowhere(_address: str) -> str | None:
    """No number leads anywhere: a page that stands alone has nothing behind it."""
    return None


def fragment(document: Document, link: Link = nowhere, *, level: int = 2) -> SafeString:
    """The document as an article; ``link`` gives the url behind a number's address, or None.

    ``level`` is that of the title's heading: 2 in a page that has a heading of its own. The page
    links ``reports/document.css``; there is nothing inline.
    """
    language = document.language
    annexes = [
        (annex, blocks(annex.blocks, language=language, above=level + 1, link=link))
        for annex in document.annexes
    ]
    return template(
        "article.html",
        document=document,
        head=document.letterhead,
        title=document.title,
        draft=DRAFT[language] if document.state == "draft" else "",
        level=level,
        below=level + 1,
        body=blocks(document.body, language=language, above=level, link=link),
        annexes=annexes,
    )
