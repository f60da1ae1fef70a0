"""A cell's number for a spreadsheet, with the format under which it reads as on paper.

The number is taken from the text that every form prints, not from the exact value behind it: 67 of
125 is 0,536 here, as the page says 53,6%, and a sum over rounded cells is of what one sees. Which
sign parts thousands and which decimals is not in the format; each office's Excel shows its own.
"""

from __future__ import annotations

import re
from decimal import Decimal

from giaoban.reports.documents.blocks import Cell, Column

_SIGNS = {"vi": (".", ","), "en": (",", ".")}  # of thousands, of decimals
_READ = {
    language: re.compile(
        rf"(?P<sign>[+\-\u2212]?)(?P<whole>\d+|[1-9]\d{{0,2}}(?:{re.escape(parted)}\d{{3}})+)"
        rf"(?:{re.escape(decimal)}(?P<part>\d+))?(?P<percent>%?)"
    )
    for language, (parted, decimal) in _SIGNS.items()
}
# Beyond fifteen digits a spreadsheet's number is another one.
_MOST_DIGITS = 15
Number = tuple[float, str]


def number(cell: Cell, column: Column, language: str) -> Number | None:
    """The number of a cell and its format; None for what is text, a dash or a code.

    A text that no format gives back as it stands stays text.
    """
    if cell.value is None or column.holds in ("text", "code"):
        return None
    found = _READ[language].fullmatch(cell.text)
    if found is None:
        return None
    whole = re.sub(r"\D", "", found["whole"])
    part, percent = found["part"] or "", found["percent"]
    if len(whole) + len(part) > _MOST_DIGITS:
        return None
    size = float(Decimal(f"{whole}.{part or 0}").scaleb(-2 if percent else 0))
    shown = _digits(found["whole"], counted=not (part or percent))
    shown += ("." + "0" * len(part) if part else "") + percent
    sign = found["sign"]
    if sign == "+":
        return size, f'"+"{shown};"\u2212"{shown};{shown}'
    if sign:
        return -size, f'{shown};"{sign}"{shown}'
    return size, shown


def _digits(whole: str, *, counted: bool) -> str:
    """The format of a whole part: zeros before it are kept, thousands parted where they are."""
    if whole[0] == "0" and len(whole) > 1:
        return "0" * len(whole)
    parted = not whole.isdigit()
    # A count grows when it is worked on, and is then parted; a year is not.
    return "#,##0" if parted or (counted and len(whole) < 4) else "0"
