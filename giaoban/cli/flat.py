"""A table of a document as heads and rows of plain values, for the terminal, CSV and programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from giaoban.reports.documents.blocks import Cell, Column, Table
from giaoban.vietnamese import MISSING

Row = tuple[Any, ...]
_LABELS = ("text", "code")


@dataclass(frozen=True, slots=True)
class Flat:
    """A table: ``name`` is its file's name, ``title`` is read by people; the columns ``labels``
    say what a row is about, the others hold its values: counts as int, None where there is none."""

    name: str
    title: str
    heads: list[str]
    rows: list[Row]
    labels: tuple[int, ...]


def flat(table: Table, labels: int = 2) -> Flat:
    """A table without layout; heads over groups of rows become a first column.

    The first ``labels`` columns of words say what a row is about.
    """
    grouped = any(row.role == "group" for row in table.rows)
    heads = [column.head for column in table.columns]
    columns: Sequence[Column] = table.columns
    if grouped:
        heads, columns = [_("By"), *heads], (Column("", "text"), *columns)
    words = [at for at, column in enumerate(columns) if column.holds in _LABELS]
    return Flat(table.name, table.title, heads, list(_rows(table, grouped)), tuple(words[:labels]))


def _rows(table: Table, grouped: bool) -> Iterator[Row]:
    group = ""
    for row in table.rows:
        if row.role == "group":
            group = row.cells[0].text
            continue
        told = [_plain(*pair) for pair in zip(row.cells, table.columns, strict=True)]
        yield (group, *told) if grouped else tuple(told)


def _plain(cell: Cell, column: Column) -> Any:
    """A count as int, other numbers as people read them, words as they are."""
    if cell.text == MISSING or (not cell.text and column.holds not in _LABELS):
        return None
    if column.holds == "number" and cell.value is not None:
        return cell.value[0]
    return cell.text
