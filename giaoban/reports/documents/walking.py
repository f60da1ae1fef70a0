"""Going through a document in the order it is read: its blocks, figures and lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.reports.documents.blocks import (
    Block,
    Bullets,
    Chart,
    Document,
    Figure,
    Heading,
    Icicle,
    Inlines,
    Listing,
    Paragraph,
    Table,
    Trend,
    Waterfall,
)


def plain(content: Inlines) -> str:
    """The words of a paragraph without their style."""
    return "".join(piece.text for piece in content)


def blocks(document: Document) -> Iterator[Block]:
    """Every block, the annexes' after the body's."""
    yield from document.body
    for annex in document.annexes:
        yield from annex.blocks


def tables(document: Document) -> list[Table]:
    """Every table."""
    return [block for block in blocks(document) if isinstance(block, Table)]


def charts(document: Document) -> list[Chart]:
    """Every chart."""
    return [block for block in blocks(document) if isinstance(block, Chart)]


def figures(document: Document) -> Iterator[tuple[str, str]]:
    """(address, text) of every number from the books, in prose and tables; charts repeat them."""
    for block in blocks(document):
        yield from figures_of(block)


def figures_of(block: Block) -> Iterator[tuple[str, str]]:
    """The same of one block."""
    match block:
        case Heading() | Paragraph():
            yield from _cited(block.content)
        case Listing():
            for item in block.items:
                yield from _cited(item)
        case Table():
            for row in block.rows:
                yield from ((cell.address, cell.text) for cell in row.cells if cell.address)
            for line in block.legend:
                yield from _cited(line)
        case Chart():
            yield from _drawn(block)


def _cited(content: Inlines) -> Iterator[tuple[str, str]]:
    return ((piece.address, piece.text) for piece in content if isinstance(piece, Figure))


def _drawn(chart: Chart) -> Iterator[tuple[str, str]]:
    match chart.shows:
        case Bullets(bars=bars):
            yield from ((bar.address, str(bar.done)) for bar in bars if bar.address)
        case Waterfall(steps=steps):
            yield from ((step.address, step.text) for step in steps if step.address)
        case Icicle(nodes=nodes):
            yield from ((node.address, node.text) for node in nodes if node.address)
        case Trend(points=points):
            for point in points:
                if point.now_address:
                    yield point.now_address, point.now_text
                if point.before_address:
                    yield point.before_address, point.before_text


def lines(document: Document) -> Iterator[str]:
    """What the body and annexes say, line by line: a paragraph, an item or a cell each.

    Every form of the document says these lines in this order; charts are said by their title.
    """
    for block in document.body:
        yield from lines_of(block)
    for annex in document.annexes:
        yield annex.label
        yield annex.title
        for block in annex.blocks:
            yield from lines_of(block)


def lines_of(block: Block) -> Iterator[str]:
    """The lines of one block."""
    match block:
        case Heading(number=number, content=content):
            yield f"{number} {plain(content)}".strip()
        case Paragraph(content=content):
            yield plain(content)
        case Listing(items=items):
            yield from (plain(item) for item in items)
        case Table():
            yield block.title
            if block.measure:
                yield block.measure
            yield from (column.head for column in block.columns)
            for row in block.rows:
                yield from (cell.text for cell in row.cells if cell.text)
            yield from (plain(line) for line in block.legend)
        case Chart(title=title):
            yield title
