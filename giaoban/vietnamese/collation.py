"""ICU's weights for Vietnamese syllables, taken from the copy inside DuckDB.

The embedded database has no ICU and icu4py carries no collator, but DuckDB's wheel does
(docs/decisions/0002-sort-keys.md). Importing DuckDB takes a fifth of a second, so it waits for
the first key. A syllable's weights never change while the process runs, and the language has
few syllables: nearly every key comes out of the cache.
"""

import hashlib
import os
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import duckdb

_CACHED_SYLLABLES = 50_000
_SETTINGS = {
    "threads": "1",
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
}
_WEIGHTS_SQL = "select s, icu_sort_key(s, 'vi') from (select unnest($syllables::varchar[]) as s)"
_PROBE = "a à ả ã á ạ A ă Ắ â Ậ b c d đ Đ e ê o ô ơ u ư y z 0 9 - ’"


class Weights(NamedTuple):
    """One syllable's weights: `letters` holds letters and tone, `case` what only breaks ties."""

    letters: bytes
    case: bytes


class _Collator:
    """One private DuckDB connection and the weights it has given so far."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._known: dict[str, Weights] = {}

    def weights(self, syllables: Iterable[str]) -> dict[str, Weights]:
        """Give the weights of all `syllables`, asking DuckDB once for those not yet known."""
        wanted = set(syllables)
        with self._lock:
            missing = wanted - self._known.keys()
            if missing:
                if len(self._known) + len(missing) > _CACHED_SYLLABLES:
                    self._known = {s: w for s, w in self._known.items() if s in wanted}
                self._known.update(self._ask(missing))
            return {syllable: self._known[syllable] for syllable in wanted}

    def rest(self) -> None:
        """Close the connection and hold the lock: a child that inherits one dies of freeing it."""
        self._lock.acquire()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def wake(self) -> None:
        """Let go of the lock after a fork; the next unknown syllable opens a connection."""
        self._lock.release()

    def _ask(self, syllables: set[str]) -> dict[str, Weights]:
        if self._connection is None:
            import duckdb

            self._connection = duckdb.connect(":memory:", config=_SETTINGS)
        rows = self._connection.execute(_WEIGHTS_SQL, {"syllables": list(syllables)}).fetchall()
        return {syllable: _parted(bytes.fromhex(key)) for syllable, key in rows}


def _parted(icu_key: bytes) -> Weights:
    """Part an ICU key at its level separators (01): letters and accents, then case."""
    primary, secondary, tertiary = icu_key.removesuffix(b"\x00").split(b"\x01")
    return Weights(primary + b"\x01" + secondary, tertiary)


_collator = _Collator()

if hasattr(os, "register_at_fork"):  # not on Windows, which doesn't fork
    os.register_at_fork(
        before=_collator.rest, after_in_parent=_collator.wake, after_in_child=_collator.wake
    )


def weights(syllables: Iterable[str]) -> dict[str, Weights]:
    """Give each distinct syllable's weights, with one query at most. Safe from any thread."""
    return _collator.weights(syllables)


def collation_fingerprint() -> str:
    """Name the collation in use, 12 hex digits over the weights of a fixed probe.

    Stored keys compare only with keys of the same fingerprint: when it changes (another ICU
    inside a newer DuckDB), the keys stored earlier must be computed anew.
    """
    known = weights(_PROBE.split())
    joined = b"".join(known[s].letters + b"\x00" + known[s].case for s in _PROBE.split())
    return hashlib.sha256(joined).hexdigest()[:12]
