"""Pages in memory, dropped by what they were made of.

No library's cache does this: they drop by name or by age. Here a page that was being made while
something in it changed is never kept, whichever of the two was quicker.

A page whose parts were only renewed stays for a moment as the one of before: ``get`` doesn't give
it any more, ``former`` does, until the new one is there, or making it has failed, or the moment has
passed, or something in it changed after all.
"""

from __future__ import annotations

import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from threading import Lock

MOST_BYTES = 64 * 1024 * 1024
# Of so many keys it is remembered when they changed last; then all are taken to have changed.
MOST_KEYS = 100_000
# How long after it was renewed a page may be shown as it was, at the very most; making it anew
# takes a tenth of that.
MOMENT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A page: its bytes under each encoding, its headers for each, its tag, when it grows old."""

    plain: bytes
    packed: bytes
    plain_headers: list[tuple[str, str]]
    packed_headers: list[tuple[str, str]]
    tag: str
    made_of: frozenset[str]
    until: float

    @property
    def size(self) -> int:
        """What it takes in memory, in bytes."""
        return len(self.plain) + len(self.packed) + 2048


class Store:
    """The pages of one process."""

    def __init__(
        self, most_bytes: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        # Those of before, and until when they may be shown.
        self._former: dict[Hashable, float] = {}
        self._pages: OrderedDict[Hashable, Kept] = OrderedDict()
        self._by_key: defaultdict[str, set[Hashable]] = defaultdict(set)
        self._changed: dict[str, int] = {}
        self._floor = self._moment = 0
        self._bytes, self._most = 0, most_bytes
        self._lock = Lock()

    def get(self, name: Hashable, now: float) -> Kept | None:
        """A page that is still right."""
        found = self._pages.get(name)
        if found is None:
            return None
        with self._lock:
            if found.until <= now:
                self._drop(name)
                return None
            # Looked at again: between the two a word may have been heard.
            if self._pages.get(name) is not found or name in self._former:
                return None
            self._pages.move_to_end(name)
        return found

    def former(self, name: Hashable, now: float) -> Kept | None:
        """A page as it was a moment ago, for who asks while it is being made anew."""
        with self._lock:
            found, until = self._pages.get(name), self._former.get(name)
            if found is None or until is None or found.until <= now or until <= self._clock():
                return None
            return found

    def forget_former(self, name: Hashable) -> None:
        """The page of before is shown no more: whoever made the new one is done, or has failed."""
        with self._lock:
            if name in self._former:
                self._drop(name)

    def begin(self) -> int:
        """The moment at which a page begins to be made, for ``keep``."""
        return self._moment

    def keep(self, name: Hashable, page: Kept, begun: int) -> bool:
        """Keep a page, unless something in it changed since it was begun."""
        with self._lock:
            changed = max((self._changed.get(key, 0) for key in page.made_of), default=0)
            if max(changed, self._floor) > begun or page.size > self._most:
                return False
            self._drop(name)
            self._pages[name] = page
            self._bytes += page.size
            for key in page.made_of:
                self._by_key[key].add(name)
            while self._bytes > self._most:
                self._drop(next(iter(self._pages)))
        return True

    def drop(self, keys: Iterable[str], *, renewed: Iterable[str] = ()) -> None:
        """Drop every page that was made of one of the keys; of those that were made of ``renewed``
        ones alone, what was right until now stays as the page of before.

        Neither is a page kept that was begun before, whichever of the two its parts were told.
        """
        with self._lock:
            self._moment += 1
            for key in keys:
                self._changed[key] = self._moment
                for name in tuple(self._by_key.get(key, ())):
                    self._drop(name)
            self._renew(renewed)
            if len(self._changed) > MOST_KEYS:
                self._changed.clear()
                self._floor = self._moment

    def _renew(self, keys: Iterable[str]) -> None:
        now = self._clock()
        for name in [name for name, until in self._former.items() if until <= now]:
            self._drop(name)
        for key in keys:
            self._changed[key] = self._moment
            for name in self._by_key.get(key, ()):
                # Renewed twice before it was made anew, it is as old as the first time.
                self._former.setdefault(name, now + MOMENT_SECONDS)

    def clear(self) -> None:
        """Drop every page; what is being made is not kept either."""
        with self._lock:
            self._moment += 1
            self._floor = self._moment
            self._changed.clear()
            self._pages.clear()
            self._former.clear()
            self._by_key.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)

    def _drop(self, name: Hashable) -> None:
        self._former.pop(name, None)
        page = self._pages.pop(name, None)
        if page is None:
            return
        self._bytes -= page.size
        for key in page.made_of:
            names = self._by_key[key]
            names.discard(name)
            if not names:
                del self._by_key[key]
