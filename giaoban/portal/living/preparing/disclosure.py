"""What of a report its public edition doesn't tell, settled over all its tables at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from giaoban.figures.values import Value
from giaoban.portal.living.preparing.parts import canonical, counts_behind, counts_persons
from giaoban.portal.living.preparing.system import Told
from giaoban.portal.living.suppression.system import LEAST_TOLD
from giaoban.portal.living.suppression.withholding import Withheld, withhold
from giaoban.reports.documents.blocks import (
    Block,
    Bullets,
    Chart,
    Document,
    Figure,
    Heading,
    Inlines,
    Listing,
    Paragraph,
    Table,
)
from giaoban.reports.documents.walking import blocks, figures_of
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The counts that are not told, and what else follows from them."""

    reckoning: Reckoning
    done: Withheld
    said: frozenset[Address]

    def tells(self, address: Address) -> bool:
        """Whether tables may tell the number of an address: they tell none that is withheld, and
        nothing that is worked out of one."""
        counts = counts_behind(address, self.reckoning)
        return not any(str(one) in self.done.cells for one in counts)

    def cites(self, address: Address) -> bool:
        """Whether a sentence may: what the report itself says in one, and what tables tell."""
        return canonical(address, self.reckoning) in self.said or self.tells(address)


def disclosure(
    document: Document, reckoning: Reckoning, beside: Iterable[Address] = (),
    public: Callable[[Address, int], bool] = lambda _address, _count: False,
) -> Disclosure:  # fmt: skip
    """Settle what is told of a document, with the numbers of tables that stand ``beside`` it;
    ``public`` says of a count that everybody knows it from another report anyway."""
    said, shown = list[Address](), list[Address]()
    for block in blocks(document):
        if isinstance(block, Chart) and too_small(block, reckoning):
            continue  # it is left out, so it tells nothing
        said += map(Address.parse, _said(block))
        if isinstance(block, Table | Chart):
            shown += [Address.parse(address) for address, _text in figures_of(block)]
    told = Told(said, [*shown, *beside], reckoning)
    return Disclosure(reckoning, withhold(*told.system(public)), frozenset(told.said))


def _said(block: Block) -> list[str]:
    """The addresses that a block says in sentences; the legend of a table is one."""
    match block:
        case Heading() | Paragraph():
            return _cited(block.content)
        case Listing():
            return [one for item in block.items for one in _cited(item)]
        case Table():
            return [one for line in block.legend for one in _cited(line)]
        case Chart():
            return []


def _cited(content: Inlines) -> list[str]:
    return [piece.address for piece in content if isinstance(piece, Figure)]


def too_small(chart: Chart, reckoning: Reckoning) -> bool:
    """Whether a chart that can't leave a part out shows a number that is too small to be told."""
    if isinstance(chart.shows, Bullets):
        return False
    values: list[Value] = [
        reckoning.value(address)
        for address, _text in figures_of(chart)
        if counts_persons(canonical(Address.parse(address), reckoning))
    ]
    return any(value and -LEAST_TOLD < value < LEAST_TOLD for value in values)
