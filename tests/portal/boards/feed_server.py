"""A feed of our own: a real server on this machine that answers, fails, hangs and breaks off."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """Where it is reached, how it answers next, and what it was asked."""

    address: str
    reply: Reply
    asked: list[dict[str, Any]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


def answering(
    body: bytes, status: int = 200, *, headers: dict[str, str] | None = None
) -> Reply:  # fmt: skip
    """Answers in full."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def packed(body: bytes) -> Reply:
    """Answers packed, as a feed may whom it is told to."""
    return answering(gzip.compress(body), headers={"Content-Encoding": "gzip"})


def breaking_off(body: bytes) -> Reply:
    """Promises more than comes."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) * 2))
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def hanging(server: Server) -> Reply:
    """Takes the request and says nothing."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        server.ended.wait(10)

    return reply


def dripping(server: Server) -> Reply:
    """Says a letter now and then, for ever."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.ended.is_set():
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    return reply


@contextmanager
def serving() -> Iterator[Server]:
    """A server on a port of its own, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append({"path": self.path, **{k.lower(): v for k, v in
                                                       self.headers.items()}})  # fmt: skip
            # Whoever asked may have had enough.
            with suppress(BrokenPipeError, ConnectionResetError):
                server.reply(self)

        def log_message(self, format: str, *args: Any) -> None:
            """Tests are quiet."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server = Server(f"http://127.0.0.1:{listening.server_port}/feed", answering(b""))
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        listening.shutdown()
        listening.server_close()
