"""Readers before the front as it is served: Django behind it, changes told by PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit
from wsgiref.util import setup_testing_defaults

import psycopg
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from giaoban.portal.caching import CHANNEL, NO_PAGES
from giaoban.portal.front.listening import Listener
from giaoban.portal.front.serving import Front
from giaoban.portal.front.store import Store
from tests.portal.front.test_listening import until

_numbers = count()


class Readers:
    """A browser before the front; each keeps its own cookies.

    Whoever asks does so after the front has heard what was committed before, told by words on a
    line of their own, ``voice``: words arrive in the order of commits.
    """

    def __init__(self, front: Front, store: Store, voice: psycopg.Connection[Any]) -> None:
        self.front, self.store, self.cookies = front, store, dict[str, str]()
        self.voice = voice

    def another(self) -> Readers:
        """Somebody else's browser."""
        return Readers(self.front, self.store, self.voice)

    def _let_it_hear(self) -> None:
        word = f"heard:{next(_numbers)}"
        self.voice.execute("SELECT pg_notify(%s, %s)", [CHANNEL, word])
        assert until(lambda: word in self.store._changed)

    def ask(self, path: str, method: str = "GET", **form: str) -> tuple[str, dict[str, str], str]:
        self._let_it_hear()
        environ: dict[str, Any] = {}
        setup_testing_defaults(environ)
        told, sent = urlsplit(path), urlencode(form).encode()
        environ |= {
            "REQUEST_METHOD": method, "PATH_INFO": told.path, "QUERY_STRING": told.query,
            "HTTP_HOST": "testserver", "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(sent)), "HTTP_ORIGIN": "http://testserver",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }  # fmt: skip
        environ["wsgi.input"].write(sent)
        environ["wsgi.input"].seek(0)
        answer: list[Any] = []
        parts = self.front(environ, lambda *words: answer.extend(words[:2]))
        body = b"".join(parts).decode()
        for name, value in answer[1]:
            if name.lower() == "set-cookie":
                key, _sign, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer[0], dict(answer[1]), body

    def kept(self, path: str) -> bool:
        """Whether a page is in memory as it is now."""
        return any(path == name[0] for name in self._names() - self.store._former.keys())

    def kept_of_before(self, path: str) -> bool:
        """Whether a page is in memory as it was, for who asks while it is being made anew."""
        return any(path == name[0] for name in self.store._former)

    def _names(self) -> set[Any]:
        return set(self.store._pages)  # the store tells no other way


@contextmanager
def readers() -> Iterator[Readers]:
    """A front that hears of every commit, and the first reader before it."""
    store = Store(clock=lambda: 0.0)  # what is of a moment ago stays so until it is looked at
    listener = Listener(store, connection.get_connection_params)
    front = Front(
        get_wsgi_application(), store, trusted=lambda: listener.hears,
        session=settings.SESSION_COOKIE_NAME, language=settings.LANGUAGE_COOKIE_NAME,
        languages=dict(settings.LANGUAGES), straight=NO_PAGES,
    )  # fmt: skip
    listener.start()
    assert until(lambda: listener.hears)
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as voice:
        yield Readers(front, store, voice)
    listener.stop()
    assert until(lambda: not listener.hears)
