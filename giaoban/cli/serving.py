"""The whole product in the foreground: web server, queue worker, and the database they need.

All are children of one process. When it is told to stop, or one of them ends, all end; when it is
killed the kernel ends them.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from giaoban.cli.errors import PortTaken
from giaoban.cli.reasons import reason

READY_SECONDS, STOP_SECONDS = 30.0, 10.0
_PR_SET_PDEATHSIG = 1


def check_port(host: str, port: int) -> None:
    """Refuse a port on which somebody else listens: ``PortTaken``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            raise PortTaken(host=host, port=port, reason=reason(refused)) from refused


def web_server(host: str, port: int, *, workers: int) -> list[str]:
    """The words of the command that serves the desk."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host,
        "--port", str(port), "--workers", str(workers), "--blocking-threads", "4",
        "--no-access-log", "--log-level", "warning", "giaoban.desk.wsgi:application",
    ]  # fmt: skip


def queue_worker() -> list[str]:
    """The words of the command that works off the queue."""
    return [sys.executable, "-m", "django", "procrastinate", "worker"]


def _end_with_parent() -> None:
    """A child whose parent is killed is told to stop (on Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _start(words: list[str]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "giaoban.desk.settings"}
    return subprocess.Popen(
        words, env=environment, stdin=subprocess.DEVNULL, start_new_session=True,
        preexec_fn=_end_with_parent,
    )  # fmt: skip


@contextmanager
def served(host: str, port: int, *, workers: int = 1) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The children, up and answering; all have ended when the block does."""
    children = [_start(web_server(host, port, workers=workers)), _start(queue_worker())]
    try:
        _wait_until_ready(host, port, children)
        yield children
    finally:
        _stop(children)


def _wait_until_ready(host: str, port: int, children: list[subprocess.Popen[bytes]]) -> None:
    shown = "127.0.0.1" if host in ("0.0.0.0", "") else host
    address = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        with suppress(urllib.error.URLError, OSError):
            asked = urllib.request.Request(f"{address}/healthz", headers={"Host": "127.0.0.1"})
            with urllib.request.urlopen(asked, timeout=2) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.1)
    raise RuntimeError("the web server did not come up; what it said stands above")


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def wait_for_the_end(children: list[subprocess.Popen[bytes]]) -> bool:
    """Return when told to stop (True), or when a child has ended by itself (False)."""
    told: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        while not told:
            if any(child.poll() is not None for child in children):
                return False
            time.sleep(0.2)
        return True
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
