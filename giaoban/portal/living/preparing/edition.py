"""The public edition of a document: sentences as issued, tables without what is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from msgspec.structs import replace

from giaoban.portal.living.preparing.disclosure import Disclosure, too_small
from giaoban.reports.documents.blocks import (
    Annex,
    Block,
    Bullet,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Paragraph,
    Row,
    Table,
    Text,
)
from giaoban.reports.documents.walking import figures_of
from giaoban.reports.numbers.address import Address
from giaoban.reports.wording.setting import plain
from giaoban.vietnamese import MISSING, format_number
from giaoban.vietnamese.sorting import sort_key

Part = TypeVar("Part")
_WITHHELD = gettext_lazy("withheld")
_WHY = gettext_lazy(
    "“withheld”: fewer than 5 persons, withheld to protect them, or a number from which such a one"
    " would follow."
)
_EDITION = gettext_lazy(
    "Public edition: numbers of fewer than 5 persons are withheld from tables and charts, and what"
    " they would follow from."
)


@dataclass
class Edition:
    """The document for the public; ``withheld`` cells of its tables are not told."""

    told: Disclosure
    withheld: int = field(default=0, init=False)
    dropped: int = field(default=0, init=False)

    def of(self, document: Document) -> Document:
        """The public edition; the very document where nothing has to be withheld."""
        with override(document.language):
            body = tuple(self._blocks(document.body))
            annexes = tuple(
                Annex(one.label, one.title, tuple(self._blocks(one.blocks)), one.wide)
                for one in document.annexes
            )
            if not (self.withheld or self.dropped):
                return document
            note = Paragraph((Text(str(_EDITION)),), "note")
            return replace(document, body=(note, *body), annexes=annexes)

    def _blocks(self, found: tuple[Block, ...]) -> Iterator[Block]:
        for block in found:
            if isinstance(block, Table):
                yield self._table(block)
            elif isinstance(block, Chart):
                yield self._chart(block)
            else:
                yield block

    def _table(self, table: Table) -> Table:
        hidden = {n for n, row in enumerate(table.rows) if self._hides(row)}
        if not hidden:
            return table
        ranked = _ranks(table)
        rows = [self._row(row, table.columns) if n in hidden else row
                for n, row in enumerate(table.rows)]  # fmt: skip
        if any(row.role == "group" for row in table.rows):
            ordered = rows
        else:
            below = {n for n in hidden if _of_unit(table.rows[n])}
            ordered = _put_last(rows, below, _naming(table.columns))
        if ranked:
            ordered = [replace(row, cells=_without(row.cells, ranked)) for row in ordered]
        return replace(
            table,
            columns=_without(table.columns, ranked),
            rows=tuple(ordered),
            legend=(*table.legend, plain(str(_WHY))),
        )

    def _hides(self, row: Row) -> bool:
        return any(
            not self.told.tells(Address.parse(cell.address)) for cell in row.cells if cell.address
        )

    def _row(self, row: Row, columns: tuple[Column, ...]) -> Row:
        """A row without what is withheld; of a unit's row no words either, but its name."""
        naming, words = _naming(columns), _of_unit(row)
        return replace(row, cells=tuple(
            self._cell(cell, n != naming and words) for n, cell in enumerate(row.cells)
        ))  # fmt: skip

    def _cell(self, cell: Cell, words: bool) -> Cell:
        if cell.address:
            if self.told.tells(Address.parse(cell.address)):
                return cell
            self.withheld += 1
            return Cell(str(_WITHHELD))
        return Cell(MISSING) if words and cell.text else cell

    def _chart(self, chart: Chart) -> Block:
        shows = chart.shows
        if isinstance(shows, Bullets):
            bars = tuple(bar for bar in shows.bars if self._told_bar(bar))
            if len(bars) == len(shows.bars):
                return chart
            self.dropped += 1
            left_out = len(shows.bars) - len(bars)
            if not bars:
                return _left_out(chart)
            alt = _("{n} units; {left_out} are left out, for their numbers are withheld.").format(
                n=format_number(len(bars)), left_out=format_number(left_out)
            )
            return replace(chart, alt=alt, shows=Bullets(bars))
        if too_small(chart, self.told.reckoning) or not all(
            self.told.tells(Address.parse(address)) for address, _text in figures_of(chart)
        ):
            self.dropped += 1
            return _left_out(chart)
        return chart

    def _told_bar(self, bar: Bullet) -> bool:
        if not bar.address:
            return True
        address = Address.parse(bar.address)
        plan = Address("plan", address.row, address.group, address.period)
        return self.told.tells(address) and self.told.tells(plan)


def _left_out(chart: Chart) -> Paragraph:
    said = _("Chart “{title}”: left out, for it shows numbers of fewer than 5 persons.")
    return Paragraph((Text(said.format(title=chart.title)),), "note")


def _of_unit(row: Row) -> bool:
    return any(cell.address and Address.parse(cell.address).row for cell in row.cells)


def _ranks(table: Table) -> set[int]:
    """The columns that rank units: a gap in them would tell between which a withheld one lies."""
    return {
        n
        for n in range(len(table.columns))
        if any(row.cells[n].address.startswith("rank") for row in table.rows)
    }


def _without(parts: tuple[Part, ...], left_out: set[int]) -> tuple[Part, ...]:
    return tuple(part for n, part in enumerate(parts) if n not in left_out)


def _naming(columns: tuple[Column, ...]) -> int:
    """The column that names its row."""
    return next((n for n, one in enumerate(columns) if one.holds == "text"), 0)


def _put_last(rows: list[Row], below: set[int], naming: int) -> list[Row]:
    """Withheld rows below the others, by name: their place would tell their order."""
    told = [row for n, row in enumerate(rows) if n not in below]
    hidden = sorted((rows[n] for n in below), key=lambda row: sort_key(row.cells[naming].text))
    at = next((n for n, row in enumerate(told) if row.role == "total"), len(told))
    return [*told[:at], *hidden, *told[at:]]
