"""Hears what changed, from PostgreSQL, at the commit that changed it.

While it can't hear, no page is served from memory: an old one could be among them.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

from giaoban.portal.caching import CHANNEL, RENEWED
from giaoban.portal.front.store import Store

logger = logging.getLogger(__name__)

# How often the connection proves that it is alive, and how long it is waited for.
BEAT_SECONDS = 2.0
AGAIN_SECONDS = 1.0
ALIVE: dict[str, Any] = {"keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 3,
         "tcp_user_timeout": 5000, "connect_timeout": 5}  # fmt: skip


class Listener:
    """Drops pages of a store as they change. ``hears`` tells whether pages may be trusted."""

    def __init__(self, store: Store, address: Callable[[], dict[str, Any]]) -> None:
        self._store, self._address = store, address
        self._ended = threading.Event()
        self.hears = False

    def start(self) -> None:
        """Listen in a thread of its own until the process ends, or ``stop``."""
        threading.Thread(target=self._listen_for_ever, name="portal-changes", daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        self._ended.set()

    def _listen_for_ever(self) -> None:
        while not self._ended.is_set():
            try:
                self._listen()
            except psycopg.Error as lost:
                logger.warning("pages are made anew each time until the database answers: %s", lost)
            finally:
                self.hears = False
                self._store.clear()
            self._ended.wait(AGAIN_SECONDS)

    def _listen(self) -> None:
        with psycopg.connect(**ALIVE, **self._address(), autocommit=True) as connection:
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
            # Whatever was made before the ear was open may be old.
            self._store.clear()
            self.hears, proved = True, time.monotonic()
            while not self._ended.is_set():
                # What one commit says arrives together, and is carried out as one.
                words = list(connection.notifies(timeout=BEAT_SECONDS, stop_after=1))
                self._hear(words)
                if not words or time.monotonic() - proved > BEAT_SECONDS:
                    _prove(connection)
                    proved = time.monotonic()

    def _hear(self, words: list[psycopg.Notify]) -> None:
        told = [word.payload for word in words]
        if told:
            renewed = [word for word in told if word.startswith(RENEWED)]
            self._store.drop(
                [word for word in told if not word.startswith(RENEWED)],
                renewed=[word.removeprefix(RENEWED) for word in renewed],
            )


def _prove(connection: psycopg.Connection[Any]) -> None:
    """Let the connection show that it is alive. Raises ``OperationalError``."""
    begun = time.monotonic()
    connection.execute("SELECT 1")
    if time.monotonic() - begun > BEAT_SECONDS:
        raise psycopg.OperationalError("the database took too long to answer")
