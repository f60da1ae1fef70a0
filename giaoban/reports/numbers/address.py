"""Addresses of numbers: what a figure in a document is asked for again by.

    admitted                    members admitted, of the report's unit and period
    closing:full                of one standing
    admitted/XA-TIEN-XUAN       in a row of the table by unit
    admitted[sex=female]        of one group of a breakdown
    admitted@2017-9M            in another period (same regime)
    ratio(admitted)             derived: here by the same period last year

Cells are those that a trace opens (``figures/cells.py``); ``derived.py`` adds what is worked out
from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from giaoban.reports.errors import AddressUnreadable

_ADDRESS = re.compile(
    r"(?:(?P<way>[a-z-]+)\()?(?P<cell>[a-z-]+(?::[a-z]+)?)(?:/(?P<row>[^\[\]@()/]+))?"
    r"(?:\[(?P<group>[a-z_]+=[^\[\]@()]*)\])?(?:@(?P<period>[0-9A-Z-]+))?(?P<end>\)?)"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A number's address; an empty part is the report's own."""

    cell: str
    row: str = ""
    group: str = ""
    period: str = ""
    way: str = ""

    def __str__(self) -> str:
        row = f"/{self.row}" if self.row else ""
        group = f"[{self.group}]" if self.group else ""
        period = f"@{self.period}" if self.period else ""
        told = f"{self.cell}{row}{group}{period}"
        return f"{self.way}({told})" if self.way else told

    @staticmethod
    def parse(text: str) -> Address:
        """The address that a text writes. Raises ``AddressUnreadable``."""
        found = _ADDRESS.fullmatch(text)
        if found is None or bool(found["way"]) != bool(found["end"]):
            raise AddressUnreadable(address=text)
        return Address(
            found["cell"], found["row"] or "", found["group"] or "", found["period"] or "",
            found["way"] or "",
        )  # fmt: skip

    @property
    def base(self) -> Address:
        """The address without what is worked out of it."""
        return replace(self, way="")

    def at(self, row: str) -> Address:
        """The same in a row of the table by unit."""
        return replace(self, row=row)

    def by(self, way: str) -> Address:
        """What is worked out of it."""
        return replace(self, way=way)
