"""A cell's number for a spreadsheet, with the format under which it reads as on paper.

The number is the one that every form prints, not the exact value behind it: 67 of 125 is 0,536
here, as the page says 53,6%, and a sum over rounded cells is of what one sees. Which sign parts
thousands and which decimals is not in the format; each office's Excel shows its own.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from giaoban.reports.documents.blocks import Cell, Column
from giaoban.vietnamese import MINUS_SIGN, round_half_up

_SHOWN = re.compile(
    r"(?P<sign>[+\-\u2212]?)(?P<whole>\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,(?P<part>\d+))?(?P<percent>%?)"
)
# Beyond fifteen digits a spreadsheet's number is another one.
_MOST_DIGITS = 15


def number(cell: Cell, column: Column) -> tuple[float, str] | None:
    """The number of a cell and its format; None for what is text, a dash or a code.

    A text that is not that of the exact value, or that no format would give back, stays text.
    """
    if cell.value is None or column.holds in ("text", "code"):
        return None
    found = _SHOWN.fullmatch(cell.text)
    if found is None:
        return None
    sign, whole, part, percent = (
        found["sign"],
        found["whole"],
        found["part"] or "",
        found["percent"],
    )
    digits = whole.replace(".", "")
    size = Decimal(f"{'-' if sign not in ('', '+') else ''}{digits}.{part or 0}")
    exact = Fraction(*cell.value) * (100 if column.holds == "percent" else 1)
    if len(digits) + len(part) > _MOST_DIGITS or round_half_up(exact, len(part)) != size:
        return None
    shown = _digits(whole, counted=not (part or percent))
    shown += ("." + "0" * len(part) if part else "") + percent
    if sign == "+":
        shown = f'"+"{shown};"{MINUS_SIGN}"{shown};{shown}'
    elif sign:
        shown = f'{shown};"{sign}"{shown}'
    return float(size.scaleb(-2 if percent else 0)), shown


def _digits(whole: str, *, counted: bool) -> str:
    """The format of a whole part: zeros before it are kept, thousands parted where they are."""
    if whole[0] == "0" and len(whole) > 1:
        return "0" * len(whole)
    # A count grows when it is worked on, and is then parted; a year is not.
    return "#,##0" if "." in whole or (counted and len(whole) < 4) else "0"
