"""Where the table begins: the row, or the rows, with the heads of the columns."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban import vietnamese
from giaoban.intake.errors import HeadsMissing
from giaoban.intake.fields import IntakeField, Subject, fields_of
from giaoban.intake.reading import Cell, Table

# Above the heads stand the office's name, a title, a date …
LOOKED_AT = 30
LEAST_HEADS = 2


@dataclass(frozen=True, slots=True)
class Headed:
    """A table under its heads: their texts by column, and the number of its first row (from 1, as
    the spreadsheet shows it)."""

    heads: list[str]
    first_row: int
    rows: list[list[Cell]]


def folded(head: object) -> str:
    """A head's words alone, without diacritics, signs, stars and what stands in brackets."""
    text = vietnamese.fold(str(head or ""))
    told = "".join(sign if sign.isalnum() else " " for sign in text.split("(")[0])
    return " ".join(told.split())


def known_heads(subject: Subject) -> dict[str, IntakeField]:
    """Every folded head that names a field."""
    found: dict[str, IntakeField] = {}
    for field in fields_of(subject).values():
        for head in (field.title_vi, field.title_en, *field.known_as):
            if folded(head):
                found.setdefault(folded(head), field)
    return found


def find_heads(table: Table, subject: Subject) -> Headed:
    """The table under the row in which most heads are known; a second row of heads right below
    (as under merged ones) is joined with it. Raises ``HeadsMissing``."""
    known = known_heads(subject)
    counts = [
        len({known[folded(cell)].code for cell in row if folded(cell) in known})
        for row in table.rows[:LOOKED_AT]
    ]
    best = max(counts, default=0)
    if best < LEAST_HEADS:
        raise HeadsMissing
    at = counts.index(best)
    heads = [str(cell or "") for cell in table.rows[at]]
    if _continues(table.rows, at, known):
        heads = [_joined(a, b) for a, b in zip(heads, table.rows[at + 1], strict=False)]
        at += 1
    rows = table.rows[at + 1 :]
    if rows and _numbered(rows[0]):
        rows, at = rows[1:], at + 1
    return Headed(heads, at + 2, rows)


def _continues(rows: list[list[Cell]], at: int, known: dict[str, IntakeField]) -> bool:
    below = rows[at + 1] if at + 1 < len(rows) else []
    return sum(folded(cell) in known for cell in below) >= LEAST_HEADS


def _joined(above: str, below: Cell) -> str:
    told = str(below or "")
    return told or above


def _numbered(row: list[Cell]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 … or (1), (2), (3) …, as forms have it."""
    told = [str(cell).strip("()") for cell in row if cell is not None]
    return len(told) >= LEAST_HEADS and told == [str(n) for n in range(1, len(told) + 1)]
