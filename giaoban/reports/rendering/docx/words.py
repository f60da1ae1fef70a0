"""Sentences as paragraphs of Word: each piece a run, set off by a character style."""

from __future__ import annotations

from docx.document import Document as Word
from docx.text.paragraph import Paragraph

from giaoban.reports.documents.blocks import Heading, Inlines, Listing, Text
from giaoban.reports.documents.blocks import Paragraph as Sentences
from giaoban.reports.rendering.docx import lists
from giaoban.reports.rendering.docx.markup import w
from giaoban.reports.rendering.printable import printable

_STYLES = {"plain": None, "strong": "Strong", "emphasis": "Emphasis"}


def say(paragraph: Paragraph, content: Inlines) -> Paragraph:
    """Add the pieces to a paragraph."""
    for piece in content:
        style = _STYLES[piece.style] if isinstance(piece, Text) else None
        paragraph.add_run(printable(piece.text), style)
    return paragraph


def heading(word: Word, block: Heading, depth: int) -> None:
    """A heading; in an annex it lies ``depth`` levels lower in the navigation than it looks."""
    made = word.add_paragraph(style=f"Heading {block.level}")
    if block.number:
        made.add_run(printable(f"{block.number} "))
    say(made, block.content)
    if depth:
        made._p.get_or_add_pPr().append(w("outlineLvl", val=block.level - 1 + depth))


def sentences(word: Word, block: Sentences) -> Paragraph:
    """A paragraph of the body."""
    style = "Note" if block.role == "note" else "Body Text"
    return say(word.add_paragraph(style=style), block.content)


def listing(word: Word, block: Listing) -> None:
    """A list; Word sets its dashes and numbers."""
    style = "List Number" if block.ordered else "List Bullet"
    items = [say(word.add_paragraph(style=style), item) for item in block.items]
    if block.ordered:
        lists.begin_anew(word, items)
