"""Rows of a table as data for the template: cell by cell, or in a table of very many cells at once.

Typst keeps some 10 kB for each cell until a document is done. A table of the cells of a whole
province could not be set on an office's machine; there a row is one cell, its texts broken into
lines here and put where their columns are, and read in the same order as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from giaoban.reports.documents.blocks import Row, Table
from giaoban.reports.rendering.pdf.columns import INSET_X, SHAPE, Fitted
from giaoban.reports.rendering.pdf.faces import width

LONG, PART_OF_PAGE = 20, 0.5  # rows, and the share of a page, from which on a table is parted
TALL = 24  # lines from which on a row may go over the end of a page
MANY, MANY_SIZE = 30_000, 10.0  # cells from which on rows are set at once, and their points

Data = dict[str, Any]
# A text; or one that has no break where its line ends, in parts between which it may break.
Parts = str | list[str]


def is_many(table: Table) -> bool:
    """Whether a table has so many cells that its rows are set at once."""
    return len(table.rows) * len(table.columns) > MANY


def size_of(table: Table, usual: float) -> float:
    """The size of a table's type, in points, where ``usual`` is the form's."""
    return min(usual, MANY_SIZE) if is_many(table) else usual


def stays_whole(table: Table, fitted: Fitted, stepped: int, page: float) -> bool:
    """Whether a table is so short that no page should part it: below ``page`` points in height."""
    if len(table.rows) >= LONG:
        return False
    lines = (_lines_in(one, fitted, stepped) for one in table.rows)
    return sum(map(fitted.height, lines)) < page * PART_OF_PAGE


def row(one: Row, fitted: Fitted, sides: Sequence[str], stepped: int, *, at_once: bool) -> Data:
    """A row as data; an indent steps in the column ``stepped``. ``sides`` are left or right."""
    ordinary = one.role == "row" and not one.indent
    if at_once and ordinary and not any("\n" in cell.text for cell in one.cells):
        run, lines = _run(one, fitted, sides)
        if lines <= TALL:
            return {"kind": "run", "height": fitted.height(lines), "run": run}
    lines = _lines_in(one, fitted, stepped)
    cells: list[Parts] = [cell.text for cell in one.cells]
    if lines > 1:
        cells = [
            parted(cell.text, fitted.room(number, one.indent if number == stepped else 0))
            for number, cell in enumerate(one.cells)
        ]
    whole = all(isinstance(cell, str) for cell in cells)
    return {
        "kind": "plain" if whole and ordinary and lines <= TALL else "styled",
        "role": one.role,
        "indent": one.indent,
        "cells": cells,
        # 0: as high as it turns out
        "height": fitted.height(1) if lines == 1 and one.role != "group" else 0,
        "tall": lines > TALL,
    }


def _lines_in(one: Row, fitted: Fitted, stepped: int) -> int:
    """How many lines the row needs, roughly; exact only in that 1 is never too few."""
    most = 1
    for number, cell in enumerate(one.cells):
        room = fitted.room(number, one.indent if number == stepped else 0)
        if cell.text and ((needs := width(cell.text)) > room or "\n" in cell.text):
            most = max(most, 2, int(needs * 1.2 / max(room, 1)) + 1 + cell.text.count("\n"))
    return most


def _run(one: Row, fitted: Fitted, sides: Sequence[str]) -> tuple[list[Any], int]:
    """Texts, each after the points to go right from the end of the one before (or back left).

    A text comes with its line, counted from 0. Beside the run, how many lines there are.
    """
    run: list[Any] = []
    begins, at, most = 0.0, 0.0, 1
    for number, (cell, side, room) in enumerate(zip(one.cells, sides, fitted.widths, strict=True)):
        if cell.text:
            broken = list(lines(cell.text, fitted.room(number)))
            most = max(most, len(broken))
            for line, words in enumerate(broken):
                taken = _taken(words.translate(SHAPE)) * fitted.size
                start = begins + (INSET_X if side == "left" else room - INSET_X - taken)
                run += [round(start - at, 2), (line, words) if line else words]
                at = start + taken
        begins += room
    return run, most


def lines(text: str, room: float) -> Iterator[str]:
    """The lines of a text in ``room`` ems, broken at spaces (which stay at their ends).

    A word wider than the room is broken where the room ends.
    """
    if _taken(text.translate(SHAPE)) <= room:
        yield text
        return
    line: str | None = None
    for word in text.split(" "):
        if line is not None and _taken(f"{line} {word}") <= room:
            line = f"{line} {word}"
            continue
        if line is not None:
            yield f"{line} "
        *full, line = _cut(word, room)
        yield from full
    yield line or ""


def _cut(word: str, room: float) -> Iterator[str]:
    while _taken(word) > room and len(word) > 1:
        end = next(n for n in range(len(word), 0, -1) if n == 1 or _taken(word[:n]) <= room)
        yield word[:end]
        word = word[end:]
    yield word


@lru_cache(50_000)
def _taken(text: str) -> float:
    return width(text, "regular")


def parted(text: str, room: float) -> Parts:
    """The text; if a word in it is wider than ``room`` ems, in parts between which it may break."""
    room *= 0.95
    if len(text) < room or all(width(word) <= room for word in text.split(" ")):
        return text
    parts, used = [""], 0.0
    for letter in text:
        used = 0.0 if letter == " " else used + width(letter)
        if used > room and parts[-1]:
            parts.append("")
            used = width(letter)
        parts[-1] += letter
    return parts
