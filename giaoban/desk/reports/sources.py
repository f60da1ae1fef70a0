"""From a number of a report to the page that shows what is behind it.

A plain cell is looked behind on the page of figures. What is worked out of cells has a page of its
own here, on which each part leads on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from giaoban.desk.figures import asking
from giaoban.figures.by_unit import Question
from giaoban.reports.errors import AddressUnreadable
from giaoban.reports.numbers.address import Address

OF = "of"
# Numbers that the calendar alone tells: nothing in the books is behind them.
OF_THE_CALENDAR = frozenset({"months-left"})


@dataclass(frozen=True)
class Sources:
    """The links of the numbers of one document: its unit by code, its period, its state of the
    books, and whose tree."""

    code: str
    question: Question

    def link(self, address: str) -> str | None:
        """Where a number leads; None where nothing is behind it, or nothing can be read."""
        try:
            told = Address.parse(address)
        except AddressUnreadable:
            return None
        if not told.way and told.cell in OF_THE_CALENDAR:
            return None
        cell = self.cell(told)
        if cell is not None:
            return f"{self._figures}?{urlencode(self.asked | cell)}"
        return f"{self._number}?{urlencode(self.asked | {OF: str(told)})}"

    @cached_property
    def _figures(self) -> str:
        """A document has hundreds of numbers: where they lead is looked up once."""
        return reverse("desk:figures-behind")

    @cached_property
    def _number(self) -> str:
        return reverse("desk:reports-number")

    @cached_property
    def asked(self) -> dict[str, str]:
        """The part of an address that asks the question of the document."""
        period, tree = self.question.period, self.question.tree
        told = {
            asking.UNIT: self.code,
            asking.PERIOD: period.code,
            asking.REGIME: asking.regime_told(period),
            asking.TREE: tree.isoformat() if tree else "",
            asking.HEAD: str(self.question.head.number),
        }
        return {name: value for name, value in told.items() if value}

    def table(self) -> str:
        """The table by unit that ranks and counts of units are read from."""
        return f"{reverse('desk:figures')}?{urlencode(self.asked)}"

    def cell(self, told: Address) -> dict[str, str] | None:
        """A plain cell as the page of figures asks for it; None for what is worked out."""
        name, _colon, standing = told.cell.partition(":")
        plain = name in asking.CELLS and (not standing or standing in asking.STANDINGS)
        if told.way or not plain:
            return None
        span = "" if told.period == self.question.period.code else told.period
        found = {
            asking.CELL: told.cell, asking.ROW: told.row, asking.GROUP: told.group,
            asking.SPAN: span,
        }  # fmt: skip
        return {key: value for key, value in found.items() if value}
