"""The document as a page that stands alone: a file that opens anywhere, with nothing to fetch.

It carries the style sheet of the desk's own page, the tokens that sheet asks for, the typeface, and
what the form says of paper and type. A policy in its head lets nothing else in: no script at all.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from django.utils.safestring import mark_safe

from giaoban.reports.charts.palette import DARK, LIGHT
from giaoban.reports.documents.blocks import Document, Layout
from giaoban.reports.rendering.html.article import fragment
from giaoban.reports.rendering.html.markup import template
from giaoban.reports.rendering.printable import printable
from giaoban.reports.rendering.properties import DRAFT, author_of, title_of
from giaoban.reports.rendering.typeface import woff2

STATIC = Path(__file__).resolve().parents[2] / "static" / "reports"
WEIGHTS = (400, 600)


def render(document: Document) -> bytes:
    """A complete page, UTF-8: always the same bytes for the same document."""
    style = f"{_sheet()}\n{_form(document)}"
    page = template(
        "page.html",
        document=document,
        title=title_of(document),
        author=author_of(document),
        digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        style=mark_safe(style),  # our own sheet, and numbers
        article=fragment(document, level=1),
    )
    return printable(page).encode()


@cache
def _sheet() -> str:
    """The part of the style that is the same for every document."""
    faces = "\n".join(
        f'@font-face {{ font-family: "Be Vietnam Pro"; font-weight: {weight}; src:'
        f" url(data:font/woff2;base64,{base64.b64encode(woff2(weight)).decode()})"
        ' format("woff2"); }'
        for weight in WEIGHTS
    )
    tokens = (
        f"@layer tokens {{\n  :root {{ {_tokens(LIGHT)} }}\n"
        f"  @media (prefers-color-scheme: dark) {{ :root {{ {_tokens(DARK)} }} }}\n}}"
    )
    own, shared = (
        (STATIC / name).read_text(encoding="utf-8") for name in ("page.css", "document.css")
    )
    return "\n".join((own, faces, tokens, shared))


def _tokens(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


def _form(document: Document) -> str:
    """What the form says of paper and type; pages have their number, and a draft its word: on the
    first page over the text, where every browser prints it, on the others in the margin."""
    layout = document.layout
    margins = f"{layout.top:g}mm {layout.right:g}mm {layout.bottom:g}mm {layout.left:g}mm"
    line = f"{layout.line:g}{'pt' if layout.line_exact else ''}"
    draft = f'"{DRAFT[document.language]}"' if document.state == "draft" else "none"
    return f"""@layer document {{
  :root {{ {_sizes(layout)} --line: {line}; --first-line: {layout.first_line:g}mm;
    --paragraph-gap: {layout.paragraph_gap:g}pt; }}
  @page {{ size: A4; margin: {margins};
    @top-center {{ content: counter(page); font-size: {layout.page_number_size:g}pt;
      vertical-align: top; padding-top: {layout.page_number_from_top:g}mm; }}
    @top-right {{ content: {draft}; font-size: 12pt; font-weight: 700;
      vertical-align: top; padding-top: {layout.page_number_from_top:g}mm; }}
  }}
  @page :first {{ @top-center {{ content: none; }} @top-right {{ content: none; }} }}
  @page across {{ size: A4 landscape; margin: {margins}; }}
}}"""


def _sizes(layout: Layout) -> str:
    """The sizes of type in print, in points."""
    sizes = {
        "body": layout.body_size, "table": layout.table_size, "kind": layout.kind_size,
        "subject": layout.subject_size, "motto": layout.motto_sizes[0],
        "last-motto": layout.motto_sizes[-1],
        "superior": layout.superior_size, "issuer": layout.issuer_size,
        "number": layout.number_size, "date": layout.date_size,
        "recipients-head": layout.recipients_head_size, "recipients": layout.recipients_size,
        "signature": layout.signature_size,
    }  # fmt: skip
    return " ".join(f"--{name}-size: {size:g}pt;" for name, size in sizes.items())
