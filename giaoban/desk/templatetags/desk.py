"""Tags and filters of the desk's templates: ``{% load desk %}``, with those of every door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import template

from giaoban.browser.templatetags import written
from giaoban.desk.templatetags import charts, marks

register = template.Library()
register.filters.update(written.register.filters)
register.tags.update(written.register.tags)

BARS = frozenset({"opening", "flow", "closing"})  # the roles of rows with a bar


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
