"""The front as a WSGI application: a page from memory in a few steps, or Django and then memory."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from giaoban.portal.caching import KEPT_UNTIL, MADE_OF
from giaoban.portal.front.store import Kept, Store
from giaoban.vietnamese import VIETNAM_TIME

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

METHODS = frozenset({"GET", "HEAD"})
# A browser keeps a page, but asks whether it is still right each time it shows it.
FRESH = ("Cache-Control", "no-cache")
VARY = ("Vary", "Accept-Encoding, Cookie")
PACKED = ("Content-Encoding", "gzip")
WORDS = ("text/", "application/xml", "application/json")
# Of one page: what is said for each encoding anew.
OURS = frozenset({"content-length", "content-encoding", "vary", "etag", "cache-control",
                  MADE_OF.lower(), KEPT_UNTIL.lower()})  # fmt: skip


class Front:
    """Answers from memory what may be; asks Django for the rest.

    Who is signed in (``session`` is the name of that cookie) always gets Django's own answer.
    ``language`` is the cookie that says which of ``languages`` a page is in; ``trusted`` tells
    whether changes are heard. What is below ``straight`` (files, the editors' screens) is no page
    of the site and goes to Django as it was asked.
    """

    def __init__(
        self, behind: Application, store: Store, *, trusted: Callable[[], bool], session: str,
        language: str, languages: Iterable[str], straight: tuple[str, ...] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._straight = straight
        self._behind, self._store, self._trusted = behind, store, trusted
        self._session, self._clock = f"{session}=", clock
        self._languages = {f"{language}={code}": code for code in languages}
        self._making: dict[Hashable, Lock] = {}
        self._gate = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        cookies = environ.get("HTTP_COOKIE", "")
        if (
            environ["REQUEST_METHOD"] not in METHODS
            or environ["PATH_INFO"].startswith(self._straight)
            or (cookies and self._session in cookies)
            or not self._trusted()
        ):
            return self._behind(environ, _without_marks(start_response))
        name = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""),
                environ.get("HTTP_HOST", ""), self._language(cookies))  # fmt: skip
        found = self._store.get(name, self._clock())
        if found is not None:
            return _answer(found, environ, start_response)
        return self._make(name, environ, start_response)

    def _language(self, cookies: str) -> str:
        if cookies:
            for part in cookies.split(";"):
                if code := self._languages.get(part.strip()):
                    return code
        return ""

    def _make(
        self, name: Hashable, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """One asks Django. The others for the same page get it as it was a moment ago, where that
        may still be shown; else they wait, and get it from memory."""
        with self._gate:
            making = self._making.setdefault(name, Lock())
        if not making.acquire(blocking=False):
            former = self._store.former(name, self._clock())
            if former is not None:
                return _answer(former, environ, start_response)
            making.acquire()
        try:
            found = self._store.get(name, self._clock())
            if found is None:
                answer, found = self._made(name, environ)
        finally:
            with self._gate:
                if self._making.get(name) is making:
                    del self._making[name]
            making.release()
        if found is None:
            return _passed_on(answer, environ, start_response)
        return _answer(found, environ, start_response)

    def _made(self, name: Hashable, environ: Environ) -> tuple[_Answer, Kept | None]:
        """What Django answers, and the page that it is, which is in memory from now on. Whatever
        keeps it out of there, the page of before is shown to nobody after this."""
        begun, kept = self._store.begin(), False
        try:
            answer = _asked(self._behind, environ)
            found = self._kept(answer)
            kept = found is not None and self._store.keep(name, found, begun)
        finally:
            if not kept:
                self._store.forget_former(name)
        return answer, found

    def _kept(self, answer: _Answer) -> Kept | None:
        told = {name.lower(): value for name, value in answer.headers}
        made_of = told.get(MADE_OF.lower())
        if made_of is None or not answer.status.startswith("200") or "set-cookie" in told:
            return None
        until = min(float(told.get(KEPT_UNTIL.lower(), "inf")), self._midnight())
        return _page(answer, frozenset(made_of.split()), until)

    def _midnight(self) -> float:
        """Every page says which day it is."""
        now = datetime.fromtimestamp(self._clock(), VIETNAM_TIME)
        tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return tomorrow.timestamp()


class _Answer:
    """What Django answers, whole."""

    __slots__ = ("body", "headers", "status")

    def __init__(self) -> None:
        self.status, self.headers, self.body = "", list[tuple[str, str]](), b""


def _asked(behind: Application, environ: Environ) -> _Answer:
    """The page itself: not packed, whole, even where only its head or a change was asked for."""
    answer = _Answer()

    def start(status: str, headers: Headers, _exc_info: object = None) -> None:
        answer.status, answer.headers = status, headers

    leave_out = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE",
                 "HTTP_RANGE")  # fmt: skip
    inner = {key: value for key, value in environ.items() if key not in leave_out}
    inner["REQUEST_METHOD"] = "GET"
    parts = behind(inner, start)
    try:
        answer.body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
    return answer


def _page(answer: _Answer, made_of: frozenset[str], until: float) -> Kept:
    plain = answer.body
    packed = gzip.compress(plain, 9, mtime=0)
    tag = f'"{hashlib.sha256(plain).hexdigest()[:32]}"'
    shared = [header for header in answer.headers if header[0].lower() not in OURS]
    shared += [FRESH, VARY, ("ETag", tag)]
    return Kept(
        plain, packed,
        [*shared, ("Content-Length", str(len(plain)))],
        [*shared, PACKED, ("Content-Length", str(len(packed)))],
        tag, made_of, until,
    )  # fmt: skip


def _answer(page: Kept, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    if (known := environ.get("HTTP_IF_NONE_MATCH")) and page.tag in known:
        start_response("304 Not Modified", [FRESH, VARY, ("ETag", page.tag)])
        return ()
    packed = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    start_response("200 OK", page.packed_headers if packed else page.plain_headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        return ()
    return (page.packed if packed else page.plain,)


def _passed_on(answer: _Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """An answer that is not kept, packed for who asked: Django was asked for it unpacked."""
    told = {name.lower(): value for name, value in answer.headers}
    body, headers = answer.body, answer.headers
    if (
        "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
        and "content-encoding" not in told
        and told.get("content-type", "").startswith(WORDS)
    ):
        body = gzip.compress(body, 6, mtime=0)
        headers = [one for one in headers if one[0].lower() not in ("content-length", "etag")]
        headers += [PACKED, ("Content-Length", str(len(body)))]
    _without_marks(start_response)(answer.status, headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (body,)


def _without_marks(start_response: StartResponse) -> StartResponse:
    """Nobody outside learns what a page is made of."""
    ours = {MADE_OF.lower(), KEPT_UNTIL.lower()}

    def start(status: str, headers: Headers, *rest: object) -> Any:
        return start_response(status, [one for one in headers if one[0].lower() not in ours], *rest)

    return start
