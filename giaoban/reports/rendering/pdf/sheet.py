"""A document as the data that the template sets: what is to be reckoned is reckoned here.

The template gets texts, never markup. Beside the document's own words it gets the widths of
columns, the depth of headings in the outline, the drawings of charts and the words of the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from giaoban.reports.charts.drawing import svg
from giaoban.reports.documents.blocks import (
    Annex,
    Block,
    Chart,
    Document,
    Foot,
    Heading,
    Inlines,
    Layout,
    Letterhead,
    Listing,
    Paragraph,
    Row,
    Table,
    Text,
    Title,
)
from giaoban.reports.documents.walking import plain
from giaoban.reports.rendering.pdf.columns import (
    INSET_X,
    INSET_Y,
    TALL,
    Fitted,
    fit,
    lines_in,
    parted,
)

Data = dict[str, Any]
DRAFT = {"vi": "DỰ THẢO", "en": "DRAFT"}
PAPER = (210.0, 297.0)  # A4, millimetres
POINTS = 72 / 25.4
# The height of a line of Times New Roman, of which the State's form counts in multiples.
SINGLE = 1.15
SMALL = 8.5  # points of the provenance
HALF = 0.45  # of the width: a column of the head or foot, with a little room between


def sheet(document: Document) -> bytes:
    """The data as JSON in UTF-8, the same for the same document."""
    layout = document.layout
    upright = PAPER[0] - layout.left - layout.right
    across = PAPER[1] - layout.top - layout.bottom
    data: Data = {
        "language": document.language,
        "title": title_of(document),
        "author": author_of(document.letterhead),
        "draft": DRAFT[document.language] if document.state == "draft" else "",
        "layout": layout,
        "line": layout.line if layout.line_exact else layout.line * layout.body_size * SINGLE,
        "letterhead": _letterhead(document.letterhead, upright * POINTS, layout),
        "subject": _subject(document.title, upright * POINTS, layout),
        "body": list(_blocks(document, document.body, upright, 0)),
        "foot": _foot(document.foot, upright * POINTS, layout),
        "annexes": [_annex(document, one, across if one.wide else upright)
                    for one in document.annexes],
        "provenance": parted(document.provenance, upright * POINTS / SMALL),
    }  # fmt: skip
    return msgspec.json.encode(data)


def title_of(document: Document) -> str:
    """The title in the file's properties; a draft's says that it is one."""
    said = f"{document.title.kind} {document.title.subject}".strip()
    mark = f" ({DRAFT[document.language].lower()})" if document.state == "draft" else ""
    return said + mark


def author_of(letterhead: Letterhead | None) -> str:
    """Who issues the document, in the file's properties."""
    if letterhead is None:
        return ""
    return ", ".join(name for name in (letterhead.issuer, letterhead.superior) if name)


def _letterhead(head: Letterhead | None, room: float, layout: Layout) -> Data | None:
    if head is None:
        return None
    left = room * HALF
    return msgspec.structs.asdict(head) | {
        "superior": parted(head.superior, left / layout.superior_size),
        "issuer": parted(head.issuer, left / layout.issuer_size),
    }


def _subject(title: Title, room: float, layout: Layout) -> Data:
    subject = parted(title.subject, room * 0.8 / layout.subject_size)
    return {"kind": title.kind, "subject": subject, "rule": title.rule}


def _foot(foot: Foot | None, room: float, layout: Layout) -> Data | None:
    if foot is None:
        return None
    signed, listed = room * HALF / layout.signature_size, room * HALF / layout.recipients_size
    return {
        "recipients_head": foot.recipients_head,
        "recipients": [parted(f"- {line}", listed - 1) for line in foot.recipients],
        "signatures": [
            {"authority": [parted(line, signed) for line in one.authority],
             "post": parted(one.post, signed), "name": parted(one.name, signed)}
            for one in foot.signatures
        ],
    }  # fmt: skip


def _annex(document: Document, annex: Annex, room: float) -> Data:
    line = room * POINTS / document.layout.body_size
    return {
        "label": parted(annex.label, line),
        "title": parted(annex.title, line),
        "wide": annex.wide,
        "blocks": list(_blocks(document, annex.blocks, room, 1)),
    }


def _blocks(document: Document, blocks: Iterable[Block], room: float, depth: int) -> Iterator[Data]:
    """Each block as data; ``room`` is the width of the text in millimetres.

    ``depth`` is that of the heading above. An outline that leaves out a depth is refused by
    readers for the blind, so a heading lies one below the last at most.
    """
    layout, over, room = document.layout, depth, room * POINTS
    for block in blocks:
        match block:
            case Heading():
                depth = min(block.level + over, depth + 1)
                yield _heading(block, depth, layout, room)
            case Paragraph():
                runs = _runs(block.content, room / layout.body_size)
                yield {"is": "paragraph", "role": block.role, "content": runs}
            case Listing():
                line = (room - 2 * layout.first_line * POINTS) / layout.body_size
                items = [_runs(item, line) for item in block.items]
                yield {"is": "listing", "ordered": block.ordered, "items": items}
            case Table():
                yield _table(block, room, layout.table_size)
            case Chart():
                title = parted(block.title, room / layout.body_size)
                yield {"is": "chart", "title": title, "alt": block.alt,
                       "svg": svg(block, document.language)}  # fmt: skip


def _heading(block: Heading, depth: int, layout: Layout, room: float) -> Data:
    capital = block.level == 1 and layout.headings_in_capitals
    words = f"{block.number} {plain(block.content)}".strip()
    content = parted(words.upper() if capital else words, room / layout.body_size)
    return {"is": "heading", "depth": depth, "look": str(block.level), "content": content}


def _runs(content: Inlines, room: float) -> list[tuple[str, str | list[str]]]:
    """Words with their style; a word longer than a line of ``room`` ems in parts."""
    return [
        (piece.style if isinstance(piece, Text) else "plain", parted(piece.text, room))
        for piece in content
    ]


def _table(table: Table, room: float, size: float) -> Data:
    fitted = fit(table, room, size)
    holds = [column.holds for column in table.columns]
    stepped = holds.index("text") if "text" in holds else 0
    return {
        "is": "table",
        "title": parted(table.title, room / size),
        "measure": parted(table.measure, room / size),
        "size": fitted.size,
        "row_height": fitted.row_height,
        "inset_x": INSET_X,
        "inset_y": INSET_Y,
        "widths": fitted.widths,
        "sides": ["left" if hold in ("text", "code") else "right" for hold in holds],
        "heads": [
            parted(column.head, fitted.room(number)) for number, column in enumerate(table.columns)
        ],
        "stepped": stepped,
        "rows": [_row(row, fitted, stepped) for row in table.rows],
        "legend": [_runs(line, room / fitted.size) for line in table.legend],
    }


def _row(row: Row, fitted: Fitted, stepped: int) -> Data:
    cells: list[str | list[str]] = [cell.text for cell in row.cells]
    lines = lines_in(row, fitted, stepped)
    if lines > 1:
        cells = [
            parted(cell.text, fitted.room(number, row.indent if number == stepped else 0))
            for number, cell in enumerate(row.cells)
        ]
    whole = all(isinstance(cell, str) for cell in cells)
    return {
        "role": row.role,
        "indent": row.indent,
        "cells": cells,
        "lines": lines if row.role != "group" else 2,
        "tall": lines > TALL,
        "plain": whole and row.role == "row" and not row.indent and lines <= TALL,
    }
