"""A document on a terminal: its title, text and tables, in as many columns as the terminal has.

What only paper has is left out: the letterhead, recipients and signatures. Charts are not drawn but
said, by their words. No word is broken and no number cropped: a table that needs more columns than
there are runs on, and the terminal wraps or scrolls it.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Line

from giaoban.reports.documents.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Figure,
    Heading,
    Inlines,
    Listing,
    Paragraph,
    Row,
    Table,
)
from giaoban.reports.rendering.properties import DRAFT
from giaoban.vietnamese.text import NO_BREAK_SPACE

ONE_LINE = 18  # letters of a text that are not wrapped
STEP = 2  # columns that a row is stepped in by
WORDS = ("text", "code")  # what a column holds that stands left
STYLES = {"plain": "", "strong": "bold", "emphasis": "italic"}
ROWS = {"row": "", "group": "bold", "sum": "bold", "total": "bold"}


def print_document(document: Document, console: Console) -> None:
    """Print a document's title, body, annexes and the line that says where its numbers are from."""
    console.print()
    if document.state == "draft":
        console.print(Line(DRAFT[document.language], "bold"), justify="center")
    for line in (document.title.kind, document.title.subject):
        if line:
            console.print(Line(_spaced(line), "bold"), justify="center")
    _print_blocks(document.body, console)
    for annex in document.annexes:
        console.print()
        head = ". ".join(part for part in (annex.label, annex.title) if part)
        console.print(Line(_spaced(head), "bold"), justify="center")
        _print_blocks(annex.blocks, console)
    if document.provenance:
        console.print()
        console.print(Line(_spaced(document.provenance), "dim"))


def _print_blocks(content: Iterable[Block], console: Console) -> None:
    for block in content:
        match block:
            case Heading(number=number, content=words):
                head = _line(words)
                head.stylize("bold")
                console.print()
                console.print(Line(f"{_spaced(number)} ", "bold") + head if number else head)
            case Paragraph(content=words, role=role):
                console.print(_line(words), style="dim" if role == "note" else None)
            case Listing():
                console.print(_listing(block))
            case Table():
                _print_table(block, console)
            case Chart(title=title, alt=alt):
                console.print()
                console.print(Line(_spaced(f"{title}: {alt}"), "dim"))


def _spaced(text: str) -> str:
    """A text with plain spaces, which a search on a terminal finds."""
    return text.replace(NO_BREAK_SPACE, " ")


def _line(content: Inlines) -> Line:
    line = Line()
    for piece in content:
        style = "" if isinstance(piece, Figure) else STYLES[piece.style]
        line.append(_spaced(piece.text), style)
    return line


def _listing(block: Listing) -> Grid:
    grid = Grid.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for number, item in enumerate(block.items, start=1):
        grid.add_row(f"{number}." if block.ordered else "-", _line(item))
    return grid


def _print_table(table: Table, console: Console) -> None:
    console.print()
    console.print(Line(_spaced(table.title), "bold"))
    if table.measure:
        console.print(Line(_spaced(table.measure), "dim"))
    # A line too long rather than a number cropped.
    console.print(_grid(table), crop=False)
    for legend in table.legend:
        console.print(_line(legend), style="dim")


def _grid(table: Table) -> Grid:
    stepped = next((n for n, column in enumerate(table.columns) if column.holds == "text"), 0)
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for number, column in enumerate(table.columns):
        texts = [_text(row, number, stepped) for row in table.rows]
        grid.add_column(
            _spaced(column.head),
            justify="left" if column.holds in WORDS else "right",
            overflow="fold",
            min_width=_least(column, texts),
        )
    for row in table.rows:
        cells = (_cell(cell, row, number == stepped) for number, cell in enumerate(row.cells))
        grid.add_row(*cells, style=ROWS[row.role])
    return grid


def _text(row: Row, number: int, stepped: int) -> str:
    """A cell's text with the columns that it is stepped in by."""
    indent = row.indent * STEP if number == stepped else 0
    return " " * indent + _spaced(row.cells[number].text)


def _cell(cell: Cell, row: Row, stepped: bool) -> Line | Padding:
    line = Line(_spaced(cell.text))
    return Padding(line, (0, 0, 0, row.indent * STEP)) if stepped and row.indent else line


def _least(column: Column, texts: list[str]) -> int:
    """The narrowest that a column may get: no word is broken, no number, no short text."""
    widest = max(map(len, texts), default=0)
    if column.holds not in WORDS:
        return max(widest, _longest_word(column.head))
    stepped = max(
        (len(text) - len(text.lstrip()) + _longest_word(text) for text in texts), default=0
    )
    return max(stepped, min(widest, ONE_LINE), _longest_word(column.head))


def _longest_word(text: str) -> int:
    return max(map(len, _spaced(text).split()), default=0)
