"""A document as the data that the template sets: what is to be reckoned is reckoned here.

The template gets texts, never markup. Beside the document's own words it gets the widths of
columns, the depth of headings in the outline, the drawings of charts and the words of the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

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
    Table,
    Text,
    Title,
)
from giaoban.reports.documents.walking import plain
from giaoban.reports.rendering.pdf.columns import INSET_X, INSET_Y, PITCH, fit
from giaoban.reports.rendering.pdf.rows import (
    Data,
    Parts,
    is_many,
    parted,
    row,
    size_of,
    stays_whole,
)
from giaoban.reports.rendering.printable import printable
from giaoban.reports.rendering.properties import DRAFT, author_of, title_of

PAPER = (210.0, 297.0)  # A4, millimetres
POINTS = 72 / 25.4
# The height of a line of Times New Roman, of which the State's form counts in multiples.
SINGLE = 1.15
SMALL = 8.5  # points of the provenance
CAPTION = 60  # points that a drawing leaves of a page for its title
_SIZE = re.compile(r'<svg [^>]*?\bwidth="([\d.]+)" height="([\d.]+)"')
# What JSON escapes a control character with, and a byte order mark: the pdf may hold neither.
_UNSET = (b"\\u00", b"\xef\xbb\xbf")
HALF = 0.45  # of the width: a column of the head or foot, with a little room between


class Room(NamedTuple):
    """What a page has for its text, in points."""

    width: float
    height: float


def sheet(document: Document) -> bytes:
    """The data as JSON in UTF-8, the same for the same document."""
    layout = document.layout
    width = PAPER[0] - layout.left - layout.right
    height = PAPER[1] - layout.top - layout.bottom
    upright = Room(width * POINTS, height * POINTS)
    # A page turned to the right: its top is what was left.
    across = Room(upright.height, upright.width)
    data: Data = {
        "language": document.language,
        "title": title_of(document),
        "author": author_of(document),
        "draft": DRAFT[document.language] if document.state == "draft" else "",
        "layout": layout,
        "line": layout.line if layout.line_exact else layout.line * layout.body_size * SINGLE,
        "letterhead": _letterhead(document.letterhead, upright.width, layout),
        "subject": _subject(document.title, upright.width, layout),
        "body": list(_blocks(document, document.body, upright, 0)),
        "foot": _foot(document.foot, upright.width, layout),
        "annexes": [_annex(document, one, across if one.wide else upright)
                    for one in document.annexes],
        "provenance": parted(document.provenance, upright.width / SMALL),
    }  # fmt: skip
    return _written(data)


def _written(data: Data) -> bytes:
    try:
        content = msgspec.json.encode(data)
    except UnicodeEncodeError:  # half of a surrogate pair
        content = b""
    if content and not any(sign in content for sign in _UNSET):
        return content
    return msgspec.json.encode(_settable(msgspec.to_builtins(data)))


def _settable(data: Any) -> Any:
    """The same with signs that can't be printed shown as lost, as in the other forms."""
    match data:
        case str():
            return printable(data).replace("\ufeff", "")
        case dict():
            return {name: _settable(one) for name, one in data.items()}
        case list() | tuple():
            return [_settable(one) for one in data]
        case _:
            return data


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


def _annex(document: Document, annex: Annex, room: Room) -> Data:
    line = room.width / document.layout.body_size
    return {
        "label": parted(annex.label, line),
        "title": parted(annex.title, line),
        "wide": annex.wide,
        "blocks": list(_blocks(document, annex.blocks, room, 1)),
    }


def _blocks(document: Document, blocks: Iterable[Block], page: Room, depth: int) -> Iterator[Data]:
    """Each block as data.

    ``depth`` is that of the heading above. An outline that leaves out a depth is refused by
    readers for the blind, so a heading lies one below the last at most.
    """
    layout, over, room = document.layout, depth, page.width
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
                yield _table(block, page, layout.table_size)
            case Chart():
                yield _chart(block, document, page)


def _chart(block: Chart, document: Document, page: Room) -> Data:
    # Loading what draws takes longer than setting a report without charts.
    from giaoban.reports.charts.drawing import svg

    drawing = svg(block, document.language)
    title = parted(block.title, page.width / document.layout.body_size)
    width = _drawn(drawing, page)
    return {"is": "chart", "title": title, "alt": block.alt, "svg": drawing, "width": width}


def _drawn(drawing: str, page: Room) -> float:
    """How wide a drawing is set, in points: as it was drawn, or less where the page is smaller."""
    found = _SIZE.search(drawing)
    assert found
    width, height = (float(pixels) * 0.75 for pixels in found.groups())
    most = page.height - CAPTION
    return min(width, page.width, width * most / height)


def _heading(block: Heading, depth: int, layout: Layout, room: float) -> Data:
    capital = block.level == 1 and layout.headings_in_capitals
    words = f"{block.number} {plain(block.content)}".strip()
    content = parted(words.upper() if capital else words, room / layout.body_size)
    return {"is": "heading", "depth": depth, "look": str(block.level), "content": content}


def _runs(content: Inlines, room: float) -> list[tuple[str, Parts]]:
    """Words with their style; a word longer than a line of ``room`` ems in parts."""
    return [
        (piece.style if isinstance(piece, Text) else "plain", parted(piece.text, room))
        for piece in content
    ]


def _table(table: Table, page: Room, size: float) -> Data:
    many, room = is_many(table), page.width
    fitted = fit(table, room, size_of(table, size))
    holds = [column.holds for column in table.columns]
    stepped = holds.index("text") if "text" in holds else 0
    sides = ["left" if hold in ("text", "code") else "right" for hold in holds]
    return {
        "is": "table",
        "title": parted(table.title, room / size),
        "measure": parted(table.measure, room / size),
        "size": fitted.size,
        "pitch": PITCH,
        "inset_x": INSET_X,
        "inset_y": INSET_Y,
        "widths": fitted.widths,
        "sides": sides,
        "heads": [
            parted(column.head, fitted.room(number)) for number, column in enumerate(table.columns)
        ],
        "stepped": stepped,
        "many": many,
        "whole": stays_whole(table, fitted, stepped, page.height),
        "rows": [row(one, fitted, sides, stepped, at_once=many) for one in table.rows],
        "legend": [_runs(line, room / fitted.size) for line in table.legend],
    }
