"""Typst: the sheet of a document goes in, what Typst makes of it comes out.

Also a script that needs Typst alone, neither Django nor anything else of ours, so that a long
document can be set in a process of its own (``typesetting.py``). It is given one line of JSON
(``Order``) and after it the sheet, and ends with ``REFUSED`` and Typst's own words where Typst
doesn't set it.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal, TypedDict

import typst

TEMPLATE = Path(__file__).with_name("report.typ")
REFUSED = 3


class Order(TypedDict):
    """What is asked for: the pdf itself, or as JSON the places for the hand in it.

    ``fonts`` are folders, ``dated_at`` is an instant in ISO 8601.
    """

    wanted: Literal["pdf", "places"]
    fonts: list[str]
    standards: list[typst.PDFStandard]
    dated_at: str


def printed(order: Order, sheet: str) -> bytes:
    """What the order asks for. Raises ``typst.TypstError``."""
    fonts = _fonts(*order["fonts"])
    if order["wanted"] == "places":
        found = typst.query(
            TEMPLATE, "<hand>", field="value", root=TEMPLATE.parent, font_paths=fonts,
            sys_inputs={"sheet": sheet, "places": "1"},
        )  # fmt: skip
        return found.encode()
    content = typst.compile(
        TEMPLATE, root=TEMPLATE.parent, font_paths=fonts, format="pdf",
        sys_inputs={"sheet": sheet}, pdf_standards=order["standards"],
        timestamp=datetime.fromisoformat(order["dated_at"]),
    )  # fmt: skip
    assert isinstance(content, bytes)
    return content


@cache
def _fonts(*folders: str) -> typst.Fonts:
    """The typefaces a document is set in, searched once in a process.

    What Typst brings stands behind the office's own faces, for a letter that neither has (the ƀ of
    an Ê Đê name); it is the same on every machine, as system fonts are not.
    """
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[*folders]
    )


def main() -> int:
    """Read an order and its sheet from the standard input, and write what comes of it."""
    order, _, sheet = sys.stdin.buffer.read().partition(b"\n")
    try:
        content = printed(json.loads(order), sheet.decode())
    except typst.TypstError as refused:
        sys.stderr.buffer.write(refused.message.encode())
        return REFUSED
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
