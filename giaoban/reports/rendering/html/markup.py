"""Blocks as markup: words escaped, numbers with a link to what is behind them where there is one.

Templates set each block (``templates/reports``), with an engine of their own: commands have no
pages configured, and a document must not change with the settings of a server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.template import Context, Engine
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from giaoban.reports.charts import drawing
from giaoban.reports.documents.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Figure,
    Heading,
    Inlines,
    Listing,
    Paragraph,
    Row,
    Table,
    Text,
)

Link = Callable[[str], str | None]
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
DEEPEST = 6  # of headings in a page
STEPS = 4  # of a row's indent
FEW = 16  # letters of a cell that stay on one line
WORDS = ("text", "code")  # what a column holds that stands left


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(TEMPLATES)], autoescape=True)


def template(name: str, **values: object) -> SafeString:
    """A template of ``templates/reports`` with its values in place."""
    return _engine().get_template(f"reports/{name}").render(Context(values))


def blocks(content: Iterable[Block], *, language: str, above: int, link: Link) -> list[SafeString]:
    """Each block as markup; ``above`` is the level of the heading that they stand under.

    A heading's level in the page never jumps: whoever listens to it would miss a level that a
    document leaves out. How it looks is by its own level.
    """
    done, last = [], above
    for block in content:
        if isinstance(block, Heading):
            last = min(above + block.level, last + 1, DEEPEST)
        done.append(_block(block, language, last, link))
    return done


def _block(block: Block, language: str, level: int, link: Link) -> SafeString:
    match block:
        case Heading():
            said = inlines((Text(f"{block.number} " if block.number else ""), *block.content), link)
            return format_html('<h{0} class="part-{1}">{2}</h{0}>', level, block.level, said)
        case Paragraph(content=content, role=role):
            return format_html('<p class="said-{}">{}</p>', role, inlines(content, link))
        case Listing(items=items, ordered=ordered):
            joined = _joined(format_html("<li>{}</li>\n", inlines(item, link)) for item in items)
            return format_html('<{0} class="items">\n{1}</{0}>', "ol" if ordered else "ul", joined)
        case Table():
            return _table(block, link)
        case Chart():
            # Our own drawing, in which the office's words are escaped already.
            drawn = mark_safe(drawing.svg(block, language))
            return template("chart.html", chart=block, drawing=drawn)


def inlines(content: Inlines, link: Link) -> SafeString:
    """Words and numbers of a paragraph in a row."""
    return _joined(_inline(piece, link) for piece in content)


def _inline(piece: Text | Figure, link: Link) -> SafeString:
    if isinstance(piece, Figure):
        return format_html(
            '<span class="number">{}</span>', linked(piece.text, piece.address, link)
        )
    tag = {"strong": "strong", "emphasis": "em"}.get(piece.style)
    return format_html("<{0}>{1}</{0}>", tag, piece.text) if tag else escape(piece.text)


def linked(text: str, address: str, link: Link) -> SafeString:
    """A number, with the way to what is behind it if there is one."""
    url = link(address) if address else None
    return escape(text) if url is None else format_html('<a href="{}">{}</a>', url, text)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    # Each part is escaped; their row is no more than that.
    return mark_safe("".join(parts))


# Tables


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head; ``look`` is its classes."""

    head: str
    look: str


@dataclass(frozen=True, slots=True)
class Set:
    """A cell as it is set: ``heads`` is what it is the head of ("row", "rowgroup"), or nothing."""

    content: SafeString
    look: str
    heads: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells."""

    cells: tuple[Set, ...]
    look: str


def _table(table: Table, link: Link) -> SafeString:
    naming = _naming(table.columns)
    looks = [_look(table, number, number == naming) for number in range(len(table.columns))]
    heads = [Head(column.head, look) for column, look in zip(table.columns, looks, strict=True)]
    return template(
        "table.html",
        table=table,
        columns=heads,
        groups=list(_groups(table, looks, naming, link)),
        legend=[inlines(line, link) for line in table.legend],
    )


def _naming(columns: tuple[Column, ...]) -> int:
    """The column that names its row: the first of words, else the first of all."""
    return next((n for n, column in enumerate(columns) if column.holds == "text"), 0)


def _look(table: Table, number: int, names: bool) -> str:
    """A column's classes: on which side it stands, whether its words are few enough for a line."""
    holds = table.columns[number].holds
    look = holds if holds in WORDS else "amount"
    if names:
        return f"{look} naming"
    few = all(len(row.cells[number].text) <= FEW for row in table.rows)
    return f"{look} few-words" if holds == "text" and few else look


def _groups(table: Table, looks: list[str], naming: int, link: Link) -> Iterator[list[Line]]:
    """The rows in bodies: the head of a group begins a new one."""
    lines: list[Line] = []
    for row in table.rows:
        if row.role == "group" and lines:
            yield lines
            lines = []
        lines.append(_line(row, looks, naming, link))
    if lines:
        yield lines


def _line(row: Row, looks: list[str], naming: int, link: Link) -> Line:
    look = "" if row.role == "row" else f"{row.role}-row"
    said = [cell for cell in row.cells if cell.text]
    if row.role == "group" and len(said) == 1:
        head = Set(linked(said[0].text, said[0].address, link), "naming", "rowgroup", len(looks))
        return Line((head,), look)
    return Line(
        tuple(_cell(cell, looks[n], n == naming, row, link) for n, cell in enumerate(row.cells)),
        look,
    )


def _cell(cell: Cell, look: str, names: bool, row: Row, link: Link) -> Set:
    if names and row.indent:
        look = f"{look} step-{min(row.indent, STEPS)}"
    heads = ""
    if names and cell.text:
        heads = "rowgroup" if row.role == "group" else "row"
    return Set(linked(cell.text, cell.address, link), look, heads)
