"""Answers that can't change any more, kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar

from django.db import connection

Item = TypeVar("Item", bound=Hashable)
Answer = TypeVar("Answer")


class Kept(Generic[Item, Answer]):
    """Answers about many items, kept for the state of the books that they were read in.

    The state is told by a digest, which stands for all that was recorded up to its entry. So an
    answer under it is right for ever, even where a transaction was rolled back and its numbers
    were given anew; it is only forgotten, with its state, after ``states`` newer ones.
    """

    def __init__(self, states: int, items: int = 100_000) -> None:
        self._states, self._items = states, items
        self._kept: OrderedDict[Hashable, dict[Item, Answer]] = OrderedDict()

    def look(
        self, state: Hashable, items: Iterable[Item],
        read: Callable[[list[Item]], dict[Item, Answer]],
    ) -> dict[Item, Answer]:  # fmt: skip
        """The answers about ``items``; those not kept yet are read. What ``read`` leaves out is
        left out here, too, and not kept."""
        wanted = list(items)
        kept = self._kept.get(state)
        if kept is None or len(kept) > self._items:
            kept = self._kept[state] = {}
            if len(self._kept) > self._states:
                self._kept.popitem(last=False)
        fresh = [item for item in wanted if item not in kept]
        if fresh:
            kept.update(read(fresh))
        return {item: kept[item] for item in wanted if item in kept}


class KeptSets(Generic[Item]):
    """Sets that can't change any more, each under a state that names it as in ``Kept``: the last
    ones asked for, as many as have ``items`` elements together."""

    def __init__(self, items: int) -> None:
        self._items = items
        self._kept: OrderedDict[Hashable, frozenset[Item]] = OrderedDict()

    def look(self, state: Hashable, read: Callable[[], frozenset[Item]]) -> frozenset[Item]:
        """The set of a state; read if it is not kept yet."""
        found = self._kept.pop(state, None)
        if found is None:
            found = read()
        self._kept[state] = found
        while len(self._kept) > 1 and sum(map(len, self._kept.values())) > self._items:
            self._kept.popitem(last=False)
        return found


class OfConnection(threading.local):
    """What is kept for as long as this thread's connection lives: a database that is restored
    from a backup has cut off every connection before."""

    def __init__(self, items: int) -> None:
        self._items = items
        self._of: object = None
        self._kept: dict[Any, Any] = {}

    def get(self) -> dict[Any, Any]:
        """What is kept by now, to be read and added to; empty again when it has grown too much."""
        if self._of is not connection.connection or len(self._kept) >= self._items:
            self._of, self._kept = connection.connection, {}
        return self._kept
