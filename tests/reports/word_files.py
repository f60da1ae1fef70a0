"""Word files opened again: their styles, tables and pages, for the tests of the docx form."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length
from msgspec.structs import replace

from giaoban.reports.documents.blocks import Document
from giaoban.reports.rendering.docx import render
from tests.reports.sample import DOCUMENT

BARE = replace(DOCUMENT, body=(), annexes=(), foot=None, letterhead=None, provenance="")


def opened(document: Document) -> Word:
    return docx.Document(BytesIO(render(document)))


def parts(document: Document) -> dict[str, str]:
    """The xml of each part."""
    with ZipFile(BytesIO(render(document))) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()
                if name.endswith((".xml", ".rels"))}  # fmt: skip


def of_style(word: Word, name: str) -> list[str]:
    """The texts of the body's paragraphs of a style."""
    return [line.text for line in word.paragraphs if line.style and line.style.name == name]


def grids(word: Word) -> list[Any]:
    """The tables with lines, as elements."""
    return [table._tbl for table in word.tables if table.style and table.style.name == "Table Grid"]


def cell_styles(row: Any) -> list[str]:
    return [cell.find(qn("w:p")).pPr.style for cell in row.tc_lst]


def millimetres(*lengths: Length | None) -> list[int]:
    return [round(one.mm) for one in lengths if one is not None]


def margins(section: Section) -> list[int]:
    """From the top to the right, the bottom, the left."""
    return millimetres(section.top_margin, section.right_margin, section.bottom_margin,
                       section.left_margin)  # fmt: skip
