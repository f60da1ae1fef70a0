"""What makes it an official document: the head in two columns, the title, the foot."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as Word
from docx.shared import Pt
from docx.table import Table as Grid
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from giaoban.reports.documents.blocks import Foot, Layout, Letterhead, Title
from giaoban.reports.rendering.docx.markup import MILLIMETRE, twips, w
from giaoban.reports.rendering.pdf.faces import width
from giaoban.reports.rendering.printable import printable

_GUTTER = 5 * MILLIMETRE
_ABOVE_THE_FOOT = Pt(20)
# Rules of the State's form: below an issuer without a mark, and below the subject.
_ISSUER_RULE, _SUBJECT_RULE = 22 * MILLIMETRE, 32 * MILLIMETRE


def letterhead(word: Word, head: Letterhead, layout: Layout, room: float) -> None:
    """Superior, issuer, mark and number left; motto, place and date right; ``room`` in points."""
    sizes = [layout.motto_sizes[min(number, len(layout.motto_sizes) - 1)]
             for number in range(len(head.motto))]  # fmt: skip
    mottos = [width(line) * size for line, size in zip(head.motto, sizes, strict=True)]
    needed = max(*mottos, width(head.place_and_date) * layout.date_size, 0) + 2
    right = min(max(needed, room / 2), room * 0.68)
    grid = _columns(word, 2, (room - right, right), gap=_GUTTER)
    names, motto = grid.rows[0].cells
    _lines(names, "Superior", [head.superior])
    _lines(names, "Issuer", [head.issuer])
    if head.mark:
        _lines(names, "Superior", [head.mark])
    elif head.issuer:
        _rule(names.add_paragraph(), _ISSUER_RULE, room - right - _GUTTER)
    for line, size in zip(head.motto, sizes, strict=True):
        [said] = _lines(motto, "Motto", [line])
        said.runs[0].font.size = Pt(size)
    if layout.motto_ruled and mottos:
        _rule(motto.add_paragraph(), mottos[-1], right)
    number, place = grid.rows[1].cells
    _lines(number, "Document Number", [head.number])
    _lines(place, "Place and Date", [head.place_and_date])
    _first_goes(grid)


def title(word: Word, said: Title, room: float) -> None:
    """The kind of document, its subject, and the rule below."""
    for text, style in ((said.kind, "Title"), (said.subject, "Subtitle")):
        if text:
            word.add_paragraph(printable(text), style)
    rule = word.add_paragraph(style="Title Rule")
    if said.rule.strip("_"):
        rule.add_run(printable(said.rule))
    elif said.rule:
        after = rule.style.paragraph_format.space_after if rule.style else None
        _rule(rule, _SUBJECT_RULE, room)
        rule.paragraph_format.space_after = after


def foot(word: Word, said: Foot, layout: Layout, room: float) -> None:
    """Recipients left and the signature right, or signatures side by side and recipients below."""
    apart = len(said.signatures) > 1
    count = max(len(said.signatures), 2)
    # Names side by side stand on one line, whatever stands above each.
    rows = (2 if apart else 1) + bool(apart and said.recipients)
    grid = _columns(word, rows, [room / count] * count)
    first, last = grid.rows[0].cells, grid.rows[-1].cells
    named = grid.rows[1].cells if apart else first
    for at, signature in enumerate(said.signatures, start=0 if apart else 1):
        _lines(first[at], "Signature", list(signature.authority))
        for post in _lines(first[at], "Signature", [signature.post]):
            if signature.authority and not layout.post_bold:
                post.runs[0].bold = False
        # Room for the hand, also where the name is not known yet.
        named[at].add_paragraph(printable(signature.name), "Signature Name")
    if said.recipients:
        received = last[0].merge(last[-1]) if apart else last[0]
        _lines(received, "Recipients Head", [said.recipients_head])
        _lines(received, "Recipients", list(said.recipients))
    _first_goes(grid)
    for cell in (*first, last[0]) if said.recipients else first:
        cell.paragraphs[0].paragraph_format.space_before = _ABOVE_THE_FOOT
    for row in grid.rows[:-1]:
        for line in (line for cell in row.cells for line in cell.paragraphs):
            line.paragraph_format.keep_with_next = True


def _lines(cell: _Cell, style: str, texts: list[str]) -> list[Paragraph]:
    return [cell.add_paragraph(printable(text), style) for text in texts if text]


def _first_goes(grid: Grid) -> None:
    """Word asks for one paragraph in a cell, and python-docx begins with an empty one."""
    for cell in grid._cells:
        if len(cell.paragraphs) > 1 and not cell.paragraphs[0].text:
            cell._tc.remove(cell.paragraphs[0]._p)


def _columns(word: Word, rows: int, widths: Sequence[float], gap: float = 0) -> Grid:
    """A table without lines; ``gap`` points of the first column are left free behind it."""
    grid: Grid = word.add_table(rows, len(widths))
    grid.autofit = False
    about = grid._tbl.tblPr
    about.append(w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa")))
    for number, (column, points) in enumerate(zip(grid.columns, widths, strict=True)):
        column.width = Pt(points)
        for cell in column.cells:
            cell.width = Pt(points)
            if gap and not number:
                cell._tc.get_or_add_tcPr().append(w("tcMar", w("right", w=twips(gap), type="dxa")))
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(w("cantSplit"))
    return grid


def _rule(line: Paragraph, long: float, room: float) -> None:
    """A rule of ``long`` points in the middle of ``room``."""
    line.style = "Rule"
    beside = Pt(max((room - long) / 2, 0))
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = beside
