"""A document put together for Word, part by part, in the order it is read."""

from __future__ import annotations

import io
from collections.abc import Iterable

import docx
from docx.document import Document as Word
from docx.shared import Emu

from giaoban.reports.charts import drawing
from giaoban.reports.documents.blocks import (
    Annex,
    Block,
    Chart,
    Document,
    Heading,
    Listing,
    Paragraph,
    Table,
)
from giaoban.reports.rendering.docx import formalities, furnishing, lists, pages, styles, words
from giaoban.reports.rendering.docx.pages import Room
from giaoban.reports.rendering.docx.tables import table
from giaoban.reports.rendering.packing import packed
from giaoban.reports.rendering.printable import legible, printable
from giaoban.reports.rendering.properties import LANGUAGES

# In points: a drawing of 640 pixels as a page shows it, and what its title may take of a page.
DRAWN_WIDTH, CAPTION_ROOM = 480, 60


def render(document: Document) -> bytes:
    """The document as a docx: the same bytes for the same document on any day."""
    word = docx.Document()
    styles.dress(word, document.layout, LANGUAGES[document.language])
    lists.define(word, document.layout)
    furnishing.furnish(word, document)
    section = pages.first_pages(word, document)
    room = pages.room(section)
    if document.letterhead is not None:
        formalities.letterhead(word, document.letterhead, document.layout, room.width)
    formalities.title(word, document.title, room.width)
    _blocks(word, document, document.body, room)
    if document.foot is not None:
        _lead_to_foot(word)
        formalities.foot(word, document.foot, document.layout, room.width)
    for annex in document.annexes:
        _annex(word, document, annex)
    if document.provenance:
        word.add_paragraph(printable(document.provenance), "Provenance")
    out = io.BytesIO()
    word.save(out)
    return packed(out.getvalue())


def _blocks(
    word: Word, document: Document, blocks: Iterable[Block], room: Room, depth: int = 0
) -> None:
    """Each block in the room of its page; ``depth`` is how far below others it lies."""
    for block in blocks:
        match block:
            case Heading():
                words.heading(word, block, depth)
            case Paragraph():
                words.sentences(word, block)
            case Listing():
                words.listing(word, block)
            case Table():
                table(word, block, room, document.layout.table_size)
            case Chart():
                _picture(word, block, document.language, room)


def _picture(word: Word, chart: Chart, language: str, room: Room) -> None:
    """A chart below its title; who doesn't see it hears its words."""
    chart = legible(chart)
    word.add_paragraph(chart.title, "Caption")
    content = io.BytesIO(drawing.png(chart, language))
    picture = word.add_paragraph(style="Picture").add_run().add_picture(content)
    wide, high = picture.width, picture.height
    across = min(DRAWN_WIDTH, room.width, (room.height - CAPTION_ROOM) * wide / high)
    scale = across / wide.pt
    picture.width, picture.height = Emu(int(wide * scale)), Emu(int(high * scale))
    inline = picture._inline
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    about = inline.docPr
    about.set("name", chart.name)
    about.set("descr", chart.alt)


def _annex(word: Word, document: Document, annex: Annex) -> None:
    """An annex from a new page on; in the navigation its headings lie below it."""
    section = pages.annex_pages(word, document, wide=annex.wide)
    head = word.add_paragraph(printable(annex.label), "Annex Heading")
    if annex.title:
        head.add_run().add_break()
        head.add_run(printable(annex.title))
    _blocks(word, document, annex.blocks, pages.room(section), depth=1)


def _lead_to_foot(word: Word) -> None:
    """The last words go with the signature, which never stands on a page alone."""
    last = word.element.body.inner_content_elements[-1]
    if last.tag.endswith("}p"):
        word.paragraphs[-1].paragraph_format.keep_with_next = True
