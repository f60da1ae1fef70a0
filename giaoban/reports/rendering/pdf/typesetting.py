"""Setting a document with Typst.

The file is a PDF/A-2a and a PDF/UA-1 at once, the most that Typst gives together: A-2a because an
issued report is kept for decades and must be readable without its office (fonts embedded, every
letter with its meaning, tags for the order of reading), and 2 rather than 3 or 4 because nothing
is attached and archives know it; UA-1 because Typst then refuses whatever a screen reader could
not tell: a picture without words, an outline with a gap, a missing title or language.

Typst keeps what it has set until ten documents later. In a server, each annex of ten thousand rows
would leave 200 MB behind; so what is long is set in a process of its own, which gives all of it
back when it ends. That costs some 70 ms, which what is short is spared.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, time
from typing import Literal

import typst

from giaoban.reports.documents.blocks import Document
from giaoban.reports.documents.walking import tables
from giaoban.reports.errors import LetterMissing
from giaoban.reports.rendering.pdf import faces, press
from giaoban.reports.rendering.pdf.sheet import sheet

SHORT = 1_500  # cells, of which each costs some 10 kB
# -P: what stands beside the script is not for import.
_PRESS = (sys.executable, "-P", press.__file__)
_LACKING = re.compile(r'the text `"(?P<letter>.+?)"` could not be displayed')


def render(document: Document) -> bytes:
    """The document as a pdf: the same bytes for the same document on any machine and day.

    Raises ``FontMissing``; ``LetterMissing`` for a sign that no typeface has, as an emoji.
    """
    return typeset(document, "pdf")


def typeset(document: Document, wanted: Literal["pdf", "places"]) -> bytes:
    """The document's pdf, or as JSON its places for the hand. Raises as ``render`` does."""
    order = press.Order(
        wanted=wanted,
        fonts=[str(folder) for folder in faces.folders()],
        standards=["a-2a", "ua-1"],
        dated_at=datetime.combine(document.dated_on, time(), UTC).isoformat(),
    )
    cells = sum(len(table.rows) * len(table.columns) for table in tables(document))
    if cells > SHORT:
        return _apart(order, sheet(document))
    try:
        return press.printed(order, sheet(document).decode())
    except typst.TypstError as refused:
        raise _refusal(refused.message) from refused


def _apart(order: press.Order, content: bytes) -> bytes:
    given = json.dumps(order).encode() + b"\n" + content
    done = subprocess.run(_PRESS, input=given, capture_output=True, check=False)
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode(errors="replace")
    if done.returncode == press.REFUSED:
        raise _refusal(said)
    raise RuntimeError(f"Typst's process ended with {done.returncode}: {said}")


def _refusal(said: str) -> Exception:
    """What to raise for Typst's own words."""
    found = _LACKING.search(said)
    if found is None:
        return RuntimeError(f"Typst: {said}")
    letter = found["letter"]
    code = " ".join(f"U+{ord(sign):04X}" for sign in letter)
    return LetterMissing(letter=letter, code_point=code)
