"""Setting a document with Typst: one compiler, kept warm, for the whole process.

The file is a PDF/A-2a and a PDF/UA-1 at once, the most that Typst gives together: A-2a because an
issued report is kept for decades and must be readable without its office (fonts embedded, every
letter with its meaning, tags for the order of reading), and 2 rather than 3 or 4 because nothing
is attached and archives know it; UA-1 because Typst then refuses whatever a screen reader could
not tell: a picture without words, an outline with a gap, a missing title or language.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from giaoban.reports.documents.blocks import Document
from giaoban.reports.errors import LetterMissing
from giaoban.reports.rendering.pdf import faces
from giaoban.reports.rendering.pdf.sheet import sheet

TEMPLATE = Path(__file__).with_name("report.typ")
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_LACKING = re.compile(r'the text `"(?P<letter>.+?)"` could not be displayed')
# A compiler serves one document at a time.
_one_at_a_time = Lock()


@cache
def fonts() -> typst.Fonts:
    """The typefaces a document is set in.

    What Typst brings stands behind the office's own faces, for a letter that neither has (the ƀ of
    an Ê Đê name); it is the same on every machine, as system fonts are not.
    """
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=faces.folders()
    )


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts())


def inputs(document: Document) -> dict[str, str]:
    """The document as the template reads it."""
    return {"sheet": sheet(document).decode()}


def render(document: Document) -> bytes:
    """The document as a pdf: the same bytes for the same document on any machine and day.

    Raises ``FontMissing``; ``LetterMissing`` for a sign that no typeface has, as an emoji.
    """
    compiler = _compiler()
    dated_at = datetime.combine(document.dated_on, time(), UTC)
    try:
        with _one_at_a_time:
            content = compiler.compile(
                format="pdf",
                sys_inputs=inputs(document),
                pdf_standards=STANDARDS,
                timestamp=dated_at,
            )
    except typst.TypstError as refused:
        if found := _LACKING.search(refused.message):
            letter = found["letter"]
            code = " ".join(f"U+{ord(sign):04X}" for sign in letter)
            raise LetterMissing(letter=letter, code_point=code) from refused
        raise
    assert isinstance(content, bytes)
    return content
