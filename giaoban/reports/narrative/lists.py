"""Lists that sentences speak of: units by state with their figures, and lines of the statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from giaoban.figures.by_unit import UnitRow
from giaoban.reports.documents.blocks import Inlines, Text
from giaoban.reports.narrative.values import Name, Number, Spoken, unknown
from giaoban.reports.numbers.address import Address

UNIT_WORDS = ("name", "code")


@dataclass(frozen=True)
class UnitOf(Spoken):
    """A unit of the table by unit: its name, its code, and any figure of it."""

    row: UnitRow
    number: Callable[[Address], Number]
    cells: Sequence[str]

    def pieces(self) -> Inlines:
        return (Text(self.row.life.name),)

    def figure_of(self, cell: str) -> Number:
        """A figure in the unit's row."""
        return self.number(Address(cell, self.row.life.code))

    def reach(self, word: str) -> Spoken:
        if word == "name":
            return Name(self.row.life.name)
        if word == "code":
            return Name(self.row.life.code)
        cell = word.replace("_", "-")
        if cell not in self.cells:
            words = [name.replace("-", "_") for name in self.cells]
            raise unknown(self.row.life.name, word, [*UNIT_WORDS, *words])
        return self.figure_of(cell)

    def told(self) -> str:
        return self.row.life.name


@dataclass(frozen=True)
class Units(Spoken):
    """Units in a state, to be named by ``listed`` or gone through; ``count`` is how many."""

    state: str
    units: tuple[UnitOf, ...]
    count: Number | None

    def __bool__(self) -> bool:
        return bool(self.units)

    def __iter__(self) -> Iterator[UnitOf]:
        return iter(self.units)

    def reach(self, word: str) -> Number:
        if word != "count" or self.count is None:
            raise unknown(self.told(), word, ("count",))
        return self.count

    def told(self) -> str:
        return f"units.{self.state}"


@dataclass(frozen=True)
class Amounts(Spoken):
    """Lines of the statement that are not zero, with their names: named by ``told``."""

    name: str
    amounts: tuple[tuple[str, Number], ...]

    def __bool__(self) -> bool:
        return bool(self.amounts)

    def told(self) -> str:
        return self.name


@dataclass(frozen=True)
class States(Spoken):
    """The units of the table by unit, by their state: ``units.over``."""

    units: dict[str, Units]

    def reach(self, word: str) -> Units:
        if word not in self.units:
            raise unknown("units", word, list(self.units))
        return self.units[word]

    def told(self) -> str:
        return "units"
