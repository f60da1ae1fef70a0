"""Amounts of units' own books, added up the tree of one stretch onto the lines of statements."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from giaoban.figures.lines import LINES
from giaoban.figures.own_books import STANDINGS, Books
from giaoban.figures.rollup import climb, refuse_lost, roll_up
from giaoban.units.tree import Places, Tree

Ints = npt.NDArray[np.int64]

# With so many movements for each unit they are summed by unit first: the statements of ten
# nations' legs (2 million movements of 302.760 units) take 1,0 s then, and 1,2 s climbing one by
# one; for one nation's (1,04 a unit) there is no difference.
MANY = 3


class Floor:
    """Where statements add up by the tree of one stretch: ``tree`` is all of ``whole``, or the
    branches that are told."""

    def __init__(self, whole: Tree, tree: Tree, universe: Ints, books: Books) -> None:
        self.whole, self.tree = whole, tree
        # Where the tree's units are told; −1, which takes the last one, for those that it lacks.
        self._here, self._seats = Places(universe).of(tree.ids), tree.positions(universe)
        self._books, self._at = books.ids, tree.positions(books.ids)
        self._lost = books.read & (whole.positions(books.ids) < 0)

    def add(self, line: Ints, own: Ints) -> None:
        """Roll own amounts [standing, book] up the tree and add them to a line [standing, unit].

        Raises ``AmountLost`` for an amount of a unit that is not open by the tree.
        """
        for standing, amounts in enumerate(own):
            refuse_lost(self.whole, self._books[self._lost & (amounts != 0)])
            # A book has one seat; those without one share the last, which nobody reads.
            seated = np.zeros(len(self.tree) + 1, dtype=np.int64)
            seated[self._at] = amounts
            line[standing] += self._rolled(seated)

    def add_moved(self, amounts: Ints, lines: Ints, standing: Ints, at: Ints, moved: Ints) -> None:
        """The same for movements one by one, each on a line of its own, of the books at ``at``."""
        lost = self._lost[at]
        if lost.any():
            own = np.zeros((LINES, STANDINGS, len(self._books)), dtype=np.int64)
            np.add.at(own, (lines[lost], standing[lost], at[lost]), moved[lost])
            refuse_lost(self.whole, self._books[own.any(axis=(0, 1))])
        if len(moved) > MANY * len(self.tree):
            self._add_by_unit(amounts, lines, standing, self._at[at], moved)
        else:
            self.climb(amounts, lines, standing, self._at[at], moved)

    def _add_by_unit(
        self, amounts: Ints, lines: Ints, standing: Ints, positions: Ints, moved: Ints
    ) -> None:
        """The same as ``climb``, summed by unit first: where there are many movements,
        adding up all units for each line is less work."""
        seated = np.zeros((LINES * STANDINGS, len(self.tree) + 1), dtype=np.int64)
        seats = np.where(positions < 0, len(self.tree), positions)
        cells = (lines * STANDINGS + standing) * seated.shape[1] + seats
        np.add.at(seated.reshape(-1), cells, moved)
        for number in np.flatnonzero(seated.any(axis=1)):
            amounts[number // STANDINGS, number % STANDINGS] += self._rolled(seated[number])

    def _rolled(self, seated: Ints) -> Ints:
        """Amounts at the tree's positions, and one more that nobody reads, as sums of units."""
        rolled = np.append(roll_up(self.tree, seated[:-1]), 0)
        found: Ints = rolled.take(self._seats, mode="wrap")
        return found

    def climb(
        self, amounts: Ints, lines: Ints | int, standing: Ints, positions: Ints, moved: Ints
    ) -> None:
        """Add amounts at positions of the tree there and everywhere above, on lines [line,
        standing, unit]."""
        cells = amounts.reshape(-1)
        first = (lines * STANDINGS + standing) * amounts.shape[-1]
        for rows, here in climb(self.tree, positions):
            np.add.at(cells, first[rows] + self._here[here], moved[rows])
