"""Tags and filters of the desk's templates: ``{% load desk %}``.

Numbers and days are written the Vietnamese way in both languages: an office reads one ledger, and
1.234 must not turn into 1,234 with the language of who looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from giaoban.desk.templatetags import charts, marks
from giaoban.vietnamese import (
    MISSING,
    Number,
    format_date,
    format_number,
    format_published,
    round_half_up,
)

register = template.Library()

BARS = frozenset({"opening", "flow", "closing"})  # the roles of rows with a bar


@register.filter
def number(value: Number | None, places: int | None = None) -> str:
    """1234567 as 1.234.567; None as "–"; zero is always "0"."""
    return format_number(value, places)


@register.filter
def signed(value: Number | None, places: int | None = None) -> str:
    """A change: 13 as +13, -9 as −9, 0 as 0, None as "–"."""
    written = format_number(value, places)
    return f"+{written}" if value is not None and value > 0 and written.strip("0,") else written


@register.filter
def percent(value: Fraction | Decimal | None, places: int = 1) -> str:
    """A share as 53,6%. A Fraction is a share of one, a Decimal is in per cent already.

    Decimals are what ``vietnamese.percent`` and ``Achievement.percent`` give; other types are
    refused, because 1 could be either.
    """
    if value is None:
        return MISSING
    if not isinstance(value, (Fraction, Decimal)):
        raise TypeError(f"neither a share nor per cent: {value!r}")
    in_hundreds = value * 100 if isinstance(value, Fraction) else value
    return f"{format_number(round_half_up(in_hundreds, places))}%"


@register.filter
def day(value: date | None) -> str:
    """A day as 29/10/2018, an instant by Vietnam's clock; None as "–"."""
    if isinstance(value, datetime):
        return format_published(value).partition(" ")[2]
    return MISSING if value is None else format_date(value)


@register.filter
def moment(value: datetime | None) -> str:
    """An instant as 08:11 29/10/2018, by Vietnam's clock; None as "–"."""
    return MISSING if value is None else format_published(value)


@register.filter
def digest(value: bytes | memoryview | str | None) -> str:
    """A digest short enough for a column, both ends kept: c41d…90be."""
    if not value:
        return MISSING
    written = value if isinstance(value, str) else bytes(value).hex()
    return written if len(written) <= 9 else f"{written[:4]}…{written[-4:]}"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of ``desk/icons.svg``; without a label it is silent, for the word beside it."""
    href = f"{static('desk/icons.svg')}#{name}"
    if not label:
        return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', href)
    drawn = '<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>'
    return format_html(drawn, label, href)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The address's query with changes, to put into href: ``{% query sort="-name" %}``.

    None takes a parameter out; a list repeats it. Unless it is given, ``page`` goes: what is
    filtered or sorted anew is read from its beginning.
    """
    params = context["request"].GET.copy()
    for name, value in {"page": None, **changes}.items():
        if value is None:
            params.pop(name, None)
        elif isinstance(value, (list, tuple)):
            params.setlist(name, [str(one) for one in value])
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}"


@register.simple_tag
def bullet_marks(
    did: int, plan: int | None, expected: Fraction | None = None, most: int | None = None
) -> marks.Bullet:
    """Where the parts of a bullet bar stand: for ``parts/bullet.html``."""
    return marks.bullet(did, plan, expected, most=most)


@register.simple_tag
def icicle_cells(branches: Iterable[marks.Branch]) -> tuple[marks.Cell, ...]:
    """Where the units of a tree stand: for ``parts/icicle.html``."""
    return marks.icicle(branches)


@register.filter
def icicle_height(cells: tuple[marks.Cell, ...]) -> int:
    """How many pixels an icicle needs."""
    return max((cell.y for cell in cells), default=-marks.LEVEL) + marks.LEVEL


# Charts: each draws what ``charts`` measures, for the part of the same name.
register.simple_tag(charts.columns, name="chart_columns")
register.simple_tag(charts.stairs, name="chart_stairs")
register.simple_tag(charts.ruler, name="chart_ruler")
register.filter("spark", charts.spark)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a statement: its cells with the heads of their columns, and its bar.

    A head of a group and a part of the row above have no bar, only ``tie``: where the line from
    the bar before to the one after passes through.
    """

    row: Any
    cells: tuple[tuple[str, Any], ...]
    bar: marks.Bar | None
    tie: str | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A statement ready to be drawn: its rows with their bars, and the scale above them."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[str, int], ...]
    cut: bool


@register.simple_tag
def statement_lines(rows: Iterable[Any], columns: Iterable[str]) -> Drawn:
    """Give each row of a statement its bar: for ``parts/statement.html``.

    A row's role says what its total is: "opening" and "closing" stand, "flow" changes, "part" is
    one of the row above and "group" a head.
    """
    all_rows, heads = list(rows), list(columns)
    steps = [
        marks.Step(_of(_of(row, "total"), "value") or 0, stock=_of(row, "role") != "flow")
        for row in all_rows
        if _of(row, "role") in BARS
    ]
    drawn = marks.waterfall(steps)
    bars, lines, tie = iter(drawn.bars), [], None
    for row in all_rows:
        bar = next(bars) if _of(row, "role") in BARS else None
        tie = bar.tie_out if bar else tie
        cells = tuple(zip(heads, _of(row, "cells") or (), strict=False))
        lines.append(Line(row, cells, bar, None if bar else tie))
    return Drawn(tuple(lines), drawn.ticks, drawn.cut)


def _of(thing: Any, name: str) -> Any:
    """As a template looks it up: a mapping's value or an object's attribute."""
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
