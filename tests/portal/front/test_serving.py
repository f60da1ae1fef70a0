"""The front: what it may answer from memory, and what it leaves to Django."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from giaoban.portal.caching import KEPT_UNTIL, MADE_OF
from giaoban.portal.front.serving import Front
from giaoban.portal.front.store import Store

Headers = list[tuple[str, str]]


class Site:
    """What stands behind: counts how often it is asked, and answers as told."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.status = "200 OK"
        self.headers: Headers = [("Content-Type", "text/html"), (MADE_OF, "page:1 site")]
        self.body = b"<p>134</p>" * 50
        self.meanwhile: Callable[[], None] = lambda: None

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ)
        body = self.body
        self.meanwhile()
        start(self.status, self.headers)
        return [body[:20], body[20:]]


class Reader:
    """A browser before the front."""

    def __init__(self) -> None:
        self.site, self.store, self.trusted, self.now = Site(), Store(), True, 1_540_775_460.0
        self.front = Front(
            self.site, self.store, trusted=lambda: self.trusted, session="sessionid",
            language="django_language", languages=("vi", "en"), straight=("/static/",),
            clock=lambda: self.now,
        )  # fmt: skip

    def get(
        self, path: str = "/bai/", method: str = "GET", **extra: str
    ) -> tuple[str, dict[str, str], bytes]:
        told: list[Any] = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "a.vn", **extra}
        body = b"".join(self.front(environ, lambda *words: told.extend(words[:2])))
        return told[0], dict(told[1]), body


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_a_page_is_made_once_and_served_from_memory(reader: Reader) -> None:
    first, second = reader.get(), reader.get()
    assert first == second
    assert first[0] == "200 OK"
    assert first[2] == reader.site.body
    assert len(reader.site.asked) == 1
    assert MADE_OF not in first[1]
    assert first[1]["Content-Length"] == str(len(reader.site.body))


def test_a_change_makes_it_anew(reader: Reader) -> None:
    reader.get()
    reader.site.body = b"<p>135</p>"
    assert b"134" in reader.get()[2]
    reader.store.drop(["page:1"])
    assert reader.get()[2] == b"<p>135</p>"


def test_what_changes_while_it_is_made_is_not_kept(reader: Reader) -> None:
    reader.site.meanwhile = lambda: reader.store.drop(["site"])
    reader.get()
    reader.get()
    assert len(reader.site.asked) == 2


def test_packed_for_who_unpacks(reader: Reader) -> None:
    _, headers, body = reader.get(HTTP_ACCEPT_ENCODING="br, gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == reader.site.body
    assert "HTTP_ACCEPT_ENCODING" not in reader.site.asked[0]
    assert "Content-Encoding" not in reader.get()[1]


def test_a_browser_that_has_it_is_told_so(reader: Reader) -> None:
    tag = reader.get()[1]["ETag"]
    status, headers, body = reader.get(HTTP_IF_NONE_MATCH=tag)
    assert (status, body) == ("304 Not Modified", b"")
    assert headers["Cache-Control"] == "no-cache"


def test_a_head_has_no_body(reader: Reader) -> None:
    status, headers, body = reader.get(method="HEAD")
    assert (status, body) == ("200 OK", b"")
    assert int(headers["Content-Length"]) == len(reader.site.body)
    assert reader.get()[2] == reader.site.body


@pytest.mark.parametrize(
    "headers",
    [
        [("Content-Type", "text/html")],
        [("Content-Type", "text/html"), (MADE_OF, "page:1"), ("Set-Cookie", "a=b")],
    ],
)
def test_what_says_nothing_or_sets_a_cookie_is_not_kept(reader: Reader, headers: Headers) -> None:
    reader.site.headers = headers
    reader.get()
    answer = reader.get()
    assert len(reader.site.asked) == 2
    assert MADE_OF not in answer[1]


def test_a_refusal_is_not_kept(reader: Reader) -> None:
    reader.site.status = "404 Not Found"
    reader.get()
    assert reader.get()[0] == "404 Not Found"
    assert len(reader.site.asked) == 2


def test_who_is_signed_in_and_who_sends_is_not_answered_from_memory(reader: Reader) -> None:
    reader.get()
    reader.get(HTTP_COOKIE="a=b; sessionid=x")
    reader.get(method="POST")
    assert len(reader.site.asked) == 3


def test_while_nothing_is_heard_nothing_is_trusted(reader: Reader) -> None:
    reader.get()
    reader.trusted = False
    reader.get()
    assert len(reader.site.asked) == 2


def test_each_language_and_address_has_its_own(reader: Reader) -> None:
    for extra in ({}, {"HTTP_COOKIE": "django_language=en"}, {"HTTP_COOKIE": "x=1"},
                  {"QUERY_STRING": "page=2"}, {"HTTP_HOST": "b.vn"}):  # fmt: skip
        reader.get(**extra)
    assert len(reader.site.asked) == 4  # a foreign cookie changes nothing


def test_it_grows_old_at_midnight_and_when_it_says_so(reader: Reader) -> None:
    reader.get()
    reader.now += 12 * 3600  # 08:11 to 20:11
    reader.get()
    assert len(reader.site.asked) == 1
    reader.now += 4 * 3600
    reader.get()
    assert len(reader.site.asked) == 2
    reader.site.headers = [*reader.site.headers, (KEPT_UNTIL, str(reader.now + 60))]
    reader.get("/gia/")
    reader.now += 61
    reader.get("/gia/")
    assert len(reader.site.asked) == 4


def test_a_hundred_at_once_ask_once(reader: Reader) -> None:
    gate = threading.Event()
    reader.site.meanwhile = lambda: gate.wait(5) and None
    answers: list[bytes] = []
    asking = [threading.Thread(target=lambda: answers.append(reader.get()[2])) for _ in range(100)]
    for one in asking:
        one.start()
    gate.set()
    for one in asking:
        one.join()
    assert len(reader.site.asked) == 1
    assert set(answers) == {reader.site.body}


def test_files_are_asked_for_as_the_browser_asked(reader: Reader) -> None:
    asks = {
        "HTTP_ACCEPT_ENCODING": "br, gzip",
        "HTTP_IF_NONE_MATCH": '"a"',
        "HTTP_RANGE": "bytes=0-",
    }
    reader.get("/static/portal.css", **asks)
    reader.get("/static/portal.css", method="HEAD", **asks)
    assert [one["REQUEST_METHOD"] for one in reader.site.asked] == ["GET", "HEAD"]
    assert asks.items() <= reader.site.asked[0].items()


def test_what_is_not_kept_is_packed_too(reader: Reader) -> None:
    reader.site.headers = [("Content-Type", "text/html"), ("Content-Length", "550")]
    _status, headers, body = reader.get("/tim-kiem/", HTTP_ACCEPT_ENCODING="gzip, br")
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Content-Length"] == str(len(body))
    assert gzip.decompress(body) == reader.site.body
    assert reader.get("/tim-kiem/")[2] == reader.site.body
    assert reader.get("/tim-kiem/", method="HEAD", HTTP_ACCEPT_ENCODING="gzip")[2] == b""
    reader.site.headers = [("Content-Type", "image/png")]
    assert "Content-Encoding" not in reader.get("/anh/", HTTP_ACCEPT_ENCODING="gzip")[1]
