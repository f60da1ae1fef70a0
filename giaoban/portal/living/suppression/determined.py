"""What sums that everybody knows come to: exact elimination over fractions.

Where another sum of the same cells follows from them, whatever the cells are, it is found, be it
over two tables or over twenty.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
Sum = tuple[dict[K, Fraction], Fraction]


class Determined(Generic[K]):
    """The sums that are known, each reduced by those before it."""

    def __init__(self) -> None:
        self._rows: dict[K, Sum[K]] = {}

    def tell(self, times: Mapping[K, int], total: int) -> None:
        """That cells, each taken so often, are so many together."""
        rest, left = self._reduced(times, Fraction(total))
        if rest:
            pivot, n = next(iter(rest.items()))
            self._rows[pivot] = ({key: by / n for key, by in rest.items()}, left / n)

    def worth(self, times: Mapping[K, int]) -> Fraction | None:
        """What a sum of cells comes to, if that follows; else None."""
        rest, left = self._reduced(times, Fraction(0))
        return None if rest else -left

    def _reduced(self, times: Mapping[K, int], total: Fraction) -> Sum[K]:
        """What of a sum the known ones leave open. A row holds no pivot of an earlier one, so each
        step leads only to later rows, and it ends."""
        rest = {key: Fraction(n) for key, n in times.items() if n}
        todo = [key for key in rest if key in self._rows]
        while todo:
            pivot = todo.pop()
            n = rest.get(pivot)
            if not n:
                continue
            row, worth = self._rows[pivot]
            total -= n * worth
            for key, by in row.items():
                left = rest.get(key, Fraction(0)) - n * by
                if left:
                    rest[key] = left
                    if key in self._rows:
                        todo.append(key)
                else:
                    rest.pop(key, None)
        return rest, total
