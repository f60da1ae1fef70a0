"""Documents read back from each of their forms, as a list of the lines that they say.

A line is a paragraph, an item or a cell, as in ``walking.lines``; empty ones are left out. Nothing
here knows how a form was written: html is read as a browser would, docx by Word's own parts, pdf
along its tags, xlsx by what each cell shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from difflib import unified_diff
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import docx
import openpyxl
from docx.table import Table as Grid
from docx.text.paragraph import Paragraph as Line
from openpyxl.cell import Cell
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NumberObject

from giaoban.reports.documents.blocks import Block, Chart, Document
from giaoban.reports.documents.walking import lines_of

# html


class _Page(HTMLParser):
    """Gathers the text of what stands on lines of its own."""

    OWN = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "figcaption"}
    APART = {"table-title", "measure"}  # of a caption, each its own line
    UNSAID = {"svg", "style", "script", "title"}

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.told: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("meta", "link", "br", "hr", "rect", "line", "path", "img"):
            return
        classes = set((dict(attrs).get("class") or "").split())
        own = tag in self.OWN or (tag == "span" and bool(classes & self.APART))
        if own and not self._unsaid():
            self.lines.append("")
        if tag == "desc":
            self.told.append("")
        self._open.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "desc":
            self.told[-1] += data
        elif any(own for _, own in self._open) and not self._unsaid():
            self.lines[-1] += data

    def _unsaid(self) -> bool:
        return any(tag in self.UNSAID for tag, _ in self._open)


def _page(content: bytes) -> _Page:
    page = _Page()
    page.feed(content.decode())
    page.close()
    return page


def html_lines(content: bytes) -> list[str]:
    """The lines of a page."""
    return _said(re.sub("[ \n]+", " ", line).strip(" ") for line in _page(content).lines)


def html_told(content: bytes) -> list[str]:
    """What each drawing says in words."""
    return _page(content).told


# docx


def docx_lines(content: bytes) -> list[str]:
    """The lines of a Word file's text, margins and properties left out."""
    return _said(_word_lines(docx.Document(BytesIO(content))))


def _word_lines(part: Any) -> Iterator[str]:
    for piece in part.iter_inner_content():
        if isinstance(piece, Line):
            yield piece.text.replace("\n", " ")
        elif isinstance(piece, Grid):
            for cell in piece._tbl.iter_tcs():
                yield from _word_lines(docx.table._Cell(cell, piece))


def docx_told(content: bytes) -> list[str]:
    """What each picture says in words."""
    body = docx.Document(BytesIO(content)).element.body
    return [str(one.get("descr")) for one in body.xpath(".//wp:docPr")]


# pdf

# Elements that are a line; a caption holds its title and its measure, each one.
_LINES = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TH", "/TD", "/LBody"}
_MARKS = {"/Lbl", "/Figure"}  # of a list's item; a drawing's letters


def pdf_text(content: bytes) -> str:
    """The text of all pages, in the order in which it is set, margins too."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def pdf_lines(content: bytes) -> list[str]:
    """The lines of a tagged pdf in the order of reading, broken words put together by ``same``."""
    reader = PdfReader(BytesIO(content))
    texts = dict(_marked(reader))
    pages = {
        page.indirect_reference.idnum: number
        for number, page in enumerate(reader.pages)
        if page.indirect_reference
    }
    found: list[list[str]] = []
    _walk(reader.trailer["/Root"]["/StructTreeRoot"], pages, texts, -1, None, found)
    return _said(" ".join("".join(parts).split()) for parts in found)


def pdf_told(content: bytes) -> list[str]:
    """What each drawing says in words."""
    root = PdfReader(BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]
    return [str(node["/Alt"]) for node in _elements(root) if node["/S"] == "/Figure"]


def _marked(reader: PdfReader) -> Iterator[tuple[tuple[int, int], str]]:
    """((page, mark), text) of each stretch of marked content."""
    for number, page in enumerate(reader.pages):
        marks: list[int | None] = []
        texts: dict[int, str] = {}

        def before(operator: bytes, operands: list[Any], *_: Any, marks: Any = marks) -> None:
            if operator in (b"BDC", b"BMC"):
                about = operands[1] if len(operands) > 1 else None
                marks.append(about.get("/MCID") if isinstance(about, dict) else None)
            elif operator == b"EMC":
                marks.pop()

        def keep(text: str, *_: Any, marks: Any = marks, texts: Any = texts) -> None:
            mark = next((one for one in reversed(marks) if one is not None), None)
            if mark is not None:
                texts[mark] = texts.get(mark, "") + text

        page.extract_text(visitor_operand_before=before, visitor_text=keep)
        for mark, text in texts.items():
            yield (number, mark), text


def _walk(
    node: Any, pages: dict[int, int], texts: dict[tuple[int, int], str], page: int,
    line: list[str] | None, found: list[list[str]],
) -> None:  # fmt: skip
    """Go down the tags; ``line`` gathers what stands in the element that is a line."""
    if isinstance(node, DictionaryObject) and "/Pg" in node:
        page = pages[node.raw_get("/Pg").idnum]
    if isinstance(node, IndirectObject):
        _walk(node.get_object(), pages, texts, page, line, found)
    elif isinstance(node, NumberObject):
        if line is None:
            found.append(line := [])
        line.append(texts.get((page, int(node)), ""))
    elif isinstance(node, ArrayObject):
        for one in node:
            _walk(one, pages, texts, page, line, found)
    elif isinstance(node, DictionaryObject):
        if node.get("/Type") == "/MCR":
            _walk(node["/MCID"], pages, texts, page, line, found)
        elif node.get("/S") not in _MARKS and "/K" in node:
            if line is None and (node.get("/S") in _LINES or node.get("/S") == "/Span"):
                line = []
                found.append(line)
            _walk(node["/K"], pages, texts, page, line, found)


def _elements(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for one in node:
            yield from _elements(one)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


# xlsx


def xlsx_cells(content: bytes) -> dict[str, list[list[str]]]:
    """What each cell of each sheet shows, row by row, "" for an empty one."""
    return {
        sheet.title: [[shown(cell) for cell in row] for row in sheet.iter_rows()]
        for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets
    }


def xlsx_lines(content: bytes) -> list[str]:
    """The lines of the first sheet; where a line leads to another sheet, those of that sheet.

    Dashes and numbers of lists stand in its first column and are no part of a line.
    """
    first, *others = openpyxl.load_workbook(BytesIO(content)).worksheets
    cells = {sheet.title: sheet for sheet in others}
    lines: list[str] = []
    for _mark, cell in first.iter_rows(max_col=2):
        if cell.hyperlink:
            name = re.fullmatch(r"'(.+)'!A1", cell.hyperlink.location)[1].replace("''", "'")
            lines += [shown(one) for row in cells.pop(name).iter_rows() for one in row]
        else:
            lines.append(shown(cell))
    assert not cells, "no line leads to these sheets"
    return _said(lines)


def shown(cell: Cell) -> str:
    """What a spreadsheet of a Vietnamese office shows for a cell."""
    value, form = cell.value, cell.number_format
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    sections = form.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    size = abs(Decimal(repr(value))) if len(sections) > 1 or value >= 0 else Decimal(repr(value))
    return _in_digits(size, section)


def _in_digits(size: Decimal, section: str) -> str:
    """A number under a section of a format, of those that stand for digits."""
    found = re.fullmatch(r'(?:"([^"]*)")?(#,##)?(0+)(?:\.(0+))?(%?)', section)
    assert found, section
    before, parted, whole, decimals, percent = found.groups()
    scaled = size.scaleb(2) if percent else size
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals or "")), ROUND_HALF_UP)
    digits, _, part = f"{rounded:f}".partition(".")
    digits = f"{int(digits):,}" if parted else digits.zfill(len(whole))
    text = f"{before or ''}{digits}{'.' if part else ''}{part}{percent}"
    return text.translate(str.maketrans(",.", ".,"))


# What is to be said

# Forms in which the label and the title of an annex are one heading.
_JOINED = {"html", "docx", "pdf"}


def said_of(blocks: Sequence[Block], *, told: bool = False) -> list[str]:
    """The lines of blocks; ``told``: below a chart's title what it shows in words."""
    lines: list[str] = []
    for block in blocks:
        lines += [line for line in lines_of(block) if line]
        if told and isinstance(block, Chart):
            lines.append(block.alt)
    return lines


def rest(said: Sequence[str], document: Document, form: str) -> list[str]:
    """What a form says beside the body and the annexes; fails where it says these otherwise."""
    alike = squeezed if form == "pdf" else str
    lines = [alike(line) for line in said]
    left, at = [], 0
    for part in _parts(document, form):
        expected = [alike(line) for line in part]
        start = _start(lines, expected, at)
        found = lines[start : start + len(expected)]
        assert found == expected, "\n".join(
            unified_diff(expected, found, "the document", form, lineterm="", n=1)
        )
        left += said[at:start]
        at = start + len(expected)
    return [*left, *said[at:]]


def _parts(document: Document, form: str) -> Iterator[list[str]]:
    """The lines of the body, then of each annex, as the form has them."""
    told, joined = form == "xlsx", form in _JOINED
    if document.body:
        yield said_of(document.body, told=told)
    for annex in document.annexes:
        head = [f"{annex.label} {annex.title}"] if joined else [annex.label, annex.title]
        yield [line for line in head if line.strip()] + said_of(annex.blocks, told=told)


def _start(said: list[str], part: list[str], at: int) -> int:
    """Where a part begins: where most of its lines stand in their place."""

    def in_place(start: int) -> int:
        return sum(a == b for a, b in zip(said[start:], part, strict=False))

    return max(range(at, max(len(said), at + 1)), key=lambda start: (in_place(start), -start))


def squeezed(text: str) -> str:
    """Without white space and case: a pdf breaks lines, and has headings in capitals."""
    return "".join(text.split()).casefold()


def _said(lines: Any) -> list[str]:
    return [line for line in lines if line.strip()]
