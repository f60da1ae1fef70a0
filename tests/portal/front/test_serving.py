"""The front: what it may answer from memory, and what it leaves to Django."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from giaoban.portal.caching import KEPT_UNTIL, MADE_OF
from giaoban.portal.front.serving import Front
from giaoban.portal.front.store import MOMENT_SECONDS, Store
from tests.portal.front.test_store import Clock

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
        self.clock = Clock()
        self.site, self.store = Site(), Store(clock=self.clock)
        self.trusted, self.now = True, 1_540_775_460.0
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


class Making:
    """A reader has asked for a page that was renewed, and Django is making it."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self._go, self._begun = reader, threading.Event(), threading.Event()
        self.first: list[bytes] = []
        reader.get()
        reader.site.body = b"<p>135</p>"
        reader.site.meanwhile = self._wait
        reader.store.drop([], renewed=["page:1"])
        self._asking = threading.Thread(target=self._ask)
        self._asking.start()
        assert self._begun.wait(5)

    def _ask(self) -> None:
        # What goes wrong behind is the server's to answer.
        with suppress(RuntimeError):
            self.first.append(self.reader.get()[2])

    def _wait(self) -> None:
        self._begun.set()
        assert self._go.wait(5)

    def end(self) -> None:
        """Django is done."""
        self.reader.site.meanwhile = lambda: None
        self._go.set()
        self._asking.join(5)

    def asked_and_kept_waiting(self) -> list[bytes]:
        """Another reader asks now, gets nothing yet; what it gets comes here."""
        answers: list[bytes] = []
        asking = threading.Thread(target=lambda: answers.append(self.reader.get()[2]))
        asking.start()
        asking.join(0.2)
        assert asking.is_alive()
        self.waiting = asking
        return answers


OLD, NEW = b"<p>134</p>" * 50, b"<p>135</p>"


@pytest.fixture
def making(reader: Reader) -> Iterator[Making]:
    found = Making(reader)
    yield found
    found.end()


def test_while_a_renewed_page_is_made_others_read_the_one_of_before(making: Making) -> None:
    status, headers, body = making.reader.get(HTTP_ACCEPT_ENCODING="gzip")
    assert status == "200 OK"
    assert gzip.decompress(body) == OLD
    assert headers["Cache-Control"] == "no-cache"  # a browser asks again
    assert making.reader.get(HTTP_IF_NONE_MATCH=headers["ETag"])[0].startswith("304")
    making.end()
    assert making.first == [NEW]
    assert making.reader.get()[2] == NEW  # from memory: who asks from now on gets the new one
    assert making.reader.get(HTTP_IF_NONE_MATCH=headers["ETag"])[2] == NEW
    assert len(making.reader.site.asked) == 2


def test_who_is_signed_in_never_gets_the_one_of_before(making: Making) -> None:
    making.reader.site.meanwhile = lambda: None
    assert making.reader.get(HTTP_COOKIE="sessionid=x")[2] == NEW


def test_the_first_to_ask_is_never_given_the_one_of_before(reader: Reader) -> None:
    reader.get()
    reader.site.body = NEW
    reader.store.drop([], renewed=["page:1"])
    assert reader.get()[2] == NEW


def test_what_is_withdrawn_while_it_is_made_is_shown_to_nobody(making: Making) -> None:
    assert making.reader.get()[2] == OLD
    making.reader.store.drop(["page:1"])
    late = making.asked_and_kept_waiting()
    making.reader.site.body = b"<p>136</p>"
    making.end()
    making.waiting.join(5)
    assert late == [b"<p>136</p>"]  # what was made before the withdrawal isn't kept either
    assert making.reader.get()[2] == b"<p>136</p>"


def test_what_is_renewed_again_while_it_is_made_is_made_again(making: Making) -> None:
    making.reader.store.drop([], renewed=["site"])
    making.reader.site.body = b"<p>136</p>"
    making.end()
    assert making.reader.store.former(("/bai/", "", "a.vn", ""), making.reader.now) is None
    assert making.reader.get()[2] == b"<p>136</p>"


def test_a_page_of_before_does_not_outlast_a_making_that_failed(reader: Reader) -> None:
    def fail() -> None:
        raise RuntimeError

    reader.get()
    reader.store.drop([], renewed=["page:1"])
    reader.site.meanwhile = fail
    with pytest.raises(RuntimeError):
        reader.get()
    assert reader.store.former(("/bai/", "", "a.vn", ""), reader.now) is None
    reader.site.meanwhile = lambda: None
    reader.site.body = NEW
    assert reader.get()[2] == NEW


def test_a_page_of_before_does_not_outlast_an_answer_that_is_no_page(making: Making) -> None:
    making.reader.site.status = "404 Not Found"
    assert making.reader.get()[2] == OLD
    making.end()
    assert making.reader.get()[0] == "404 Not Found"


def test_who_asks_long_after_waits_for_the_new_page(making: Making) -> None:
    making.reader.clock.now += MOMENT_SECONDS
    late = making.asked_and_kept_waiting()
    making.end()
    making.waiting.join(5)
    assert late == [NEW]


def test_while_nothing_is_heard_the_page_of_before_is_not_trusted(making: Making) -> None:
    making.reader.trusted = False
    making.reader.site.meanwhile = lambda: None
    assert making.reader.get()[2] == NEW
    making.reader.trusted = True
    making.reader.store.clear()  # as the listener does when it has lost its connection
    late = making.asked_and_kept_waiting()
    making.end()
    making.waiting.join(5)
    assert late == [NEW]


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
